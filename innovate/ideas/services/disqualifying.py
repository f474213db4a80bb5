"""Putting an entry out of the competition, and taking it back in. Nothing is deleted; ballots stay as they are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from flask_babel import lazy_gettext as _l

from innovate.core.db import db
from innovate.core.errors import NotFound, Refused, require
from innovate.events.domain.kinds import EventState
from innovate.events.policy import Actor
from innovate.ideas import policy
from innovate.ideas.domain.deadline import Reason
from innovate.ideas.domain.lifecycle import IdeaState, can_become
from innovate.ideas.models import Disqualification, Idea
from innovate.ideas.queries.disqualifications import list_disqualifications
from innovate.ideas.queries.ideas import lock_idea, number_of
from innovate.ideas.services import trail
from innovate.ideas.services.reasons import TEXTS

# Features above append here: what must follow in the same transaction, told why (a settled ranking is corrected) …
after_change: list[Callable[[Actor, Idea, str, datetime], None]] = []
# … and what will follow, in the reader's words, for whoever is about to decide.
foretold: list[Callable[[Actor, Idea], list[str]]] = []
SHORT = _l("Tuliskan alasan, paling sedikit 10 karakter. Tim membaca alasan ini.")


def disqualify_idea(actor: Actor, idea: Idea, *, rule: str, reason: str, at: datetime) -> Disqualification:
    """Put it out of the competition for breaking `rule`; the team reads both.

    It is no longer judged nor ranked. Rankings that stand already are corrected: the earlier one stays readable.
    """
    idea = _open(actor, idea)
    is_in = can_become(idea.state, IdeaState.DISQUALIFIED)
    require(is_in, Refused(_l("Hanya usulan yang masih ikut kompetisi yang dapat didiskualifikasi.")))
    require(bool(rule.strip()), Refused(_l("Tuliskan ketentuan yang dilanggar."), field="rule"))
    require(len(reason.strip()) >= 10, Refused(SHORT, field="reason"))
    row = Disqualification(
        idea_id=idea.id,
        before=idea.state,
        rule=rule.strip(),
        reason=reason.strip(),
        by_id=actor.user_id,
        at=at,
    )
    db.session.add(row)
    before, idea.state = idea.state, IdeaState.DISQUALIFIED
    db.session.flush()
    said = {"state": idea.state.value, "basis": row.rule, "reason": row.reason}
    trail.record("idea.disqualify", actor, idea, at, before={"state": before.value}, after=said)
    trail.mail_about("idea_disqualified", actor, idea, at, {"rule": row.rule, "reason": row.reason})
    _follow(actor, idea, f"Diskualifikasi karya {number_of(actor.event, idea)}: {row.reason}", at)
    return row


def reinstate_idea(actor: Actor, idea: Idea, *, reason: str, at: datetime) -> Disqualification:
    """Take the disqualification back: the entry stands where it stood, with its ballots."""
    idea = _open(actor, idea)
    row = next((each for each in list_disqualifications(idea.id) if each.lifted_at is None), None)
    if row is None or idea.state is not IdeaState.DISQUALIFIED:
        raise Refused(_l("Usulan ini tidak sedang didiskualifikasi."))
    require(len(reason.strip()) >= 10, Refused(SHORT, field="reason"))
    row.lifted_at, row.lifted_by_id, row.lifted_reason = at, actor.user_id, reason.strip()
    idea.state = row.before
    db.session.flush()
    said = {"state": idea.state.value, "reason": row.lifted_reason}
    trail.record(
        "idea.reinstate", actor, idea, at, before={"state": IdeaState.DISQUALIFIED.value}, after=said
    )
    trail.mail_about("idea_reinstated", actor, idea, at, {"reason": row.lifted_reason})
    number = number_of(actor.event, idea)
    _follow(actor, idea, f"Diskualifikasi karya {number} dibatalkan: {row.lifted_reason}", at)
    return row


def foretell(actor: Actor, idea: Idea) -> list[str]:
    """What follows from a change, in words."""
    return [line for tell in foretold for line in tell(actor, idea)]


def _open(actor: Actor, idea: Idea) -> Idea:
    idea = lock_idea(idea.id)
    require(policy.can_disqualify(actor, idea), NotFound())
    require(actor.event.state is not EventState.ARCHIVED, Refused(TEXTS[Reason.ARCHIVED]))
    return idea


def _follow(actor: Actor, idea: Idea, reason: str, at: datetime) -> None:
    for listener in after_change:
        listener(actor, idea, reason, at)
