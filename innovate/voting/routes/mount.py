"""The blueprint of public votes, and where they join the event's page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import Blueprint, g
from flask_babel import lazy_gettext as _l

from innovate.audit.exports.names import add_names
from innovate.core.web.plumbing import Plumbing
from innovate.events.domain.kinds import EventState
from innovate.events.models import Event
from innovate.events.policy import Actor
from innovate.events.services.public_page import NextStep, Section, add_next_step, add_section
from innovate.voting.domain.stages import Stage
from innovate.voting.models import Poll
from innovate.voting.queries.polls import TRAIL_NAMES, list_public_polls
from innovate.voting.words import STAGES

blueprint = Blueprint("voting", __name__, url_prefix="/k/<slug>")
_TOLD = {Stage.WAITING, Stage.RUNNING, Stage.CLOSED}  # a counted vote is told with the winners


def init_app(_plumbing: Plumbing) -> None:
    """Tell of running votes on the event's page; name votes in the trail."""
    add_section(Section("suara-publik", _l("Suara publik"), "voting/_section.html", _load, before=""))
    add_next_step("voting", _find_next_step, order=45)
    add_names(TRAIL_NAMES)


def _list_polls(event: Event) -> list[Poll]:
    """The event's votes, read once for a page: its section and its next step ask for the same."""
    read = g.setdefault("polls_of_events", {})
    if event.id not in read:
        read[event.id] = list_public_polls(event.id)
    return read[event.id]


def _load(actor: Actor, at: datetime) -> Mapping[str, Any] | None:
    if actor.event.state is not EventState.PUBLISHED:
        return None
    found = [(poll, poll.stage(at)) for poll in _list_polls(actor.event)]
    told = [(poll, stage) for poll, stage in found if stage in _TOLD]
    return {"polls": told, "words": STAGES} if told else None


def _find_next_step(actor: Actor, at: datetime) -> NextStep | None:
    """Vote, for visitors and whoever has nothing of their own to do."""
    if actor.event.state is not EventState.PUBLISHED or actor.roles:
        return None
    running = [poll for poll in _list_polls(actor.event) if poll.stage(at) is Stage.RUNNING]
    if not running:
        return None
    values = {"slug": actor.event.slug, "poll_id": running[0].public_id}
    return NextStep(_l("Pilih favorit Anda"), "voting.show", values, running[0].name)
