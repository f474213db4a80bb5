"""Taking an announced award away by a decree, and giving it back. The ranking is corrected; the earlier one stays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l

from innovate.audit.services import record
from innovate.core.db import db, locked
from innovate.core.errors import NotFound, Refused, require
from innovate.events.domain.kinds import EventState
from innovate.events.policy import Actor
from innovate.ideas.models import Idea
from innovate.notifications.services import enqueue_mail
from innovate.results import policy
from innovate.results.domain.awards import Succession
from innovate.results.models import AwardWithdrawal, Board
from innovate.results.queries.awards import find_row
from innovate.results.queries.boards import get_board
from innovate.results.queries.withdrawals import get_withdrawal
from innovate.results.services.boards import hold_board
from innovate.results.services.corrections import correct_board
from innovate.teams.queries import list_members

_LEAST = 10
SHORT = _l("Tuliskan alasan, paling sedikit 10 karakter. Alasan ini dicatat.")


@dataclass(frozen=True)
class Terms:
    """What a withdrawal rests on and what follows. `day`: of the decree. `public_reason` may stay empty."""

    succession: Succession
    decree: str
    day: date
    reason: str
    public_reason: str = ""


def withdraw_award(
    actor: Actor, number: int, idea_public_id: str, terms: Terms, *, at: datetime
) -> AwardWithdrawal:
    """Take the award of an entry away. The board of round `number` is ranked anew and waits for its signature."""
    board = _hold(actor, number)
    early = _l("Hanya penghargaan yang sudah diumumkan yang dapat dicabut.")
    require(board.state.is_public, Refused(early))
    row = find_row(board, idea_public_id)
    if row is None or not row.award:
        raise NotFound
    _check(terms, at.astimezone(ZoneInfo(actor.event.zone)).date())
    found = AwardWithdrawal(
        board_id=board.id,
        snapshot_id=row.snapshot_id,
        idea_id=row.idea_id,
        award=row.award,
        title=row.title,
        team_name=row.team_name,
        succession=terms.succession,
        decree=terms.decree.strip(),
        day=terms.day,
        reason=terms.reason.strip(),
        public_reason=terms.public_reason.strip(),
        by_id=actor.user_id,
        at=at,
    )
    db.session.add(found)
    db.session.flush()
    said = {"succession": found.succession, "decree": found.decree, "day": found.day.isoformat()}
    _record(actor, "award.withdraw", found, at, {**said, "reason": found.reason})
    why = f"Pencabutan {found.award} dari {found.title}, keputusan {found.decree}: {found.reason}"
    correct_board(actor, get_board(actor.event, number), reason=why, at=at)
    _tell(actor, found, "result_award_withdrawn", found.reason, at)
    return found


def return_award(actor: Actor, number: int, public_id: str, *, reason: str, at: datetime) -> AwardWithdrawal:
    """Take a withdrawal back: the entry has its award again once the board is signed and announced anew."""
    board = _hold(actor, number)
    found = locked(AwardWithdrawal, get_withdrawal(board.id, public_id).id)
    require(found.ended_at is None, Refused(_l("Pencabutan ini sudah dibatalkan.")))
    require(len(reason.strip()) >= _LEAST, Refused(SHORT, field="reason"))
    found.ended_at, found.ended_by_id, found.ended_reason = at, actor.user_id, reason.strip()
    db.session.flush()
    _record(actor, "award.return", found, at, {"decree": found.decree, "reason": found.ended_reason})
    if board.state.is_settled:
        why = f"Pencabutan {found.award} dari {found.title} dibatalkan: {found.ended_reason}"
        correct_board(actor, get_board(actor.event, number), reason=why, at=at)
    _tell(actor, found, "result_award_returned", found.ended_reason, at)
    return found


def _hold(actor: Actor, number: int) -> Board:
    require(policy.can_move_board(actor))
    require(actor.event.state is not EventState.ARCHIVED, Refused(_l("Kompetisi ini sudah diarsipkan.")))
    return hold_board(actor, number)


def _check(terms: Terms, today: date) -> None:
    require(bool(terms.decree.strip()), Refused(_l("Tuliskan nomor keputusannya."), field="decree"))
    require(terms.day <= today, Refused(_l("Tanggal keputusan belum tiba."), field="day"))
    require(len(terms.reason.strip()) >= _LEAST, Refused(SHORT, field="reason"))


def _record(actor: Actor, action: str, row: AwardWithdrawal, at: datetime, after: dict[str, Any]) -> None:
    record(
        action,
        actor_id=actor.user_id,
        at=at,
        object_type="award_withdrawal",
        object_id=row.id,
        event_id=actor.event.id,
        after={"prize": row.award, **after},
    )


def _tell(actor: Actor, row: AwardWithdrawal, template: str, reason: str, at: datetime) -> None:
    event = actor.event
    for user in list_members(db.session.get_one(Idea, row.idea_id).team_id):
        enqueue_mail(
            template,
            address=user.email,
            user_id=user.id,
            locale=user.locale or "id",
            event_id=event.id,
            cause=f"award_withdrawal:{row.id}:{template}",
            context={
                "name": user.full_name,
                "event": event.name,
                "award": row.award,
                "title": row.title,
                "decree": row.decree,
                "reason": reason,
                "path": f"/k/{event.slug}/usulan",
            },
            at=at,
        )
