"""The part visits have in templates: the list of points that visitors check."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_ngettext as _ln

from innovate.core.db import db
from innovate.events.domain.shapes import Key, listed, mapped, optional, text
from innovate.events.models import Event
from innovate.events.services import creation
from innovate.events.services.creation import Creation
from innovate.events.services.parts import Line, Part, add_part
from innovate.visits.models import VisitItem
from innovate.visits.queries.items import list_items

KEY = "visit_checklist"
_ITEM = mapped({"label": Key(text(200, filled=True)), "help": optional(text(300), "")})


def connect() -> None:
    """Add the part and bring it into new events; once more changes nothing."""
    add_part(Part(KEY, optional(listed(_ITEM, 30, 1)), _read, _tell))
    if _begin not in creation.after_creation:
        creation.after_creation.append(_begin)


def _read(event: Event) -> list[dict[str, str]] | None:
    """The event's own list; None where the usual one serves."""
    return [{"label": row.label, "help": row.help} for row in list_items(event.id)] or None


def _tell(rows: Sequence[Mapping[str, Any]]) -> Sequence[Line]:
    return [(_l("Daftar periksa lapangan"), _ln("%(num)s butir", "%(num)s butir", len(rows)))]


def _begin(new: Creation) -> None:
    source = _read(new.source) if new.source is not None else None
    rows = source or (new.template.parts.get(KEY) if new.template else None) or ()
    db.session.add_all(
        VisitItem(event_id=new.event.id, label=row["label"], help=row.get("help") or "", position=position)
        for position, row in enumerate(rows)
    )
    db.session.flush()
