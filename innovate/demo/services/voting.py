"""The public's votes: one decided with the city's announcement, one that runs today."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from random import Random

from innovate.demo.services.competition import Competition
from innovate.demo.services.entries import Entry
from innovate.voting.domain.marks import Sender
from innovate.voting.domain.plan import Plan
from innovate.voting.models import Poll
from innovate.voting.queries.entries import Entrant, list_standing
from innovate.voting.queries.totals import load_count
from innovate.voting.services import casting, counting, setup, voiding

_FIRST = ("budi", "sri", "agus", "lina", "hendra", "yuni", "rahmat", "dewi", "iwan", "maria", "eko", "fitri")
_LAST = ("santoso", "rahayu", "tan", "kurniawan", "lestari", "halim", "sinaga", "putri", "wijaya", "usman")
_DOMAINS = ("surel.example", "kotak.example", "pos.example", "warga.example", "kampus.example")
_SERIES_REASON = (
    "Delapan belas alamat bernomor urut dari satu jaringan dalam dua belas menit; pemiliknya tidak menjawab surel "
    "panitia."
)
_TIE_REASON = "Sama banyak; dipilih yang lebih dahulu mencapai jumlah itu, menurut catatan waktu suara."


def plan_decided_vote(played: Competition, opens: datetime, closes: datetime, counted: datetime) -> None:
    """A vote about every entry, with a series that was voided; counted once the ranking was frozen."""
    prepared = opens - timedelta(hours=20)
    plan = Plan("Juara Favorit", opens, closes)
    played.plan(prepared, partial(_open, played, plan, 170, _cast_series, counted))


def plan_running_vote(played: Competition, opens: datetime, closes: datetime) -> None:
    """A vote about every entry, with what has come in until now; an office voted together in a break."""
    plan = Plan("Favorit warga", opens, closes, cap=2)
    played.plan(opens - timedelta(hours=2), partial(_open, played, plan, 90, _cast_office, None))


def _open(
    played: Competition,
    plan: Plan,
    people: int,
    crowd: Callable[[Competition, str, datetime], object],
    counted: datetime | None,
    at: datetime,
) -> None:
    actor = played.on.organizer
    poll = setup.create_poll(actor, plan, at=at)
    setup.open_poll(actor, poll.public_id, at=at + timedelta(minutes=5))
    draw = Random(f"suara {actor.event.slug}")
    span = plan.closes_at - plan.opens_at
    pairs = [(first, last) for first in _FIRST for last in _LAST]
    names = [f"{first}.{last}" for first, last in pairs] + [f"{last}{first}" for first, last in pairs]
    draw.shuffle(names)
    for n, name in enumerate(names[:people]):
        moment = plan.opens_at + span * draw.betavariate(1.2, 1.8)
        address = f"{name}@{draw.choice(_DOMAINS)}"
        network = f"10.{n // 200}.{n % 200}.{draw.randint(1, 250)}"
        played.plan(moment, partial(_cast, played, poll.public_id, Sender(address, network, "demo"), draw))
    played.plan(plan.opens_at + timedelta(hours=16), partial(crowd, played, poll.public_id))
    if counted:
        played.plan(counted, partial(_count, played, poll.public_id))


def _poll(played: Competition, public_id: str) -> Poll:
    return setup.hold_poll(played.on.organizer, public_id)


def _cast(played: Competition, public_id: str, sender: Sender, draw: Random, at: datetime) -> None:
    poll = _poll(played, public_id)
    if public_id not in played.liking:
        entrants = list_standing(poll)
        played.liking[public_id] = [each.public_id for each in entrants], _weights(played.entries, entrants)
    keys, weights = played.liking[public_id]
    chosen = {draw.choices(keys, weights)[0] for _ in range(poll.cap)}
    casting.cast_vote(poll, sender, chosen, at=at)


def _weights(entries: Sequence[Entry], entrants: Sequence[Entrant]) -> list[float]:
    """People like good entries, and some entries more than the jury does."""
    strength = {entry.idea_id: entry.strength for entry in entries if entry.idea}
    return [math.exp(strength.get(each.idea_id, 0) + Random(each.title).gauss(0, 0.7)) for each in entrants]


def _cast_series(played: Competition, public_id: str, at: datetime) -> None:
    """Addresses made in one go; the organizer asks, and leaves them out."""
    poll = _poll(played, public_id)
    last = max(list_standing(poll), key=lambda each: each.title)
    votes = []
    for n in range(18):
        sender = Sender(f"pendukung{n + 1:02d}@suratcepat.example", "10.9.9.9", "demo")
        moment = at + timedelta(seconds=40 * n)
        votes.append(casting.cast_vote(poll, sender, [last.public_id], at=moment).public_id)
    played.plan(at + timedelta(days=1, hours=3), partial(_void, played, public_id, votes))


def _void(played: Competition, public_id: str, votes: Sequence[str], at: datetime) -> None:
    voiding.void_votes(played.on.organizer, public_id, votes, reason=_SERIES_REASON, at=at)


def _cast_office(played: Competition, public_id: str, at: datetime) -> None:
    """Ten colleagues at their coffee, one network: a question with a good answer."""
    draw = Random("kantor")
    for n, name in enumerate(_FIRST[:10]):
        sender = Sender(f"{name}@dinas.pontianak.example", "10.8.8.8", "demo")
        _cast(played, public_id, sender, draw, at + timedelta(seconds=35 * n))


def _count(played: Competition, public_id: str, at: datetime) -> None:
    actor = played.on.organizer
    count = load_count(_poll(played, public_id))
    level = [entrant.public_id for entrant in count.named(count.outcome.tied)][: count.outcome.seats]
    counting.count_poll(actor, public_id, chosen=level, reason=_TIE_REASON if level else "", at=at)
