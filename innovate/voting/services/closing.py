"""The closing instant of a running vote: moved later, or brought forward to now, always with a reason."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _l

from innovate.core.errors import Refused, require
from innovate.events.policy import Actor
from innovate.voting import policy
from innovate.voting.domain.stages import Stage
from innovate.voting.models import Poll
from innovate.voting.services.setup import hold_poll, note

SHORT = _l("Tuliskan alasan, paling sedikit 10 karakter. Alasan ini dicatat.")


def extend_poll(actor: Actor, public_id: str, *, until: datetime, reason: str, at: datetime) -> Poll:
    """Close later than was said. Not once it has closed: by then the organizer may know the totals."""
    poll = _hold_open(actor, public_id, reason, at)
    earlier = _l("Pilih waktu sesudah waktu tutup yang sekarang.")
    require(until > poll.closes_at, Refused(earlier, field="until"))
    _move(actor, poll, "poll.extend", until, reason, at)
    return poll


def close_poll(actor: Actor, public_id: str, *, reason: str, at: datetime) -> Poll:
    """Close now, before the time that was said."""
    poll = _hold_open(actor, public_id, reason, at)
    _move(actor, poll, "poll.close", at, reason, at)
    poll.opens_at = min(poll.opens_at, at)
    return poll


def _hold_open(actor: Actor, public_id: str, reason: str, at: datetime) -> Poll:
    require(policy.can_run(actor))
    poll = hold_poll(actor, public_id)
    over = _l("Pemungutan suara ini sudah ditutup.")
    require(poll.stage(at) in {Stage.WAITING, Stage.RUNNING}, Refused(over))
    require(len(reason.strip()) >= 10, Refused(SHORT, field="reason"))
    return poll


def _move(actor: Actor, poll: Poll, action: str, until: datetime, reason: str, at: datetime) -> None:
    before = {"ends_at": poll.closes_at.isoformat()}
    poll.closes_at = until
    note(action, actor, poll, at, before=before, after={"ends_at": until.isoformat(), "reason": reason})
