"""Short names made from what people type: slugs of events, codes of tracks, keys of fields."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def slugify(text: str, *, limit: int = 80, joiner: str = "-") -> str:
    """Lower-case letters and digits of `text`, words joined; `""` when nothing is left."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return joiner.join(re.findall(r"[a-z0-9]+", plain))[:limit].strip(joiner)


def is_slug(text: str) -> bool:
    """Whether `text` may stand in an address: lower-case words joined by single hyphens."""
    return _SLUG.fullmatch(text) is not None


def free_name(wanted: str, taken: Container[str], *, limit: int = 80, joiner: str = "-") -> str:
    """`wanted`, or the first of `wanted-2`, `wanted-3`, … that is not taken."""
    name, number = wanted, 1
    while name in taken:
        number += 1
        ending = f"{joiner}{number}"
        name = wanted[: limit - len(ending)] + ending
    return name
