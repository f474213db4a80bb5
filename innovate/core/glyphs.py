"""Signs that the fonts of papers do not have: a document for everybody may not hold one, so a square stands for it."""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path

SQUARE = "□"
_COMMON = frozenset("–—‘’“”„…•−×·≤≥≠≈→←№€™")
_LAST = 0x17F  # up to here the fonts have every letter


def font_folders() -> list[Path]:
    """Where the fonts of papers are."""
    import fontpkg_inter
    import fontpkg_noto_sans_arabic

    return [Path(each.__file__).parent / "files" for each in (fontpkg_inter, fontpkg_noto_sans_arabic)]


def replace_unknown(text: str) -> str:
    """The text as it can be printed: marks nobody sees are dropped, other unknown signs become a square."""
    rare = {ord(sign) for sign in text if ord(sign) > _LAST and sign not in _COMMON}
    unknown = rare - _known() if rare else set()
    return text.translate({code: _instead(chr(code)) for code in unknown}) if unknown else text


def _instead(sign: str) -> str:
    return "" if unicodedata.category(sign) in {"Cf", "Mn", "Me", "Cs"} else SQUARE


@cache
def _known() -> frozenset[int]:
    from fontTools.ttLib import TTFont

    known: set[int] = set()
    for folder in font_folders():
        for path in sorted(folder.glob("*.ttf")):
            with TTFont(path, lazy=True) as font:
                known |= set(font.getBestCmap())
    return frozenset(known)
