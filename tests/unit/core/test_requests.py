"""Addresses of pages are made as Werkzeug makes them, but not before somebody asks."""

import pytest
from werkzeug.routing import BuildError, Map, Rule

from innovate.core.web.requests import _Rule

VALUES = {"slug": "parit bersih", "n": 3}


def places(rule: type[Rule]):
    pages = [
        rule("/k/<slug>/<int:n>", endpoint="page"),
        rule("/k/<slug>/", endpoint="all", defaults={"n": 1}),
        rule("/", endpoint="home"),
    ]
    return Map(pages).bind("inovasi.test")


@pytest.mark.parametrize("endpoint", ["page", "home"])
@pytest.mark.parametrize("more", [{}, {"q": "a&b"}])
@pytest.mark.parametrize("append_unknown", [True, False])
def test_as_werkzeug_makes_it_the_first_time_and_the_next(endpoint, more, append_unknown) -> None:
    values = (VALUES if endpoint == "page" else {}) | more
    expected = places(Rule).build(endpoint, values, append_unknown=append_unknown)
    own = places(_Rule)
    for _ in range(2):
        assert own.build(endpoint, values, append_unknown=append_unknown) == expected


def test_what_is_missing_is_told() -> None:
    with pytest.raises(BuildError, match="slug"):
        places(_Rule).build("page", {"n": 3})


def test_defaults_are_kept() -> None:
    assert places(_Rule).build("all", {"slug": "a"}) == places(Rule).build("all", {"slug": "a"}) == "/k/a/"


def test_nothing_is_compiled_before_somebody_asks() -> None:
    rule = _Rule("/k/<slug>", endpoint="page")
    address = Map([rule]).bind("inovasi.test")
    waiting = rule._build_unknown
    address.build("page", {"slug": "a"})
    assert rule._build_unknown is not waiting
