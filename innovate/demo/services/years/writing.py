"""Teams with their people, and the entries they handed in, written in bulk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import insert

from innovate.accounts.models import Unit, UnitKind
from innovate.audit.services import record
from innovate.core.db import db
from innovate.demo.domain.profiles import profile_of
from innovate.demo.domain.writing import SECTIONS, Vocabulary, write_proposal
from innovate.demo.services.competition import SECRETARIAT
from innovate.demo.services.material import read_vocabulary
from innovate.demo.services.stage import Stage
from innovate.demo.services.years.people import invent_people
from innovate.ideas.domain.lifecycle import Decision, IdeaState
from innovate.ideas.models import Idea, IdeaRevision, Screening
from innovate.teams.models import Membership, Team

_IN_B = {UnitKind.UPT, UnitKind.PUSKESMAS, UnitKind.KELURAHAN, UnitKind.RSUD}
_FAILED = "Inovasi belum diterapkan pada hari pendaftaran ditutup."


@dataclass(frozen=True)
class Written:
    """An entry that is judged: `strength` as `marking.draw_values` takes it."""

    idea_id: int
    revision_id: int
    strength: float


def write_entries(on: Stage, rows: Sequence[dict[str, Any]], draw: Random) -> list[Written]:
    """Write them all; those that passed the screening, in the order of the rows."""
    words = read_vocabulary()
    handed_in = 0
    found = []
    for place, row in enumerate(rows):
        team = _make_team(on, row, on.days.at(1 + place * 22 // len(rows), 9, 7 * place % 60), draw)
        state = IdeaState(row.get("ended", "eligible"))
        handed_in += state is not IdeaState.DRAFT
        idea = _make_idea(on, row, team, state, None if state is IdeaState.DRAFT else handed_in, draw, words)
        revision = _pin(idea, team)
        if state in {IdeaState.ELIGIBLE, IdeaState.INELIGIBLE}:
            _screen(on, idea, revision)
        if state is IdeaState.ELIGIBLE:
            found.append(Written(idea.id, revision.id, draw.gauss(0, 0.8)))
    on.event.next_entry_number = handed_in + 1
    at = on.days.at(30, 8)
    kept = {"ideas": len(rows)}
    record("demo.load", actor_id=on.organizer.user_id, at=at, object_type="event", object_id=on.event.id,
           event_id=on.event.id, after=kept)  # fmt: skip
    return found


def _make_team(on: Stage, row: Mapping[str, Any], at: datetime, draw: Random) -> Team:
    unit = on.world.units[row["unit"]]
    people = invent_people(unit, draw.randint(2, 4), draw, since=on.world.register.since)
    group = next(group.id for group in on.event.groups if group.code == _group_of(unit))
    team = Team(
        event_id=on.event.id,
        name=f"Tim {row['title'].title()}",
        description=row["expansion"],
        group_id=group,
        unit_id=unit.id,
        captain_id=people[0].id,
        locked_at=None if row.get("ended") == "draft" else on.days.at(29, 23),
        created_at=at,
    )
    db.session.add(team)
    db.session.flush()
    shared = {"team_id": team.id, "event_id": on.event.id}
    rows = [
        {**shared, "user_id": user.id, "joined_at": at + timedelta(hours=n)} for n, user in enumerate(people)
    ]
    db.session.execute(insert(Membership), rows)
    return team


def _group_of(unit: Unit) -> str:
    return "B" if unit.kind in _IN_B else "A"


def _make_idea(
    on: Stage,
    row: Mapping[str, Any],
    team: Team,
    state: IdeaState,
    number: int | None,
    draw: Random,
    words: Vocabulary,
) -> Idea:
    handed = on.days.at(24 + draw.randint(0, 4), draw.randint(8, 21), draw.randint(0, 59))
    screened = state in {IdeaState.ELIGIBLE, IdeaState.INELIGIBLE}
    idea = Idea(
        event_id=on.event.id,
        team_id=team.id,
        title=row["title"],
        group_id=team.group_id,
        track_id=next(track.id for track in on.event.tracks if track.code == row["track"]),
        unit_id=team.unit_id,
        answers=_answer(on, row, draw, words),
        state=state,
        number=number,
        submitted_at=handed if number else None,
        screened_at=on.days.at(34, 10) if screened else None,
        in_gallery=draw.random() < 0.9,
        created_at=team.created_at + timedelta(days=1),
        updated_at=handed,
    )
    db.session.add(idea)
    db.session.flush()
    return idea


def _answer(on: Stage, row: Mapping[str, Any], draw: Random, words: Vocabulary) -> dict[str, Any]:
    year = on.days.first.year
    told = write_proposal(draw, f"{row['way']} {row['thing']}", words)
    written = {section: told[section].replace(" 2025", f" {year - 1}") for section in SECTIONS}
    people = words.things[row["thing"]]["people"]
    unit = on.world.units[row["unit"]].name
    return {
        "kepanjangan": row["expansion"],
        "mulai_uji_coba": on.days.at(-500 - draw.randint(0, 90)).date().isoformat(),
        "mulai_penerapan": on.days.at(-370 - draw.randint(0, 90)).date().isoformat(),
        **profile_of(row["unit"], row["track"], written),
        **written,
        "kontribusi_tpb": f"Tujuan 16, target 16.6: {people} mengetahui apa yang dikerjakan {unit} dan kapan selesai.",
        "adaptabilitas": f"Unit lain memerlukan satu petugas, satu buku catatan, dan kesediaan mendengar {people}.",
        "kolaborasi": f"Pengurus RT, {people}, dan mahasiswa magang menguji cara kerja ini bersama {unit}.",
    }


def _pin(idea: Idea, team: Team) -> IdeaRevision:
    is_submission = idea.number is not None
    revision = IdeaRevision(
        idea_id=idea.id,
        number=1,
        title=idea.title,
        group_id=idea.group_id,
        track_id=idea.track_id,
        answers=idea.answers,
        files=[],
        is_submission=is_submission,
        author_id=team.captain_id,
        at=idea.updated_at,
    )
    db.session.add(revision)
    db.session.flush()
    if is_submission:
        idea.submitted_revision_id = revision.id
    return revision


def _screen(on: Stage, idea: Idea, revision: IdeaRevision) -> None:
    failed = idea.state is IdeaState.INELIGIBLE
    db.session.add(
        Screening(
            idea_id=idea.id,
            revision_id=revision.id,
            decision=Decision.FAIL if failed else Decision.PASS,
            reason=_FAILED if failed else "",
            checks={},
            decided_by_id=on.world.people[SECRETARIAT].id,
            at=on.days.at(34, 10),
        )
    )
