"""The file an organisation gives with its challenge."""

from __future__ import annotations

from dataclasses import dataclass

from innovate.core import storage
from innovate.core.errors import Refused
from innovate.partners.domain.datasets import DataFault, clean_name, inspect
from innovate.partners.models.dealings import Challenge
from innovate.partners.words import DATA_FAULTS


@dataclass(frozen=True)
class Sent:
    """A file as it came in, read up to one byte more than is taken."""

    filename: str
    content: bytes
    max_bytes: int


def keep_file(row: Challenge, file: Sent) -> None:
    """Put the file in the place of the one before; Refused with the reason if it is not taken."""
    found = inspect(file.filename, file.content, max_bytes=file.max_bytes)
    if isinstance(found, DataFault):
        raise Refused(DATA_FAULTS[found], field="file")
    kept = storage.save(file.content)
    row.filename, row.media_type = clean_name(file.filename), found
    row.size, row.sha256, row.storage_key = kept.size, kept.sha256, kept.key


def drop_file(row: Challenge) -> None:
    """Give it out no longer. Its bytes stay in the store."""
    row.filename = row.media_type = row.sha256 = row.storage_key = ""
    row.size = 0
