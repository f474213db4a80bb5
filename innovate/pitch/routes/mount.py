"""The blueprint all pages of a pitch day share, and where it joins the features below."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import Blueprint, url_for
from flask_babel import lazy_gettext as _l

from innovate.core.web.plumbing import Plumbing
from innovate.events.domain.kinds import PhaseKind
from innovate.events.policy import Actor
from innovate.events.services import timetable
from innovate.events.services.public_page import Section, add_section
from innovate.pitch.queries import Programme, find_round_and_day, list_published, load_programme
from innovate.pitch.routes.wire import face_of, state_of
from innovate.pitch.services.days import drop_day
from innovate.scoring.queries.locks import OwnSeat
from innovate.scoring.routes.company import Bar, add_bar

blueprint = Blueprint("pitch", __name__, url_prefix="/k/<slug>")


def init_app(_plumbing: Plumbing) -> None:
    """Join the public page, the juror's pages, and the removal of phases (before the round goes)."""
    add_section(
        Section("presentasi", _l("Urutan presentasi"), "pitch/_section.html", _load_section, before="")
    )
    add_bar("pitch", Bar("pitch/_strip.html", _load_strip))
    if drop_day not in timetable.before_phase_removed:
        timetable.before_phase_removed.insert(0, drop_day)


def _load_section(actor: Actor, at: datetime) -> Mapping[str, Any] | None:
    """From the end of submissions until the phase of the presentations is over: other visits need no query for this."""
    phases = actor.event.phases
    collecting = any(phase.kind is PhaseKind.SUBMISSION and at < phase.ends_at for phase in phases)
    if collecting or not any(phase.kind.is_round and at < phase.ends_at for phase in phases):
        return None
    found = [item for item in list_published(actor.event.id) if item.round.phase.ends_at > at]
    return {"published": found} if found else None


def _load_strip(actor: Actor, round_id: int, at: datetime) -> Mapping[str, Any] | None:
    """For jurors of a round whose order is drawn, until everybody has presented."""
    round_, day = find_round_and_day(actor.event.id, round_id)
    if day is None or not day.seed:
        return None
    programme = load_programme(day, round_, juror_id=actor.user_id)
    if programme.is_over:
        return None
    cards = cards_of(programme)
    return {
        "round": round_,
        "state": state_of(programme),
        "face": face_of(programme, at),
        "links": links_of(actor, cards),
    }


def cards_of(programme: Programme) -> dict[str, OwnSeat]:
    """The juror's scorecard of each turn, by the turn's address; of a programme loaded for that juror."""
    return {turn.slot.public_id: turn.seat for turn in programme.turns if turn.seat is not None}


def links_of(actor: Actor, cards: Mapping[str, OwnSeat]) -> dict[str, str]:
    """Where each of the juror's scorecards is, by the turn's address."""
    slug = actor.event.slug
    return {key: url_for("scoring.score", slug=slug, public_id=seat.public_id) for key, seat in cards.items()}
