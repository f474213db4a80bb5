"""Words of a text and keywords of a juror, so that both can be compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

MAX_KEYWORDS = 20
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


def find_words(text: str) -> list[str]:
    """The words of a text in order, in one spelling: `Air-Bersih 24 jam` has air-bersih, 24, jam."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def parse_keywords(text: str) -> list[str]:
    """Keywords as people type them, separated by commas, semicolons or lines; in one spelling, without doubles."""
    parts = (" ".join(find_words(part)) for part in re.split(r"[,;\n]", text))
    return list(dict.fromkeys(part for part in parts if part))


def match_keywords(text: str, keywords: Iterable[str]) -> frozenset[str]:
    """Those of the keywords (as `parse_keywords` gives them) whose words stand in the text side by side."""
    said = f" {' '.join(find_words(text))} "
    return frozenset(keyword for keyword in keywords if f" {keyword} " in said)
