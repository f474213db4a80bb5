"""The blueprint all pages of a pitch day share, and where it joins the features below."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import Blueprint
from flask_babel import lazy_gettext as _l

from innovate.core.web.plumbing import Plumbing
from innovate.events.policy import Actor
from innovate.events.services import timetable
from innovate.events.services.public_page import Section, add_section
from innovate.pitch.queries import Programme, find_day, list_published, load_programme
from innovate.pitch.routes.wire import face_of, state_of
from innovate.pitch.services.days import drop_day
from innovate.scoring.queries.locks import OwnSeat, list_own_seats
from innovate.scoring.queries.rounds import list_rounds
from innovate.scoring.routes.bars import Bar, add_bar

blueprint = Blueprint("pitch", __name__, url_prefix="/k/<slug>")


def init_app(_plumbing: Plumbing) -> None:
    """Join the public page, the juror's pages, and the removal of phases (before the round goes)."""
    add_section(
        Section("presentasi", _l("Urutan presentasi"), "pitch/_section.html", _load_section, before="")
    )
    add_bar(Bar("pitch", "pitch/_strip.html", _load_strip))
    if drop_day not in timetable.before_phase_removed:
        timetable.before_phase_removed.insert(0, drop_day)


def _load_section(actor: Actor, _at: datetime) -> Mapping[str, Any] | None:
    """Event pages without a judging phase need no query for this."""
    if not any(phase.kind.is_round for phase in actor.event.phases):
        return None
    found = list_published(actor.event.id)
    return {"published": found} if found else None


def _load_strip(actor: Actor, round_id: int, at: datetime) -> Mapping[str, Any] | None:
    """For jurors of a round whose day has begun and is not over."""
    day = find_day(round_id)
    if day is None or day.current_id is None:
        return None
    round_ = next(r for r in list_rounds(actor.event.id) if r.id == round_id)
    programme = load_programme(day, round_)
    return {
        "round": round_,
        "state": state_of(programme),
        "face": face_of(programme, at),
        "cards": cards_of(actor, round_id, programme),
    }


def cards_of(actor: Actor, round_id: int, programme: Programme) -> dict[str, OwnSeat]:
    """The juror's scorecard of each turn, by the turn's address."""
    seats = list_own_seats(round_id, actor.user_id)
    return {t.slot.public_id: seats[t.slot.idea_id] for t in programme.turns if t.slot.idea_id in seats}
