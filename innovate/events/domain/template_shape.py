"""What a template may hold of an event's own parts. Features above add the shapes of theirs (`services/parts`)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from innovate.events.domain import phases
from innovate.events.domain.eligibility import BEGINNINGS, RANGES, RuleKind
from innovate.events.domain.fields import FILE_TYPES, find_field_problem
from innovate.events.domain.kinds import FieldKind, PhaseKind
from innovate.events.domain.meanings import Meaning
from innovate.events.domain.shapes import (
    Check,
    Fault,
    Faults,
    Key,
    Misfit,
    Path,
    broken,
    clock,
    flag,
    listed,
    mapped,
    one_of,
    optional,
    text,
    unlike,
    whole,
)
from innovate.events.domain.template import plan_phases, propose_timetable

MOST_ROWS = 200
_MOST_PHASES = 30
_ANY_DAY = date(2001, 1, 1)
_NAME = mapped({"id": Key(text(160, filled=True)), "en": optional(text(160))})
_SUMMARY = mapped({"id": Key(text(2000)), "en": optional(text(2000))})


def _said(check: Check) -> Check:
    """A text, or a map of the text in several languages."""

    def read(value: Any, path: Path, faults: Faults) -> Any:
        return check(value if isinstance(value, dict) else {"id": value}, path, faults)

    return read


_PHASE = mapped(
    {
        "kind": Key(one_of([kind.value for kind in PhaseKind])),
        "name": Key(text(80, filled=True)),
        "days_from_start": Key(whole(0, 3650)),
        "duration_days": Key(whole(1, 3650)),
        "opens": optional(clock),
        "closes": optional(clock),
    }
)
_GROUP = mapped(
    {
        "code": Key(text(20, filled=True)),
        "name": Key(text(120, filled=True)),
        "description": optional(text(1000), ""),
    }
)
_TRACK = mapped(
    {
        "code": Key(text(40, filled=True)),
        "name": Key(text(120, filled=True)),
        "description": optional(text(1000), ""),
    }
)
# A feature that gives fields of the form a key of its own adds it here, with its check.
FIELD_KEYS: dict[str, Key] = {
    "section": optional(text(80), ""),
    "key": Key(text(40, filled=True)),
    "kind": Key(one_of([kind.value for kind in FieldKind])),
    "label": Key(text(160, filled=True)),
    "help": optional(text(2000), ""),
    "required": optional(flag, default=False),
    "word_limit": optional(whole(1, 5000)),
    "word_least": optional(whole(1, 5000)),
    "options": optional(listed(text(200, filled=True), MOST_ROWS)),
    "max_files": optional(whole(1, 10)),
    "accept": optional(listed(one_of(FILE_TYPES), len(FILE_TYPES))),
    "meaning": optional(one_of([meaning.value for meaning in Meaning])),
    "proves": optional(text(40), ""),
    "criterion": optional(text(60), ""),
}
_RULE = mapped(
    {
        "kind": Key(one_of([kind.value for kind in RuleKind])),
        "blocks": optional(flag, default=False),
        "since": optional(one_of([meaning.value for meaning in BEGINNINGS])),
        **{name: optional(whole(*reach)) for name, reach in RANGES.items()},
        "any_title": optional(flag),
        "family": optional(flag),
        "fields": optional(listed(text(40, filled=True), MOST_ROWS)),
    }
)
_CHECKLIST = mapped({"label": Key(text(200, filled=True)), "help": optional(text(1000), "")})
_PRIZE = mapped(
    {
        "name": Key(text(120, filled=True)),
        "rank": optional(whole(1, 100)),
        "description": optional(text(1000), ""),
    }
)
_QUESTION = mapped({"question": Key(text(240, filled=True)), "answer": Key(text(4000, filled=True))})
_RESOURCE = mapped(
    {
        "title": Key(text(160, filled=True)),
        "url": Key(text(500, filled=True)),
        "description": optional(text(1000), ""),
    }
)
_LABELS = mapped({name: Key(text(40, filled=True)) for name in ("group", "track", "entry")})
_TEAM = mapped(
    {
        "min": Key(whole(1, 50)),
        "max": Key(whole(1, 50)),
        "allow_non_asn": Key(flag),
        "one_team_per_person": Key(flag),
        "membership_open": optional(flag, default=False),
    }
)
_NO_ROWS: list[Any] = []
KEYS: dict[str, Key] = {
    "key": optional(text(40), ""),
    "name": Key(_said(_NAME)),
    "summary": optional(_said(_SUMMARY), {"id": "", "en": None}),
    "labels": Key(_LABELS),
    "team": Key(_TEAM),
    "gallery": optional(flag, default=True),
    "phases": Key(listed(_PHASE, _MOST_PHASES, 1)),
    "groups": optional(listed(_GROUP, MOST_ROWS), _NO_ROWS),
    "tracks": optional(listed(_TRACK, MOST_ROWS), _NO_ROWS),
    "form": optional(listed(mapped(FIELD_KEYS), MOST_ROWS), _NO_ROWS),
    "eligibility": optional(listed(_RULE, len(RuleKind)), _NO_ROWS),
    "checklist": optional(listed(_CHECKLIST, MOST_ROWS), _NO_ROWS),
    "prizes": optional(listed(_PRIZE, MOST_ROWS), _NO_ROWS),
    "faq": optional(listed(_QUESTION, MOST_ROWS), _NO_ROWS),
    "resources": optional(listed(_RESOURCE, MOST_ROWS), _NO_ROWS),
    "description": optional(text(20_000), ""),
    "rules": optional(text(60_000), ""),
    "contact": optional(text(200), ""),
    "place": optional(text(200), ""),
}


def check_document(data: Any, more: Mapping[str, Key]) -> tuple[dict[str, Any], Faults]:
    """The document as it is kept, and every place that does not fit. `more`: keys of features above."""
    faults: Faults = []
    found = mapped({**KEYS, **more})(data, (), faults)
    if not faults:
        faults += find_broken_rules(found)
    return found or {}, faults


def find_broken_rules(document: Mapping[str, Any]) -> Faults:
    """What single values do not show; of a document whose values fit."""
    faults = [
        *unlike(document["groups"], "code", ("groups",)),
        *unlike(document["tracks"], "code", ("tracks",)),
        *unlike(document["form"], "key", ("form",)),
        *unlike(document["eligibility"], "kind", ("eligibility",)),
    ]
    if document["team"]["max"] < document["team"]["min"]:
        faults.append(broken(("team", "max"), "team"))
    faults += [_field_fault(n, row) for n, row in enumerate(document["form"]) if _problem_of(row)]
    faults += [
        broken(("resources", n, "url"), "url")
        for n, row in enumerate(document["resources"])
        if not row["url"].lower().startswith(("https://", "http://"))
    ]
    faults += _find_broken_links(document)
    spans = propose_timetable(plan_phases(document["phases"]), _ANY_DAY, ZoneInfo("Asia/Pontianak"))
    return faults + [broken(("phases", n), code) for n, code in phases.find_problems(spans)]


def _find_broken_links(document: Mapping[str, Any]) -> Faults:
    """Meanings given twice, and fields that are meant but are not in the form."""
    form = document["form"]
    known = {row["key"] for row in form}
    files = {row["key"] for row in form if row["kind"] == FieldKind.FILE}
    meant = [row for row in form if row["meaning"]]
    twice = {
        row["meaning"] for n, row in enumerate(meant) if row["meaning"] in {m["meaning"] for m in meant[:n]}
    }
    faults = [
        broken(("form", n, "meaning"), "meaning") for n, row in enumerate(form) if row["meaning"] in twice
    ]
    faults += [
        broken(("form", n, "proves"), "no_field")
        for n, row in enumerate(form)
        if row["proves"] and row["proves"] not in known
    ]
    return faults + [
        broken(("eligibility", n, "fields"), "no_file")
        for n, row in enumerate(document["eligibility"])
        if row["kind"] == RuleKind.LETTERS and not (row["fields"] and files.issuperset(row["fields"]))
    ]


def field_options(row: Mapping[str, Any]) -> dict[str, Any]:
    """The options of a field's kind out of what its row says."""
    kind = FieldKind(row["kind"])
    if kind in {FieldKind.CHOICE, FieldKind.SEVERAL}:
        return {"choices": list(row.get("options") or ())}
    if kind is FieldKind.FILE:
        given = {key: row.get(key) for key in ("max_files", "accept")}
        return {key: value for key, value in given.items() if value is not None}
    least = row.get("word_least")
    return {"word_least": least} if least else {}


def _problem_of(row: Mapping[str, Any]) -> str | None:
    return find_field_problem(FieldKind(row["kind"]), row["word_limit"], field_options(row))


def _field_fault(position: int, row: Mapping[str, Any]) -> Fault:
    problem = _problem_of(row) or ""
    key = {"choices": "options", "choices_repeat": "options"}.get(problem, problem)
    return Fault(("form", position, key), Misfit.RULE, {"rule": problem})
