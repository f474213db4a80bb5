"""An idea laid out for reading: what a juror, the secretariat and the team see alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from typing import Any, Protocol
from urllib.parse import urlsplit

from innovate.events.domain.kinds import FieldKind
from innovate.events.domain.meanings import Meaning
from innovate.ideas.domain.answers import Field, count_words, is_empty, is_link, read_date, read_number
from innovate.ideas.domain.evidence import place_beside
from innovate.ideas.domain.uploads import extension_of


class SectionField(Field, Protocol):
    """A field that stands in a section of the form, with what it says of the innovation and what it proves."""

    section: str
    meaning: Meaning | None
    criterion: str
    proves: str
    removed_at: datetime | None


class File(Protocol):
    """What a page must know of an attachment."""

    public_id: str
    field_key: str
    filename: str
    media_type: str
    size: int


@dataclass
class NeutralFile:
    """An attachment without the name its owner gave it."""

    public_id: str
    field_key: str
    filename: str
    media_type: str
    size: int


def neutral_name(file: File) -> str:
    """A name that says nothing about the owner, and is the same every time."""
    return f"lampiran-{file.public_id[:4]}.{extension_of(file.filename)}"


def _neutral(files: Sequence[File]) -> tuple[File, ...]:
    return tuple(NeutralFile(f.public_id, f.field_key, neutral_name(f), f.media_type, f.size) for f in files)


@dataclass(frozen=True)
class Picture:
    """A page of a document as a picture, with the words on it."""

    number: int
    width: int
    height: int
    text: str = ""


@dataclass(frozen=True)
class PageSet:
    """The pages of a document: `state` is waiting, ready or unreadable; `total` counts those not drawn as well."""

    state: str
    total: int = 0
    drawn: tuple[Picture, ...] = ()

    @property
    def has_text(self) -> bool:
        """Whether there are words to read aloud (a scan has none)."""
        return any(page.text.strip() for page in self.drawn)


@dataclass(frozen=True)
class Item:
    """One field with its answer. `number` and `day` hold the value where the text could be read as one."""

    key: str
    label: str
    kind: FieldKind
    value: Any = ""
    words: int = 0
    word_limit: int | None = None
    number: Decimal | None = None
    day: date | None = None
    is_link: bool = False
    files: tuple[File, ...] = ()
    meaning: Meaning | None = None
    criterion: str = ""  # key of the criterion whose evidence this is

    @property
    def host(self) -> str:
        """Where a link leads, without the rest of its address."""
        return (urlsplit(self.value).hostname or "") if self.is_link else ""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to read."""
        return not self.files if self.kind is FieldKind.FILE else is_empty(self.value)


@dataclass(frozen=True)
class Section:
    """Fields that belong together."""

    name: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Entry:
    """A whole idea as one revision says it, ready for `ideas/_entry.html`."""

    public_id: str
    number: int | None
    title: str
    group: str
    track: str
    sections: tuple[Section, ...] = ()
    revision: int | None = None
    files: tuple[File, ...] = field(default=())
    pages: Mapping[str, PageSet] = field(default_factory=dict)  # by public id of a file
    profile: tuple[Item, ...] = ()  # what the fields with a meaning say, in the order of Meaning

    @property
    def expansion(self) -> str:
        """What the acronym of the title stands for; empty where the form does not ask or nothing was written."""
        return next((str(item.value) for item in self.profile if item.meaning is Meaning.EXPANSION), "")

    @property
    def evidence(self) -> dict[str, list[Item]]:
        """Attachments by the key of the criterion they prove."""
        found: dict[str, list[Item]] = {}
        for item in self.items:
            if item.criterion and item.files:
                found.setdefault(item.criterion, []).append(item)
        return found

    def with_neutral_files(self) -> Entry:
        """The same for eyes that must not learn whose it is: attachments lose their names."""
        sections = tuple(
            Section(s.name, tuple(replace(item, files=_neutral(item.files)) for item in s.items))
            for s in self.sections
        )
        return replace(self, sections=sections, files=_neutral(self.files))

    @property
    def items(self) -> list[Item]:
        """All items in order."""
        return [item for section in self.sections for item in section.items]


def lay_out(
    fields: Sequence[SectionField], answers: Mapping[str, Any], files: Sequence[File]
) -> tuple[Section, ...]:
    """The answers in the order and sections of the form, evidence beside its question; without the profile."""
    told = [each for each in fields if each.meaning is None]
    items = [(name, _item(item, answers.get(item.key), files)) for name, item in place_beside(told)]
    return tuple(
        Section(name, tuple(item for _name, item in group))
        for name, group in groupby(items, key=lambda pair: pair[0])
    )


def lay_out_profile(fields: Sequence[SectionField], answers: Mapping[str, Any]) -> tuple[Item, ...]:
    """What the fields with a meaning say, in the order of Meaning.

    Of several with the same one that was answered, and rather one that is in the form still.
    """
    found: dict[Meaning, Item] = {}
    for each in sorted(fields, key=lambda field: field.removed_at is not None):
        item = _item(each, answers.get(each.key), ())
        if each.meaning is None:
            continue
        if each.meaning not in found or (found[each.meaning].is_empty and not item.is_empty):
            found[each.meaning] = item
    return tuple(found[meaning] for meaning in Meaning if meaning in found)


def _item(item: SectionField, value: Any, files: Sequence[File]) -> Item:
    text = value if isinstance(value, str) else ""
    return Item(
        key=item.key,
        label=item.label,
        kind=item.kind,
        value=value or "",
        words=count_words(text),
        word_limit=item.word_limit,
        number=read_number(text) if item.kind is FieldKind.NUMBER else None,
        day=read_date(text) if item.kind is FieldKind.DATE else None,
        is_link=item.kind in {FieldKind.LINK, FieldKind.VIDEO} and is_link(text),
        files=tuple(f for f in files if f.field_key == item.key) if item.kind is FieldKind.FILE else (),
        meaning=item.meaning,
        criterion=item.criterion,
    )
