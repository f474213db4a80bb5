"""The part endorsement has in templates: whether units endorse, and how many proposals each may send."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l

from innovate.endorsement.domain.quota import MOST, Quotas
from innovate.endorsement.queries.places import read_quotas
from innovate.events.domain.shapes import Fault, Key, broken, flag, listed, mapped, optional, text, whole
from innovate.events.models import Event
from innovate.events.services.parts import Line, Part, add_part
from innovate.events.services.template_words import RULES

KEY = "endorsement"
_GROUP = mapped({"code": Key(text(20, filled=True)), "most": Key(whole(0, MOST))})
_SHAPE = mapped(
    {
        "asked": optional(flag, default=True),
        "per_unit": optional(whole(0, MOST)),
        "per_group": optional(listed(_GROUP, 200), []),
    }
)


def connect() -> None:
    """Add the part; once more changes nothing."""
    add_part(Part(KEY, optional(_SHAPE), _read, _tell, _review))
    RULES["no_group"] = _l("%(place)s: kelompok ini tidak ada di templat.")


def _read(event: Event) -> dict[str, Any] | None:
    quotas = read_quotas(event.id)
    if not event.asks_endorsement and not quotas.limits:
        return None
    codes = {group.id: group.code for group in event.groups}
    return {
        "asked": event.asks_endorsement,
        "per_unit": quotas.per_unit,
        "per_group": [
            {"code": codes[key], "most": most}
            for key, most in sorted(quotas.per_group.items())
            if key in codes
        ],
    }


def read_rules(value: Mapping[str, Any] | None, groups: Mapping[str, int]) -> tuple[bool, Quotas]:
    """What a template asks of an event whose groups have these keys by code."""
    if value is None:
        return False, Quotas()
    rows = value.get("per_group") or ()
    per_group = {groups[row["code"]]: row["most"] for row in rows if row["code"] in groups}
    return bool(value.get("asked", True)), Quotas(value.get("per_unit"), per_group)


def _tell(value: Mapping[str, Any]) -> Sequence[Line]:
    return [(_l("Pengesahan unit"), _l("diminta") if value.get("asked", True) else _l("tidak diminta"))]


def _review(document: Mapping[str, Any]) -> Iterator[Fault]:
    value = document.get(KEY)
    codes = {group["code"] for group in document["groups"]}
    for place, row in enumerate(value["per_group"] if value else ()):
        if row["code"] not in codes:
            yield broken((KEY, "per_group", place, "code"), "no_group")
