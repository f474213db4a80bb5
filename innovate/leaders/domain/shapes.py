"""The shapes of a section: each is read once and drawn on the page, in the table beside it, and on paper.

Texts are in the reader's language already; `value` is what lengths are drawn from.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Way:
    """The list behind a number: its name, and what it is narrowed to beside the page's own year and class."""

    list: str
    args: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Figure:
    """A number with what it counts."""

    text: str
    label: str
    way: Way | None = None


@dataclass(frozen=True)
class Bar:
    """One row of a picture: a bar, a column or a tile. `value` None: unknown or held back, `text` says so."""

    label: str
    value: float | None
    text: str
    way: Way | None = None
    place: tuple[int, int] | None = None  # column and row of a tile
    note: str = ""  # one more cell of the table
    before: float | None = None  # where it began, of a move


@dataclass(frozen=True)
class Picture:
    """`kind`: bars (ordered), columns (by year), tiles (a map), river (a pipeline), shares (percent), moves (from where
    people began), table. `heads` are those of its table; `scale` the length of a whole bar where that is fixed.
    """

    kind: str
    caption: str
    heads: tuple[str, ...]
    rows: tuple[Bar, ...]
    scale: float | None = None

    @property
    def top(self) -> float:
        """The length of a whole bar: as it is fixed, else the largest value, at least 1."""
        return self.scale or max([1.0, *(row.value for row in self.rows if row.value is not None)])

    @property
    def table(self) -> list[tuple[str, ...]]:
        """The same as rows of texts, as many as there are heads."""
        return [(row.label, row.text, row.note)[: len(self.heads)] for row in self.rows]


@dataclass(frozen=True)
class Section:
    """`finding` says in a sentence what the pictures show; `notes` what they cannot claim."""

    key: str
    title: str
    finding: str
    figures: tuple[Figure, ...] = ()
    pictures: tuple[Picture, ...] = ()
    notes: tuple[str, ...] = ()
