"""Putting an activity together: its words, its audience, its places, and a copy of one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from innovate.accounts.models import Unit, User
from innovate.core.db import db, locked
from innovate.core.errors import NotFound, Refused, require
from innovate.core.withdrawn import withdraw
from innovate.events import policy as events
from innovate.events.policy import Actor
from innovate.learning import policy
from innovate.learning.domain.kinds import ActivityState, Audience, EnrolmentState
from innovate.learning.domain.plans import Draft
from innovate.learning.models import Activity, LearningSession, Speaker
from innovate.learning.policy import Guest
from innovate.learning.queries.agenda import list_skills
from innovate.learning.queries.enrolments import count_state
from innovate.learning.services.promoting import promote
from innovate.learning.services.trail import record

_PLAIN = ("kind", "title", "summary", "description", "host", "contact", "zone", "audience", "capacity")
_TIMED = ("opens_at", "closes_at", "gives_certificate", "min_share")


def create_activity(maker: User, actor: Actor | None, draft: Draft, *, at: datetime) -> Activity:
    """A draft of an event (`actor` is the maker in it) or, without one, of the site."""
    require(events.can_edit(actor) if actor else policy.can_make_free(maker), NotFound())
    activity = Activity(
        event_id=actor.event.id if actor else None,
        kind=draft.kind,
        title=draft.title,
        created_by_id=maker.id,
        created_at=at,
        units=[],
        skills=[],
    )
    db.session.add(activity)
    guest = Guest(activity, maker, actor)
    _write(guest, draft)
    db.session.flush()
    record("activity.create", guest, at, after=said(activity))
    return activity


def change_activity(guest: Guest, draft: Draft, *, at: datetime) -> int:
    """Other words or places; how many of the waiting list got a place because there are more now."""
    require(policy.can_edit(guest), NotFound())
    activity = locked(Activity, guest.activity.id)
    before = said(activity)
    if draft.capacity is not None:
        placed = count_state(activity.id, EnrolmentState.ENROLLED)
        few = _l("Sudah %(n)s orang terdaftar, jadi jumlah tempat tidak dapat lebih sedikit.", n=placed)
        require(draft.capacity >= placed, Refused(few, field="capacity"))
    _write(guest, draft)
    db.session.flush()
    after = said(activity)
    if after != before:
        changed = [key for key in after if after[key] != before[key]]
        record(
            "activity.update",
            guest,
            at,
            before={key: before[key] for key in changed},
            after={key: after[key] for key in changed},
        )
        withdraw()
    return promote(guest, at=at)


def _write(guest: Guest, draft: Draft) -> None:
    activity = guest.activity
    _check(guest, draft)
    for key in (*_PLAIN, *_TIMED):
        value = getattr(draft, key)
        setattr(activity, key, value.strip() if isinstance(value, str) and key in _PLAIN[1:6] else value)
    wanted = set(draft.units) if draft.audience is Audience.UNITS else set()
    units = list(db.session.scalars(select(Unit).where(Unit.code.in_(wanted)).order_by(Unit.name)))
    nobody = _l("Pilih paling sedikit satu perangkat daerah.")
    require(draft.audience is not Audience.UNITS or bool(units), Refused(nobody, field="units"))
    activity.units = units
    keep = [each.id for each in activity.skills]
    activity.skills = [each for each in list_skills(keep=keep) if each.public_id in set(draft.skills)]


def _check(guest: Guest, draft: Draft) -> None:
    require(bool(draft.title.strip()), Refused(_l("Tuliskan judul kegiatan."), field="title"))
    lonely = _l("Kegiatan ini tidak menjadi bagian kompetisi, jadi pesertanya tidak dapat dibatasi pada tim.")
    has_event = guest.actor is not None
    require(draft.audience is not Audience.EVENT or has_event, Refused(lonely, field="audience"))
    none = _l("Paling sedikit satu tempat, atau kosongkan bila tidak dibatasi.")
    require(draft.capacity is None or draft.capacity > 0, Refused(none, field="capacity"))
    order = _l("Pendaftaran ditutup sesudah dibuka.")
    opens, closes = draft.opens_at, draft.closes_at
    require(opens is None or closes is None or opens < closes, Refused(order, field="closes_at"))
    share = _l("Isi angka dari 1 sampai 100.")
    require(1 <= draft.min_share <= 100, Refused(share, field="min_share"))


def said(activity: Activity) -> dict[str, Any]:
    """What the trail keeps of an activity."""
    keys = (key for key in _PLAIN if key != "capacity")
    found: dict[str, Any] = {key: getattr(activity, key) for key in (*keys, "gives_certificate", "min_share")}
    found["places"] = activity.capacity
    for key in ("opens_at", "closes_at"):
        instant = getattr(activity, key)
        found[key] = instant.isoformat() if instant else None
    found["units"] = [each.name for each in activity.units]
    found["skills"] = [each.name for each in activity.skills]
    return found


def copy_activity(guest: Guest, *, at: datetime) -> Activity:
    """A new draft with the same words, audience, sessions and speakers; nobody is enrolled, nothing is handed out."""
    require(policy.can_run(guest), NotFound())
    old = guest.activity
    copied = Activity(
        event_id=old.event_id,
        created_by_id=guest.user_id,
        created_at=at,
        state=ActivityState.DRAFT,
        units=list(old.units),
        skills=list(old.skills),
        **{key: getattr(old, key) for key in (*_PLAIN, "gives_certificate", "min_share")},
    )
    db.session.add(copied)
    db.session.flush()
    for session in old.sessions:
        _copy_session(copied.id, session)
    db.session.flush()
    record(
        "activity.create",
        Guest(copied, guest.user, guest.actor),
        at,
        after=said(copied),
    )
    return copied


def _copy_session(activity_id: int, old: LearningSession) -> None:
    keys = ("title", "starts_at", "ends_at", "pause", "room", "link")
    session = LearningSession(activity_id=activity_id, **{key: getattr(old, key) for key in keys})
    db.session.add(session)
    db.session.flush()
    for each in old.speakers:
        words = {key: getattr(each, key) for key in ("user_id", "name", "title", "position")}
        db.session.add(Speaker(session_id=session.id, **words))
