"""The code in the room: a new one every 30 seconds, from a secret of the session and the server's clock alone.

Whoever shows the code and whoever scans it need no right clock. The step before the present one is still taken, so that
a code is good for 30 to 60 seconds: long enough to point a camera at it, too short to send it to somebody at home.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from datetime import datetime, timedelta

STEP = 30  # seconds
GRACE = timedelta(minutes=10)  # to sign in and confirm after a code was scanned in time
BEFORE = timedelta(minutes=30)
AFTER = timedelta(minutes=30)
LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # no 0 and O, 1, I and L
SHORT, LONG = 6, 16  # letters of the code that is typed, and of the one in the QR
_SHORT, _LONG = b"typed", b"scanned"


def secret_of(site_secret: str, session_id: str) -> bytes:
    """The secret of one session: without that of the site nobody can compute it."""
    return hmac.new(site_secret.encode(), b"attendance\x00" + session_id.encode(), hashlib.sha256).digest()


def step_of(at: datetime) -> int:
    """The number of the step that the server's clock is in."""
    return int(at.timestamp()) // STEP


def left_of(at: datetime) -> int:
    """Seconds until the next step, 1 to 30."""
    return STEP - int(at.timestamp()) % STEP


def scanned_code(secret: bytes, step: int) -> str:
    """What the QR of a step holds."""
    return _code(secret, _LONG, step, LONG)


def typed_code(secret: bytes, step: int) -> str:
    """What is typed instead of scanning."""
    return _code(secret, _SHORT, step, SHORT)


def fits_scanned(secret: bytes, code: str, at: datetime) -> bool:
    """Whether a QR's code is of the present step or the one before."""
    return _fits(scanned_code, secret, code, at)


def fits_typed(secret: bytes, code: str, at: datetime) -> bool:
    """The same of a typed code as `read_typed` returns it."""
    return _fits(typed_code, secret, code, at)


def read_typed(text: str) -> str | None:
    """A code as people type it (small letters, spaces, hyphens), None for what can be no code."""
    code = "".join(sign for sign in text.upper() if sign not in " -.")
    return code if len(code) == SHORT and all(sign in LETTERS for sign in code) else None


def show_typed(code: str) -> str:
    """A code in two groups, as it stands on the wall."""
    return f"{code[:3]} {code[3:]}"


def is_open(starts_at: datetime, ends_at: datetime, at: datetime) -> bool:
    """Whether codes are taken: from half an hour before the session until half an hour after it."""
    return starts_at - BEFORE <= at < ends_at + AFTER


def _code(secret: bytes, use: bytes, step: int, length: int) -> str:
    number = int.from_bytes(hmac.new(secret, use + step.to_bytes(8, "big"), hashlib.sha256).digest())
    letters = []
    for _n in range(length):
        number, rest = divmod(number, len(LETTERS))
        letters.append(LETTERS[rest])
    return "".join(letters)


def _fits(make: Callable[[bytes, int], str], secret: bytes, code: str, at: datetime) -> bool:
    step = step_of(at)
    found = [hmac.compare_digest(make(secret, each).encode(), code.encode()) for each in (step, step - 1)]
    return any(found)
