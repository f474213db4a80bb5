"""Recording who was there: by the code in the room, or by list."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from innovate.audit.services import Record, record_all
from innovate.core.db import db, locked
from innovate.core.errors import NotFound, Refused, require
from innovate.learning import policy
from innovate.learning.domain.kinds import ActivityState, Method
from innovate.learning.domain.rotating import BEFORE, is_open
from innovate.learning.models import Attendance, LearningSession
from innovate.learning.policy import Guest
from innovate.learning.queries.attendance import find_present, map_listed
from innovate.learning.services.walking_in import take_place

_SHORTEST = 5
EARLY = _l("Kehadiran sesi ini dapat dicatat mulai 30 menit sebelum sesi dimulai.")
LATE = _l("Pencatatan kehadiran sesi ini sudah ditutup. Bila Anda hadir, sampaikan kepada penyelenggara.")
CANCELLED = _l("Kegiatan ini dibatalkan, jadi kehadirannya tidak dicatat.")
ARCHIVED = _l("Kompetisi kegiatan ini sudah ditutup, jadi kehadirannya tidak dicatat lagi.")
WHY = _l(
    "Tuliskan alasan membatalkan kehadiran, paling sedikit 5 karakter. Centang Anda masih ada di halaman ini."
)


def record_own(guest: Guest, session: LearningSession, *, seen_at: datetime, at: datetime) -> bool:
    """The person was there: they had the code in the room at `seen_at`. False if that was recorded before.

    Somebody without a place takes one if there is one for them; Refused with the reason otherwise.
    """
    require(policy.can_see(guest) and guest.user is not None, NotFound())
    require(guest.activity.state is ActivityState.PUBLISHED, Refused(CANCELLED))
    require(policy.takes_people(guest), Refused(ARCHIVED))
    require(is_open(session.starts_at, session.ends_at, seen_at), Refused(_closed(session, seen_at)))
    locked(LearningSession, session.id)
    if find_present(session.id, guest.user_id) is not None:
        return False
    take_place(guest, at=at)
    add_attendance(guest, session, [guest.user_id], Method.QR, seen_at, at)
    return True


def _closed(session: LearningSession, at: datetime) -> object:
    return EARLY if at < session.starts_at else LATE


@dataclass(frozen=True)
class Ticks:
    """A page of a session's list as it was sent: who stood on it, who was there when it was loaded, who is ticked now.

    All are public ids of people. What was recorded since it was loaded is left as it is.
    """

    shown: Collection[str]
    was: Collection[str]
    ticked: Collection[str]
    reason: str = ""
    added: frozenset[str] = field(init=False)
    removed: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        """What the page changes."""
        shown, was, ticked = (frozenset(each) for each in (self.shown, self.was, self.ticked))
        object.__setattr__(self, "added", (ticked - was) & shown)
        object.__setattr__(self, "removed", (was - ticked) & shown)


def save_list(guest: Guest, session: LearningSession, ticks: Ticks, *, at: datetime) -> tuple[int, int]:
    """Record whom the page ticks and take back whom it no longer does; how many of each. All or nothing."""
    require(policy.can_record(guest, session))
    require(guest.activity.state is ActivityState.PUBLISHED, Refused(CANCELLED))
    require(at >= session.starts_at - BEFORE, Refused(EARLY))
    require(not ticks.removed or len(ticks.reason.strip()) >= _SHORTEST, Refused(WHY, field="reason"))
    locked(LearningSession, session.id)
    keys = map_listed(guest.activity.id, session.id, ticks.added | ticks.removed)
    there = _list_present(session.id, keys.values())
    present = {row.user_id for row in there}
    new = sorted(keys[each] for each in ticks.added if each in keys and keys[each] not in present)
    gone = {keys[each] for each in ticks.removed if each in keys}
    taken = [row for row in there if row.user_id in gone]
    if new:
        add_attendance(guest, session, new, Method.LIST if policy.can_run(guest) else Method.SPEAKER, at, at)
    if taken:
        _take_back(guest, session, taken, ticks.reason.strip(), at)
    return len(new), len(taken)


def _list_present(session_id: int, user_ids: Collection[int]) -> Sequence[Attendance]:
    query = select(Attendance).where(
        Attendance.session_id == session_id,
        Attendance.user_id.in_(user_ids),
        Attendance.removed_at.is_(None),
    )
    return list(db.session.scalars(query))


def add_attendance(
    guest: Guest,
    session: LearningSession,
    user_ids: Sequence[int],
    method: Method,
    seen_at: datetime,
    at: datetime,
) -> None:
    """Write down that these people, none of whom is on the list, were there; authorised by the caller."""
    db.session.add_all(
        [
            Attendance(
                session_id=session.id,
                user_id=user_id,
                method=method,
                at=seen_at,
                recorded_by_id=guest.user_id,
            )
            for user_id in user_ids
        ]
    )
    db.session.flush()
    after = {"method": method.value}
    _record(guest, session, "attendance.record", user_ids, after, at)


def _take_back(
    guest: Guest, session: LearningSession, rows: Sequence[Attendance], reason: str, at: datetime
) -> None:
    for row in rows:
        row.removed_at, row.removed_by_id, row.removed_reason = at, guest.user_id, reason[:300]
    db.session.flush()
    _record(
        guest, session, "attendance.take_back", [row.user_id for row in rows], {"reason": reason[:300]}, at
    )


def _record(
    guest: Guest,
    session: LearningSession,
    action: str,
    user_ids: Sequence[int],
    after: dict[str, str],
    at: datetime,
) -> None:
    event_id = guest.activity.event_id
    record_all(
        [
            Record(action, "learning_session", session.id, event_id, after=after, subject_id=user_id)
            for user_id in user_ids
        ],
        actor_id=guest.user_id,
        at=at,
    )
