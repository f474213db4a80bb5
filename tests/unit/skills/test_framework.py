"""The framework an installation begins with, and words that lead to it."""

from __future__ import annotations

from innovate.skills.domain.levels import LEVELS, needs_learning
from innovate.skills.domain.matching import match_words, plain
from innovate.skills.services.framework import read_framework


def test_the_first_framework_is_whole() -> None:
    rows = read_framework()
    assert 10 <= len(rows) <= 14
    assert len({row["code"] for row in rows}) == len({row["name"] for row in rows}) == len(rows)
    assert all(len(row["levels"]) == LEVELS and all(row["levels"]) for row in rows)
    words = [plain(word) for row in rows for word in (row["name"], *row["words"])]
    claimed = [word for word in words if words.count(word) > 1]
    assert all(
        words.count(word) == 2 and plain(word) for word in claimed
    )  # a name may repeat among its own words


def test_words_find_their_skill_whatever_their_case() -> None:
    known = {1: ["Analisis data", "statistik"], 2: ["Desain layanan", "UI", "statistik"]}
    found, rest = match_words(["analisis  DATA", "Memasak", "ui", "Statistik", "memasak", "Memasak"], known)
    assert found == {1: "analisis  DATA", 2: "ui"}
    assert rest == ("Memasak", "memasak")
    assert match_words([], known) == ({}, ())


def test_low_or_unsaid_is_worth_learning() -> None:
    assert [needs_learning(level) for level in (None, 0, 1, 2, 4)] == [True, True, True, False, False]
