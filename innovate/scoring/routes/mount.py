"""The blueprint all rooms of scoring share, and where scoring joins the features below it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import Blueprint
from flask_babel import lazy_gettext as _l

from innovate.audit.exports.names import add_names
from innovate.core.web.plumbing import Plumbing
from innovate.events import policy as event_policy
from innovate.events.policy import Actor
from innovate.events.routes.launch import CURES
from innovate.events.services.public_page import NextStep, Section, add_next_step, add_section
from innovate.ideas import policy as idea_policy
from innovate.scoring.domain.rubric import normalised
from innovate.scoring.domain.window import Window
from innovate.scoring.queries.desk import (
    is_kept_from,
    list_desks,
    may_read_entry,
    pick_desk,
    reads_blind,
)
from innovate.scoring.queries.reading import may_read_as_chair, reads_blind_as_chair
from innovate.scoring.queries.rounds import list_rubrics_in_force
from innovate.scoring.queries.trail_names import TRAIL_NAMES
from innovate.scoring.services import beginnings, draws, rechecks, template_part

blueprint = Blueprint("scoring", __name__, url_prefix="/k/<slug>")


def init_app(_plumbing: Plumbing) -> None:
    """Join the public page, the way to launch, the reading of entries, and the beginning of events."""
    add_names(TRAIL_NAMES)
    beginnings.connect()
    template_part.connect()
    rechecks.connect()
    draws.connect()
    CURES["rubrics"] = (
        _l("Rubrik setiap babak tersusun"),
        _l("Peserta membaca kriteria dan bobot sebelum menulis."),
        "scoring.rubrics",
        {},
    )
    add_section(Section("kriteria", _l("Kriteria dan bobot"), "scoring/_criteria.html", _load_criteria))
    add_next_step("scoring", _find_next_step)
    wishes = (
        (idea_policy.readers, may_read_entry),
        (idea_policy.readers, may_read_as_chair),
        (idea_policy.barriers, is_kept_from),
        (idea_policy.masks, reads_blind),
        (idea_policy.masks, reads_blind_as_chair),
    )
    for listeners, function in wishes:
        if function not in listeners:
            listeners.append(function)


def _load_criteria(actor: Actor, _at: datetime) -> Mapping[str, Any] | None:
    found = [
        (round_, rubric, normalised([criterion.weight for criterion in rubric.criteria]))
        for round_, rubric in list_rubrics_in_force(actor.event.id)
    ]
    return {"rubrics": found} if found else None


def _find_next_step(actor: Actor, at: datetime) -> NextStep | None:
    """A juror's way to the queue while a round is open and something is left."""
    if actor.user is None or not event_policy.can_judge(actor):
        return None
    desk = pick_desk(list_desks(actor), None, at)
    if desk is None or not desk.active or desk.round.window(at) is Window.CLOSED:
        return None
    left = len(desk.active) - sum(item.work == "done" for item in desk.active)
    if not left:
        return None
    note = _l("%(n)s karya menunggu nilai Anda", n=left)
    return NextStep(_l("Buka antrean penilaian"), "scoring.home", {"slug": actor.event.slug}, note)
