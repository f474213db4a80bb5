"""The ordered lists of an event: groups, tracks, checklist, prizes, questions, resources, fields of the entry form."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from innovate.core.db import db
from innovate.core.errors import Refused, require
from innovate.events import queries
from innovate.events.domain.naming import free_name, slugify
from innovate.events.models import Group, Track
from innovate.events.policy import Actor
from innovate.events.services.changes import change, note, plain, require_change

LIMIT = 200


def add_row(actor: Actor, model: type[Any], values: Mapping[str, Any], *, at: datetime) -> Any:
    """A new last row."""
    require_change(actor)
    rows: list[Any] = queries.list_rows(model, actor.event.id)
    require(len(rows) < LIMIT, Refused(_l("Daftar ini sudah terlalu panjang.")))
    values = {**values, **_code(model, values, rows)}
    position = max((row.position for row in rows), default=-1) + 1
    row: Any = model(event_id=actor.event.id, position=position, **values)
    db.session.add(row)
    db.session.flush()
    note(actor, f"{_name(row)}.add", row, at=at, after={key: plain(value) for key, value in values.items()})
    return row


def edit_row(actor: Actor, row: Any, values: Mapping[str, Any], *, at: datetime) -> bool:
    """Change a row; False when nothing differs."""
    require_change(actor)
    if isinstance(row, Group) and values.get("code", row.code) != row.code:
        others = [r for r in queries.list_rows(Group, actor.event.id) if r is not row]
        _code(Group, values, others)
    return change(actor, row, values, action=f"{_name(row)}.update", at=at)


def move_row(actor: Actor, row: Any, step: int, *, at: datetime) -> None:
    """Move a row up (-1) or down (+1) among its like; at an end nothing happens."""
    require_change(actor)
    rows: list[Any] = queries.list_rows(type(row), actor.event.id)
    if hasattr(row, "removed_at"):
        rows = [r for r in rows if r.removed_at is None]
    old = rows.index(row)
    new = min(max(old + step, 0), len(rows) - 1)
    if old == new:
        return
    rows.insert(new, rows.pop(old))
    for position, other in enumerate(rows):
        other.position = position
    note(actor, f"{_name(row)}.move", row, at=at, before={"position": old}, after={"position": new})


def remove_row(actor: Actor, row: Any, *, at: datetime) -> None:
    """Take a row away; refused while teams or entries refer to it."""
    require_change(actor)
    before = {
        c.key: plain(getattr(row, c.key)) for c in row.__table__.columns if c.key not in {"id", "event_id"}
    }
    note(actor, f"{_name(row)}.remove", row, at=at, before=before)
    try:
        with db.session.begin_nested():
            db.session.delete(row)
    except IntegrityError:
        raise Refused(
            _l("Masih dipakai tim atau usulan, jadi tidak dapat dihapus. Anda dapat mengganti namanya.")
        ) from None


def _name(row: Any) -> str:
    return str(row.__tablename__).removesuffix("s")


def _code(model: type[Any], values: Mapping[str, Any], rows: list[Any]) -> dict[str, str]:
    """A group's code is chosen by people, a track's is made from its name; both are unique in the event."""
    taken = {row.code.lower() for row in rows} if model in {Group, Track} else set()
    if model is Group:
        require(
            values["code"].lower() not in taken,
            Refused(_l("Kode ini sudah dipakai kelompok lain."), field="code"),
        )
    elif model is Track:
        return {"code": free_name(slugify(values["name"], limit=40) or "kategori", taken, limit=40)}
    return {}
