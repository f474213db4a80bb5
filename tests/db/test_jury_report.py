"""What chair and organizer are asked to look at: favour for the own unit, single ballots, bridges that may be built."""

from __future__ import annotations

import pytest

from innovate.events.domain.kinds import Role
from innovate.events.queries import get_actor
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.results.domain.fair.codes import FlagCode, NoteCode
from innovate.results.queries.boards import compute_board, get_board
from innovate.results.queries.severities import report_jury
from innovate.results.services.rules import begin_rules
from innovate.scoring.models.jury import Conflict, ConflictSource
from tests.factories.build import (
    NOW,
    add,
    give_role,
    make_assignment,
    make_ballot,
    make_event,
    make_idea,
    make_round,
    make_team,
    make_unit,
    make_user,
)


@pytest.fixture
def event(db_session):
    return make_event(shift_days=-17)


@pytest.fixture
def round_(event):
    made = make_round(event)
    begin_rules(made, None)
    return made


def view_of(event):
    return get_board(get_actor(event.slug, None).event, 1)


def entry(event, number: int):
    return make_idea(make_team(event), state=IdeaState.ELIGIBLE, title=f"KARYA {number}", number=number + 1)


@pytest.mark.parametrize("favour", [0, 2])
@pytest.mark.parametrize("whose", ["team", "idea"])
def test_favour_for_the_own_unit_is_asked_once_of_the_whole_jury(event, round_, favour, whose) -> None:
    units = [make_unit() for _ in range(3)]
    jurors = [make_user(unit_id=unit.id) for unit in units]
    for n in range(12):
        own = units[n % 3].id if n < 6 else None
        team = make_team(event, unit_id=own if whose == "team" else None)
        unit = own if whose == "idea" else None
        idea = make_idea(team, state=IdeaState.ELIGIBLE, number=n + 1, unit_id=unit)
        for k, juror in enumerate(jurors):
            mark = 1 + (n + k) % 3 + (favour if n < 6 and n % 3 == k else 0)
            make_ballot(make_assignment(round_, idea, juror), [mark] * 4 + [1 + (n * k) % 3])
    asked = [q for q in report_jury(view_of(event)).questions if q.flag.code is FlagCode.OWN_UNIT]
    assert len(asked) == (1 if favour else 0)
    for question in asked:
        assert (question.juror, question.flag.juror, question.flag.idea) == ("", None, None)
        assert question.flag.values["ballots"] == 6
        assert question.flag.values["points"] > 20


def test_questions_about_an_entry_that_is_kept_from_the_chair_are_left_out(event, round_) -> None:
    jurors = [make_user() for _ in range(4)]
    ideas = [entry(event, n) for n in range(14)]
    for n, idea in enumerate(ideas):
        for k, juror in enumerate(jurors):
            odd = n == 0 and k == 0
            make_ballot(make_assignment(round_, idea, juror), [1 if odd else 4] * 4 + [3 + (n + k) % 2])
    outliers = [q for q in report_jury(view_of(event)).questions if q.flag.code is FlagCode.OUTLIER]
    assert [q.flag.idea for q in outliers] == ["KARYA 0"]
    hidden = report_jury(view_of(event), {ideas[0].id}).questions
    assert not any(q.flag.code is FlagCode.OUTLIER for q in hidden)


def test_a_bridge_is_never_suggested_where_a_conflict_of_interest_stands(event, round_) -> None:
    jurors = [make_user() for _ in range(4)]
    for juror in jurors:
        give_role(event, juror, Role.JUROR)
    for n in range(4):
        idea = entry(event, n)
        for k in (0, 1) if n < 2 else (2, 3):
            make_ballot(make_assignment(round_, idea, jurors[k]), [1 + (n + k) % 4] * 5)

    def bridges():
        notes = compute_board(get_actor(event.slug, None).event, view_of(event)).notes
        return next(note for note in notes if note.code is NoteCode.SEPARATE_GROUPS).values["bridges"]

    seen = set()
    for _step in range(8):  # of eight pairs in both directions every one is a conflict in the end
        (pair,) = bridges()
        assert pair not in seen
        seen.add(pair)
        add(
            Conflict(
                event_id=event.id,
                idea_id=pair[0],
                user_id=pair[1],
                source=ConflictSource.DECLARED,
                declared_by_id=pair[1],
                at=NOW,
            )
        )
    assert bridges() == []
