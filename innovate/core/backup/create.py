"""Making a backup while the product runs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Connection, Table, select

from innovate.core import clock, storage
from innovate.core.backup.archive import ArchiveWriter, new_archive
from innovate.core.backup.databases import ordered_tables, require_current_schema, snapshot
from innovate.core.backup.manifest import Manifest
from innovate.core.backup.rows import RowCodec, select_rows

_ROWS_AT_ONCE = 500
FILE_COLUMN = "storage_key"  # a column of this name, in any table, names a file of the store


def create_backup(path: Path) -> Manifest:
    """Write everything into an archive at `path`; what the manifest calls missing or damaged needs a person."""
    with new_archive(path) as archive, snapshot() as connection:
        schema = require_current_schema(connection)
        manifest = Manifest(clock.now().isoformat(), schema, connection.dialect.name)
        for table in ordered_tables():
            manifest.tables.append(archive.add_table(table.name, _lines(connection, table)))
        # After the rows: a file is stored before the row that names it, so none can be too new to be found.
        _add_files(archive, manifest)
        stored = {part.key for part in manifest.files}
        manifest.missing = sorted(key for key in _named_files(connection) if key not in stored)
        archive.finish(manifest)
    return manifest


def _lines(connection: Connection, table: Table) -> Iterator[bytes]:
    codec = RowCodec(table)
    rows = connection.execute(select_rows(table).execution_options(yield_per=_ROWS_AT_ONCE))
    return map(codec.encode, rows)


def _add_files(archive: ArchiveWriter, manifest: Manifest) -> None:
    for key in storage.list_keys():
        try:
            blocks = storage.stream(key)
        except FileNotFoundError:  # erased since the list was made
            continue
        part = archive.add_file(key, blocks)
        manifest.files.append(part)
        if not storage.fits(key, part.sha256):
            manifest.damaged.append(key)


def _named_files(connection: Connection) -> set[str]:
    tables = [table for table in ordered_tables() if FILE_COLUMN in table.c]
    return {key for table in tables for key in connection.scalars(select(table.c[FILE_COLUMN])) if key}
