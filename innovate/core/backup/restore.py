"""Putting a backup back: checked first, then all of it or nothing."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing
from itertools import islice

from sqlalchemy import Connection, Table, exists, literal, select, union_all
from sqlalchemy.exc import DBAPIError

from innovate.core import storage
from innovate.core.backup.archive import ArchiveReader
from innovate.core.backup.databases import (
    foreign_keys_postponed,
    ordered_tables,
    require_current_schema,
    reset_sequences,
    shut_out_others,
)
from innovate.core.backup.manifest import BackupError, Manifest, TablePart
from innovate.core.backup.rows import RowCodec
from innovate.core.db import db, transaction

_ROWS_AT_ONCE = 500


def check_target(manifest: Manifest) -> None:
    """BackupError unless the archive fits this program and the database is ready for it."""
    schema = require_current_schema(db.session.connection())
    if manifest.schema != schema:
        raise BackupError(
            f"the backup has schema {manifest.schema}, this program works with schema {schema}; restore it with the"
            " version of the program that made it, then upgrade"
        )
    ours, theirs = {table.name for table in ordered_tables()}, {part.table for part in manifest.tables}
    if ours != theirs:
        raise BackupError(f"the backup and this program differ in tables: {', '.join(sorted(ours ^ theirs))}")


def filled_tables() -> list[str]:
    """Names of the tables that have rows, without those that migrations fill (`info={"seeded": True}`)."""
    asked = [table for table in ordered_tables() if not table.info.get("seeded")]
    questions = [select(literal(table.name)).where(exists(select(table))) for table in asked]
    return list(db.session.connection().scalars(union_all(*questions)))


def restore_backup(archive: ArchiveReader, *, replace: bool = False) -> None:
    """Put rows and files back. With `replace` what is in the database goes; without it the database must be empty."""
    archive.verify()
    check_target(archive.manifest)
    stored: list[str] = []
    try:
        with transaction():
            shut_out_others(db.session.connection())
            if not replace and (filled := filled_tables()):
                raise BackupError(f"the database is not empty ({', '.join(filled)}); nothing was changed")
            _restore_files(archive, stored)
            _restore_rows(archive, db.session.connection())
    except DBAPIError as error:
        _forget(stored)
        raise BackupError(f"the database refused the backup; nothing was changed: {error.orig}") from error
    except BaseException:
        _forget(stored)
        raise


def _restore_files(archive: ArchiveReader, stored: list[str]) -> None:
    """Files are named after their content, so one that is there already is only written again."""
    for part in archive.manifest.files:
        if not storage.exists(part.key):
            stored.append(part.key)
        storage.put(part.key, archive.blocks(part))


def _forget(stored: list[str]) -> None:
    for key in stored:
        if storage.exists(key):
            storage.delete(key)


def _restore_rows(archive: ArchiveReader, connection: Connection) -> None:
    tables = ordered_tables()
    parts = {part.table: part for part in archive.manifest.tables}
    with foreign_keys_postponed(connection):
        for table in reversed(tables):
            connection.execute(table.delete())
        for table in tables:
            with closing(_batches(archive, parts[table.name], table)) as batches:
                for batch in batches:
                    connection.execute(table.insert(), batch)
    reset_sequences(connection, db.metadata)


def _batches(
    archive: ArchiveReader, part: TablePart, table: Table
) -> Generator[list[dict[str, object]], None, None]:
    codec = RowCodec(table)
    with closing(archive.lines(part)) as lines:
        rows = map(codec.decode, lines)
        while batch := list(islice(rows, _ROWS_AT_ONCE)):
            yield batch
