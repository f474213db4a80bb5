"""Whether two titles name the same innovation."""

from __future__ import annotations

import re
import unicodedata

# Words that say nothing about which innovation it is.
_COMMON = frozenset(
    {
        *("dan", "di", "dari", "untuk", "dengan", "yang", "ke", "pada", "bagi", "melalui", "berbasis"),
        *("inovasi", "sistem", "aplikasi", "layanan", "pelayanan", "program", "versi", "edisi"),
        *("kota", "pontianak"),
    }
)
_ENOUGH = 0.75


def plain_title(title: str) -> str:
    """The words of a title without case, accents and punctuation."""
    text = unicodedata.normalize("NFKD", title).casefold()
    return " ".join(re.findall(r"[^\W_]+", "".join(c for c in text if not unicodedata.combining(c))))


def same_title(one: str, other: str) -> bool:
    """Whether both say the same words in the same order; an empty title is like no other."""
    plain = plain_title(one)
    return bool(plain) and plain == plain_title(other)


def alike(one: str, other: str) -> bool:
    """Whether both are the same, or three of four telling words of the shorter one stand in the other.

    Numbers and words such as `sistem` or `layanan` tell nothing: PECI HAJI and PECI HAJI 2.0 are alike, two services
    are not alike because both are called so.
    """
    if same_title(one, other):
        return True
    first, second = (_telling(title) for title in (one, other))
    shorter = min(len(first), len(second))
    return shorter > 0 and len(first & second) / shorter >= _ENOUGH


def _telling(title: str) -> set[str]:
    return {word for word in plain_title(title).split() if word not in _COMMON and not word.isdigit()}
