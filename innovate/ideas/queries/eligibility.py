"""What an event asks of its entries, and how one entry stands to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import or_, select

from innovate.accounts.models import Unit
from innovate.core.db import db
from innovate.events import queries as events
from innovate.events.domain.eligibility import RuleKind, complete_parameters
from innovate.events.models import Event, FormField
from innovate.ideas.domain.eligibility.answers import Answer, Record, Rule, list_stopping, read_record
from innovate.ideas.domain.eligibility.facts import Facts, FormerWin
from innovate.ideas.domain.eligibility.judge import judge
from innovate.ideas.domain.eligibility.titles import plain_title
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.ideas.models import Idea, IdeaFile, IdeaRevision
from innovate.ideas.queries.completeness import draft_of, list_fields

# Features above append sources of earlier winners: given an event and the units of an entry (its own with the one above
# it and those below it), the winners of other editions that belong to one of these units.
FORMER_WINS: list[Callable[[Event, Collection[int]], list[FormerWin]]] = []
_OUT = (IdeaState.WITHDRAWN, IdeaState.DISQUALIFIED)


@dataclass(frozen=True)
class Eligibility:
    """How an entry stands to what is asked. `frozen`: as it was when handed in; `moved`: counted again since the
    closing day is another one than then.
    """

    answers: tuple[Answer, ...] = ()
    closing: date | None = None
    frozen: bool = False
    moved: bool = False

    @property
    def stopping(self) -> list[Answer]:
        """What keeps the entry from being handed in."""
        return list_stopping(self.answers)


def list_rules(event_id: int) -> list[Rule]:
    """What the event asks now, in order. One query."""
    rows = events.list_rules(event_id)
    return [Rule(row.kind, complete_parameters(row.kind, row.parameters), row.blocks) for row in rows]


def check_draft_eligibility(
    event: Event, idea: Idea, fields: Sequence[FormField] | None = None
) -> Eligibility:
    """The working copy against what is asked now. One query where nothing is asked, five at most (six without
    `fields`); the idea's team with its members must be loaded.
    """
    rules = list_rules(event.id)
    if not rules:
        return Eligibility()
    return _compute(event, idea, rules, _of_draft(idea), fields)


def freeze_eligibility(event: Event, idea: Idea) -> Record | None:
    """What is found now, to be kept with the submission; None where the event asks nothing."""
    rules = list_rules(event.id)
    if not rules:
        return None
    found = _compute(event, idea, rules, _of_draft(idea), None)
    return Record(tuple(rules), found.answers, found.closing)


def read_eligibility(event: Event, idea: Idea) -> Eligibility:
    """The submission as it was found then; found anew, by the rules of then, where the closing day has moved since.

    An entry that was handed in before the event asked anything is held against what is asked now.
    """
    revision_id = idea.submitted_revision_id
    kept = db.session.scalar(select(IdeaRevision.eligibility).where(IdeaRevision.id == revision_id))
    record = read_record(kept)
    if record is None:
        rules = list_rules(event.id)
        return _compute(event, idea, rules, _of_submission(idea), None) if rules else Eligibility()
    if record.closing == events.find_closing(event):
        return Eligibility(record.answers, record.closing, frozen=True)
    found = _compute(event, idea, record.rules, _of_submission(idea), None)
    return Eligibility(found.answers, found.closing, moved=True)


@dataclass(frozen=True)
class _Text:
    """Which text of the entry is looked at."""

    title: str
    answers: dict[str, Any]
    files: Counter[str] | dict[str, int]
    unit_id: int | None


def _of_draft(idea: Idea) -> _Text:
    draft = draft_of(idea)
    return _Text(draft.title, dict(draft.answers), dict(draft.files), idea.team.unit_id)


def _of_submission(idea: Idea) -> _Text:
    revision = idea.submitted_revision
    if revision is None:
        return _of_draft(idea)
    query = select(IdeaFile.field_key).where(IdeaFile.idea_id == idea.id, IdeaFile.id.in_(revision.files))
    return _Text(revision.title, revision.answers, Counter(db.session.scalars(query)), idea.unit_id)


def _compute(
    event: Event, idea: Idea, rules: Sequence[Rule], text: _Text, fields: Sequence[FormField] | None
) -> Eligibility:
    kinds = {rule.kind for rule in rules}
    closing = events.find_closing(event)
    family = _family_of(text.unit_id) if RuleKind.FORMER_WINNER in kinds else frozenset()
    members = [membership.user for membership in idea.team.memberships]
    facts = Facts(
        title=text.title,
        fields=list_fields(event.id) if fields is None else fields,
        answers=text.answers,
        files=text.files,
        closing=closing,
        unit_id=text.unit_id,
        family=family,
        wins=list_former_wins(event, family),
        other_titles=_list_titles_like(idea, text.title) if RuleKind.SAME_TITLE in kinds else (),
        members=len(members),
        non_asn=sum(not user.employment.is_asn for user in members),
    )
    return Eligibility(judge(rules, facts), closing)


def list_former_wins(event: Event, unit_ids: Collection[int]) -> list[FormerWin]:
    """Winners of other editions that belong to one of these units, from every source."""
    return [win for source in FORMER_WINS for win in source(event, unit_ids)] if unit_ids else []


def _family_of(unit_id: int | None) -> frozenset[int]:
    """The unit with the one above it and those right below it. One query."""
    if unit_id is None:
        return frozenset()
    above = select(Unit.parent_id).where(Unit.id == unit_id).scalar_subquery()
    query = select(Unit.id).where(or_(Unit.id == unit_id, Unit.parent_id == unit_id, Unit.id == above))
    return frozenset(db.session.scalars(query))


def _list_titles_like(idea: Idea, title: str) -> list[str]:
    """Titles handed in to the same event by others that share the longest word of this one."""
    word = max(plain_title(title).split(), key=len, default="")
    if not word:
        return []
    query = (
        select(IdeaRevision.title)
        .join(Idea, Idea.submitted_revision_id == IdeaRevision.id)
        .where(Idea.event_id == idea.event_id, Idea.id != idea.id, Idea.state.not_in(_OUT))
        .where(IdeaRevision.title.icontains(word, autoescape=True))
    )
    return list(db.session.scalars(query))
