"""The secretariat's decisions: each about one revision, never blindly, always with its reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from flask_babel import lazy_gettext as _l

from innovate.core.db import db
from innovate.core.errors import NotFound, Refused, Stale, require
from innovate.events.domain.kinds import EventState
from innovate.events.policy import Actor
from innovate.ideas import policy
from innovate.ideas.domain.deadline import Reason
from innovate.ideas.domain.lifecycle import OUTCOME, Decision, IdeaState, can_become
from innovate.ideas.domain.screening import seen_token, standing_decision
from innovate.ideas.models import Idea, Screening
from innovate.ideas.queries.ideas import lock_idea
from innovate.ideas.queries.screening import list_screenings
from innovate.ideas.services import trail
from innovate.ideas.services.reasons import TEXTS


@dataclass(frozen=True)
class Verdict:
    """What a screener decided about an idea. `seen` is the token of what they had before them."""

    decision: Decision
    seen: str
    reason: str = ""
    checks: Mapping[str, bool] = field(default_factory=dict)
    return_until: datetime | None = None


def decide(actor: Actor, idea: Idea, verdict: Verdict, *, at: datetime) -> Screening:
    """Pass, return for mending, or fail a submitted idea. The team reads the reason."""
    idea = _open(actor, idea)
    history = list_screenings(idea.id)
    _require_seen(idea, history, verdict.seen)
    outcome = OUTCOME[verdict.decision]
    require(can_become(idea.state, outcome), Refused(_l("Usulan ini tidak sedang menunggu pemeriksaan.")))
    _check(verdict, at)
    screening = Screening(
        idea_id=idea.id,
        revision_id=idea.submitted_revision_id,
        decision=verdict.decision,
        reason=verdict.reason,
        checks=dict(verdict.checks),
        decided_by_id=actor.user_id,
        at=at,
        return_until=verdict.return_until,
    )
    db.session.add(screening)
    before, idea.state = idea.state, outcome
    idea.screened_at, idea.return_until = at, verdict.return_until
    db.session.flush()
    _leave_traces(actor, idea, screening, before, at)
    return screening


def undo_decision(actor: Actor, idea: Idea, *, seen: str, reason: str, at: datetime) -> Screening:
    """Take the standing decision back, with a reason: the idea waits for screening again."""
    idea = _open(actor, idea)
    history = list_screenings(idea.id)
    _require_seen(idea, history, seen)
    standing = standing_decision(history, idea.submitted_revision_id)
    if standing is None or idea.state is not OUTCOME[standing.decision]:
        raise Refused(_l("Tidak ada keputusan yang dapat dibatalkan."))
    require(bool(reason.strip()), Refused(_l("Tuliskan alasannya; tim akan membacanya."), field="reason"))
    standing.undone_at, standing.undone_by_id, standing.undo_reason = at, actor.user_id, reason
    before, idea.state = idea.state, IdeaState.SUBMITTED
    idea.screened_at = idea.return_until = None
    trail.record(
        "idea.screening_undo",
        actor,
        idea,
        at,
        before={"state": before.value},
        after={"screening": standing.id, "reason": reason},
    )
    trail.mail_about("idea_screening_undone", actor, idea, at, {"reason": reason})
    return standing


def _open(actor: Actor, idea: Idea) -> Idea:
    idea = lock_idea(idea.id)
    own = Refused(_l("Anda anggota tim ini, jadi usulannya harus diperiksa orang lain."))
    require(not policy.is_member(actor, idea), own)
    require(policy.can_screen(actor, idea), NotFound())
    require(actor.event.state is not EventState.ARCHIVED, Refused(TEXTS[Reason.ARCHIVED]))
    return idea


def _require_seen(idea: Idea, history: Sequence[Screening], seen: str) -> None:
    if seen == seen_token(idea.submitted_revision_id, idea.state, history):
        return
    last = history[0] if history else None
    other = last and (last.undone_by if last.undone_at else last.decided_by)
    raise Stale(
        _l("Keadaan usulan ini berubah sejak Anda membukanya. Baca yang terbaru, lalu putuskan lagi."),
        details={"by": other.name if other else "", "decision": last.decision.value if last else ""},
    )


def _check(verdict: Verdict, at: datetime) -> None:
    needs_reason = verdict.decision is not Decision.PASS
    require(
        not needs_reason or bool(verdict.reason.strip()),
        Refused(_l("Tuliskan alasannya; tim akan membacanya."), field="reason"),
    )
    if verdict.decision is Decision.RETURN:
        until = verdict.return_until
        message = _l("Pilih batas waktu perbaikan yang belum lewat.")
        require(until is not None and until > at, Refused(message, field="return_until"))


def _leave_traces(actor: Actor, idea: Idea, screening: Screening, before: IdeaState, at: datetime) -> None:
    until = screening.return_until.isoformat() if screening.return_until else ""
    after = {"state": idea.state.value, "screening": screening.id, "reason": screening.reason, "until": until}
    trail.record("idea.screen", actor, idea, at, before={"state": before.value}, after=after)
    template = {
        Decision.PASS: "idea_passed",
        Decision.RETURN: "idea_returned",
        Decision.FAIL: "idea_failed",
    }[screening.decision]
    trail.mail_about(template, actor, idea, at, {"reason": screening.reason, "until": until})
