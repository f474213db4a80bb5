"""What a person can take along: each feature tells which rows and which files of its own are theirs.

A feature calls `add_source` and `add_files` when the application is built. Keys of a row are Indonesian words that also
head the columns; values are plain JSON. A source gives nothing that the person may not read today (results under seal).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Row = Mapping[str, Any]


@dataclass(frozen=True)
class OwnFile:
    """A file of the person: its path in the copy, its key in the store and its size in bytes."""

    path: str
    key: str
    size: int


@dataclass(frozen=True)
class Source:
    """One part of somebody's data. `columns` name what it reads ("memberships.user_id"), for the test of wholeness."""

    key: str
    title: Any
    list_rows: Callable[[int], Iterable[Row]]
    columns: tuple[str, ...] = ()


_sources: dict[str, Source] = {}
_files: dict[str, Callable[[int], Iterable[OwnFile]]] = {}


def add_source(source: Source) -> None:
    """Register a part; one with the same key is replaced."""
    _sources[source.key] = source


def add_files(key: str, find: Callable[[int], Iterable[OwnFile]]) -> None:
    """Register who knows files of a person."""
    _files[key] = find


def list_sources() -> list[Source]:
    """Every part, in order of registration."""
    return list(_sources.values())


def list_files(user_id: int) -> list[OwnFile]:
    """Every file of the person."""
    return [file for find in _files.values() for file in find(user_id)]
