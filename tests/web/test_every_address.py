"""What holds for every address of the site: each walk is over the whole URL map, by somebody who may open it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import ClassVar

import pytest
from flask import Flask
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.routing import Rule

from tests.factories.addresses import values_of
from tests.factories.world import PEOPLE, ROLES
from tests.support.faults import faults
from tests.web.permission_table import TABLE

# Language and theme carry no authority; files of visitors are ranked and forgotten.
WITHOUT_TOKEN = {"home.set_locale", "home.set_theme", "results.rank_file", "results.rank_votes"}
pytestmark = pytest.mark.usefixtures("typeset_here")


def role_for(rule: Rule, method: str = "GET") -> str:
    """A role that gets in at this door, by the table of doors: a person with an account where there is one."""
    may = TABLE.get(f"{method} {rule.endpoint}", frozenset(ROLES))
    return next(role for role in (*reversed(PEOPLE), "visitor") if role in may)


def rules(app: Flask, method: str) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if method in rule.methods]


# A worn-out token is told on a page of its own.
WORN_OUT = {"accounts.confirm": 410, "accounts.reset": 410, "accounts.confirm_change": 410}


@pytest.mark.parametrize("who", ["visitor", "somebody"])
def test_every_page_is_safe_to_show_and_head_answers_like_get(app, house, who) -> None:
    """Reached by somebody who may, not merely refused; and whatever a visitor is answered there."""
    wrong, shown, unreached, unlike = {}, [], {}, {}
    for rule in rules(app, "GET"):
        asking = house.browser("visitor" if who == "visitor" else role_for(rule))
        address = house.address(rule)
        with asking.get(address) as answer, asking.head(address) as head:
            if (head.status_code, head.location, head.data) != (answer.status_code, answer.location, b""):
                unlike[address] = (answer.status, head.status, head.location)
            if found := faults(answer):
                wrong[address] = found
            if answer.status_code not in {200, 302, WORN_OUT.get(rule.endpoint)} or "/masuk?next" in (
                answer.location or ""
            ):
                unreached[rule.endpoint] = answer.status
            if answer.status_code == 200 and answer.mimetype == "text/html":
                shown.append(rule.endpoint)
                private = (
                    "private" in answer.headers["Cache-Control"]
                    or "no-store" in answer.headers["Cache-Control"]
                )
                if who == "somebody" and not private:
                    wrong[address] = [answer.headers["Cache-Control"]]
    assert wrong == {}
    assert unlike == {}
    assert who == "visitor" or unreached == {}
    assert len(shown) >= (12 if who == "visitor" else 80), shown


def test_options_tell_methods_and_do_nothing(app, house) -> None:
    for rule in rules(app, "OPTIONS"):
        method = "GET" if "GET" in rule.methods else "POST"
        with house.browser(role_for(rule, method)).options(house.address(rule)) as answer:
            if rule.endpoint != "static":
                assert set(answer.headers["Allow"].split(", ")) >= rule.methods, rule
            assert not answer.data


def test_nothing_is_changed_by_a_form_of_another_site(app, house, monkeypatch) -> None:
    """Sent by whoever might have changed something there."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    unsafe = {"POST", "PUT", "PATCH", "DELETE"}
    taken = set()
    for rule in app.url_map.iter_rules():
        for method in rule.methods & unsafe:
            asking = house.browser(role_for(rule, method))
            answer = asking.open(house.address(rule), method=method, data={"csrf_token": "wrong"})
            if answer.status_code != 400:
                taken.add(rule.endpoint)
            else:
                assert "Permintaan ini tidak dapat dibaca" in answer.text
    assert taken == WITHOUT_TOKEN


ODD_TEXTS = ("%ff", "..", "%F0%9F%98%80", "'--", "x" * 3000)
TOO_LARGE = "99999999999999999999999"


def test_every_page_survives_odd_addresses(app, house) -> None:
    """Each argument of each address as something no database likes, the others naming what exists.

    Each is met as a number too large and as two of the odd texts, dealt in turn: a view sees no difference between
    those, they are one unknown name to it. What holds a NUL is refused before any view: once for each argument.
    """
    wrong, number = {}, itertools.count()
    for rule in rules(app, "GET"):
        real = {name: str(value) for name, value in values_of(rule, house.world).items()}
        for name in sorted(rule.arguments):
            turn = next(number)
            texts = {ODD_TEXTS[turn % len(ODD_TEXTS)], ODD_TEXTS[(turn + 2) % len(ODD_TEXTS)]}
            for odd in (("%00", "a%00b")[turn % 2], TOO_LARGE, *texts):
                address = "".join(_parts(rule, {**real, name: odd}))
                with house.browser(role_for(rule)).get(address) as answer:
                    if answer.status_code >= 500:
                        wrong[address] = answer.status
    assert wrong == {}


def _parts(rule: Rule, values: dict[str, str]) -> Iterator[str]:
    """The pieces of an address as they are, without the care a builder of addresses takes."""
    for is_argument, piece in rule._trace:
        if piece != "|":
            yield values[piece] if is_argument else piece


ODD_PAGES = ("x", "-1", "0", "99999999999999999999", "%D9%A3")


class Noting(ImmutableMultiDict):
    """A query, or a form, that notes which of its names somebody wants to know; "*" for all of them."""

    asked: ClassVar[set[str]] = set()

    def __contains__(self, key) -> bool:
        self.asked.add(key)
        return super().__contains__(key)

    def __getitem__(self, key):
        self.asked.add(key)
        return super().__getitem__(key)

    def getlist(self, key, *args, **options):
        self.asked.add(key)
        return super().getlist(key, *args, **options)

    def __iter__(self):
        self.asked.add("*")
        return super().__iter__()

    def keys(self):
        self.asked.add("*")
        return super().keys()

    def items(self, *args, **options):
        self.asked.add("*")
        return super().items(*args, **options)

    def lists(self):
        self.asked.add("*")
        return super().lists()

    def values(self):
        self.asked.add("*")
        return super().values()

    def listvalues(self):
        self.asked.add("*")
        return super().listvalues()


def test_every_list_survives_odd_queries(app, house, monkeypatch) -> None:
    """An odd number of a page, and an odd search. Where nobody asked for the number another one changes nothing."""
    monkeypatch.setattr(app.request_class, "parameter_storage_class", Noting)
    lists = set()
    for rule in rules(app, "GET"):
        asking = house.browser(role_for(rule))
        for page in ODD_PAGES:
            Noting.asked.clear()
            with asking.get(f"{house.address(rule)}?page={page}&q=%25_%5C'") as answer:
                assert answer.status_code < 500, (rule, answer.status)
            if not Noting.asked & {"page", "*"}:
                break
            lists.add(rule.endpoint)
    assert len(lists) > 20
