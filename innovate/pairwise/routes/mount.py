"""The blueprint of pairwise judging, and where it joins the features below it."""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint
from flask_babel import lazy_gettext as _l

from innovate.audit.exports.names import add_names
from innovate.core.web.plumbing import Plumbing
from innovate.events import policy as event_policy
from innovate.events.policy import Actor
from innovate.events.services.public_page import NextStep, add_next_step
from innovate.ideas import policy as idea_policy
from innovate.pairwise.queries.contests import TRAIL_NAMES
from innovate.pairwise.queries.desk import count_own_open, may_read_compared, reads_compared_blind
from innovate.scoring.routes.company import Work, add_work

blueprint = Blueprint("pairwise", __name__, url_prefix="/k/<slug>")


def init_app(_plumbing: Plumbing) -> None:
    """Join the reading of entries, a juror's queue, and the next step on the event's page."""
    if may_read_compared not in idea_policy.readers:
        idea_policy.readers.append(may_read_compared)
        idea_policy.masks.append(reads_compared_blind)
    add_work("pairwise", _find_work)
    add_names(TRAIL_NAMES)
    add_next_step("pairwise", _find_next_step, order=40)


def _find_work(actor: Actor, _at: datetime) -> Work | None:
    """The open contest a juror belongs to."""
    if actor.user is None or not event_policy.can_judge(actor):
        return None
    found = count_own_open(actor.user.id, [actor.event.id]).get(actor.event.id)
    if found is None:
        return None
    contest_id, name, made = found
    values = {"slug": actor.event.slug, "contest_id": contest_id}
    text = _l("%(n)s perbandingan sudah Anda buat", n=made) if made else _l("Bandingkan karya dua demi dua")
    return Work(
        name, text, _l("Lanjut membandingkan") if made else _l("Mulai membandingkan"), "pairwise.desk", values
    )


def _find_next_step(actor: Actor, at: datetime) -> NextStep | None:
    work = _find_work(actor, at)
    return NextStep(work.label, work.endpoint, work.values, work.title) if work else None
