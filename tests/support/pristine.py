"""What a PostgreSQL database held when it was new, to be brought back after a test that committed.

Making a database costs the server most of a second, a file for each of some two thousand tables and indexes; taking
out what a test wrote costs a twentieth of that.
"""

from __future__ import annotations

import psycopg
from psycopg import Connection, sql

_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
_SEQUENCES = "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public'"
_OTHERS = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
             WHERE datname = current_database() AND pid <> pg_backend_pid()"""
_SHAPE = """
    SELECT md5(string_agg(part, ' ' ORDER BY part)) FROM (
        SELECT concat(attrelid::regclass, attname, atttypid, atttypmod, attnotnull, attisdropped) FROM pg_attribute
        JOIN pg_class ON pg_class.oid = attrelid WHERE relnamespace = 'public'::regnamespace AND attnum > 0
        UNION ALL SELECT concat(conrelid::regclass, conname, condeferrable, condeferred, convalidated, contype)
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace
        UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
        UNION ALL SELECT concat(tgrelid::regclass, tgname, tgenabled) FROM pg_trigger WHERE NOT tgisinternal
        UNION ALL SELECT concat(proname, prosrc) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    ) AS parts (part)"""


class Pristine:
    """Rows, numbering and shape of a new database."""

    def __init__(self, conninfo: str) -> None:
        self._conninfo = conninfo
        with psycopg.connect(conninfo, autocommit=True) as connection:
            self._tables = [str(row[0]) for row in connection.execute(_TABLES)]
            self._rows = {name: _copy_out(connection, name) for name in self._filled(connection)}
            self._sequences: dict[str, int | None] = dict(connection.execute(_SEQUENCES).fetchall())
            self._shape = connection.execute(_SHAPE).fetchone()
            self._may = connection.info.parameter_status("is_superuser") == "on"

    def bring_back(self) -> bool:
        """Whether the database is as it was: not where its shape changed, nor where references must be minded."""
        if not self._may:
            return False
        with psycopg.connect(self._conninfo) as connection:
            connection.execute(_OTHERS)
            if connection.execute(_SHAPE).fetchone() != self._shape:
                return False
            connection.execute("SET session_replication_role = replica")  # no reference is checked
            for name in self._filled(connection):
                connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(name)))
            for name, rows in self._rows.items():
                with connection.cursor().copy(_copy(name, "FROM STDIN")) as copy:
                    copy.write(rows)
            self._number_anew(connection)
        return True

    def _filled(self, connection: Connection) -> list[str]:
        asked = [
            sql.SQL("SELECT {} WHERE EXISTS (SELECT FROM {})").format(sql.Literal(name), sql.Identifier(name))
            for name in self._tables
        ]
        return [str(row[0]) for row in connection.execute(sql.SQL(" UNION ALL ").join(asked))]

    def _number_anew(self, connection: Connection) -> None:
        for name, last in connection.execute(_SEQUENCES).fetchall():
            if last != (wanted := self._sequences[name]):
                values = [name, wanted or 1, wanted is not None]
                connection.execute("SELECT setval(quote_ident(%s)::regclass, %s, %s)", values)


def _copy(table: str, way: str) -> sql.Composed:
    return sql.SQL("COPY {} " + way).format(sql.Identifier(table))


def _copy_out(connection: Connection, table: str) -> bytes:
    with connection.cursor().copy(_copy(table, "TO STDOUT")) as copy:
        return b"".join(bytes(block) for block in copy)
