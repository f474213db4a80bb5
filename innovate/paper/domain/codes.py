"""The code on a sheet of paper: seven drawn characters and a check character. Worked out in docs/algorithms/paper.md.

The alphabet leaves out what hands and eyes confuse (0 O, 1 I L). It has 31 characters, a prime, so a sum weighted
8, 7, … 1 modulo 31 notices every single wrong character and every exchange of two, wherever they stand.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 8
_VALUE = {letter: value for value, letter in enumerate(ALPHABET)}


def check_letter(body: str) -> str:
    """The last character for the first seven (of the alphabet)."""
    weighted = sum((LENGTH - place) * _VALUE[letter] for place, letter in enumerate(body))
    return ALPHABET[-weighted % len(ALPHABET)]


def draw_code(pick: Callable[[str], str] = secrets.choice) -> str:
    """A new code; each of 31^7 (27 thousand million) is equally likely."""
    body = "".join(pick(ALPHABET) for _ in range(LENGTH - 1))
    return body + check_letter(body)


def read_code(typed: str) -> str | None:
    """The code as it is kept, whatever case, spaces and dashes it was typed with; None for what can be none."""
    code = "".join(letter for letter in typed.upper() if letter not in " -‐–—.\t")
    if len(code) != LENGTH or any(letter not in _VALUE for letter in code):
        return None
    return code if check_letter(code[:-1]) == code[-1] else None


def show_code(code: str) -> str:
    """`ABCD-2345`: as it stands on paper."""
    return f"{code[:4]}-{code[4:]}"
