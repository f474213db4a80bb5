"""The part partners have in templates: how teams are mixed, and the statements their members accept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_ngettext as _ln

from innovate.events.domain.shapes import (
    Fault,
    Key,
    broken,
    listed,
    mapped,
    one_of,
    optional,
    text,
    unlike,
    whole,
)
from innovate.events.models import Event
from innovate.events.services import creation
from innovate.events.services.parts import Line, Part, add_part
from innovate.events.services.template_words import RULES
from innovate.partners.domain.kinds import MixKind, StatementKind
from innovate.partners.domain.mix import MOST, MixRule, find_rule_problem
from innovate.partners.queries.asked import list_in_force, list_mix
from innovate.partners.services.asked import add_version, write_mix

KEY = "partners"
_RULE = mapped(
    {
        "kind": Key(one_of([each.value for each in MixKind])),
        "least": optional(whole(0, MOST), 0),
        "most": optional(whole(0, MOST)),
    }
)
_STATEMENT = mapped(
    {
        "kind": Key(one_of([each.value for each in StatementKind])),
        "title": Key(text(160, filled=True)),
        "text": Key(text(12_000, filled=True)),
    }
)
_SHAPE = mapped(
    {
        "mix": optional(listed(_RULE, len(MixKind)), []),
        "statements": optional(listed(_STATEMENT, len(StatementKind)), []),
    }
)


def connect() -> None:
    """Add the part; once more changes nothing."""
    add_part(Part(KEY, optional(_SHAPE), read, _tell, _review))
    RULES["team_mix"] = _l("%(place)s: tidak ada tim yang dapat memenuhi aturan ini.")
    if bring not in creation.after_creation:
        creation.after_creation.append(bring)


def read(event: Event) -> dict[str, Any] | None:
    """What the event asks, as a template keeps it."""
    rules, statements = list_mix(event.id), list_in_force(event.id)
    if not rules and not statements:
        return None
    return {
        "mix": [{"kind": rule.kind.value, "least": rule.at_least, "most": rule.at_most} for rule in rules],
        "statements": [{"kind": row.kind.value, "title": row.title, "text": row.text} for row in statements],
    }


def bring(made: creation.Creation) -> None:
    """A new event asks what its template or its source asked. Its statements begin with version 1."""
    value = read(made.source) if made.source else made.template and made.template.parts.get(KEY)
    if not value:
        return
    write_mix(made.event, [_rule(row) for row in value["mix"]])
    for row in value["statements"]:
        add_version(
            made.event.id,
            StatementKind(row["kind"]),
            title=row["title"],
            text=row["text"],
            by=made.user.id,
            at=made.at,
        )


def _rule(row: Mapping[str, Any]) -> MixRule:
    return MixRule(MixKind(row["kind"]), row.get("least") or 0, row.get("most"))


def _tell(value: Mapping[str, Any]) -> Sequence[Line]:
    lines: list[Line] = []
    if value["mix"]:
        count = len(value["mix"])
        lines.append((_l("Susunan tim"), _ln("%(num)s aturan", "%(num)s aturan", count)))
    if value["statements"]:
        lines.append((_l("Pernyataan anggota"), ", ".join(row["title"] for row in value["statements"])))
    return lines


def _review(document: Mapping[str, Any]) -> Iterator[Fault]:
    value = document.get(KEY)
    if not value:
        return
    for name in ("mix", "statements"):
        yield from unlike(value[name], "kind", (KEY, name))
    most = document["team"]["max"]
    for place, row in enumerate(value["mix"]):
        if find_rule_problem([_rule(row)], most) is not None:
            yield broken((KEY, "mix", place), "team_mix")
