"""The rank that an award says in words: `1`, `Juara II`, `Terbaik Ketiga`, `Juara 1 Kelompok OPD`."""

from __future__ import annotations

import re

_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
_ORDINALS = ("pertama", "kedua", "ketiga", "keempat", "kelima", "keenam")
_NUMBERS = ("satu", "dua", "tiga", "empat", "lima", "enam")
_PLACES = {word: place for words in (_ROMAN, _ORDINALS, _NUMBERS) for place, word in enumerate(words, 1)}
_RANK = re.compile(
    r"(?:(?:juara|peringkat|pemenang|terbaik) )*(?:ke-? ?(?=[0-9]))?([0-9]{1,4}|[a-z]+)"
    r"(?: ?[(,–].*| (?:kelompok|kategori|bidang|tingkat|[-–]) .*)?"
)


def read_rank(award: str) -> int | None:
    """The rank, or None where the words say none: `Juara Harapan I` and `Juara Favorit` are awards without a rank."""
    found = _RANK.fullmatch(" ".join(award.split()).casefold())
    if found is None:
        return None
    return (int(found[1]) or None) if found[1].isdigit() else _PLACES.get(found[1])
