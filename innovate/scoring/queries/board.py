"""The conflict board: every juror and entry that must not meet, with source and reason; hints and clashes beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import func, or_, select

from innovate.accounts.models import Unit, User
from innovate.core.db import db
from innovate.core.errors import NotFound
from innovate.core.paging import Page
from innovate.events.models import EventRole, Group
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.ideas.models import Idea, IdeaRevision
from innovate.scoring.domain.conflicts import Pair, Reason, Tie
from innovate.scoring.domain.hints import domain_of, is_telling, shared_domain
from innovate.scoring.models.ballots import Ballot, BallotState
from innovate.scoring.models.integrity import Clash, Dismissal
from innovate.scoring.models.jury import Assignment, Conflict, ConflictSource
from innovate.scoring.models.rounds import Round
from innovate.scoring.queries.conflicts import JURY, load_ties
from innovate.teams.models import Membership, Team

SIZE = 50


class JurorName(NamedTuple):
    """A juror as the board names them."""

    user_id: int
    public_id: str
    name: str
    email: str
    unit: str


class EntryName(NamedTuple):
    """An entry as the board names it."""

    idea_id: int
    public_id: str
    number: int | None
    title: str
    group_code: str
    team: str
    unit: str


@dataclass(frozen=True)
class Edge:
    """One reason why a juror and an entry must not meet (a pair may have several), and what is done about it."""

    juror: JurorName
    entry: EntryName
    reason: Reason
    basis: str = ""
    said: str = ""
    conflict_id: str = ""
    by_id: int = 0
    at: datetime | None = None
    dismissal: Dismissal | None = None

    @property
    def is_lifted(self) -> bool:
        """Whether two people found that it is none."""
        return self.dismissal is not None and self.dismissal.confirmed_at is not None

    @property
    def is_proposed(self) -> bool:
        """Whether a dismissal waits for the second person."""
        return self.dismissal is not None and self.dismissal.confirmed_at is None

    @property
    def key(self) -> str:
        """Addresses the edge within a page."""
        return f"{self.juror.public_id}-{self.entry.public_id}-{self.reason.value}-{self.basis.replace(':', '-')}"


class Hint(NamedTuple):
    """A juror and an entry whose people share a telling e-mail domain. It bars nobody."""

    juror: JurorName
    entry: EntryName
    domain: str


class ClashRow(NamedTuple):
    """A conflict on a standing assignment that nobody decided about yet."""

    public_id: str
    seat: str
    user_id: int
    juror: str
    idea_id: int
    number: int | None
    title: str
    phase_id: int
    reason: Reason
    cause: str
    found_at: datetime
    ballot: BallotState | None
    total: float | None


@dataclass(frozen=True)
class BoardFilter:
    """What of the board to show: `view` is "" (standing), `proposed`, `lifted` or `hints`."""

    view: str = ""
    reason: str = ""
    juror: str = ""
    search: str = ""
    page: int = 1


@dataclass(frozen=True)
class Board:
    """The board as asked for."""

    page: Page[Any]
    counts: dict[str, int]
    jurors: list[JurorName]
    clashes: list[ClashRow]
    people: dict[int, str]


def load_board(
    event_id: int, chosen: BoardFilter, *, hidden: frozenset[int] = frozenset(), size: int = SIZE
) -> Board:
    """The whole board in a number of statements that does not grow.

    `hidden`: entries that do not exist for the reader.
    """
    jurors, entries = _list_jurors(event_id), _list_entries(event_id, hidden)
    edges = list_edges(event_id, jurors, entries)
    standing = [edge for edge in edges if not edge.is_lifted]
    hints = _list_hints(event_id, jurors, entries, {(e.entry.idea_id, e.juror.user_id) for e in edges})
    views: dict[str, list[Any]] = {
        "": standing,
        "proposed": [edge for edge in edges if edge.is_proposed],
        "lifted": [edge for edge in edges if edge.is_lifted],
        "hints": hints,
    }
    rows = [row for row in views.get(chosen.view, standing) if _fits(row, chosen)]
    page = max(1, min(chosen.page, -(-len(rows) // size) or 1))
    shown = rows[(page - 1) * size : page * size]
    return Board(
        page=Page(shown, page, size, len(rows)),
        counts={key: len(found) for key, found in views.items()},
        jurors=sorted(jurors.values(), key=lambda juror: juror.name),
        clashes=[row for row in list_open_clashes(event_id) if row.idea_id not in hidden],
        people=_names_of(shown),
    )


def _fits(row: Edge | Hint, chosen: BoardFilter) -> bool:
    if chosen.juror and row.juror.public_id != chosen.juror:
        return False
    if chosen.reason and isinstance(row, Edge) and row.reason.value != chosen.reason:
        return False
    words = chosen.search.casefold()
    number = chosen.search.lstrip("#").lstrip("0")
    return (
        not words
        or words in f"{row.juror.name} {row.entry.title} {row.entry.team}".casefold()
        or (number.isdecimal() and number == str(row.entry.number))
    )


def _names_of(rows: Iterable[Any]) -> dict[int, str]:
    ids = set()
    for row in rows:
        if isinstance(row, Edge):
            ids.add(row.by_id)
            if row.dismissal:
                ids.update({row.dismissal.proposed_by_id, row.dismissal.confirmed_by_id or 0})
    query = select(User.id, User.name).where(User.id.in_(ids - {0}))
    return dict(db.session.execute(query).tuples().all())


def list_edges(event_id: int, jurors: dict[int, JurorName], entries: dict[int, EntryName]) -> list[Edge]:
    """Every detected and declared conflict of these jurors and entries, by juror and number."""
    known = select(Dismissal).where(Dismissal.event_id == event_id, Dismissal.ended_at.is_(None))
    lifted = {(d.idea_id, d.user_id, Tie(d.reason, d.basis)): d for d in db.session.scalars(known)}
    edges = [
        Edge(jurors[user], entries[idea], tie.reason, tie.basis, dismissal=lifted.get((idea, user, tie)))
        for (idea, user), ties in load_ties(event_id).detected().items()
        if idea in entries and user in jurors
        for tie in ties
    ]
    said = select(Conflict).where(Conflict.event_id == event_id, Conflict.ended_at.is_(None))
    edges += [
        Edge(
            jurors[row.user_id],
            entries[row.idea_id],
            Reason.ABSTAINED if row.source is ConflictSource.ABSTAINED else Reason.DECLARED,
            said=row.reason,
            conflict_id=row.public_id,
            by_id=row.declared_by_id,
            at=row.at,
        )
        for row in db.session.scalars(said)
        if row.idea_id in entries and row.user_id in jurors
    ]
    return sorted(
        edges,
        key=lambda e: (e.juror.name, e.juror.user_id, e.entry.number or 0, list(Reason).index(e.reason)),
    )


def _list_jurors(event_id: int) -> dict[int, JurorName]:
    query = (
        select(User.id, User.public_id, User.name, User.email, func.coalesce(Unit.name, User.organization))
        .join(EventRole, EventRole.user_id == User.id)
        .outerjoin(Unit, Unit.id == User.unit_id)
        .where(EventRole.event_id == event_id, EventRole.role.in_(JURY), EventRole.revoked_at.is_(None))
    )
    return {row[0]: JurorName(*row) for row in db.session.execute(query)}


def _list_entries(event_id: int, hidden: frozenset[int]) -> dict[int, EntryName]:
    query = (
        select(
            Idea.id,
            Idea.public_id,
            Idea.number,
            IdeaRevision.title,
            func.coalesce(Group.code, ""),
            Team.name,
            func.coalesce(Unit.name, Team.organization),
        )
        .join(IdeaRevision, IdeaRevision.id == Idea.submitted_revision_id)
        .join(Team, Team.id == Idea.team_id)
        .outerjoin(Group, Group.id == IdeaRevision.group_id)
        .outerjoin(Unit, Unit.id == Idea.unit_id)
        .where(Idea.event_id == event_id, Idea.state == IdeaState.ELIGIBLE)
    )
    return {row[0]: EntryName(*row) for row in db.session.execute(query) if row[0] not in hidden}


def _list_hints(
    event_id: int, jurors: dict[int, JurorName], entries: dict[int, EntryName], known: set[Pair]
) -> list[Hint]:
    """Shared domains, asked of the database by the jurors' own: most addresses tell nothing."""
    telling = [juror for juror in jurors.values() if is_telling(domain_of(juror.email))]
    if not telling:
        return []
    patterns = {f"%@{part}" for juror in telling for part in _suffixes(domain_of(juror.email))}
    patterns |= {f"%.{domain_of(juror.email)}" for juror in telling}
    query = (
        select(Idea.id, User.email)
        .join(Membership, Membership.team_id == Idea.team_id)
        .join(User, User.id == Membership.user_id)
        .where(Idea.event_id == event_id, Idea.state == IdeaState.ELIGIBLE)
        .where(or_(*(func.lower(User.email).like(pattern) for pattern in sorted(patterns))))
        .distinct()
    )
    found: dict[Pair, Hint] = {}
    for idea_id, email in db.session.execute(query):
        for juror in telling:
            pair, domain = (idea_id, juror.user_id), shared_domain(juror.email, email)
            if domain and pair not in known and idea_id in entries:
                found[pair] = Hint(juror, entries[idea_id], domain)
    return sorted(found.values(), key=lambda hint: (hint.juror.name, hint.entry.number or 0))


def _suffixes(domain: str) -> list[str]:
    parts = domain.split(".")
    return [".".join(parts[at:]) for at in range(len(parts) - 1)]


def list_open_clashes(event_id: int) -> list[ClashRow]:
    """Conflicts that arose on standing assignments and wait for somebody's decision, the newest first."""
    query = (
        select(
            Clash.public_id,
            Assignment.public_id,
            User.id,
            User.name,
            Idea.id,
            Idea.number,
            Idea.title,
            Round.phase_id,
            Clash.reason,
            Clash.cause,
            Clash.found_at,
            Ballot.state,
            Ballot.total,
        )
        .join(Assignment, Assignment.id == Clash.assignment_id)
        .join(Round, Round.id == Assignment.round_id)
        .join(User, User.id == Assignment.user_id)
        .join(Idea, Idea.id == Assignment.idea_id)
        .outerjoin(Ballot, Ballot.assignment_id == Assignment.id)
        .where(Clash.event_id == event_id, Clash.settled_at.is_(None))
        .order_by(Clash.found_at.desc(), Clash.id.desc())
    )
    return [ClashRow(*row) for row in db.session.execute(query)]


def list_everything(event_id: int) -> Sequence[Edge]:
    """Every edge, for files and paper."""
    return list_edges(event_id, _list_jurors(event_id), _list_entries(event_id, frozenset()))


@dataclass(frozen=True)
class PairView:
    """One juror and one entry with everything between them, and whether the juror holds or held the entry."""

    juror: JurorName
    entry: EntryName
    edges: list[Edge]
    hint: Hint | None
    history: list[tuple[Dismissal, str]]
    people: dict[int, str]


def get_pair(event_id: int, juror_public_id: str, idea_public_id: str) -> PairView:
    """A juror of the event and an eligible entry, or NotFound."""
    jurors, entries = _list_jurors(event_id), _list_entries(event_id, frozenset())
    juror = next((row for row in jurors.values() if row.public_id == juror_public_id), None)
    entry = next((row for row in entries.values() if row.public_id == idea_public_id), None)
    if juror is None or entry is None:
        raise NotFound
    edges = list_edges(event_id, {juror.user_id: juror}, {entry.idea_id: entry})
    hints = _list_hints(event_id, {juror.user_id: juror}, {entry.idea_id: entry}, set())
    past = select(Dismissal, User.name).join(User, User.id == Dismissal.ended_by_id)
    past = past.where(
        Dismissal.event_id == event_id,
        Dismissal.user_id == juror.user_id,
        Dismissal.idea_id == entry.idea_id,
    )
    history = [(row, name) for row, name in db.session.execute(past.order_by(Dismissal.id.desc()))]
    return PairView(juror, entry, edges, next(iter(hints), None), history, _names_of(edges))


def get_clash(event_id: int, public_id: str) -> ClashRow:
    """A clash that waits for a decision, or NotFound."""
    found = [row for row in list_open_clashes(event_id) if row.public_id == public_id]
    if not found:
        raise NotFound
    return found[0]


def list_clash_names(event_id: int) -> list[str]:
    """Open clashes in words, for the organizer's overview."""
    return [f"{row.juror} × {row.number or 0:03d} {row.title}" for row in list_open_clashes(event_id)]
