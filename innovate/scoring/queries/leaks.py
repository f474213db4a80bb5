"""What blind entries give away, for the secretariat."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from innovate.accounts.models import User
from innovate.core.db import db
from innovate.events.models import Event, FormField
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.ideas.models import Idea, IdeaFile, IdeaRevision
from innovate.scoring.domain.leaks import Leak, LeakKind, Name, find_leaks
from innovate.scoring.models.integrity import LeakReview
from innovate.scoring.models.rounds import Round
from innovate.scoring.queries.rounds import list_rounds
from innovate.teams.models import Membership, Team

_STATES = (IdeaState.SUBMITTED, IdeaState.RETURNED, IdeaState.ELIGIBLE)


@dataclass(frozen=True)
class LeakyEntry:
    """An entry with the names found in it, and what the secretariat did about this revision (None: nothing yet)."""

    idea: Idea
    revision: IdeaRevision
    leaks: Sequence[Leak]
    review: LeakReview | None
    reviewer: str


def list_blind_rounds(event_id: int) -> list[Round]:
    """The event's blind rounds."""
    return [round_ for round_ in list_rounds(event_id) if round_.is_blind]


def list_leaks(event: Event, *, idea_id: int | None = None) -> list[LeakyEntry]:
    """Submitted entries in which a name of their unit, team or members was found. Five statements."""
    query = (
        select(Idea)
        .where(Idea.event_id == event.id, Idea.state.in_(_STATES), Idea.submitted_revision_id.is_not(None))
        .options(
            joinedload(Idea.submitted_revision),
            joinedload(Idea.unit),
            joinedload(Idea.team).joinedload(Team.unit),
        )
        .order_by(Idea.number)
    )
    if idea_id is not None:
        query = query.where(Idea.id == idea_id)
    ideas = list(db.session.scalars(query))
    ids = [idea.id for idea in ideas]
    members = _names_by_team([idea.team_id for idea in ideas])
    labels = dict(
        db.session.execute(select(FormField.key, FormField.label).where(FormField.event_id == event.id))
        .tuples()
        .all()
    )
    names = select(IdeaFile.id, IdeaFile.filename).where(IdeaFile.idea_id.in_(ids))
    files = dict(db.session.execute(names).tuples().all())
    reviews = _newest_reviews(ids)
    found = []
    for idea in ideas:
        revision = idea.submitted_revision
        if revision is None:
            continue
        leaks = find_leaks(
            _parts(revision, labels, files), [*_names_of(idea), *members.get(idea.team_id, ())]
        )
        review, reviewer = reviews.get((idea.id, revision.id), (None, ""))
        if leaks:
            found.append(LeakyEntry(idea, revision, leaks, review, reviewer))
    return found


def _names_of(idea: Idea) -> list[Name]:
    units = {unit for unit in (idea.unit, idea.team.unit) if unit is not None}
    names = [Name(LeakKind.UNIT, text) for unit in units for text in {unit.name, unit.short_name} if text]
    if idea.team.organization:
        names.append(Name(LeakKind.UNIT, idea.team.organization))
    return [*names, Name(LeakKind.TEAM, idea.team.name)]


def _names_by_team(team_ids: Sequence[int]) -> dict[int, list[Name]]:
    query = select(Membership.team_id, User.name).join(User, User.id == Membership.user_id)
    query = query.where(Membership.team_id.in_(team_ids))
    found: dict[int, list[Name]] = {}
    for team_id, name in db.session.execute(query):
        found.setdefault(team_id, []).append(Name(LeakKind.MEMBER, name))
    return found


def _parts(revision: IdeaRevision, labels: dict[str, str], files: dict[int, str]) -> dict[str, str]:
    parts = {"": revision.title}
    for key, value in revision.answers.items():
        parts[labels.get(key, key)] = _as_text(value)
    for number, key in enumerate(revision.files, 1):
        if key in files:
            parts[f"\x00{number}"] = files[key]
    return parts


def _as_text(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value or "")


def _newest_reviews(idea_ids: Sequence[int]) -> dict[tuple[int, int], tuple[LeakReview, str]]:
    query = select(LeakReview, User.name).join(User, User.id == LeakReview.by_id)
    query = query.where(LeakReview.idea_id.in_(idea_ids)).order_by(LeakReview.id)
    return {(row.idea_id, row.revision_id): (row, name) for row, name in db.session.execute(query)}
