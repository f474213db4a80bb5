"""How long to wait before another attempt.

A *place* is the device a person has signed in on before, else the network address. Two counts are kept, each over the
failures of the last 24 hours; a success clears the count of its place:

* account and place together: 5 free, then 30 s, 1 min, 2 min, … up to 15 min;
* the account from all unknown places: 20 free, then 5 s more for each failure, up to 5 min.

An address alone never counts: a whole office shares one. A known device skips the second count, so nobody elsewhere
can lock a person out of it; and whoever is stopped on a new device still has the reset link in the mailbox.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

WINDOW = timedelta(hours=24)
KNOWN_FOR = timedelta(days=180)
PLACE_FREE = 5
PLACE_FIRST = timedelta(seconds=30)
PLACE_MOST = timedelta(minutes=15)
ACCOUNT_FREE = 20
ACCOUNT_STEP = timedelta(seconds=5)
ACCOUNT_MOST = timedelta(minutes=5)
MAIL_GAPS = tuple(timedelta(minutes=minutes) for minutes in (0, 1, 2, 5, 10, 20, 30))


@dataclass(frozen=True)
class Place:
    """Where an attempt comes from and whom it is about: fingerprints only, so that the table tells nobody's habits."""

    account: str
    address: str
    device: str = ""


def place_of(secret: str, *, account: str, address: str, device: str = "") -> Place:
    """The fingerprints of an account name, a network address and the token of a device (none if it has none)."""
    return Place(
        fingerprint(secret, "account", account.strip().casefold()),
        fingerprint(secret, "address", address),
        fingerprint(secret, "device", device) if device else "",
    )


def fingerprint(secret: str, kind: str, value: str) -> str:
    """A keyed hash (64 hex digits): without the secret nobody can find the value by trying."""
    return hmac.new(secret.encode(), f"{kind}\x00{value}".encode(), hashlib.sha256).hexdigest()


def place_wait(failures: int) -> timedelta:
    """Pause after so many failures of one account at one place."""
    if failures < PLACE_FREE:
        return timedelta(0)
    doublings = min(failures - PLACE_FREE, 10)
    return min(PLACE_FIRST * int(2**doublings), PLACE_MOST)


def account_wait(failures: int) -> timedelta:
    """Pause after so many failures of one account at unknown places."""
    return min(ACCOUNT_STEP * max(0, failures - ACCOUNT_FREE + 1), ACCOUNT_MOST)


def remaining_wait(
    at: datetime, *, at_place: Sequence[datetime], elsewhere: Sequence[datetime], known_device: bool
) -> timedelta:
    """How long the next attempt must still wait; zero if it may be made now.

    `at_place`: failures of this account here since its last success here; `elsewhere`: all failures of the account.
    Failures older than the window do not count.
    """
    until = [at]
    here = [failure for failure in at_place if at - failure < WINDOW]
    if here:
        until.append(max(here) + place_wait(len(here)))
    everywhere = [failure for failure in elsewhere if at - failure < WINDOW]
    if everywhere and not known_device:
        until.append(max(everywhere) + account_wait(len(everywhere)))
    return max(until) - at


def may_mail(at: datetime, sent: Sequence[datetime]) -> bool:
    """Whether a mail anybody can ask for may go to this account again.

    The gap between two mails grows to half an hour and stays far below the life of a link: however often strangers
    ask, the mailbox is not flooded and always holds a link that works.
    """
    recent = [instant for instant in sent if at - instant < WINDOW]
    gap = MAIL_GAPS[min(len(recent), len(MAIL_GAPS) - 1)]
    return not recent or at - max(recent) >= gap
