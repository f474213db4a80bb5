"""Free words that mean a skill of the framework."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


def plain(word: str) -> str:
    """The word as it is compared: small letters, single spaces."""
    return " ".join(word.casefold().split())


def match_words(
    words: Iterable[str], known: Mapping[int, Iterable[str]]
) -> tuple[dict[int, str], tuple[str, ...]]:
    """Which skills (key to the first word that means it) the words are, and the words that are none.

    `known`: for each skill its name and what else it is called. A word that two skills claim means the first of them.
    """
    meanings: dict[str, int] = {}
    for key, names in known.items():
        for name in names:
            meanings.setdefault(plain(name), key)
    found: dict[int, str] = {}
    rest: list[str] = []
    for word in words:
        meant = meanings.get(plain(word))
        if meant is None:
            rest.append(word)
        else:
            found.setdefault(meant, word)
    return found, tuple(dict.fromkeys(rest))
