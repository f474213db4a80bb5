"""Templates that organizers save: out of an event or a file, renamed, offered, removed and brought back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from innovate.accounts.models import User
from innovate.audit.services import record
from innovate.core.db import db, locked
from innovate.core.errors import NotFound, Refused, require
from innovate.events import policy, queries
from innovate.events.domain.template import Template, parse_template
from innovate.events.models import SavedTemplate, TemplateReach, TemplateVersion
from innovate.events.policy import Actor
from innovate.events.services.template_files import check, document_of
from innovate.events.services.template_words import say_fault
from innovate.events.services.templates import find_template

LONGEST_NAME, LONGEST_DESCRIPTION = 160, 2000


def save_event_as_template(
    actor: Actor, *, name: str, description: str = "", into: SavedTemplate | None = None, at: datetime
) -> SavedTemplate:
    """A new template out of the event, or the next version of one the person may change (`into`)."""
    require(policy.can_manage(actor), NotFound())
    require(actor.user is not None and policy.can_create_events(actor.user))
    document = document_of(actor.event, name=name, summary=description)
    return _save(actor.user, document, name, description, actor.event.name, into, at)  # type: ignore[arg-type]


def save_document(
    user: User,
    document: Mapping[str, Any],
    *,
    origin: str = "",
    into: SavedTemplate | None = None,
    at: datetime,
) -> SavedTemplate:
    """A template out of a document that was read from a file."""
    require(policy.can_create_events(user), NotFound())
    name = str(document["name"]["id"])
    return _save(user, document, name, str(document["summary"]["id"]), origin, into, at)


def _save(
    user: User,
    document: Mapping[str, Any],
    name: str,
    description: str,
    origin: str,
    into: SavedTemplate | None,
    at: datetime,
) -> SavedTemplate:
    _check_name(name, description)
    document, faults = check(dict(document))
    if faults:
        raise Refused(_l("Belum dapat disimpan sebagai templat. %(fault)s", fault=say_fault(faults[0])))
    template = into and _hold(user, into)
    if template is None:
        template = SavedTemplate(
            owner_id=user.id, created_at=at, version=0, name=name, description=description
        )
        db.session.add(template)
    before = {"name": template.name, "version": template.version} if template.version else None
    template.name, template.description = name.strip(), description.strip()
    template.version += 1
    db.session.flush()
    db.session.add(
        TemplateVersion(
            template_id=template.id,
            number=template.version,
            content=document,
            origin=origin[:200],
            made_by_id=user.id,
            made_at=at,
        )
    )
    after = {"name": template.name, "version": template.version, "origin": origin[:200]}
    _record(
        "template.version" if before else "template.create", user, template, at, after=after, before=before
    )
    return template


def describe_template(
    user: User, template: SavedTemplate, *, name: str, description: str, at: datetime
) -> bool:
    """Rename or describe it; False when nothing changed."""
    held = _hold(user, template)
    _check_name(name, description)
    new = {"name": name.strip(), "description": description.strip()}
    before = {key: getattr(held, key) for key in new}
    if new == before:
        return False
    held.name, held.description = new["name"], new["description"]
    _record("template.update", user, held, at, before=before, after=new)
    return True


def set_reach(user: User, template: SavedTemplate, reach: TemplateReach, *, at: datetime) -> None:
    """Propose a template for all, offer it (the admin's decision), or keep it to its owner."""
    held = locked(SavedTemplate, template.id)
    require(policy.can_use_template(user, held), NotFound())
    is_owner = held.owner_id == user.id
    allowed = user.is_site_admin or (is_owner and reach is not TemplateReach.OFFERED)
    require(
        allowed,
        Refused(_l("Admin situs memutuskan templat mana yang ditawarkan kepada semua penyelenggara.")),
    )
    if held.reach is reach:
        return
    before, held.reach = held.reach, reach
    _record("template.reach", user, held, at, before={"reach": before.value}, after={"reach": reach.value})


def remove_template(user: User, template: SavedTemplate, *, at: datetime) -> None:
    """Take it off every list. Events made from it stay as they are; it can be brought back."""
    held = _hold(user, template)
    held.removed_at = at
    _record("template.remove", user, held, at, after={"name": held.name})


def restore_template(user: User, template: SavedTemplate, *, at: datetime) -> None:
    """Bring a removed template back, with all its versions."""
    held = locked(SavedTemplate, template.id)
    require(policy.can_change_template(user, held) and held.removed_at is not None, NotFound())
    held.removed_at = None
    _record("template.restore", user, held, at, after={"name": held.name})


def _hold(user: User, template: SavedTemplate) -> SavedTemplate:
    held = locked(SavedTemplate, template.id)
    require(policy.can_change_template(user, held) and held.removed_at is None, NotFound())
    return held


def _check_name(name: str, description: str) -> None:
    require(bool(name.strip()), Refused(_l("Bagian ini wajib diisi."), field="name"))
    for field, text, most in (
        ("name", name, LONGEST_NAME),
        ("description", description, LONGEST_DESCRIPTION),
    ):
        require(len(text) <= most, Refused(_l("Paling banyak %(most)s karakter.", most=most), field=field))


def _record(
    action: str,
    user: User,
    template: SavedTemplate,
    at: datetime,
    *,
    after: Mapping[str, Any],
    before: Mapping[str, Any] | None = None,
) -> None:
    record(
        action,
        actor_id=user.id,
        at=at,
        object_type="saved_template",
        object_id=template.id,
        before=before,
        after=after,
    )


def find_usable(user: User, key: str) -> Template | None:
    """The template of a key, of the product or saved and usable by the person; with its own name."""
    if not key.startswith("saved:"):
        return find_template(key)
    try:
        saved = queries.get_template(key.removeprefix("saved:"))
    except NotFound:
        return None
    return read_saved(saved) if policy.can_use_template(user, saved) else None


def read_saved(saved: SavedTemplate, number: int | None = None) -> Template:
    """A version of a saved template (None: the newest) as a template."""
    named = {"name": {"id": saved.name}, "summary": {"id": saved.description}, "key": saved.key}
    return parse_template({**queries.get_content(saved, number), **named})
