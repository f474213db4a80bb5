"""No page asks the database more often because there is more to show: every GET address of the URL map is tried.

A new address is walked by itself; a new table must be filled in tests/factories/crowd.py.
"""

from __future__ import annotations

import io
import zipfile
from typing import NamedTuple

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from innovate.core.db import db
from tests.factories.crowd import add_one_more
from tests.factories.house import House
from tests.factories.world import PRIVATE
from tests.support.queries import Queries, counted_queries
from tests.web.permission_table import TABLE

EYES = (
    "visitor",
    "captain",
    "coordinator",
    "mentor",
    "juror",
    "chair",
    "organizer",
    "secretariat",
    "admin",
    "site_organizer",
)
# Tables no page lists.
# Pages of a file and private notes are one set or one row for an entry that is open, never a list of entries.
NOT_LISTED = {"attempts", "file_pages", "reading_notes"}


@pytest.fixture(scope="module")
def house(house: House) -> House:
    """The full house with one more of everything, so that every list has something."""
    with house.at_hand() as world:
        add_one_more(world)
    return house


def rows() -> dict[str, int]:
    return {
        table.name: db.session.scalar(select(func.count()).select_from(table)) or 0
        for table in db.metadata.sorted_tables
        if table.name not in NOT_LISTED
    }


def pages_of(house: House, eyes: str) -> dict[str, str]:
    """The address of every page this person may open; of the administrator's, those an organizer may not."""
    others = {"organizer"} if eyes == "admin" else set()
    found = {}
    for rule in house.app.url_map.iter_rules():
        let_in = TABLE.get(f"GET {rule.endpoint}", ()) if "GET" in rule.methods else ()
        if eyes in let_in and not others.intersection(let_in):
            found[rule.endpoint] = house.address(rule)
    return found


class Visit(NamedTuple):
    """What one request for a page asked the database, and how long the answer is."""

    queries: Queries
    size: int


def visit(client: FlaskClient, address: str, *, own: str = "") -> Visit:
    """Each request has a session of its own, so nothing the test holds is in the way.

    On the way: a juror's private notes are on the page `own` alone, whoever looks at whatever else.
    """
    with counted_queries() as queries, client.get(address) as answer:
        assert answer.status_code < 500, (address, answer.status)
        assert (PRIVATE.encode() in unpacked(answer.data)) is (address == own), address
        return Visit(queries, len(answer.data))


def unpacked(content: bytes) -> bytes:
    """A workbook is a packed folder."""
    if not content.startswith(b"PK"):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())


def test_the_crowd_fills_every_table(app: Flask, house: House) -> None:
    before = rows()
    with house.at_hand() as world:
        add_one_more(world)
    still = [name for name, number in rows().items() if number <= before[name]]
    assert not still, f"add rows in tests/factories/crowd.py (or name the table in NOT_LISTED): {still}"


@pytest.mark.usefixtures("typeset_here", "app")
@pytest.mark.parametrize("eyes", EYES)
def test_no_page_asks_more_often_for_more_rows(house: House, eyes: str) -> None:
    """Nor less often: what a first visit alone brought along could hide as many queries for more rows."""
    person, pages = house.browser(eyes), pages_of(house, eyes)
    own = pages["scoring.score"] if eyes == "juror" else ""
    few = {name: visit(person, address, own=own) for name, address in pages.items()}
    with house.at_hand() as world:
        for _ in range(2):
            add_one_more(world)
    many = {name: visit(person, address, own=own) for name, address in pages.items()}
    more = [name for name in pages if len(many[name].queries) != len(few[name].queries)]
    assert not more, "\n\n".join(f"{name}: {few[name].queries}\n{many[name].queries}" for name in more)
    longer = [name for name in pages if many[name].size > few[name].size]
    assert len(longer) >= len(pages) // 4, "the crowd is not to be seen on the pages"
