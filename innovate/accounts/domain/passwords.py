"""What a password must be: long, and not what anybody would try first.

No rule about capitals or symbols: such rules make people write `Password123!`. Length does the work, and a password
must not be made of what is known about the person.
"""

from __future__ import annotations

import enum
import re

MINIMUM = 12
MAXIMUM = 128

# Words that stand in the first lines of every list of stolen passwords, and those this city would think of.
_OBVIOUS = (
    "password",
    "passw0rd",
    "katasandi",
    "rahasia",
    "sandi",
    "qwerty",
    "asdfgh",
    "zxcvbn",
    "qazwsx",
    "admin",
    "administrator",
    "welcome",
    "selamat",
    "letmein",
    "iloveyou",
    "sayang",
    "indonesia",
    "merdeka",
    "pancasila",
    "bismillah",
    "pontianak",
    "khatulistiwa",
    "innovate",
    "inovasi",
    "pemkot",
    "kalbar",
    "changeme",
    "default",
    "bangsa",
    "garuda",
)
_RUNS = (
    "0123456789" * 2,
    "9876543210" * 2,
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
)


class PasswordFault(enum.StrEnum):
    """Why a password is refused."""

    SHORT = "short"
    LONG = "long"
    REPEATED = "repeated"
    OBVIOUS = "obvious"
    PERSONAL = "personal"


def find_fault(password: str, *, email: str = "", name: str = "") -> PasswordFault | None:
    """The first reason to refuse the password of the person with this address and name."""
    if len(password) < MINIMUM:
        return PasswordFault.SHORT
    if len(password) > MAXIMUM:
        return PasswordFault.LONG
    plain = password.casefold()
    if len(set(plain)) < 5:
        return PasswordFault.REPEATED
    if _is_mostly(plain, _OBVIOUS):
        return PasswordFault.OBVIOUS
    if _is_mostly(plain, _personal_words(email, name)):
        return PasswordFault.PERSONAL
    return None


def _personal_words(email: str, name: str) -> tuple[str, ...]:
    words = re.split(r"[^\w]+|_", f"{email} {name}".casefold())
    return tuple(sorted({word for word in words if len(word) >= 4}, key=len, reverse=True))


def _is_mostly(plain: str, words: tuple[str, ...]) -> bool:
    """Whether fewer than eight characters remain once the words and runs like 12345 are taken out."""
    rest = plain
    for word in sorted(words, key=len, reverse=True):
        rest = rest.replace(word, "")
    if rest == plain and words is not _OBVIOUS:
        return False
    return len(_without_runs(rest)) < 8


def _without_runs(text: str) -> str:
    """The text without stretches of four or more along a keyboard row, the alphabet or the digits, and separators."""
    rest = text
    for run in _RUNS:
        for size in range(len(run), 3, -1):
            for start in range(len(run) - size + 1):
                rest = rest.replace(run[start : start + size], "")
    return re.sub(r"(?:19|20)\d\d|[\W_]", "", rest)
