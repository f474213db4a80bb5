"""An entry put out of the competition and taken back in; an announced award withdrawn and given back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from innovate.accounts.models import User
from innovate.audit.queries import list_entries
from innovate.core.db import db
from innovate.core.errors import NotAllowed, NotFound, Refused
from innovate.documents.models import Document
from innovate.documents.queries.lost import list_lost
from innovate.documents.services.ending import revoke_lost
from innovate.events.domain.kinds import EventState, PhaseKind, Role
from innovate.events.domain.seal import BoardState as S
from innovate.events.models import Prize
from innovate.events.queries import get_actor
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.ideas.queries.disqualifications import list_disqualifications
from innovate.ideas.queries.entries import list_eligible_ideas
from innovate.ideas.services.disqualifying import disqualify_idea, foretell, reinstate_idea
from innovate.notifications.models import OutboxMail
from innovate.results.domain.awards import Succession
from innovate.results.domain.bundle.inputs import Publication
from innovate.results.models import Snapshot
from innovate.results.queries.awards import list_winning_places, load_laurels
from innovate.results.queries.boards import compute_rows, get_board
from innovate.results.queries.snapshots import list_all_rows
from innovate.results.queries.withdrawals import list_standing
from innovate.results.services.publishing import publish_bundle
from innovate.results.services.withdrawals import Terms, return_award, withdraw_award
from innovate.scoring.models.ballots import Ballot
from innovate.scoring.queries.desk import list_desks
from innovate.scoring.queries.jury import list_my_rounds, progress_by_juror
from innovate.scoring.queries.rounds import count_entries
from innovate.voting.domain.stages import Pool
from innovate.voting.queries.entries import list_candidates
from tests.factories.boards import LADDER, climb
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
    make_user,
)
from tests.factories.documents import make_document

RULE, REASON = "Juknis Bab IV angka 3", "Karya ini sudah menang pada edisi 2025."


@pytest.fixture
def event(db_session):
    event = make_event(slug="gugur", shift_days=-31)
    for rank, name in enumerate(("Juara I", "Juara II", "Juara III"), 1):
        add(Prize(event_id=event.id, name=name, rank=rank, position=rank))
    return event


@pytest.fixture
def staff(event):
    user = make_user(name="Penyelenggara")
    give_role(event, user, Role.ORGANIZER)
    return user


@pytest.fixture
def round_(event):
    return make_round(event)


@pytest.fixture
def ideas(event, round_):
    """Three entries of one group, the best first; two jurors judged each."""
    group = get_actor(event.slug, None).event.groups[0]
    jurors = make_user(), make_user()
    found = []
    for title, marks in (("PARIT", [5] * 5), ("SIAGA", [4] * 5), ("RAPI", [3] * 5)):
        team = make_team(event, make_user(), make_user(), group_id=group.id)
        idea = make_idea(team, state=IdeaState.ELIGIBLE, title=title)
        for juror in jurors:
            make_ballot(make_assignment(round_, idea, juror), marks)
        found.append(idea)
    return found


def as_(user):
    return get_actor("gugur", user)


def out(staff, idea, at=NOW):
    return disqualify_idea(as_(staff), idea, rule=RULE, reason=REASON, at=at)


def terms(succession, **values):
    given = {"decree": "400.10.11/2704/SJ", "day": NOW.date(), "reason": "Pernyataan orisinalitasnya palsu."}
    return Terms(succession, **{**given, **values})


def mails(template):
    return list(db.session.scalars(select(OutboxMail).where(OutboxMail.template == template)))


def ranks(rows):
    return [(row.title, row.rank, row.award) for row in rows]


def actions(event):
    return [entry.action for entry, *_more in list_entries(event_id=event.id).items]


def test_a_disqualified_entry_leaves_an_open_ranking_at_once_and_its_ballots_stay(
    event, staff, round_, ideas
) -> None:
    climb(event, staff, *LADDER[:2])
    assert foretell(as_(staff), ideas[0]) == []
    row = out(staff, ideas[0])
    assert (row.before, ideas[0].state) == (IdeaState.ELIGIBLE, IdeaState.DISQUALIFIED)
    rows = compute_rows(event, get_board(as_(staff).event, 1))
    assert ranks(rows) == [("SIAGA", 1, "Juara I"), ("RAPI", 2, "Juara II")]
    assert db.session.query(Ballot).filter_by(idea_id=ideas[0].id).count() == 2
    told = mails("idea_disqualified")
    assert len(told) == 2
    assert {mail.context["reason"] for mail in told} == {REASON}
    assert "idea.disqualify" in actions(event)


def test_an_announced_ranking_is_corrected_and_the_earlier_one_stays_readable(event, staff, ideas) -> None:
    board = climb(event, staff)
    before = board.snapshot_id
    (line,) = foretell(as_(staff), ideas[0])
    assert "diumumkan" in line
    out(staff, ideas[0])
    assert board.state is S.FROZEN
    assert board.snapshot_id != before
    assert ranks(list_all_rows(board.snapshot_id)) == [("SIAGA", 1, "Juara I"), ("RAPI", 2, "Juara II")]
    earlier = db.session.get_one(Snapshot, before)
    assert earlier.superseded_at == NOW
    assert REASON in earlier.superseded_reason
    assert [row.title for row in list_all_rows(before)] == ["PARIT", "SIAGA", "RAPI"]


def test_the_corrected_result_is_proved_by_its_bundle(event, staff, ideas) -> None:
    climb(event, staff)
    out(staff, ideas[0])
    climb(event, staff, *LADDER[2:])
    bundle = publish_bundle(
        as_(staff).event, 1, Publication.FULL, at=NOW
    )  # refuses what cannot be recomputed
    assert bundle.size > 0


def test_it_is_absent_from_every_list_of_those_who_judge(event, staff, round_, ideas) -> None:
    juror = make_user()
    give_role(event, juror, Role.JUROR)
    for idea in ideas[:2]:
        make_assignment(round_, idea, juror)
    for idea in ideas:
        idea.in_gallery = True
    assert progress_by_juror(round_.id)[juror.id].left == 2
    out(staff, ideas[0])
    left = {ideas[1].id, ideas[2].id}
    assert {idea.id for idea in list_eligible_ideas(event.id)} == left
    assert {entry.idea_id for entry in list_candidates(as_(staff).event, Pool.ALL)} == left
    assert count_entries(round_) == 2
    assert [item.idea_id for item in list_desks(as_(juror))[0].active] == [ideas[1].id]
    assert progress_by_juror(round_.id)[juror.id].left == 1
    assert [each.left for each in list_my_rounds(juror.id, [event.id])] == [1]


def test_lifting_brings_the_entry_back_to_where_it_stood(event, staff, ideas) -> None:
    board = climb(event, staff)
    out(staff, ideas[0])
    reinstate_idea(as_(staff), ideas[0], reason="Keberatan tim diterima pleno.", at=NOW + timedelta(days=1))
    assert ideas[0].state is IdeaState.ELIGIBLE
    assert ranks(list_all_rows(board.snapshot_id))[0] == ("PARIT", 1, "Juara I")
    (row,) = list_disqualifications(ideas[0].id)
    assert row.lifted_reason == "Keberatan tim diterima pleno."
    assert len(mails("idea_reinstated")) == 2
    with pytest.raises(Refused, match="tidak sedang"):
        reinstate_idea(as_(staff), ideas[0], reason="Sekali lagi, tanpa sebab.", at=NOW)


def test_when_nobody_is_left_the_board_stays_open(event, staff, ideas) -> None:
    board = climb(event, staff)
    for idea in ideas:
        out(staff, idea)
    assert board.state is S.PROVISIONAL
    assert board.snapshot_id is None


def test_both_rounds_are_corrected(event, staff, round_, ideas) -> None:
    final = make_round(event, PhaseKind.FINAL, carries=False, takes_all=True)
    for idea in ideas:
        make_ballot(make_assignment(final, idea, make_user()), [4] * 5)
    first = climb(event, staff)
    second = climb(event, staff, number=2)
    out(staff, ideas[1])
    assert {first.state, second.state} == {S.FROZEN}
    for board in (first, second):
        assert "SIAGA" not in {row.title for row in list_all_rows(board.snapshot_id)}


def test_only_organizers_disqualify_with_reason_and_rule(event, staff, ideas) -> None:
    clerk = make_user()
    give_role(event, clerk, Role.SECRETARIAT)
    with pytest.raises(NotFound):
        out(clerk, ideas[0])
    with pytest.raises(Refused) as short:
        disqualify_idea(as_(staff), ideas[0], rule=RULE, reason="ya", at=NOW)
    assert short.value.field == "reason"
    with pytest.raises(Refused) as bare:
        disqualify_idea(as_(staff), ideas[0], rule=" ", reason=REASON, at=NOW)
    assert bare.value.field == "rule"
    draft = make_idea(make_team(event), title="DRAF")
    with pytest.raises(NotFound):
        out(staff, draft)
    out(staff, ideas[0])
    with pytest.raises(Refused, match="masih ikut"):
        out(staff, ideas[0])
    event.state = EventState.ARCHIVED
    with pytest.raises(Refused, match="diarsipkan"):
        out(staff, ideas[1])


# -- awards -------------------------------------------------------------------------------------------------------


def test_a_withdrawn_award_may_leave_its_place_empty(event, staff, ideas) -> None:
    board = climb(event, staff)
    given = board.snapshot_id
    found = withdraw_award(as_(staff), 1, ideas[0].public_id, terms(Succession.VACANT), at=NOW)
    assert (found.award, found.title, found.snapshot_id) == ("Juara I", "PARIT", given)
    assert board.state is S.FROZEN
    assert ranks(list_all_rows(board.snapshot_id)) == [
        ("PARIT", 1, ""),
        ("SIAGA", 2, "Juara II"),
        ("RAPI", 3, "Juara III"),
    ]
    assert ranks(list_all_rows(given))[0] == ("PARIT", 1, "Juara I")
    assert found.decree in db.session.get_one(Snapshot, given).superseded_reason
    assert len(mails("result_award_withdrawn")) == 2
    climb(event, staff, *LADDER[2:])
    publish_bundle(as_(staff).event, 1, Publication.FULL, at=NOW)


def test_or_those_behind_move_up(event, staff, ideas) -> None:
    board = climb(event, staff)
    withdraw_award(as_(staff), 1, ideas[0].public_id, terms(Succession.MOVES_UP), at=NOW)
    assert ranks(list_all_rows(board.snapshot_id)) == [("SIAGA", 1, "Juara I"), ("RAPI", 2, "Juara II")]
    assert ideas[0].state is IdeaState.ELIGIBLE
    climb(event, staff, *LADDER[2:])
    publish_bundle(as_(staff).event, 1, Publication.FULL, at=NOW)


def test_a_withdrawal_is_taken_back_with_a_reason(event, staff, ideas) -> None:
    board = climb(event, staff)
    found = withdraw_award(as_(staff), 1, ideas[0].public_id, terms(Succession.MOVES_UP), at=NOW)
    with pytest.raises(Refused):
        return_award(as_(staff), 1, found.public_id, reason="ya", at=NOW)
    return_award(as_(staff), 1, found.public_id, reason="Putusan banding memenangkan tim.", at=NOW)
    assert ranks(list_all_rows(board.snapshot_id))[0] == ("PARIT", 1, "Juara I")
    assert list_standing(board) == []
    assert actions(event).count("award.withdraw") == actions(event).count("award.return") == 1


def test_an_award_is_withdrawn_only_once_announced_and_by_organizers(event, staff, ideas) -> None:
    climb(event, staff, *LADDER[:4])
    vacant = terms(Succession.VACANT)
    with pytest.raises(Refused, match="sudah diumumkan"):
        withdraw_award(as_(staff), 1, ideas[0].public_id, vacant, at=NOW)
    climb(event, staff, *LADDER[3:])
    with pytest.raises(NotAllowed):
        withdraw_award(as_(make_user()), 1, ideas[0].public_id, vacant, at=NOW)
    with pytest.raises(NotFound):
        withdraw_award(as_(staff), 1, "tidak-ada", vacant, at=NOW)
    for field, bad in (
        ("decree", terms(Succession.VACANT, decree=" ")),
        ("day", terms(Succession.VACANT, day=NOW.date() + timedelta(days=2))),
        ("reason", terms(Succession.VACANT, reason="ya")),
    ):
        with pytest.raises(Refused) as refusal:
            withdraw_award(as_(staff), 1, ideas[0].public_id, bad, at=NOW)
        assert refusal.value.field == field


def test_of_a_shared_rank_the_other_keeps_the_award(event, staff, round_, ideas) -> None:
    group = get_actor(event.slug, None).event.groups[0]
    twin = make_idea(make_team(event, group_id=group.id), state=IdeaState.ELIGIBLE, title="KEMBAR")
    for juror in db.session.scalars(select(Ballot.user_id).where(Ballot.idea_id == ideas[0].id)).all():
        make_ballot(make_assignment(round_, twin, db.session.get_one(User, juror)), [5] * 5)
    board = climb(event, staff)
    withdraw_award(as_(staff), 1, ideas[0].public_id, terms(Succession.VACANT), at=NOW)
    first = list_winning_places(event.id, load_laurels(board.snapshot_id))[0]
    assert (first.award, [row.title for row in first.rows]) == ("Juara I", ["KEMBAR"])


def test_certificates_whose_ground_is_gone_are_listed_and_revoked_together(event, staff, ideas) -> None:
    climb(event, staff)
    holder = make_user()

    def paper(who, idea, name):
        return make_document(event, staff, holder, subject=f"{who}:{holder.id}:{idea.id}:{name}")

    lost = paper("winners", ideas[0], "Juara I")
    paper("winners", ideas[1], "Juara II")
    finalist = paper("finalists", ideas[2], "Finalis")
    plain = make_document(event, staff, holder)
    actor = as_(staff)
    assert list_lost(actor.event) == []
    withdraw_award(actor, 1, ideas[0].public_id, terms(Succession.VACANT), at=NOW)
    assert [each.document for each in list_lost(actor.event)] == [lost]
    out(staff, ideas[2])
    assert {each.document.id for each in list_lost(actor.event)} == {lost.id, finalist.id}
    assert revoke_lost(actor, reason="Dasarnya sudah gugur.", at=NOW) == 2
    assert "400.10.11/2704/SJ" in lost.ended_reason
    assert (lost.ended_at, plain.ended_at) == (NOW, None)
    assert list_lost(actor.event) == []
    assert db.session.query(Document).filter(Document.ended_at.is_(None)).count() == 2


def test_certificates_of_those_who_moved_up_are_listed_once_the_result_is_public(event, staff, ideas) -> None:
    climb(event, staff)
    holder = make_user()
    old = make_document(event, staff, holder, subject=f"winners:{holder.id}:{ideas[1].id}:Juara II")
    withdraw_award(as_(staff), 1, ideas[0].public_id, terms(Succession.MOVES_UP), at=NOW)
    assert list_lost(as_(staff).event) == []  # sealed: nothing is told of the new ranking
    climb(event, staff, *LADDER[2:])
    assert [each.document for each in list_lost(as_(staff).event)] == [old]
