"""Attempts at things that are limited, counted in the database so that the limit holds across workers.

An attempt is written down as a failure before it is made and marked a success afterwards: many at once cannot slip
through between the check and the count.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from math import ceil

from flask_babel import lazy_ngettext
from sqlalchemy import delete, text

from innovate.accounts import queries
from innovate.accounts.domain.limits import KNOWN_FOR, WINDOW, Place, may_mail, remaining_wait
from innovate.accounts.models import Attempt
from innovate.core.db import db
from innovate.core.errors import TooMany, require


def begin_attempt(purpose: str, place: Place, *, at: datetime) -> Attempt:
    """Write down one attempt; TooMany (`details["retry_after"]` in seconds) if its turn has not come yet."""
    hold_account(place.account)
    known = queries.is_known_device(place, at)
    here = place.device if known else place.address
    wait = remaining_wait(
        at,
        at_place=queries.list_failures(purpose, place.account, since=at - WINDOW, address=here),
        elsewhere=queries.list_failures(purpose, place.account, since=at - WINDOW),
        known_device=known,
    )
    require(not wait, _too_many(wait))
    attempt = Attempt(purpose=purpose, account=place.account, address=here, at=at)
    db.session.add(attempt)
    db.session.flush()
    return attempt


def succeed(attempt: Attempt, place: Place, *, at: datetime) -> None:
    """Mark the attempt a success; its device is known for the account from now on."""
    attempt.succeeded = True
    if place.device and attempt.address != place.device:
        trust_device(attempt.purpose, place, at=at)


def trust_device(purpose: str, place: Place, *, at: datetime) -> None:
    """Know the device for the account: whoever opened a link from the mailbox on it is no stranger."""
    known = Attempt(purpose=purpose, account=place.account, address=place.device, succeeded=True, at=at)
    db.session.add(known)


def take_mail(purpose: str, place: Place, *, at: datetime) -> bool:
    """Whether one more mail of this kind may go to the account now; counts it if so."""
    hold_account(place.account)
    purpose = f"mail:{purpose}"
    if not may_mail(at, queries.list_successes(purpose, place.account, since=at - WINDOW)):
        return False
    db.session.add(Attempt(purpose=purpose, account=place.account, address="", succeeded=True, at=at))
    db.session.flush()
    return True


def forget_attempts(*, at: datetime) -> None:
    """Drop what no rule looks at any more."""
    old_failure = Attempt.succeeded.is_(False) & (Attempt.at < at - 2 * WINDOW)
    old_mail = Attempt.purpose.startswith("mail:") & (Attempt.at < at - 2 * WINDOW)
    db.session.execute(delete(Attempt).where(old_failure | old_mail | (Attempt.at < at - KNOWN_FOR)))


def hold_account(account: str) -> None:
    """One at a time per account until the commit. SQLite has only one writer anyway."""
    if db.session.get_bind().dialect.name == "postgresql":
        key = int(account[:15], 16)
        db.session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": key})


def _too_many(wait: timedelta) -> TooMany:
    seconds = ceil(wait.total_seconds())
    if seconds < 60:
        message = lazy_ngettext(
            "Terlalu banyak percobaan. Tunggu %(num)d detik, lalu coba lagi.",
            "Terlalu banyak percobaan. Tunggu %(num)d detik, lalu coba lagi.",
            seconds,
        )
    else:
        message = lazy_ngettext(
            "Terlalu banyak percobaan. Tunggu %(num)d menit, lalu coba lagi.",
            "Terlalu banyak percobaan. Tunggu %(num)d menit, lalu coba lagi.",
            ceil(seconds / 60),
        )
    return TooMany(message, details={"retry_after": seconds})
