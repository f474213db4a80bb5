"""A juror in a contest: seeing, comparing, skipping, taking back.

Every answer carries the token of the pair it is about, so a double click or a second tab never votes twice. The row of
`pairwise_steps` is the record of a vote: who, when, which pair, what stood before; the audit chain is not burdened.
"""

from __future__ import annotations

import enum
from dataclasses import replace
from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from innovate.core.db import db, locked, new_public_id
from innovate.core.errors import NotFound, Refused, Stale, require
from innovate.events import policy as event_policy
from innovate.events.domain.kinds import EventState
from innovate.events.policy import Actor
from innovate.pairwise.domain.choosing import choose_next
from innovate.pairwise.models import Contest, ContestJuror, ContestState, Step, StepKind
from innovate.pairwise.queries.contests import get_contest
from innovate.pairwise.queries.field import Field, Trace, load_field
from innovate.scoring.queries.pact import list_signed_rounds


class Answer(enum.StrEnum):
    """What a juror says of the offered entry: seen (the first one), better than the one before, worse, or skipped."""

    SEEN = "seen"
    BETTER = "better"
    WORSE = "worse"
    SKIP = "skip"


_KINDS = {
    Answer.SEEN: StepKind.START,
    Answer.BETTER: StepKind.VOTE,
    Answer.WORSE: StepKind.VOTE,
    Answer.SKIP: StepKind.SKIP,
}


def take_entry(actor: Actor, contest_id: str, *, at: datetime) -> None:
    """Send the juror to an entry: at the beginning, or when the one offered may no longer be seen."""
    contest, seat = _hold_seat(actor, contest_id)
    field = load_field(contest)
    if not field.is_fit(seat.offered_id, seat.user_id):
        _offer(field, seat, seat.seen_id, at)


def answer(actor: Actor, contest_id: str, *, token: str, said: Answer, at: datetime) -> None:
    """Take the juror's word on the pair of this token and send them on. The same word again changes nothing."""
    contest, seat = _hold_seat(actor, contest_id)
    if seat.token != token:
        _settle_repeat(contest, seat, token, said)
        return
    field = load_field(contest)
    gone = Stale(
        _l("Karya ini baru saja berubah. Ambil karya berikutnya; yang sudah tercatat tetap tersimpan.")
    )
    require(seat.offered_id is not None and field.is_fit(seat.offered_id, seat.user_id), gone)
    seen = seat.seen_id if field.is_fit(seat.seen_id, seat.user_id) else None
    require(said is Answer.SKIP or (said is Answer.SEEN) == (seen is None), gone)
    step = Step(
        contest_id=contest.id,
        user_id=seat.user_id,
        kind=_KINDS[said],
        token=token,
        seen_id=seen,
        offered_id=seat.offered_id,
        better_id={Answer.BETTER: seat.offered_id, Answer.WORSE: seen}.get(said),
        at=at,
    )
    db.session.add(step)
    _offer(_with(field, step), seat, seen if said is Answer.SKIP else seat.offered_id, at)


def undo(actor: Actor, contest_id: str, *, token: str, at: datetime) -> None:
    """Take the last step back: its vote is withdrawn, not deleted, and the pair stands before the juror again."""
    contest, seat = _hold_seat(actor, contest_id)
    if seat.token != token:
        query = select(Step.id).where(
            Step.contest_id == contest.id, Step.user_id == seat.user_id, Step.undone_token == token
        )
        require(db.session.scalar(query) is not None, _other_pair())
        return
    step = db.session.scalar(
        select(Step)
        .where(Step.contest_id == contest.id, Step.user_id == seat.user_id, Step.undone_at.is_(None))
        .order_by(Step.id.desc())
        .limit(1)
    )
    if step is None:
        raise Refused(_l("Belum ada langkah yang dapat diurungkan."))
    step.undone_at, step.undone_token = at, token
    _place(seat, step.seen_id, step.offered_id, at)


def _hold_seat(actor: Actor, contest_id: str) -> tuple[Contest, ContestJuror]:
    """The contest, held so that two jurors are never sent to one stand at once, and the juror's seat as it is now."""
    require(event_policy.can_judge(actor), NotFound())
    contest = locked(Contest, get_contest(actor.event.id, contest_id).id)
    query = select(ContestJuror).where(
        ContestJuror.contest_id == contest.id,
        ContestJuror.user_id == actor.user_id,
        ContestJuror.removed_at.is_(None),
    )
    seat = db.session.scalar(query.execution_options(populate_existing=True))
    if seat is None or contest.state is ContestState.DRAFT:
        raise NotFound
    unsigned = _l("Tanda tangani pakta integritas babak ini lebih dahulu.")
    require(contest.round_id in list_signed_rounds(actor.user_id, contest.event_id), Refused(unsigned))
    is_open = contest.state is ContestState.OPEN and actor.event.state is not EventState.ARCHIVED
    require(
        is_open,
        Refused(_l("Perbandingan ini sudah ditutup. Suara Anda yang sudah tercatat tetap tersimpan.")),
    )
    return contest, seat


def _settle_repeat(contest: Contest, seat: ContestJuror, token: str, said: Answer) -> None:
    query = select(Step).where(
        Step.contest_id == contest.id,
        Step.user_id == seat.user_id,
        Step.token == token,
        Step.undone_at.is_(None),
    )
    step = db.session.scalar(query)
    if step is None:
        raise _other_pair()
    better = {Answer.BETTER: step.offered_id, Answer.WORSE: step.seen_id}.get(said)
    require((step.kind, step.better_id) == (_KINDS[said], better), _other_pair())


def _other_pair() -> Stale:
    return Stale(
        _l("Pasangan di layar itu sudah dijawab dari tab atau perangkat lain. Inilah pasangan Anda sekarang.")
    )


def _with(field: Field, step: Step) -> Field:
    """The field as it is after the step; the juror stands nowhere until sent on."""
    trace = Trace(step.user_id, step.kind, step.seen_id, step.offered_id, step.better_id)
    seats = [seat._replace(offered_id=None) if seat.user_id == step.user_id else seat for seat in field.seats]
    return replace(field, traces=[*field.traces, trace], seats=seats)


def _offer(field: Field, seat: ContestJuror, seen_id: int | None, at: datetime) -> None:
    """Choose the next entry; where nothing is left to compare with the present one, begin anew elsewhere."""
    seen = seen_id if field.is_fit(seen_id, seat.user_id) else None
    offered = choose_next(field.belief, field.situation(seat.user_id, seen, at))
    if offered is None and seen is not None:
        seen, offered = None, choose_next(field.belief, field.situation(seat.user_id, None, at))
    _place(seat, seen, offered, at)


def _place(seat: ContestJuror, seen_id: int | None, offered_id: int | None, at: datetime) -> None:
    seat.seen_id, seat.offered_id, seat.offered_at = seen_id, offered_id, at
    seat.token = new_public_id()
    db.session.flush()
