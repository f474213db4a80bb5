"""What an idea still lacks before it can be handed in, named so that a page can link to it."""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from innovate.events.domain.kinds import FieldKind
from innovate.ideas.domain.answers import Fault, Field, find_fault, is_empty, max_files_of


class Need(enum.StrEnum):
    """Kinds of things that can be missing or wrong."""

    TITLE = "title"
    GROUP = "group"
    TRACK = "track"
    ANSWER = "answer"
    FILE = "file"
    MEND = "mend"  # an answer that is given but wrong
    TOO_MANY_FILES = "too_many_files"
    TEAM_SMALL = "team_small"
    TEAM_LARGE = "team_large"


@dataclass(frozen=True)
class Gap:
    """One thing missing. `anchor` is the form's name for the field; `label` is what people call it."""

    need: Need
    anchor: str = ""
    label: str = ""
    fault: Fault | None = None
    amount: int = 0


@dataclass(frozen=True)
class Draft:
    """What a team has written so far. `files` counts the attachments by field key."""

    title: str
    group_id: int | None
    track_id: int | None
    answers: Mapping[str, Any]
    files: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Demands:
    """What the event asks for."""

    fields: Sequence[Field]
    group_ids: frozenset[int] = frozenset()
    track_ids: frozenset[int] = frozenset()
    team_min: int = 1
    team_max: int = 99


class Progress(enum.StrEnum):
    """How far one field is."""

    FULL = "full"
    EMPTY = "empty"
    BAD = "bad"


def find_gaps(draft: Draft, demands: Demands, members: int) -> list[Gap]:
    """Everything that stands between the draft and its submission, in the order of the form."""
    gaps = _head_gaps(draft, demands)
    for item in demands.fields:
        gap = find_gap(item, draft)
        if gap:
            gaps.append(gap)
    if members < demands.team_min:
        gaps.append(Gap(Need.TEAM_SMALL, amount=demands.team_min - members))
    if members > demands.team_max:
        gaps.append(Gap(Need.TEAM_LARGE, amount=members - demands.team_max))
    return gaps


def find_gap(item: Field, draft: Draft) -> Gap | None:
    """What one field lacks, None if nothing."""
    anchor = anchor_of(item)
    if item.kind is FieldKind.FILE:
        count, most = draft.files.get(item.key, 0), max_files_of(item)
        if count > most:
            return Gap(Need.TOO_MANY_FILES, anchor, item.label, amount=count - most)
        return Gap(Need.FILE, anchor, item.label) if item.required and not count else None
    value = draft.answers.get(item.key)
    if fault := find_fault(item, value):
        return Gap(Need.MEND, anchor, item.label, fault)
    return Gap(Need.ANSWER, anchor, item.label) if item.required and is_empty(value) else None


def progress_of(item: Field, draft: Draft) -> Progress:
    """Whether a field is answered, empty, or wrong."""
    gap = find_gap(item, draft)
    if gap and gap.need in {Need.MEND, Need.TOO_MANY_FILES}:
        return Progress.BAD
    given = (
        draft.files.get(item.key)
        if item.kind is FieldKind.FILE
        else not is_empty(draft.answers.get(item.key))
    )
    return Progress.FULL if given else Progress.EMPTY


def anchor_of(item: Field) -> str:
    """The name of a field in the form and on the page, apart from the built-in ones."""
    return f"f-{item.key}"


def _head_gaps(draft: Draft, demands: Demands) -> list[Gap]:
    gaps = []
    if not draft.title.strip():
        gaps.append(Gap(Need.TITLE, "title"))
    if demands.group_ids and draft.group_id not in demands.group_ids:
        gaps.append(Gap(Need.GROUP, "group"))
    if demands.track_ids and draft.track_id not in demands.track_ids:
        gaps.append(Gap(Need.TRACK, "track"))
    return gaps
