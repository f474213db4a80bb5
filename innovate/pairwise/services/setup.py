"""Setting contests up, opening and closing them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from innovate.audit.services import record
from innovate.core.db import db, locked
from innovate.core.errors import NotFound, Refused, require
from innovate.events.policy import Actor
from innovate.ideas.queries.entries import list_board_entries
from innovate.notifications.services import enqueue_mail
from innovate.pairwise import policy
from innovate.pairwise.domain.plan import Plan
from innovate.pairwise.models import (
    Contest,
    ContestEntry,
    ContestJuror,
    ContestKind,
    ContestState,
    Step,
    StepKind,
)
from innovate.pairwise.queries.contests import get_contest
from innovate.pairwise.queries.field import load_field
from innovate.scoring.models.rounds import Round
from innovate.scoring.queries.jury import list_jurors
from innovate.scoring.services.trail import require_reason

MAX_STAND = 20


def create_contest(actor: Actor, round_: Round, kind: ContestKind, plan: Plan, *, at: datetime) -> Contest:
    """A contest in preparation, beside a round of the event."""
    require(policy.can_lead(actor))
    _check_plan(plan)
    contest = Contest(
        event_id=actor.event.id,
        round_id=round_.id,
        kind=kind,
        name=plan.name,
        cut=plan.cut,
        created_by_id=actor.user_id,
        created_at=at,
    )
    db.session.add(contest)
    db.session.flush()
    added = (
        _put_entries(contest, _ideas_of(actor, plan), at),
        _put_jurors(contest, _users_of(actor, plan), at),
    )
    after = {"name": plan.name, "kind": kind.value, "cut": plan.cut, "entries": added[0], "jurors": added[1]}
    _record(actor, "pairwise.create", contest, at, after=after)
    return contest


def update_contest(actor: Actor, contest_id: str, plan: Plan, *, at: datetime) -> Contest:
    """Change what a contest is, until it is closed.

    Who or what is taken out keeps its comparisons on record; where there are any, a reason is asked. What was seen of
    an entry still links the others; the votes of a juror taken out no longer count.
    """
    contest = _hold(actor, contest_id)
    closed = _l("Perbandingan ini sudah ditutup. Buka kembali bila ingin mengubahnya.")
    require(contest.state is not ContestState.CLOSED, Refused(closed))
    _check_plan(plan)
    ideas, users = _ideas_of(actor, plan), _users_of(actor, plan)
    reason = require_reason(plan.reason) if _loses_votes(contest, set(ideas), set(users)) else plan.reason
    before = {"name": contest.name, "cut": contest.cut}
    contest.name, contest.cut = plan.name, plan.cut
    entries, jurors = _put_entries(contest, ideas, at), _put_jurors(contest, users, at)
    after = {"name": plan.name, "cut": plan.cut, "entries": entries, "jurors": jurors, "reason": reason}
    _record(actor, "pairwise.update", contest, at, before=before, after=after)
    return contest


def _check_plan(plan: Plan) -> None:
    require(3 <= len(plan.name) <= 120, Refused(_l("Beri nama, 3 sampai 120 karakter."), field="name"))
    require(len(plan.entries) >= 2, Refused(_l("Pilih paling sedikit dua karya."), field="entries"))
    most = len(plan.entries) - 1
    require(
        1 <= plan.cut <= most,
        Refused(_l("Isi angka dari 1 sampai %(most)s: kurang dari jumlah karya.", most=most), field="cut"),
    )
    long = [stand for stand in plan.entries.values() if len(stand) > MAX_STAND]
    require(
        not long, Refused(_l("Nomor stan paling panjang %(most)s karakter.", most=MAX_STAND), field="entries")
    )


def _ideas_of(actor: Actor, plan: Plan) -> dict[int, str]:
    """Keys of the chosen ideas with their stands; NotFound for one that is not an eligible entry of the event."""
    known = {entry.public_id: entry.idea_id for entry in list_board_entries(actor.event.id)}
    require(set(plan.entries) <= set(known), NotFound())
    return {known[key]: stand for key, stand in plan.entries.items()}


def _users_of(actor: Actor, plan: Plan) -> list[int]:
    known = {row.user.public_id: row.user.id for row in list_jurors(actor.event.id)}
    require(set(plan.jurors) <= set(known), NotFound())
    return [known[key] for key in sorted(plan.jurors)]


def _put_entries(contest: Contest, ideas: Mapping[int, str], at: datetime) -> list[int]:
    rows = {row.idea_id: row for row in _rows(ContestEntry, contest)}
    for idea_id, stand in ideas.items():
        row = rows.get(idea_id)
        if row is None:
            db.session.add(ContestEntry(contest_id=contest.id, idea_id=idea_id, stand=stand))
        else:
            row.stand, row.removed_at = stand, None
    for idea_id, row in rows.items():
        if idea_id not in ideas and row.removed_at is None:
            row.removed_at = at
    db.session.flush()
    return sorted(ideas)


def _put_jurors(contest: Contest, users: Sequence[int], at: datetime) -> list[int]:
    rows = {row.user_id: row for row in _rows(ContestJuror, contest)}
    for user_id in users:
        if user_id in rows:
            rows[user_id].removed_at = None
        else:
            db.session.add(ContestJuror(contest_id=contest.id, user_id=user_id))
    for user_id, row in rows.items():
        if user_id not in users and row.removed_at is None:
            row.removed_at, row.seen_id, row.offered_id = at, None, None
    db.session.flush()
    return sorted(users)


def _rows(model: Any, contest: Contest) -> list[Any]:
    return list(db.session.scalars(select(model).where(model.contest_id == contest.id)))


def _loses_votes(contest: Contest, ideas: set[int], users: set[int]) -> bool:
    query = select(Step.user_id, Step.seen_id, Step.offered_id).where(
        Step.contest_id == contest.id, Step.kind == StepKind.VOTE, Step.undone_at.is_(None)
    )
    gone = {
        row.id for row in _rows(ContestEntry, contest) if row.removed_at is None and row.idea_id not in ideas
    }
    stay = users | {row.user_id for row in _rows(ContestJuror, contest) if row.removed_at is not None}
    return any(
        user not in stay or gone.intersection((seen, offered))
        for user, seen, offered in db.session.execute(query)
    )


def open_contest(actor: Actor, contest_id: str, *, reason: str = "", at: datetime) -> Contest:
    """Let the jurors begin, or go on after closing, which asks a reason."""
    contest = _hold(actor, contest_id)
    require(contest.state is not ContestState.OPEN, Refused(_l("Perbandingan ini sudah dibuka.")))
    again = contest.state is ContestState.CLOSED
    if again:
        reason = require_reason(reason)
    now = load_field(contest)
    require(
        len(now.open_keys) > contest.cut,
        Refused(
            _l("Karya yang masih dinilai harus lebih banyak daripada yang dicari. Periksa pengaturannya.")
        ),
    )
    require(bool(now.active), Refused(_l("Pilih paling sedikit seorang juri.")))
    contest.state, contest.closed_at = ContestState.OPEN, None
    contest.opened_at = contest.opened_at or at
    contest.verdict = contest.verdict_at = contest.verdict_by_id = None
    if not again:
        _tell_jurors(actor, contest, at)
    _record(actor, "pairwise.reopen" if again else "pairwise.open", contest, at, after={"reason": reason})
    return contest


def close_contest(actor: Actor, contest_id: str, *, at: datetime) -> Contest:
    """End the comparing; nothing that was said is lost."""
    contest = _hold(actor, contest_id)
    require(contest.state is ContestState.OPEN, Refused(_l("Perbandingan ini tidak sedang dibuka.")))
    contest.state, contest.closed_at = ContestState.CLOSED, at
    standing = select(func.count(), func.max(Step.id)).where(
        Step.contest_id == contest.id, Step.kind == StepKind.VOTE, Step.undone_at.is_(None)
    )
    votes, last = db.session.execute(standing).one()
    _record(actor, "pairwise.close", contest, at, after={"votes": votes, "last_step": last})
    return contest


def _hold(actor: Actor, contest_id: str) -> Contest:
    require(policy.can_lead(actor))
    return locked(Contest, get_contest(actor.event.id, contest_id).id)


def _tell_jurors(actor: Actor, contest: Contest, at: datetime) -> None:
    present = {row.user_id for row in _rows(ContestJuror, contest) if row.removed_at is None}
    for row in list_jurors(actor.event.id):
        if row.user.id in present:
            enqueue_mail(
                "pairwise_opened",
                address=row.user.email,
                user_id=row.user.id,
                locale=row.user.locale or "id",
                event_id=actor.event.id,
                cause=f"pairwise:{contest.id}:opened:{row.user.id}",
                context={
                    "name": row.user.full_name,
                    "event": actor.event.name,
                    "contest": contest.name,
                    "path": f"/k/{actor.event.slug}/juri/banding/{contest.public_id}",
                },
                at=at,
            )


def _record(
    actor: Actor,
    action: str,
    contest: Contest,
    at: datetime,
    *,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    record(
        action,
        actor_id=actor.user_id,
        at=at,
        object_type="pairwise_contest",
        object_id=contest.id,
        event_id=contest.event_id,
        before=before,
        after=after,
    )
