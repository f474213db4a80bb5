"""Kode verifikasi dokumen: fifteen characters that cannot be guessed, and one that finds every single slip of a reader.

The alphabet has no I, L, O or U and no 0 or 1. A prime number of characters (31) makes the weighted sum find one wrong
character and any two neighbours that changed places.
"""

from __future__ import annotations

import secrets

ALPHABET = (
    "23456789ABCDEFGHJKMNPQRSTVWXYZ#"  # '#' only fills the prime; codes that would hold it are not given out
)
_LETTERS = ALPHABET[:-1]
_LENGTH = 15
LENGTH = _LENGTH + 1
_BLOCK = 4


def new_code() -> str:
    """A code as it is kept, without dashes (73 bits)."""
    while True:
        body = "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
        check = check_of(body)
        if check in _LETTERS:
            return body + check


def check_of(body: str) -> str:
    """The last character of a code; it may be `#`, then the body is not used."""
    total = sum(place * ALPHABET.index(sign) for place, sign in enumerate(body, 2))
    return ALPHABET[-total % len(ALPHABET)]


def show_code(code: str) -> str:
    """As printed: `ABCD-EFGH-JKMN-PQRS`."""
    return "-".join(code[at : at + _BLOCK] for at in range(0, len(code), _BLOCK))


def read_code(text: str) -> str | None:
    """The code in what somebody typed, in any case, with dashes or spaces; None if it cannot be one."""
    code = "".join(text.split()).replace("-", "").upper()
    if len(code) != LENGTH or any(sign not in _LETTERS for sign in code):
        return None
    return code if check_of(code[:-1]) == code[-1] else None
