"""Another unit asks to run an innovation, and what becomes of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l

from innovate.accounts.models import User
from innovate.core.db import db
from innovate.core.errors import NotFound, Refused, require
from innovate.core.withdrawn import withdraw
from innovate.events.policy import Actor
from innovate.impact.domain.kinds import Asked
from innovate.impact.domain.reports import Sent
from innovate.impact.models import AdoptionRequest, Innovation, Material
from innovate.impact.queries.adoptions import count_own, find_own, get_request
from innovate.impact.queries.innovations import get_event, list_materials, lock_innovation
from innovate.impact.queries.standing import find_standing, list_asked
from innovate.impact.services.trail import check_link, keep_file, record
from innovate.notifications.services import enqueue_mail

MOST = 20  # pieces of material
MOST_ASKED = 3  # requests of one person


@dataclass(frozen=True)
class Wish:
    """Who wants to run it: a unit of the city, or a unit and its organisation in words."""

    unit_id: int | None
    unit_name: str
    words: str


def ask_to_adopt(user: User, innovation: Innovation, wish: Wish, *, at: datetime) -> AdoptionRequest:
    """Ask the owner. Once a person while it waits or stands, and never for one's own."""
    held = lock_innovation(innovation.id)
    standing = find_standing(Actor(innovation.event, user), innovation)
    require(not standing.reports, Refused(_l("Ini inovasi Anda sendiri.")))
    require(held.is_replicable, Refused(_l("Inovasi ini tidak dibuka untuk direplikasi.")))
    where = _l("Pilih unit, atau tulis unit dan instansinya.")
    require(wish.unit_id is not None or bool(wish.unit_name), Refused(where, field="unit"))
    same = _l("Inovasi ini milik unit itu sendiri. Replikasi terjadi di unit lain.")
    require(wish.unit_id is None or wish.unit_id != held.unit_id, Refused(same, field="unit"))
    own = find_own(held.id, user.id)
    again = _l("Permintaan Anda sudah dikirim dan masih berlaku.")
    require(own is None or own.state not in {Asked.WAITING, Asked.ACCEPTED}, Refused(again))
    often = _l("Anda sudah tiga kali meminta. Hubungi unit pemiliknya.")
    require(count_own(held.id, user.id) < MOST_ASKED, Refused(often))
    row = AdoptionRequest(
        innovation_id=held.id,
        asker_id=user.id,
        unit_id=wish.unit_id,
        unit_name=wish.unit_name,
        words=wish.words,
        asked_at=at,
    )
    db.session.add(row)
    db.session.flush()
    record("impact.adopt", user.id, held, at, after={"unit": wish.unit_name})
    path = f"/k/{innovation.event.slug}/dampak/{innovation.public_id}"
    for person in list_asked(innovation):
        _mail("impact_adoption_asked", person, innovation, at, path, who=user.full_name, words=wish.words)
    return row


def accept(actor: Actor, innovation: Innovation, public_id: str, *, at: datetime) -> Innovation:
    """Let somebody adopt it: contact and material open to them, and they report on their own."""
    _require_decider(actor, innovation)
    held = lock_innovation(innovation.id)
    row = get_request(held.id, public_id)
    gone = _l("Akun peminta sudah ditutup. Tolak permintaannya.")
    require(row.asker.disabled_at is None, Refused(gone))
    event = get_event(held.event_id)
    child = Innovation(
        event_id=held.event_id,
        root_id=held.root_id or held.id,
        parent_id=held.id,
        owner_id=row.asker_id,
        title=held.title,
        unit_id=row.unit_id,
        unit_name=row.unit_name,
        announced_on=at.astimezone(ZoneInfo(event.zone)).date(),
        created_at=at,
    )
    db.session.add(child)
    db.session.flush()
    row.child_id = child.id
    _settle(row, Asked.ACCEPTED, "", actor.user_id, at)
    record("impact.accept", actor.user_id, held, at, after={"unit": row.unit_name})
    path = f"/dampak/inovasi/{innovation.public_id}/tiru"
    _mail("impact_adoption_accepted", row.asker, innovation, at, path)
    return child


def decline(actor: Actor, innovation: Innovation, public_id: str, *, reason: str, at: datetime) -> None:
    """Say no, and why."""
    _require_decider(actor, innovation)
    lock_innovation(innovation.id)
    row = get_request(innovation.id, public_id)
    _require_reason(reason)
    _settle(row, Asked.DECLINED, reason, actor.user_id, at)
    record("impact.decline", actor.user_id, innovation, at, after={"reason": reason})
    path = f"/dampak/inovasi/{innovation.public_id}/tiru"
    _mail("impact_adoption_declined", row.asker, innovation, at, path, words=reason)


def withdraw_request(user: User, innovation: Innovation, *, reason: str, at: datetime) -> None:
    """Take one's own request back while it waits."""
    lock_innovation(innovation.id)
    row = find_own(innovation.id, user.id)
    if row is None or row.state is not Asked.WAITING:
        raise NotFound
    _require_reason(reason)
    _settle(row, Asked.WITHDRAWN, reason, user.id, at)
    record("impact.unadopt", user.id, innovation, at, after={"reason": reason})


def offer(actor: Actor, innovation: Innovation, *, is_open: bool, at: datetime) -> None:
    """Open it to be adopted elsewhere, or close it. Whoever was accepted keeps what was handed over."""
    require(find_standing(actor, innovation).reports, NotFound())
    held = lock_innovation(innovation.id)
    if held.is_replicable is is_open:
        return
    held.is_replicable = is_open
    withdraw()
    about = {"is_replicable": is_open}
    record("impact.offer", actor.user_id, held, at, before={"is_replicable": not is_open}, after=about)


def add_material(
    actor: Actor, innovation: Innovation, label: str, *, link: str, file: Sent | None, at: datetime
) -> Material:
    """Hand something over to those who adopt."""
    require(find_standing(actor, innovation).reports, NotFound())
    needed = _l("Unggah berkas atau tulis tautannya.")
    require(bool(link.strip()) or file is not None, Refused(needed, field="link"))
    most = _l("Satu inovasi memuat paling banyak %(n)s bahan.", n=MOST)
    require(len(list_materials(innovation.id)) < MOST, Refused(most))
    row = Material(
        innovation_id=innovation.id,
        label=label,
        link=check_link(link),
        file_id=keep_file(innovation, file, actor.user_id, at),
        by_id=actor.user_id,
        at=at,
    )
    db.session.add(row)
    db.session.flush()
    record("impact.material", actor.user_id, innovation, at, after={"label": label})
    return row


def remove_material(actor: Actor, innovation: Innovation, material: Material, *, at: datetime) -> None:
    """Hand it over no longer."""
    require(find_standing(actor, innovation).reports, NotFound())
    material.removed_at = at
    record("impact.material_remove", actor.user_id, innovation, at, before={"label": material.label})


def _require_decider(actor: Actor, innovation: Innovation) -> None:
    require(find_standing(actor, innovation).decides, NotFound())


def _require_reason(reason: str) -> None:
    needed = _l("Tulis alasannya, sedikitnya sepuluh huruf.")
    require(len(reason.strip()) >= 10, Refused(needed, field="reason"))


def _settle(row: AdoptionRequest, state: Asked, reason: str, user_id: int, at: datetime) -> None:
    row.state, row.reason = state, reason.strip()
    row.decided_at, row.decided_by_id = at, user_id


def _mail(
    template: str,
    user: User,
    innovation: Innovation,
    at: datetime,
    path: str,
    *,
    who: str = "",
    words: str = "",
) -> None:
    if user.disabled_at is not None:
        return
    enqueue_mail(
        template,
        address=user.email,
        user_id=user.id,
        locale=user.locale or "id",
        event_id=innovation.event_id,
        cause=f"impact:{innovation.id}:adopt",
        at=at,
        context={"name": user.full_name, "title": innovation.title, "who": who, "words": words, "path": path},
    )
