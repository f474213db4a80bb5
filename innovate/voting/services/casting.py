"""Voting: asking for a confirmation mail, confirming, changing, withdrawing. One mailbox has one vote.

Votes are not written into the audit chain one by one: it would name who voted and tell, entry by entry, what nobody
may know yet. The rows are their own record, and counting writes one hash over all of them (docs/decisions/0014).
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict
from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select

from innovate.accounts.services import attempts
from innovate.core.db import db
from innovate.core.errors import NotFound, Refused, TooMany, require
from innovate.events.domain.kinds import EventState
from innovate.events.models import Event
from innovate.notifications.services import enqueue_mail
from innovate.voting.domain.marks import Marks, Sender, hash_token
from innovate.voting.domain.pace import LONGEST, WINDOW, delay
from innovate.voting.domain.stages import Stage
from innovate.voting.models import Poll, Vote, VoteChoice, VoteRequest
from innovate.voting.queries.entries import Entrant, list_standing
from innovate.voting.queries.votes import find_vote, get_request, list_requests


def ask_to_vote(
    poll: Poll,
    sender: Sender,
    chosen: Collection[str],
    *,
    link: Callable[[str], str],
    event_name: str,
    zone: str,
    locale: str,
    at: datetime,
) -> None:
    """Send the link that confirms a choice (public ids of entries). Nothing is told of whether the address has voted.

    An address asks as often as a mailbox can bear (`accounts.domain.limits.may_mail`): what comes sooner sends nothing.
    A network is never refused, its mails leave at a steady pace (`domain.pace`); only a queue of an hour is TooMany,
    and what would arrive after the closing is Refused: nobody waits for a link that no longer works.
    """
    poll = _hold_running(poll, at)
    entrants = _read_choice(poll, chosen)
    marks = sender.marks(poll.salt)
    wait = delay(list_requests(poll.id, marks.network, at - WINDOW), at)
    if wait is None:
        full = _l(
            "Terlalu banyak surel sedang menunggu untuk jaringan ini. Coba lagi nanti, atau masuk dengan akun."
        )
        raise TooMany(full, details={"retry_after": int(LONGEST.total_seconds())})
    late = _l(
        "Antrean surel jaringan ini panjang: surelnya baru tiba sesudah pemungutan ditutup. Masuk dengan akun, "
        "lalu suara Anda langsung dihitung."
    )
    require(at + wait < poll.closes_at, Refused(late))
    if not attempts.take_mail(f"vote:{poll.public_id}", sender.place, at=at):
        return
    token = secrets.token_urlsafe(24)
    choices = [entrant.id for entrant in entrants]
    request = VoteRequest(
        poll_id=poll.id, token_hash=hash_token(token), choices=choices, at=at, **asdict(marks)
    )
    db.session.add(request)
    mail = enqueue_mail(
        "voting_confirm",
        address=sender.address,
        locale=locale,
        cause=mail_cause(poll.id),
        at=at,
        context={
            "path": link(token),
            "event": event_name,
            "poll": poll.name,
            "titles": ", ".join(entrant.title for entrant in entrants),
            "until": poll.closes_at.isoformat(),
            "zone": zone,
        },
        confidential=True,
    )
    mail.next_attempt_at = at + wait


def mail_cause(poll_id: int) -> str:
    """What mails of a vote are about; they carry no event, so that no organizer's log shows who asked to vote."""
    return f"poll:{poll_id}"


def confirm_vote(poll: Poll, token: str, chosen: Collection[str] | None, *, at: datetime) -> Vote:
    """Count the choice the link was asked for, or `chosen` instead: whoever holds the link holds the mailbox."""
    poll = _hold_running(poll, at)
    request = get_request(poll, token)
    standing = {entrant.id: entrant for entrant in list_standing(poll)}
    if chosen is None:
        gone = _l("Karya yang Anda pilih tidak ikut lagi. Pilih yang lain.")
        require(all(key in standing for key in request.choices), Refused(gone))
        keys = list(request.choices)
    else:
        keys = [entrant.id for entrant in _read_choice(poll, chosen)]
    request.used_at = request.used_at or at
    return _cast(poll, Marks(request.voter, request.network, request.domain, request.stem), keys, at)


def cast_vote(poll: Poll, sender: Sender, chosen: Collection[str], *, at: datetime) -> Vote:
    """Vote at once: `sender.address` is known to be the person's own, because they are signed in."""
    poll = _hold_running(poll, at)
    keys = [entrant.id for entrant in _read_choice(poll, chosen)]
    return _cast(poll, sender.marks(poll.salt), keys, at)


def withdraw_vote(poll: Poll, voter: str, *, at: datetime) -> None:
    """Take one's vote back; until the closing it may be given again."""
    poll = _hold_running(poll, at)
    attempts.hold_account(voter)
    vote = find_vote(poll.id, voter)
    if vote is None or vote.withdrawn_at is not None:
        raise Refused(_l("Belum ada suara yang dapat ditarik."))
    vote.withdrawn_at = at
    db.session.execute(delete(VoteChoice).where(VoteChoice.vote_id == vote.id))
    db.session.expire(vote, ["choices"])


def _cast(poll: Poll, marks: Marks, entries: Sequence[int], at: datetime) -> Vote:
    """Write the person's one vote; of two presses at once the second changes what the first wrote."""
    attempts.hold_account(marks.voter)
    vote = find_vote(poll.id, marks.voter)
    if vote is None:
        vote = Vote(poll_id=poll.id, confirmed_at=at, **asdict(marks))
        db.session.add(vote)
    elif vote.withdrawn_at is not None or {c.entry_id for c in vote.choices} != set(entries):
        vote.changed_at, vote.withdrawn_at = at, None
    db.session.flush()
    db.session.execute(delete(VoteChoice).where(VoteChoice.vote_id == vote.id))
    db.session.expire(vote, ["choices"])
    db.session.add_all(VoteChoice(vote_id=vote.id, entry_id=entry) for entry in entries)
    db.session.flush()
    return vote


def _hold_running(poll: Poll, at: datetime) -> Poll:
    """The vote as it is now, shared with other voters, kept from the organizer's hands until the commit."""
    query = select(Poll).where(Poll.id == poll.id).with_for_update(read=True)
    held = db.session.scalar(query.execution_options(populate_existing=True))
    if held is None:
        raise NotFound
    stage = held.stage(at)
    running = db.session.get_one(Event, held.event_id).state is EventState.PUBLISHED
    require(running, Refused(_l("Kompetisi ini sudah diarsipkan.")))
    require(stage is not Stage.WAITING, Refused(_l("Pemungutan suara belum dimulai.")))
    require(stage is Stage.RUNNING, Refused(_l("Pemungutan suara sudah ditutup.")))
    return held


def _read_choice(poll: Poll, chosen: Collection[str]) -> list[Entrant]:
    wanted = set(chosen)
    found = [entrant for entrant in list_standing(poll) if entrant.public_id in wanted]
    require(bool(found), Refused(_l("Pilih dahulu karya favorit Anda."), field="pilih"))
    gone = _l("Salah satu karya yang Anda pilih tidak ikut lagi. Pilih yang lain.")
    require(len(found) == len(wanted), Refused(gone, field="pilih"))
    many = _l("Paling banyak %(n)s karya. Lepaskan beberapa pilihan.", n=poll.cap)
    require(len(found) <= poll.cap, Refused(many, field="pilih"))
    return found
