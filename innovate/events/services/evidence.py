"""Slots for evidence: a file field for every criterion, so that each claim asks for its proof."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple

from flask_babel import lazy_gettext as _l

from innovate.core.errors import Refused, require
from innovate.events import queries
from innovate.events.domain.kinds import FieldKind
from innovate.events.domain.naming import free_name, slugify
from innovate.events.models import FormField
from innovate.events.policy import Actor
from innovate.events.services import lists
from innovate.events.services.changes import require_change

_SECTION = "Bukti dukung"
_OPTIONS = {"max_files": 3, "accept": ["pdf", "jpg", "png"]}


class Claim(NamedTuple):
    """Something an entry is judged by. `key` stays through every version of what it belongs to."""

    key: str
    name: str
    description: str


# Features above append functions that say what entries of an event are judged by (the criteria of its rubrics).
claims: list[Callable[[int], Sequence[Claim]]] = []


def list_claims(event_id: int) -> list[Claim]:
    """What entries are judged by, each once."""
    found: dict[str, Claim] = {}
    for source in claims:
        for claim in source(event_id):
            found.setdefault(claim.key, claim)
    return list(found.values())


def list_unproved(event_id: int, rows: Sequence[FormField]) -> list[Claim]:
    """Those for which the form has no file field."""
    proved = {row.criterion for row in rows if row.removed_at is None and row.kind is FieldKind.FILE}
    return [claim for claim in list_claims(event_id) if claim.key not in proved]


def add_slots(actor: Actor, *, at: datetime) -> int:
    """A file field for every criterion that has none, beside the question of the same name; how many."""
    require_change(actor)
    rows = queries.list_rows(FormField, actor.event.id)
    unproved = list_unproved(actor.event.id, rows)
    require(bool(list_claims(actor.event.id)), Refused(_l("Rubrik belum memiliki kriteria.")))
    taken = {row.key for row in rows}
    for claim in unproved:
        wanted = slugify(f"bukti {claim.name}", limit=40, joiner="_")
        key = free_name(wanted, taken, limit=40, joiner="_")
        taken.add(key)
        values = {
            "key": key,
            "section": _SECTION,
            "kind": FieldKind.FILE,
            "label": f"Bukti dukung: {claim.name}",
            "help": claim.description,
            "required": False,
            "word_limit": None,
            "options": dict(_OPTIONS),
            "criterion": claim.key,
            "proves": _question_of(claim, rows),
        }
        lists.add_row(actor, FormField, values, at=at)
    return len(unproved)


def _question_of(claim: Claim, rows: Sequence[FormField]) -> str:
    """The key of the question that is called like the criterion, if there is one."""
    own = slugify(claim.name, joiner="_")
    for row in rows:
        if (
            row.removed_at is None
            and row.kind is FieldKind.LONG
            and own in {row.key, slugify(row.label, joiner="_")}
        ):
            return row.key
    return ""
