"""Handing in, taking back, and agreeing to be shown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import update

from innovate.core.db import db, locked
from innovate.core.errors import NotFound, Refused, Stale, require
from innovate.core.withdrawn import withdraw
from innovate.events.models import Event
from innovate.events.policy import Actor
from innovate.ideas import policy
from innovate.ideas.domain.deadline import can_restore, can_submit, can_withdraw
from innovate.ideas.domain.eligibility.answers import Record, list_stopping
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.ideas.models import Idea
from innovate.ideas.queries.completeness import list_gaps
from innovate.ideas.queries.eligibility import freeze_eligibility
from innovate.ideas.queries.extensions import get_window
from innovate.ideas.queries.ideas import find_idea_of_team, lock_idea
from innovate.ideas.services import trail
from innovate.ideas.services.challenges import require_place
from innovate.ideas.services.pages import ask_for_pages
from innovate.ideas.services.reasons import insist
from innovate.ideas.services.revisions import record_submission, says_the_same
from innovate.ideas.services.similar.fingerprints import keep_fingerprint
from innovate.partners.services.asked import require_asked
from innovate.teams import queries as teams
from innovate.teams.models import Team
from innovate.teams.services.leading import lock_membership, release_membership

# Features above append functions here: they refuse what may not be handed in now, or not by this person.
before_submission: list[Callable[[Actor, Idea, datetime], None]] = []
# … and what may not come back after its withdrawal.
before_restoration: list[Callable[[Actor, Idea, datetime], None]] = []


def submit_idea(actor: Actor, idea: Idea, *, version: int, in_gallery: bool, at: datetime) -> Idea:
    """The team hands in the working copy.

    `version` is the one the person checked. A second click on the same content changes nothing.
    """
    idea = lock_idea(idea.id)
    require(policy.can_edit(actor, idea), NotFound())
    if is_up_to_date(idea):
        return idea
    return hand_in(actor, idea, version=version, in_gallery=in_gallery, at=at)


def require_ready(actor: Actor, idea: Idea, *, version: int, at: datetime) -> Record | None:
    """Refuse unless the working copy is in time, complete, eligible where that is asked, and the one that was checked.

    The idea must be held. Gives back what the rules of eligibility answered.
    """
    insist(can_submit(idea.state, get_window(actor.event, idea.team_id, idea), at))
    require(
        idea.version == version,
        Stale(_l("Isi usulan berubah sejak halaman pemeriksaan ini dibuka. Periksa sekali lagi.")),
    )
    locked(Team, idea.team_id)  # nobody joins or leaves between the count and the submission
    gaps = list_gaps(actor.event, idea, teams.count_members(idea.team_id))
    require(not gaps, Refused(_l("Usulan belum lengkap. Belum ada yang dikirim.")))
    require_asked(actor.event, idea.team_id)
    require_place(idea, idea.track_id)
    found = freeze_eligibility(actor.event, idea)
    stopping = list_stopping(found.answers) if found else []
    require(
        not stopping,
        Refused(
            _l("Usulan belum memenuhi persyaratan kompetisi ini. Belum ada yang dikirim."),
            details={"rules": [answer.kind.value for answer in stopping]},
        ),
    )
    return found


def hand_in(actor: Actor, idea: Idea, *, version: int, in_gallery: bool, at: datetime) -> Idea:
    """Pin the working copy as a revision, give it a number for good, and mail a receipt to the team.

    The caller has decided that the actor may, and holds the idea.
    """
    found = require_ready(actor, idea, version=version, at=at)
    for listener in before_submission:
        listener(actor, idea, at)
    again = idea.number is not None
    lock_membership(idea.team_id, at=at)
    idea.in_gallery = in_gallery
    idea = _pin(actor, idea, found, at)
    ask_for_pages()
    trail.record(
        "idea.submit",
        actor,
        idea,
        at,
        after={"number": idea.number, "revision": idea.submitted_revision_id, "in_gallery": in_gallery},
    )
    trail.mail_about("idea_submitted", actor, idea, at, {"at": at.isoformat(), "again": again})
    return idea


def is_up_to_date(idea: Idea) -> bool:
    """Whether what is handed in is exactly the working copy, with nothing to add."""
    pinned = idea.submitted_revision
    standing = idea.state in {IdeaState.SUBMITTED, IdeaState.ELIGIBLE}
    return standing and pinned is not None and says_the_same(idea, pinned)


def _pin(actor: Actor, idea: Idea, found: Record | None, at: datetime) -> Idea:
    revision = record_submission(actor, idea, at=at)
    revision.eligibility = found.as_json() if found else None
    idea.submitted_revision_id, idea.submitted_at = revision.id, at
    idea.state = IdeaState.SUBMITTED
    idea.return_until = idea.screened_at = None
    idea.unit_id = db.session.get_one(Team, idea.team_id).unit_id
    if idea.number is None:
        idea.number = _take_number(idea.event_id)
    db.session.flush()
    keep_fingerprint(idea, revision)
    return lock_idea(idea.id)


def _take_number(event_id: int) -> int:
    """The event's next receipt number: taken in one statement, so that no two ideas ever get the same."""
    taken = (
        update(Event)
        .where(Event.id == event_id)
        .values(next_entry_number=Event.next_entry_number + 1)
        .returning(Event.next_entry_number)
        .execution_options(synchronize_session=False)
    )
    return int(db.session.execute(taken).scalar_one()) - 1


def withdraw_idea(actor: Actor, idea: Idea, *, reason: str = "", at: datetime) -> Idea:
    """Take the idea out of the competition. Everything stays, and until the deadline it can come back."""
    idea = lock_idea(idea.id)
    require(policy.can_edit(actor, idea), NotFound())
    if idea.state is IdeaState.WITHDRAWN:
        return idea
    insist(can_withdraw(idea.state, get_window(actor.event, idea.team_id, idea), at))
    before, idea.state, idea.return_until = idea.state, IdeaState.WITHDRAWN, None
    release_membership(idea.team_id)
    trail.record("idea.withdraw", actor, idea, at, before={"state": before.value}, after={"reason": reason})
    trail.mail_about("idea_withdrawn", actor, idea, at, {"reason": reason})
    return lock_idea(idea.id)


def restore_idea(actor: Actor, idea: Idea, *, at: datetime) -> Idea:
    """Undo a withdrawal: the pinned revision stands again under its old number and waits for screening."""
    idea = lock_idea(idea.id)
    require(policy.can_edit(actor, idea), NotFound())
    if idea.state is IdeaState.SUBMITTED:
        return idea
    insist(can_restore(idea.state, get_window(actor.event, idea.team_id, idea), at))
    for listener in before_restoration:
        listener(actor, idea, at)
    lock_membership(idea.team_id, at=at)
    living = find_idea_of_team(idea.team_id)
    require(
        living is None or living.id == idea.id,
        Refused(_l("Tim Anda sudah memulai usulan baru, jadi usulan yang ditarik tidak dapat dipulihkan.")),
    )
    pinned = idea.submitted_revision
    require_place(idea, pinned.track_id if pinned else None)
    idea.state = IdeaState.SUBMITTED
    idea.screened_at = None
    trail.record("idea.restore", actor, idea, at)
    trail.mail_about("idea_restored", actor, idea, at, {})
    return lock_idea(idea.id)


def set_gallery_consent(actor: Actor, idea: Idea, *, shown: bool, at: datetime) -> Idea:
    """Agree to be shown in the public gallery, or take the consent back; possible at any time."""
    idea = lock_idea(idea.id)
    require(policy.can_edit(actor, idea), NotFound())
    if idea.in_gallery != shown:
        idea.in_gallery = shown
        if not shown:
            withdraw()
        trail.record(
            "idea.consent", actor, idea, at, before={"in_gallery": not shown}, after={"in_gallery": shown}
        )
    return idea
