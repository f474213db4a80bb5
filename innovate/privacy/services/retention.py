"""The end of an event's period: told, looked at, confirmed by a person, and only then done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from innovate.accounts.models import User
from innovate.accounts.services.erasure import erase_person
from innovate.audit.services import record
from innovate.core.db import db, locked, transaction
from innovate.core.errors import Refused, Stale, require
from innovate.events.models import Event
from innovate.events.policy import Actor
from innovate.events.queries import actor_in
from innovate.notifications.services import enqueue_mail_once
from innovate.privacy import policy
from innovate.privacy.domain.retention import YEARS, is_due
from innovate.privacy.models import EventPrivacy
from innovate.privacy.queries import cases, impact
from innovate.privacy.queries.retention import list_due, list_people
from innovate.privacy.services.leftovers import empty_paper_contacts
from innovate.tasks.models import Task
from innovate.tasks.queries import list_tasks
from innovate.tasks.services import Kind, Work, enqueue_task, register_kind

CLEAR = "privacy.anonymise"


def connect() -> None:
    """Offer it to the runner of long work."""
    register_kind(
        Kind(
            name=CLEAR,
            title=_l("Menganonimkan peserta"),
            run=run_clearing,
            stages={"people": _l("Mengosongkan data diri")},
            may_handle=_may_handle,
            place=_find_place,
        )
    )


def _may_handle(user_id: int, task: Task) -> bool:
    event, user = db.session.get(Event, task.event_id), db.session.get(User, user_id)
    return event is not None and user is not None and policy.can_write_impact(actor_in(event, user))


def _find_place(task: Task) -> tuple[str, dict[str, Any]]:
    return "privacy.retention", {"slug": db.session.get_one(Event, task.event_id).slug}


def ensure_settings(event_id: int) -> EventPrivacy:
    """The event's row; events older than the duty get one that does not oblige them."""
    row = db.session.get(EventPrivacy, event_id)
    if row is None:
        row = EventPrivacy(event_id=event_id, impact_required=False)
        db.session.add(row)
        db.session.flush()
    return row


def set_years(actor: Actor, years: int, *, at: datetime) -> None:
    """How long the event keeps its people after it was archived."""
    require(policy.can_write_impact(actor))
    require(years in YEARS, Refused(_l("Isi angka dari 1 sampai 30."), field="years"))
    locked(Event, actor.event.id)
    row = ensure_settings(actor.event.id)
    before, row.retention_years = row.retention_years, years
    if before != years:
        values = {"before": {"retention_years": before}, "after": {"retention_years": years}}
        _record("event.retention", actor, at, **values)


def find_clearing(event_id: int) -> Task | None:
    """The latest work on the event's people."""
    return next(iter(list_tasks(CLEAR, f"event:{event_id}", limit=1)), None)


def ask_to_clear(actor: Actor, seen: Sequence[str], *, at: datetime) -> Task:
    """Anonymise exactly the people that were on the list (`seen`, public ids); Stale if the list changed since."""
    require(policy.can_write_impact(actor))
    event = locked(Event, actor.event.id)
    settings = ensure_settings(event.id)
    early = _l("Masa simpan kompetisi ini belum berakhir.")
    require(is_due(event.archived_at, settings.retention_years, at), Refused(early))
    last = find_clearing(event.id)
    require(last is None or last.state.is_over, Refused(_l("Pekerjaan ini sedang berjalan.")))
    people = [row.user for row in list_people(event.id, at) if row.goes]
    changed = _l("Daftar orangnya berubah sejak halaman ini dibuka. Periksa lagi, lalu ulangi.")
    require({user.public_id for user in people} == set(seen), Stale(changed))
    ids = [user.id for user in people]
    _record("event.anonymise", actor, at, after={"people": len(ids)})
    return enqueue_task(
        CLEAR,
        actor_id=actor.user_id,
        event_id=event.id,
        about=f"event:{event.id}",
        inputs={"ids": ids},
        at=at,
    )


def run_clearing(work: Work) -> Mapping[str, Any]:
    """One person a transaction; who came back meanwhile stays. A second run finds nobody left."""
    event_id = work.event_id or 0
    wanted, done = set(work.inputs["ids"]), 0
    people = [row.user.id for row in list_people(event_id, work.now()) if row.goes and row.user.id in wanted]
    for number, user_id in enumerate(people):
        work.tell(number, len(people), "people")
        with transaction():
            erase_person(db.session.get_one(User, user_id), actor_id=work.actor_id, at=work.now())
            done += 1
    with transaction():
        empty_paper_contacts(event_id)
        row = ensure_settings(event_id)
        row.anonymised_at, row.anonymised_by_id = work.now(), work.actor_id
    work.tell(len(people), len(people), "people")
    return {"done": done}


def warn_of_due(*, at: datetime) -> int:
    """Tell organizers and officers once that an event's period is over; how many mails."""
    sent = 0
    for due in list_due(at):
        people = {user.id: user for user in (*impact.list_organizers(due.event.id), *cases.list_officers())}
        for user in people.values():
            mail = enqueue_mail_once(
                "privacy_retention_due",
                cause=f"retention:{due.event.id}",
                address=user.email,
                user_id=user.id,
                locale=user.locale or "id",
                event_id=due.event.id,
                at=at,
                context={
                    "name": user.full_name,
                    "event": due.event.name,
                    "years": due.years,
                    "path": f"/k/{due.event.slug}/kelola/pelindungan-data/retensi",
                },
            )
            sent += mail is not None
    return sent


def _record(action: str, actor: Actor, at: datetime, **values: Any) -> None:
    record(
        action,
        actor_id=actor.user_id,
        at=at,
        object_type="event",
        object_id=actor.event.id,
        event_id=actor.event.id,
        **values,
    )
