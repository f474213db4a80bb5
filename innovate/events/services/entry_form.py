"""The fields of the entry form. Removing one hides it; answers already given stay readable."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from innovate.core.errors import Refused, require
from innovate.events import queries
from innovate.events.domain.fields import find_field_problem
from innovate.events.domain.kinds import EventState
from innovate.events.domain.meanings import Meaning, fits
from innovate.events.domain.naming import free_name, slugify
from innovate.events.models import FormField
from innovate.events.policy import Actor
from innovate.events.services import lists
from innovate.events.services.changes import change, require_change

_PROBLEMS = {
    "choices": _l("Tuliskan sekurang-kurangnya satu pilihan, satu baris satu pilihan."),
    "choices_repeat": _l("Ada pilihan yang tertulis dua kali."),
    "word_limit": _l("Batas kata dari 1 sampai 5.000."),
    "word_least": _l("Paling sedikit 1 kata, dan tidak lebih daripada batas katanya."),
    "max_files": _l("Jumlah berkas dari 1 sampai 10."),
    "accept": _l("Pilih sekurang-kurangnya satu jenis berkas."),
}


def add_field(actor: Actor, values: Mapping[str, Any], *, at: datetime) -> FormField:
    """A new last field; its key is made from its label and never changes."""
    _check(values)
    _check_meaning(actor, None, values)
    taken = {field.key for field in queries.list_rows(FormField, actor.event.id)}
    key = free_name(slugify(values["label"], limit=40, joiner="_") or "isian", taken, limit=40, joiner="_")
    return lists.add_row(actor, FormField, {**values, "key": key}, at=at)


def edit_field(actor: Actor, field: FormField, values: Mapping[str, Any], *, at: datetime) -> bool:
    """Change a field. Once the event is public its type is fixed, because answers have been written for it."""
    _check(values)
    _check_meaning(actor, field, values)
    require(
        actor.event.state is EventState.DRAFT or values["kind"] is field.kind,
        Refused(
            _l(
                "Jenis isian tidak dapat diubah setelah kompetisi terbit. Hapus isian ini dan tambahkan yang baru."
            ),
            field="kind",
        ),
    )
    return lists.edit_row(actor, field, values, at=at)


def remove_field(actor: Actor, field: FormField, *, at: datetime) -> None:
    """Hide a field from the form; what teams answered stays."""
    require_change(actor)
    change(actor, field, {"removed_at": at}, action="form_field.remove", at=at)


def restore_field(actor: Actor, field: FormField, *, at: datetime) -> None:
    """Put a removed field back, as the last one. What it means for the profile may mean another field by now."""
    require_change(actor)
    rows = queries.list_rows(FormField, actor.event.id)
    last = max(row.position for row in rows) + 1
    values: dict[str, Any] = {"removed_at": None, "position": last}
    if find_namesake(rows, field, field.meaning) is not None:
        values["meaning"] = None
    change(actor, field, values, action="form_field.restore", at=at)


def find_namesake(
    rows: Sequence[FormField], field: FormField | None, meaning: Meaning | None
) -> FormField | None:
    """The other field of the form that has this meaning already."""
    if meaning is None:
        return None
    present = [row for row in rows if row.removed_at is None and row is not field]
    return next((row for row in present if row.meaning is meaning), None)


def _check_meaning(actor: Actor, field: FormField | None, values: Mapping[str, Any]) -> None:
    meaning = values.get("meaning")
    if meaning is None:
        return
    require(
        fits(meaning, values["kind"]),
        Refused(
            _l("Jenis isian ini tidak cocok dengan arti itu. Ubah jenisnya atau artinya."), field="meaning"
        ),
    )
    other = find_namesake(queries.list_rows(FormField, actor.event.id), field, meaning)
    if other is not None:
        message = _l("Arti ini sudah dipakai isian “%(label)s”.", label=other.label)
        raise Refused(message, field="meaning")


def _check(values: Mapping[str, Any]) -> None:
    problem = find_field_problem(values["kind"], values["word_limit"], values["options"])
    if problem is not None:
        field = "choices" if problem == "choices_repeat" else problem
        raise Refused(_PROBLEMS[problem], field=field)
