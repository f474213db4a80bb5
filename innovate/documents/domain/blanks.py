"""Placeholders in texts of papers, `{{ nama_kegiatan }}`: which are wrong and where, and filling them in.

Filling is one pass: what a value holds is text, whatever it looks like.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

_BLANK = re.compile(r"\{\{([^{}\n]*)\}\}")
_WORD = re.compile(r"(?:\{\{[^{}\n]*\}\}|\S)+")
_TORN = re.compile(r"\{+[^{}\n]{0,40}\}*|\}+")
_NEAR = 0.6


@dataclass(frozen=True)
class Fault:
    """A placeholder that means nothing: `line` and `word` count from 1, `typed` is what stands there.

    `meant` is the placeholder it is probably meant to be, or empty. `broken`: its braces do not pair.
    """

    line: int
    word: int
    typed: str
    broken: bool
    meant: str = ""


def find_faults(text: str, known: Collection[str]) -> list[Fault]:
    """What is wrong with the placeholders of a text, in order."""
    faults = []
    for at, line in enumerate(text.splitlines(), 1):
        for nth, found in enumerate(_WORD.finditer(line), 1):
            fault = _judge((at, nth), line, found, known)
            if fault is not None:
                faults.append(fault)
    return faults


def _judge(place: tuple[int, int], line: str, found: re.Match[str], known: Collection[str]) -> Fault | None:
    rest = _BLANK.sub(lambda blank: " " * len(blank[0]), found[0])
    if "{" in rest or "}" in rest:
        torn = _TORN.search(line, found.start() + min(at for at in map(rest.find, "{}") if at >= 0))
        typed = torn[0].strip() if torn else found[0]
        words = re.findall(r"\w+", typed)
        guess = _guess("_".join(words), known) or _guess(words[0] if words else "", known)
        return Fault(*place, typed, broken=True, meant=guess)
    wrong = next((name for name in names_in(found[0]) if name not in known), None)
    return None if wrong is None else Fault(*place, _shown(wrong), broken=False, meant=_guess(wrong, known))


def _shown(name: str) -> str:
    return f"{{{{ {name} }}}}"


def _guess(name: str, known: Collection[str]) -> str:
    plain = re.sub(r"[\W_]+", "_", name.casefold()).strip("_")
    near = get_close_matches(plain, list(known), 1, _NEAR) if plain else []
    return _shown(near[0]) if near else ""


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with its placeholders filled in; it has no fault."""
    return _BLANK.sub(lambda found: values[found[1].strip()], text)


def fill_lines(text: str, values: Mapping[str, str]) -> list[str]:
    """Its lines filled in. A line with a placeholder that has no value is left out, and so are empty ones."""
    kept = (line.strip() for line in text.splitlines())
    return [fill(line, values) for line in kept if line and all(values[name] for name in names_in(line))]


def names_in(text: str) -> list[str]:
    """The placeholders of a text in order."""
    return [name.strip() for name in _BLANK.findall(text)]
