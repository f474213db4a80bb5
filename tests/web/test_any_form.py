"""Whatever is sent to whichever form: it is answered, never a crash, and a refusal changes nothing.

The forms are found on the pages, as somebody who may send them; what is sent is one of the texts that break programs,
or anything hypothesis thinks of, in one field or in all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from innovate.core.db import db
from tests.factories.addresses import body_of
from tests.factories.house import House, rules_of, undone
from tests.support.pages import posting_forms
from tests.web.permission_table import TABLE

EYES = (
    "visitor",
    "captain",
    "coordinator",
    "mentor",
    "juror",
    "chair",
    "organizer",
    "site_organizer",
    "admin",
    "stranger",
)
COUNTED = {"attempts"}  # tries are counted whatever comes of them
FORM = "application/x-www-form-urlencoded"
LOOSE = settings(
    max_examples=5,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
TEXTS: dict[str, str | bytes] = {
    "nothing": "",
    "a lone surrogate": "a\ud800b",
    "broken UTF-8": b"\xc3\x28\xff\xfe",
    "NUL, controls and scripts": "a\0\x01\x1b[2J\x7f\u202e\u2028\ufeff\ufffe Ünï 漢字 ٣٤ 👩‍👩‍👧‍👦",
    "markup": "<script>alert(1)</script> {{ 7*7 }} %s %(x)s ' OR 1=1 --",
    "much": "ж" * 40_000,
    "a huge number": "9" * 5000,
    "digits that are no numbers": "²①",
    "below zero": "-1",
    "no number": "NaN",
    "infinity": "1e999",
    "the first day": "0001-01-01T00:00",
    "the last day": "9999-12-31T23:59",
}


Fields = dict[str, list[str]]
SeenBy = Callable[[str], dict[str, Fields]]


@dataclass(frozen=True)
class Desk:
    """A form in front of somebody: where it goes and what it holds."""

    key: str
    path: str
    eyes: str
    fields: Fields


def desks(house: House, seen: dict[str, Fields], eyes: str, part: int, of: int) -> Iterator[Desk]:
    """One for every `of`-th form address, from the `part`-th on, of those that the person is the first to be let to."""
    for key, rule in sorted(rules_of(house.app).items()):
        _method, endpoint = key.split()
        if key not in OWN[eyes][part::of]:
            continue
        fields = seen.get(endpoint) or {"version": ["1"], "reason": [""], "q": [""]}
        own = {name: [value] for name, value in body_of(endpoint, house.world).items()}
        yield Desk(key, house.address(rule), eyes, {**fields, **own})


def forms_seen_by(house: House, eyes: str) -> dict[str, Fields]:
    """What each form address is sent, gathered from every page the person may open."""
    urls = house.app.url_map.bind("localhost")
    seen: dict[str, Fields] = {}
    for rule in house.app.url_map.iter_rules():
        if eyes not in TABLE.get(f"GET {rule.endpoint}", ()) or rule.endpoint == "home.look":
            continue  # the page of components sends nothing anywhere
        page = house.address(rule)
        with house.browser(eyes).get(page) as answer:
            forms = posting_forms(answer.text, page) if answer.mimetype == "text/html" else []
        for target, fields in forms:
            endpoint, _values = urls.match(target, method="POST")
            seen.setdefault(endpoint, {}).update(fields)
    return seen


@pytest.fixture(scope="module")
def seen_by(house: House) -> SeenBy:
    """`forms_seen_by` of a person, gathered once for all of a file's tests."""
    return cache(lambda eyes: forms_seen_by(house, eyes))


def encode(pairs: list[tuple[str, str | bytes]]) -> bytes:
    """A form's body, also of what no browser would send."""
    return b"&".join(quote(name).encode() + b"=" + escaped(value) for name, value in pairs)


def escaped(value: str | bytes) -> bytes:
    """Many letters go as they are: escaped, three times as long, a form of many fields would only be too large."""
    if isinstance(value, bytes):
        return quote_plus(value).encode()
    octets = value.encode("utf-8", "surrogatepass")
    return octets if len(value) > 1000 and value.isalnum() else quote_plus(octets).encode()


Cells = dict[str, list[Any]]


def every_cell() -> Cells:
    """All rows of all tables as the database holds them, without what counts tries."""
    db.session.flush()
    driver = db.session.connection().connection.driver_connection
    return {
        name: driver.execute(f"SELECT * FROM {name}").fetchall()
        for name in db.metadata.tables
        if name not in COUNTED
    }


def rows_written() -> int:
    """How many rows SQLite has written on this connection so far, also those it took back."""
    driver: Any = db.session.connection().connection.driver_connection
    return driver.total_changes


def send(house: House, cells: Cells, desk: Desk, body: bytes) -> str:
    """What is wrong with the answer; empty when nothing is. Where not one row was written nothing is compared.

    `cells` is what the database holds before: everything that is sent is undone, so the same for all of a test.
    """
    with undone():
        written = rows_written()
        try:
            answer = house.browser(desk.eyes).post(desk.path, data=body, content_type=FORM)
        except Exception as error:  # noqa: BLE001 - a visitor would read "500"
            return f"{desk.key}: {error!r}"[:300]
        if answer.status_code < 400 or rows_written() == written:
            return ""
        changed = [name for name, rows in every_cell().items() if rows != cells[name]]
    return f"{desk.key}: {answer.status} changed {changed}" if changed else ""


OWN = {
    eyes: [
        key
        for key in sorted(TABLE)
        if key.startswith("POST") and eyes == next(name for name in EYES if name in TABLE[key])
    ]
    for eyes in EYES
}
AT_ONCE = (
    60  # forms to a test: whoever sends more is asked in several, though finding the forms opens every page
)
PARTS = [
    (eyes, part, of) for eyes, keys in OWN.items() for of in [-(-len(keys) // AT_ONCE)] for part in range(of)
]


@pytest.mark.timeout(400)
@pytest.mark.usefixtures("typeset_here", "app")
@pytest.mark.parametrize(("eyes", "part", "of"), PARTS)
def test_whatever_is_sent_is_answered(house: House, seen_by: SeenBy, eyes: str, part: int, of: int) -> None:
    wrong = []
    seen = seen_by(eyes)
    cells = every_cell()
    for desk in desks(house, seen, eyes, part, of):
        for what, text in TEXTS.items():
            body = encode([(name, text) for name in desk.fields])
            if fault := send(house, cells, desk, body):
                wrong.append(f"{fault} ({what})")
        answer_to_anything(house, cells, desk)
    assert not wrong, "\n" + "\n".join(wrong)


def answer_to_anything(house: House, cells: Cells, desk: Desk) -> None:
    """A good form with one answer replaced by what nobody would think of, once or twice."""
    odd = st.one_of(st.text(max_size=60), st.binary(max_size=30), st.integers().map(str))

    @LOOSE
    @given(st.sampled_from(sorted(desk.fields)), odd, st.booleans())
    def answered(name: str, value: str | bytes, twice: bool) -> None:
        kept = [(key, text) for key, texts in desk.fields.items() for text in texts if key != name]
        assert not send(house, cells, desk, encode([*kept, *[(name, value)] * (1 + twice)]))

    answered()
