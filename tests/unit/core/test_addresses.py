"""Addresses are written as Werkzeug writes them, by functions made when the first is asked for."""

import pytest
from werkzeug.routing import BuildError, Map, Rule

from innovate.core.web.addresses import LateRule

GIVEN = [
    ("plain", {}),
    ("plain", {"halaman": 2, "q": "a b"}),
    ("team", {"slug": "kota-2026", "number": 3}),
    ("team", {"slug": "a/b é", "number": 3, "urut": ["x", "y"]}),
    ("file", {"path": "a/b c.pdf"}),
    ("first", {}),
    ("first", {"page": 1}),
    ("first", {"page": 2}),
    ("team", {"slug": "x"}),
    ("team", {"slug": "x", "number": "drei"}),
    ("rule", {"rule": "a", "self": "b", "append_unknown": "c"}),  # names of the writer's own
]


def adapter(kind: type[Rule]):
    rules = [
        kind("/", endpoint="plain"),
        kind("/k/<slug>/tim/<int:number>", endpoint="team"),
        kind("/berkas/<path:path>", endpoint="file"),
        kind("/daftar/", endpoint="first", defaults={"page": 1}),
        kind("/daftar/<int:page>", endpoint="first"),
        kind("/syarat/<rule>", endpoint="rule"),
    ]
    return Map(rules).bind("innovate.example")


def written(kind: type[Rule], endpoint: str, values: dict, *, append_unknown: bool) -> str:
    try:
        return adapter(kind).build(endpoint, values, append_unknown=append_unknown)
    except (BuildError, ValueError) as error:
        return type(error).__name__


@pytest.mark.parametrize("append_unknown", [True, False])
@pytest.mark.parametrize(("endpoint", "values"), GIVEN)
def test_an_address_is_the_one_werkzeug_writes(endpoint, values, append_unknown) -> None:
    found = written(LateRule, endpoint, values, append_unknown=append_unknown)
    assert found == written(Rule, endpoint, values, append_unknown=append_unknown)


def test_nothing_is_made_before_it_is_asked_for_and_then_once(monkeypatch) -> None:
    made, make = [], Rule._compile_builder
    monkeypatch.setattr(
        Rule,
        "_compile_builder",
        lambda rule, unknown=True: made.append((rule.rule, unknown)) or make(rule, unknown),
    )
    addresses = adapter(LateRule)
    assert addresses.match("/k/kota/tim/4") == ("team", {"slug": "kota", "number": 4})
    assert made == []
    assert [addresses.build("plain") for _ in range(3)] == ["/"] * 3
    assert made == [("/", True)]
