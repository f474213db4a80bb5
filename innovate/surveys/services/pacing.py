"""Counting answers to a public link by device and by address, apart from the answers themselves."""

from __future__ import annotations

from datetime import datetime
from math import ceil

from flask_babel import lazy_ngettext

from innovate.accounts.domain.limits import Place
from innovate.accounts.models import Attempt
from innovate.accounts.queries import list_failures
from innovate.core.db import db
from innovate.core.errors import TooMany, require
from innovate.surveys.domain.pace import WINDOW, wait_for

DEVICE, ADDRESS = "survey:device", "survey:address"


def take_turn(place: Place, *, at: datetime) -> None:
    """Count one answer; TooMany if its turn has not come. The survey must be held; `place.account` names it.

    The counts are keyed hashes, and go after two days as failed attempts do (`accounts.services.attempts`).
    """
    found = [
        list_failures(purpose, place.account, since=at - WINDOW, address=where)
        for purpose, where in ((DEVICE, place.device), (ADDRESS, place.address))
    ]
    seconds = ceil(wait_for(at, *found).total_seconds())
    message = lazy_ngettext(
        "Baru saja masuk beberapa jawaban dari tempat ini. Tunggu %(num)d detik, lalu kirim lagi.",
        "Baru saja masuk beberapa jawaban dari tempat ini. Tunggu %(num)d detik, lalu kirim lagi.",
        seconds,
    )
    require(not seconds, TooMany(message, details={"retry_after": seconds}))
    for purpose, where in ((DEVICE, place.device), (ADDRESS, place.address)):
        db.session.add(Attempt(purpose=purpose, account=place.account, address=where, at=at))
