"""Writing the tree of work units."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from innovate.accounts import queries
from innovate.accounts.domain import tree
from innovate.accounts.domain.unit_import import Plan, UnitRow
from innovate.accounts.models import Unit, UnitKind
from innovate.audit.services import record
from innovate.core.db import db
from innovate.core.errors import Refused, require

FIELDS = ("code", "name", "short_name", "kind", "parent_id", "valid_from", "valid_until")


# Features above append functions here: another place in the tree may make conflicts of interest.
after_tree_changed: list[Callable[[int | None, datetime], None]] = []  # by whom, when


def save_unit(unit: Unit | None, values: Mapping[str, Any], *, actor_id: int, at: datetime) -> Unit:
    """Add a unit, or change one: its names, its place in the tree, its dates."""
    _check(unit, values)
    before = {key: getattr(unit, key) for key in values} if unit else {}
    action = "unit.update" if unit else "unit.create"
    if unit is None:
        unit = Unit()
        db.session.add(unit)
    changed = {key: value for key, value in values.items() if key not in before or before[key] != value}
    for key, value in changed.items():
        setattr(unit, key, value)
    db.session.flush()
    if changed:
        record(
            action,
            actor_id=actor_id,
            at=at,
            object_type="unit",
            object_id=unit.code,
            before={key: before[key] for key in changed if key in before},
            after=changed,
        )
    if before and "parent_id" in changed:
        _tell_tree_changed(actor_id, at)
    return unit


def _tell_tree_changed(actor_id: int | None, at: datetime) -> None:
    for listener in after_tree_changed:
        listener(actor_id, at)


def _check(unit: Unit | None, values: Mapping[str, Any]) -> None:
    taken = queries.find_unit(values["code"])
    free = taken is None or (unit is not None and taken.id == unit.id)
    require(free, Refused(_l("Kode ini sudah dipakai unit lain."), field="code"))
    start, end = values["valid_from"], values["valid_until"]
    require(
        not (start and end and end < start),
        Refused(_l("Tanggal berakhir mendahului tanggal mulai."), field="valid_until"),
    )
    if unit:
        parents = {each.id: each.parent_id for _, each in queries.list_units()}
        require(
            not tree.makes_circle(unit.id, values["parent_id"], parents),
            Refused(_l("Unit tidak dapat berada di bawah dirinya sendiri."), field="parent_id"),
        )


def import_units(plan: Plan, *, actor_id: int | None, at: datetime, only_new: bool = False) -> int:
    """Carry out a plan without faults; how many units were added or changed. `only_new` leaves present ones alone."""
    require(not plan.faults, Refused(_l("Tabel masih memuat kesalahan, jadi tidak ada yang disimpan.")))
    codes = set(plan.added) if only_new else {*plan.added, *plan.changed}
    rows = [row for row in plan.rows if row.code in codes]
    units = {unit.code: unit for _, unit in queries.list_units()}
    for row in rows:
        unit = units.setdefault(row.code, Unit(code=row.code))
        unit.name, unit.short_name, unit.kind = row.name, row.short_name, UnitKind(row.kind)
        unit.valid_from, unit.valid_until = row.valid_from, row.valid_until
        db.session.add(unit)
    db.session.flush()
    for row in rows:
        units[row.code].parent_id = units[row.parent].id if row.parent else None
    db.session.flush()
    if rows:
        _record_import(rows, plan, actor_id=actor_id, at=at)
        _tell_tree_changed(actor_id, at)
    return len(rows)


def _record_import(rows: Sequence[UnitRow], plan: Plan, *, actor_id: int | None, at: datetime) -> None:
    values = [{"code": row.code, "name": row.name, "kind": row.kind, "parent": row.parent} for row in rows]
    record(
        "unit.import",
        actor_id=actor_id,
        at=at,
        object_type="unit",
        object_id="*",
        after={"added": sorted(plan.added), "rows": values},
    )
