"""The jury at work: rounds, seats, declarations and ballots, through the services that jurors' pages use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from sqlalchemy import select

from innovate.core.db import db
from innovate.demo.domain import marking
from innovate.demo.services.entries import Entry
from innovate.demo.services.stage import Stage, invite
from innovate.events.domain.kinds import PhaseKind, Role
from innovate.scoring.domain.parcel import Parcel
from innovate.scoring.domain.rubric import Filled
from innovate.scoring.models.jury import Assignment, AssignmentState, ConflictSource
from innovate.scoring.models.rounds import Round
from innovate.scoring.queries.ballots import get_former_sheet, get_sheet
from innovate.scoring.queries.pact import get_wording
from innovate.scoring.queries.previews import get_preview
from innovate.scoring.queries.rounds import list_rounds
from innovate.scoring.services import ballots, conflicts, draws, jurors, late, pact, rounds
from innovate.tasks.services import run_here

_KEYWORDS = (
    "pelayanan publik, antrean",
    "sampah, lingkungan, parit",
    "data, aplikasi, kecerdasan buatan",
    "stunting, posyandu, kesehatan",
    "pajak, retribusi, UMKM",
    "sekolah, literasi",
)


@dataclass(frozen=True)
class Seat:
    """An entry given to a juror (its key in people.yaml)."""

    public_id: str
    entry: Entry
    juror: str


@dataclass
class Panel:
    """The jury of a competition: who sits in it and how strict each is."""

    stage: Stage
    draw: Random
    severity: dict[str, float] = field(default_factory=dict)

    @property
    def keys(self) -> list[str]:
        """The jurors, the chair first."""
        return list(self.severity)


def round_of(stage: Stage, kind: PhaseKind) -> Round:
    """The round held in the phase of this kind."""
    return next(round_ for round_ in list_rounds(stage.event.id) if round_.phase.kind is kind)


def seat_panel(stage: Stage, chair: str, members: Sequence[str], draw: Random, *, at: datetime) -> Panel:
    """Invite everybody into the jury, introduced by position and organisation."""
    panel = Panel(stage, draw)
    for number, key in enumerate([chair, *members]):
        user = stage.world.people[key]
        title = ", ".join(part for part in (user.position, user.organization) if part)
        role = Role.CHAIR if key == chair else Role.JUROR
        invite(stage, key, role, hours=3 + 2 * number, title=title, at=at)
        panel.severity[key] = marking.draw_severity(draw)
    return panel


def note_conflicts(panel: Panel, entries: Sequence[Entry], *, at: datetime) -> None:
    """The organizer notes jurors who come from the same organization as an entry; the draw then passes them over."""
    stage = panel.stage
    for key in panel.keys:
        juror = stage.world.people[key]
        for entry in entries:
            if juror.organization and juror.organization == entry.unit:
                conflicts.add_conflict(
                    stage.organizer,
                    idea_public_id=entry.begun.public_id,
                    juror_public_id=juror.public_id,
                    reason=f"Juri dan tim sama-sama dari {entry.unit}.",
                    at=at,
                )


def draw_seats(
    panel: Panel, round_: Round, entries: Sequence[Entry], *, each: int | None = None, at: datetime
) -> list[Seat]:
    """Apply the automatic draw; `each` asks for another number of ballots than the round's own."""
    actor = panel.stage.organizer
    if each is not None and each != round_.ballots_per_idea:
        rounds.update_round(
            actor,
            round_,
            ballots_per_idea=each,
            weight=round_.weight,
            takes_all=round_.takes_all,
            carries=round_.carries,
            at=at,
        )
    _tell_subjects(panel, at)
    task = draws.start_draw(actor, round_, seed=panel.draw.randint(1, 999_999), at=at)
    run_here(task, at=at)
    draws.apply_draw(actor, round_, get_preview(round_, task.public_id), at=at)
    return _list_seats(panel, round_, entries)


def _tell_subjects(panel: Panel, at: datetime) -> None:
    """Jurors say what they know: two tracks each, and keywords the draw finds in the proposals."""
    tracks = [track.code for track in panel.stage.event.tracks]
    for n, key in enumerate(panel.keys):
        chosen = {tracks[(n + step) % len(tracks)] for step in range(2)} if tracks else set()
        jurors.update_own_subject(
            panel.stage.actor(key), expertise=sorted(chosen), keywords=_KEYWORDS[n % len(_KEYWORDS)], at=at
        )


def _list_seats(panel: Panel, round_: Round, entries: Sequence[Entry]) -> list[Seat]:
    by_idea = {entry.idea_id: entry for entry in entries}
    by_user = {panel.stage.world.people[key].id: key for key in panel.keys}
    query = select(Assignment).where(
        Assignment.round_id == round_.id, Assignment.state == AssignmentState.ACTIVE
    )
    return [
        Seat(row.public_id, by_idea[row.idea_id], by_user[row.user_id])
        for row in db.session.scalars(query.order_by(Assignment.id))
    ]


def sign(panel: Panel, key: str, seats: Sequence[Seat], *, at: datetime) -> None:
    """A juror signs the pact of each round they have these seats in; once each."""
    actor = panel.stage.actor(key)
    held = select(Assignment.round_id).where(Assignment.public_id.in_([seat.public_id for seat in seats]))
    held_in = set(db.session.scalars(held))
    for round_ in list_rounds(panel.stage.event.id):
        if round_.id in held_in:
            version = get_wording(panel.stage.event.id).version
            pact.sign_pact(actor, round_, version=version, at=at)


def declare(
    panel: Panel,
    key: str,
    seats: Sequence[Seat],
    *,
    conflicting: Mapping[str, str] | None = None,
    first: int | None = None,
    at: datetime,
) -> None:
    """A juror's word on their seats (or the `first` of them): free, but for entries in `conflicting` (key: reason)."""
    named = conflicting or {}
    mine = [seat for seat in seats if seat.juror == key][:first]
    sign(panel, key, mine, at=at)
    conflicts.declare(
        panel.stage.actor(key),
        clear=[seat.public_id for seat in mine if seat.entry.key not in named],
        conflicts={s.public_id: named[s.entry.key] for s in mine if s.entry.key in named},
        at=at,
    )


def score(panel: Panel, seat: Seat, *, only: int | None = None, at: datetime) -> None:
    """Fill the scorecard and hand it in; with `only`, leave a draft with that many criteria."""
    user = panel.stage.world.people[seat.juror]
    sheet = get_sheet(panel.stage.event.slug, seat.public_id, user.id)
    values = marking.draw_values(
        panel.draw, sheet.criteria, strength=seat.entry.strength, severity=panel.severity[seat.juror]
    )
    team, internal = _next_remarks(seat.entry) if only is None else ("", "")
    filled = Filled(
        version=sheet.version,
        values={key: f"{value:f}" for key, value in list(values.items())[:only]},
        comment_team=team,
        comment_internal=internal,
    )
    act = ballots.submit_ballot if only is None else ballots.save_ballot
    act(user, sheet, filled, at=at)


def _next_remarks(entry: Entry) -> tuple[str, str]:
    """The next of the entry's written remarks to the team, and to the jury; empty once all were said."""
    said, entry.said = entry.said, entry.said + 1
    team = entry.comments[said] if said < len(entry.comments) else ""
    internal = entry.internal_comments[said] if said < len(entry.internal_comments) else ""
    return team, internal


def abstain(panel: Panel, seat: Seat, *, reason: str, at: datetime) -> None:
    """The juror steps back from an entry for another reason than a conflict."""
    actor = panel.stage.actor(seat.juror)
    conflicts.recuse(actor, seat.public_id, source=ConflictSource.ABSTAINED, reason=reason, at=at)


def arrive_late(panel: Panel, seat: Seat, *, words: str, at: datetime) -> None:
    """What the juror wrote without a network an hour ago arrives when the seat is no longer theirs."""
    user = panel.stage.world.people[seat.juror]
    sheet = get_former_sheet(panel.stage.event.slug, seat.public_id, user.id)
    values = dict.fromkeys(sheet.criteria, "4")
    parcel = Parcel(
        key=f"contoh-{seat.public_id}",
        filled=Filled(sheet.version, values, comment_internal="Ditulis saat kunjungan lapangan."),
        handed_in=True,
        written_at=at - timedelta(hours=1),
        words=words,
    )
    late.receive_late_ballot(user, sheet, parcel, at=at)
