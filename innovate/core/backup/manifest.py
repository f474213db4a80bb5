"""What an archive says of itself."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

FORMAT = "innovate-backup"
VERSION = 1


class BackupError(Exception):
    """A backup could not be made, read or restored; the message is for the person at the console."""


@dataclass(frozen=True)
class TablePart:
    """The rows of one table, a JSON object a line."""

    table: str
    rows: int
    sha256: str

    @property
    def member(self) -> str:
        """Where in the archive."""
        return f"tables/{self.table}.jsonl"


@dataclass(frozen=True)
class FilePart:
    """One file of the store."""

    key: str
    size: int
    sha256: str

    @property
    def member(self) -> str:
        """Where in the archive."""
        return f"files/{self.key}"


@dataclass
class Manifest:
    """The whole content. `missing` are files the database names but the store does not have."""

    created_at: str
    schema: str
    database: str
    tables: list[TablePart] = field(default_factory=list)
    files: list[FilePart] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)

    @property
    def rows(self) -> int:
        """Rows of all tables."""
        return sum(part.rows for part in self.tables)

    def parts(self) -> Iterator[TablePart | FilePart]:
        """Every member but the manifest itself."""
        yield from self.tables
        yield from self.files

    def to_json(self) -> bytes:
        """The manifest as it is kept."""
        return json.dumps({"format": FORMAT, "version": VERSION, **asdict(self)}, indent=1).encode()


def parse_manifest(content: bytes) -> Manifest:
    """Read a manifest; BackupError if it is none of ours or of a newer format."""
    try:
        values: dict[str, Any] = json.loads(content)
        kind, version = values.pop("format"), values.pop("version")
    except (ValueError, KeyError, AttributeError, TypeError) as error:
        raise BackupError("the archive is damaged: its manifest cannot be read") from error
    if kind != FORMAT or version != VERSION:
        raise BackupError(f"the archive is of format {kind} {version}; this program reads {FORMAT} {VERSION}")
    try:
        values["tables"] = [TablePart(**each) for each in values["tables"]]
        values["files"] = [FilePart(**each) for each in values["files"]]
        return Manifest(**values)
    except (KeyError, TypeError) as error:
        raise BackupError("the archive is damaged: its manifest is incomplete") from error
