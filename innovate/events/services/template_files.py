"""Templates as files: a document out of YAML with every fault in it, a document out of an event, both as YAML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from innovate.events import queries
from innovate.events.domain.kinds import FieldKind
from innovate.events.domain.shapes import Faults, Path
from innovate.events.domain.template import Template, parse_template, write_phases
from innovate.events.domain.template_shape import check_document
from innovate.events.models import Event, FormField
from innovate.events.services.parts import list_parts
from innovate.events.services.template_words import say_fault
from innovate.events.services.template_yaml import read_yaml, write_yaml


@dataclass(frozen=True)
class Reading:
    """What a file says: the document where it is sound, else its faults as sentences, each with its line."""

    document: Mapping[str, Any] = field(default_factory=dict)
    faults: Sequence[tuple[int, str]] = ()

    @property
    def template(self) -> Template:
        """The template; only of a sound file."""
        return parse_template(self.document)


def read_template(content: bytes | str) -> Reading:
    """Read and check YAML. Refused if it is no YAML at all or too large."""
    data, lines = read_yaml(content)
    document, faults = check(data)
    if faults:
        return Reading(faults=sorted((_line_of(fault.path, lines), say_fault(fault)) for fault in faults))
    return Reading(document)


def check(data: Any) -> tuple[dict[str, Any], Faults]:
    """A document with its defaults, or everything that is wrong with it: the parts of all features together."""
    parts = list_parts()
    document, faults = check_document(data, {part.key: part.shape for part in parts})
    if not faults:
        faults = [fault for part in parts for fault in part.review(document)]
    return document, faults


def _line_of(path: Path, lines: Mapping[Path, int]) -> int:
    """The line of a value, or of what it would stand in."""
    while path not in lines and path:
        path = path[:-1]
    return lines.get(path, 1)


def write_template(document: Mapping[str, Any]) -> str:
    """A document as YAML: `read_template` gives it back."""
    return write_yaml(document)


def document_of(event: Event, *, name: str = "", summary: str = "") -> dict[str, Any]:
    """Everything that defines an event, as a template. Its people, teams and entries are not in it."""
    event = queries.load_definition(event.id)
    document = {
        "name": name or event.name,
        "summary": summary or event.tagline,
        "labels": {"group": event.group_label, "track": event.track_label, "entry": event.entry_label},
        "team": {
            "min": event.team_min,
            "max": event.team_max,
            "allow_non_asn": event.allow_non_asn,
            "one_team_per_person": event.one_team_per_person,
            "membership_open": event.membership_open,
        },
        "gallery": event.gallery_enabled,
        "phases": write_phases(event.phases, ZoneInfo(event.zone)),
        "groups": _rows(event.groups, "code", "name", "description"),
        "tracks": _rows(event.tracks, "code", "name", "description"),
        "form": [_field_row(row) for row in event.fields if row.removed_at is None],
        "eligibility": [
            {"kind": row.kind.value, "blocks": row.blocks, **row.parameters} for row in event.eligibility
        ],
        "checklist": _rows(event.checklist, "label", "help"),
        "prizes": _rows(event.prizes, "name", "rank", "description"),
        "faq": _rows(event.questions, "question", "answer"),
        "resources": _rows(event.resources, "title", "url", "description"),
        "description": event.description,
        "rules": event.rules,
        "contact": event.contact,
        "place": event.place,
    }
    for part in list_parts():
        if (value := part.read(event)) is not None:
            document[part.key] = value
    return document


def _rows(rows: Sequence[Any], *names: str) -> list[dict[str, Any]]:
    return [{name: getattr(row, name) for name in names} for row in rows]


def _field_row(row: FormField) -> dict[str, Any]:
    values = {name: getattr(row, name) for name in ("section", "key", "label", "help", "required")}
    values |= {"kind": row.kind.value, "word_limit": row.word_limit}
    values |= {
        "meaning": row.meaning.value if row.meaning else None,
        "proves": row.proves,
        "criterion": row.criterion,
    }
    options = dict(row.options or {})
    if row.kind in {FieldKind.CHOICE, FieldKind.SEVERAL}:
        values["options"] = options.pop("choices", [])
    return {**values, **options}


def tell_template(template: Template) -> list[tuple[Any, Any]]:
    """What a template brings besides what events themselves know: the lines of all features above."""
    values = {"rubrics": template.rubrics, "ballots_per_idea": template.ballots_per_idea, **template.parts}
    return [line for part in list_parts() if values.get(part.key) for line in part.tell(values[part.key])]
