"""When two short answers are the same."""

from __future__ import annotations

import re
import unicodedata

_COMMA = re.compile(r"(?<=\d),(?=\d)")
_NOT_WORD = re.compile(r"[^\w.+%/-]+|(?<!\d)\.|\.(?!\d)|(?<=\w)-|-(?!\d)")
_MINUS = str.maketrans("−–", "--")


def squeeze(text: str) -> str:
    """One line without white space at its ends and with single spaces."""
    return " ".join(text.split())


def normalise(text: str) -> str:
    """The form in which short answers are compared: `  SPBE. ` is `spbe`, `0,7` is `0.7`, `e-Government` is
    `e government`. Letters lose case and accents; signs are spaces, but for `+ % /`, a decimal mark
    and a minus before a number.
    """
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    plain = _COMMA.sub(".", plain.translate(_MINUS))
    return squeeze(_NOT_WORD.sub(" ", plain).replace("_", " "))
