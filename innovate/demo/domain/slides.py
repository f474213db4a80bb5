"""A deck of slides as a PDF: a title page in the city's colours, then one page for each part of what was written."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from innovate.demo.domain.papers import assemble, text

_SIZE = (960, 540)  # 16:9, in points
_MARGIN, _TOP = 72, 430
_TEAL, _GOLD, _INK, _WHITE = "0.04 0.42 0.42", "0.96 0.72 0.11", "0.07 0.13 0.17", "1 1 1"
_BODY, _LEADING, _COLUMNS, _LINES = 22, 33, 76, 10


def make_deck(title: str, by: str, slides: Iterable[tuple[str, str]]) -> bytes:
    """The title page, then a heading with the beginning of its text on each page."""
    pages = [_cover(title, by)]
    pages += [_slide(number, heading, words) for number, (heading, words) in enumerate(slides, 2)]
    return assemble(title, pages, size=_SIZE)


def _cover(title: str, by: str) -> bytes:
    return b"\n".join(
        [
            _block(_TEAL, 0, 0, *_SIZE),
            _block(_GOLD, _MARGIN, 236, 120, 5),
            *_words(_WHITE, "F2", 50, _MARGIN, 275, [title]),
            *_words(_WHITE, "F1", 22, _MARGIN, 190, textwrap.wrap(by, 70)),
        ]
    )


def _slide(number: int, heading: str, words: str) -> bytes:
    lines = textwrap.wrap(" ".join(words.replace("*", "").split()), _COLUMNS)
    if len(lines) > _LINES:
        lines = [*lines[: _LINES - 1], lines[_LINES - 1].rstrip(" ,.;") + " …"]
    return b"\n".join(
        [
            _block(_TEAL, 0, 0, 14, _SIZE[1]),
            _block(_GOLD, _MARGIN, _TOP + 8, 60, 4),
            *_words(_TEAL, "F2", 30, _MARGIN, _TOP + 32, [heading]),
            *_words(_INK, "F1", _BODY, _MARGIN, _TOP - 40, lines),
            *_words(_TEAL, "F1", 14, _SIZE[0] - _MARGIN, 32, [str(number)]),
        ]
    )


def _block(colour: str, left: int, bottom: int, width: int, height: int) -> bytes:
    return f"{colour} rg {left} {bottom} {width} {height} re f".encode()


def _words(colour: str, font: str, size: int, left: int, top: int, lines: Iterable[str]) -> list[bytes]:
    begin = f"BT {colour} rg /{font} {size} Tf {_LEADING} TL {left} {top} Td".encode()
    return [begin, *(text(line) + b" T*" for line in lines), b"ET"]
