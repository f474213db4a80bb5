"""Reading what stands in a vote."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import func, or_, select

from innovate.accounts.models import Unit
from innovate.core.db import db
from innovate.events.domain.kinds import FieldKind
from innovate.events.domain.meanings import Meaning
from innovate.events.models import Event, FormField, Group, Track
from innovate.ideas.domain.entries import BoardEntry
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.ideas.models import Idea, IdeaRevision
from innovate.ideas.queries.entries import list_board_entries
from innovate.scoring.models.rounds import Round
from innovate.scoring.queries.rounds import list_round_entry_ids, list_rounds
from innovate.scoring.queries.seal import find_board_state
from innovate.teams.models import Team
from innovate.voting.domain.stages import Pool
from innovate.voting.models import Poll, PollEntry


class Entrant(NamedTuple):
    """An entry that stands in a vote, as everybody reads it; `stands` False: its team or the committee took it out."""

    id: int
    public_id: str
    idea_id: int
    number: int | None
    title: str
    expansion: str
    summary: str
    group_code: str
    track_code: str
    team: str
    unit: str
    stands: bool

    def mentions(self, words: str) -> bool:
        """Whether a search finds it."""
        text = f"{self.title} {self.expansion} {self.team} {self.unit}".casefold()
        return all(word in text for word in words.casefold().split())


def list_entrants(poll: Poll) -> list[Entrant]:
    """What stands in the vote, by number, as it was submitted; team and unit are "" while a blind jury judges."""
    (summary, expansion), hidden = _read_fields(poll.event_id), hides_names(poll.event_id)
    query = (
        select(PollEntry.id, PollEntry.public_id, Idea, IdeaRevision, Group.code, Track.code, Team, Unit.name)
        .join(Idea, Idea.id == PollEntry.idea_id)
        .join(IdeaRevision, IdeaRevision.id == Idea.submitted_revision_id)
        .join(Team, Team.id == Idea.team_id)
        .outerjoin(Group, Group.id == IdeaRevision.group_id)
        .outerjoin(Track, Track.id == IdeaRevision.track_id)
        .outerjoin(Unit, Unit.id == Idea.unit_id)
        .where(PollEntry.poll_id == poll.id)
        .order_by(Idea.number, PollEntry.id)
    )
    return [
        Entrant(
            key,
            public_id,
            idea.id,
            idea.number,
            revision.title,
            str(revision.answers.get(expansion) or ""),
            str(revision.answers.get(summary) or ""),
            group or "",
            track or "",
            "" if hidden else team.name,
            "" if hidden else unit or team.organization,
            idea.in_gallery and idea.state is IdeaState.ELIGIBLE,
        )
        for key, public_id, idea, revision, group, track, team, unit in db.session.execute(query)
    ]


def list_standing(poll: Poll) -> list[Entrant]:
    """Those one may choose."""
    return [entrant for entrant in list_entrants(poll) if entrant.stands]


def _read_fields(event_id: int) -> tuple[str, str]:
    """Keys of the first long text of the entry form, and of what the acronym of the title stands for; "" for none."""
    wanted = or_(FormField.kind == FieldKind.LONG, FormField.meaning == Meaning.EXPANSION)
    query = select(FormField.key, FormField.kind).where(FormField.event_id == event_id, wanted)
    query = query.where(FormField.removed_at.is_(None)).order_by(FormField.position, FormField.id)
    rows = db.session.execute(query).tuples().all()
    long = next((key for key, kind in rows if kind is FieldKind.LONG), "")
    return long, next((key for key, kind in rows if kind is not FieldKind.LONG), "")


def hides_names(event_id: int) -> bool:
    """Whether a jury still judges without names: then no public page may tell whose entry it is."""
    return any(each.is_blind and not find_board_state(each).is_public for each in list_rounds(event_id))


def list_candidates(event: Event, pool: Pool, *, group: str = "", track: str = "") -> list[BoardEntry]:
    """Entries that may stand: eligible, agreed to be shown, of the group and category; of finalists if asked."""
    finalists = _finalists(list_rounds(event.id)) if pool is Pool.FINALISTS else None
    return [
        entry
        for entry in list_board_entries(event.id)
        if entry.in_gallery
        and (not group or entry.group_code == group)
        and (not track or entry.track_code == track)
        and (finalists is None or entry.idea_id in finalists)
    ]


def _finalists(rounds: Sequence[Round]) -> frozenset[int]:
    """Who was chosen into the last round, once everybody may know; nobody before."""
    if len(rounds) < 2 or rounds[-1].takes_all or not find_board_state(rounds[-2]).is_public:
        return frozenset()
    return list_round_entry_ids(rounds[-1].id)


def count_entrants(poll_id: int) -> int:
    """How many entries stand in the vote."""
    return db.session.scalar(select(func.count()).where(PollEntry.poll_id == poll_id)) or 0
