"""The running order: drawn by a published seed, changed by hand only with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, update

from innovate.core.db import db
from innovate.core.errors import Refused, Stale, require
from innovate.events.policy import Actor
from innovate.pitch import policy
from innovate.pitch.domain.order import MOST_SEED, Entrant, draw_order, move
from innovate.pitch.domain.timer import Stage
from innovate.pitch.models import PitchSlot, PitchStep
from innovate.pitch.queries import Programme, Turn, list_entrants, list_missing
from innovate.pitch.services.trail import hold, keep_step, note_change, require_reason
from innovate.scoring.models.rounds import Round


def draw(
    actor: Actor, round_: Round, *, seed: str, by_group: bool = False, reason: str = "", at: datetime
) -> list[Entrant]:
    """Draw the order of all entries. Drawing again asks why, and ends with the first team on stage."""
    require(policy.can_plan(actor))
    programme = hold(actor, round_)
    day = programme.day
    seed = seed.strip()
    require(bool(seed), Refused(_l("Isi benih undian, misalnya angka yang disebut hadirin."), field="seed"))
    too_long = Refused(_l("Paling banyak %(max)d karakter.", max=MOST_SEED), field="seed")
    require(len(seed) <= MOST_SEED, too_long)
    require(
        not programme.has_begun,
        Refused(_l("Sudah ada tim yang tampil, jadi urutan tidak dapat diundi lagi.")),
    )
    entrants = list_entrants(round_)
    require(bool(entrants), Refused(_l("Babak ini belum mempunyai karya. Pilih finalisnya dahulu.")))
    if day.seed:
        reason = require_reason(reason)
    drawn = draw_order(seed, entrants, by_group=by_group)
    forgotten = update(PitchStep).where(PitchStep.day_id == day.id).values(slot_id=None, before=None)
    db.session.execute(forgotten)  # presses taken back before anybody presented
    db.session.execute(delete(PitchSlot).where(PitchSlot.day_id == day.id))
    db.session.add_all(PitchSlot(day_id=day.id, idea_id=e.key, position=n) for n, e in enumerate(drawn))
    day.seed, day.by_group, day.drawn_at = seed, by_group, at
    day.version += 1
    db.session.flush()
    note_change(actor, day, "draw", at, label=" ".join(e.label for e in drawn)[:40], reason=reason)
    return drawn


def add_missing(actor: Actor, round_: Round, *, at: datetime) -> list[Entrant]:
    """Entries that joined the round after the draw go to the end, among themselves by the same seed."""
    programme = hold(actor, round_)
    day = programme.day
    require(bool(day.seed), Refused(_l("Urutan tampil belum diundi.")))
    late = draw_order(day.seed, list_missing(programme, round_))
    last = max((turn.slot.position for turn in programme.turns), default=-1)
    for n, entrant in enumerate(late, last + 1):
        db.session.add(PitchSlot(day_id=day.id, idea_id=entrant.key, position=n))
        note_change(actor, day, "add", at, label=entrant.label, after=n + 1)
    day.version += bool(late)
    db.session.flush()
    return late


def move_turn(actor: Actor, round_: Round, public_id: str, *, to: int, reason: str, at: datetime) -> None:
    """Put a waiting team at place `to` (from 1) of the order, after everybody who has been on stage."""
    programme = hold(actor, round_)
    turn = programme.find(public_id)
    require(_may_move(programme, turn), Refused(_l("Hanya tim yang belum tampil yang dapat dipindahkan.")))
    places = programme.listed
    first = first_free_place(programme)
    outside = _l("Pilih urutan %(first)d sampai %(last)d.", first=first, last=len(places))
    require(first <= to <= len(places), Refused(outside, field="to"))
    reason = require_reason(reason)
    before = places.index(turn) + 1
    require(before != to, Refused(_l("Tim ini sudah ada di urutan itu."), field="to"))
    _renumber(programme, move(places, turn, to - 1))
    programme.day.version += 1
    note_change(actor, programme.day, "move", at, label=turn.label, before=before, after=to, reason=reason)


def postpone_turn(actor: Actor, round_: Round, public_id: str, *, reason: str, at: datetime) -> None:
    """A team that is not there goes to the end of the order; if it was called, the next one is called."""
    programme = hold(actor, round_)
    day, turn = programme.day, programme.find(public_id)
    absent = turn.takes_part and turn.slot.stage is Stage.READY
    require(absent, Refused(_l("Hanya tim yang belum tampil yang dapat ditunda.")))
    reason = require_reason(reason)
    before = programme.listed.index(turn) + 1
    following = programme.next if programme.current is turn else None
    _renumber(programme, move(programme.listed, turn, len(programme.turns)))
    turn.slot.postponed_at, turn.slot.postponed_reason = at, reason
    if programme.current is turn:
        turn.slot.called_at = None
        day.current_id = following.slot.id if following else None
        if following:
            following.slot.called_at = at
        keep_step(actor, day, turn.slot.id, "postpone", at, None)
    day.version += 1
    last = len(programme.listed)
    note_change(actor, day, "postpone", at, label=turn.label, before=before, after=last, reason=reason)


def check_version(programme: Programme, version: int) -> None:
    """Stale unless the person saw the day as it is: of two hands the slower one looks again."""
    text = _l("Operator lain baru saja menekan tombol. Layar ini sudah diperbarui; periksa lalu tekan lagi.")
    require(programme.day.version == version, Stale(text, details={"version": programme.day.version}))


def _may_move(programme: Programme, turn: Turn) -> bool:
    return turn.is_waiting and turn.slot.id != programme.day.current_id


def first_free_place(programme: Programme) -> int:
    """The first place (from 1) behind everybody who is or has been on stage."""
    fixed = [n for n, turn in enumerate(programme.listed, 1) if not _may_move(programme, turn)]
    return max(fixed, default=0) + 1


def _renumber(programme: Programme, listed: Sequence[Turn]) -> None:
    """Those who take part in the new order, those who left the round behind them."""
    others = [turn for turn in programme.turns if turn not in listed]
    for position, turn in enumerate([*listed, *others]):
        turn.slot.position = position
