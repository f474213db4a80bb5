"""The sessions of an activity. Moving one that was published tells the enrolled and raises the calendar's version."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l

from innovate.accounts.queries import find_user_by_email
from innovate.core.db import db, locked
from innovate.core.errors import NotFound, Refused, require
from innovate.core.withdrawn import withdraw
from innovate.learning import policy
from innovate.learning.domain.kinds import ActivityState
from innovate.learning.domain.materials import is_link
from innovate.learning.domain.plans import Plan, Voice
from innovate.learning.domain.rotating import BEFORE
from innovate.learning.models import Activity, LearningSession, Speaker
from innovate.learning.policy import Guest
from innovate.learning.queries.activities import get_session
from innovate.learning.queries.attendance import count_present
from innovate.learning.queries.enrolments import list_placed_users
from innovate.learning.services.trail import record, tell

_LONGEST = timedelta(hours=16)
_ATTENDED = _l(
    "Kehadiran sesi ini sudah dicatat, jadi waktunya tidak dapat dipindahkan ke hari depan. "
    "Tambahkan sesi lain untuk pertemuan berikutnya."
)


def add_session(guest: Guest, plan: Plan, *, at: datetime) -> LearningSession:
    """One more session."""
    require(policy.can_edit(guest), NotFound())
    _check(plan)
    activity = locked(Activity, guest.activity.id)
    session = LearningSession(
        activity_id=activity.id, title="", starts_at=plan.starts_at, ends_at=plan.ends_at
    )
    db.session.add(session)
    _write(session, plan)
    db.session.flush()
    _set_speakers(session, plan.speakers, ())
    record("activity.session_add", guest, at, after=_said(session, plan))
    _moved(guest, session, "added", at)
    return session


def change_session(guest: Guest, public_id: str, plan: Plan, *, at: datetime) -> bool:
    """Other words, time or place; whether the enrolled were told."""
    require(policy.can_edit(guest), NotFound())
    _check(plan)
    locked(Activity, guest.activity.id)
    session = get_session(guest.activity, public_id)
    old = list(session.speakers)
    voices = [Voice(each.name, each.title) for each in old]
    before = _said(session, Plan("", session.starts_at, session.ends_at, speakers=voices))
    place = (session.starts_at, session.ends_at, session.room, session.link)
    held = plan.starts_at <= at + BEFORE or not count_present(session.id)
    require(held, Refused(_ATTENDED, field="starts_at"))
    _write(session, plan)
    _set_speakers(session, plan.speakers, old)
    after = _said(session, plan)
    if after != before:
        record("activity.session_change", guest, at, before=before, after=after)
        withdraw()
    if place == (session.starts_at, session.ends_at, session.room, session.link):
        return False
    return _moved(guest, session, "moved", at)


def remove_session(guest: Guest, public_id: str, *, at: datetime) -> None:
    """Take a session out; a published activity keeps at least one."""
    require(policy.can_edit(guest), NotFound())
    locked(Activity, guest.activity.id)
    session = get_session(guest.activity, public_id)
    over = _l("Sesi yang sudah dimulai tetap tercatat.")
    published = guest.activity.state is ActivityState.PUBLISHED
    begun = session.starts_at <= at or count_present(session.id) > 0
    require(not published or not begun, Refused(over))
    last = _l("Kegiatan yang terbit mempunyai paling sedikit satu sesi. Batalkan kegiatannya bila perlu.")
    require(not published or len(guest.activity.sessions) > 1, Refused(last))
    session.removed_at = at
    db.session.flush()
    record("activity.session_remove", guest, at, before={"title": session.title})
    _moved(guest, session, "removed", at)


def _check(plan: Plan) -> None:
    require(bool(plan.title.strip()), Refused(_l("Tuliskan judul sesi."), field="title"))
    lasts = plan.ends_at - plan.starts_at
    order = _l("Sesi berakhir sesudah dimulai, paling lama enam belas jam.")
    require(timedelta(0) < lasts <= _LONGEST, Refused(order, field="ends_at"))
    long = _l("Jeda lebih pendek daripada sesinya.")
    require(plan.pause >= 0 and timedelta(minutes=plan.pause) < lasts, Refused(long, field="pause"))
    where = _l("Tuliskan ruangan, tautan, atau keduanya.")
    require(bool(plan.room.strip() or plan.link.strip()), Refused(where, field="room"))
    address = _l("Tuliskan alamat lengkap yang dimulai dengan https://.")
    require(not plan.link.strip() or is_link(plan.link.strip()), Refused(address, field="link"))


def _write(session: LearningSession, plan: Plan) -> None:
    session.title, session.pause = plan.title.strip(), plan.pause
    session.starts_at, session.ends_at = plan.starts_at, plan.ends_at
    session.room, session.link = plan.room.strip(), plan.link.strip()


def _set_speakers(session: LearningSession, voices: Sequence[Voice], old: Sequence[Speaker]) -> None:
    for row in old:
        db.session.delete(row)
    db.session.flush()
    for position, voice in enumerate(each for each in voices if each.name.strip() or each.email.strip()):
        user = find_user_by_email(voice.email.strip().lower()) if voice.email.strip() else None
        unknown = _l(
            "Tidak ada akun dengan surel %(email)s. Kosongkan surelnya bila narasumber tanpa akun.",
            email=voice.email,
        )
        require(user is not None or not voice.email.strip(), Refused(unknown, field="speakers"))
        name = voice.name.strip() or (user.full_name if user else "")
        user_id = user.id if user else None
        row = Speaker(
            session_id=session.id, user_id=user_id, name=name, title=voice.title.strip(), position=position
        )
        db.session.add(row)
    db.session.flush()


def _said(session: LearningSession, plan: Plan) -> dict[str, Any]:
    return {
        "title": session.title,
        "starts_at": session.starts_at.isoformat(),
        "ends_at": session.ends_at.isoformat(),
        "pause": session.pause,
        "place": session.room,
        "link": session.link,
        "speakers": [each.name.strip() for each in plan.speakers if each.name.strip()],
    }


def _moved(guest: Guest, session: LearningSession, how: str, at: datetime) -> bool:
    """Only what was published has readers: their calendars ask for the version, and they get a mail."""
    activity = guest.activity
    if activity.state is not ActivityState.PUBLISHED:
        return False
    activity.version += 1
    db.session.flush()
    withdraw()
    if session.ends_at <= at:
        return False
    for user in list_placed_users(activity.id, waiting=True):
        tell(
            "learning_moved",
            activity,
            user,
            about=f"v{activity.version}",
            at=at,
            how=how,
            session=session.title,
            starts=session.starts_at.isoformat(),
            ends=session.ends_at.isoformat(),
            place=session.room,
        )
    return True
