"""The allocation board: a page of entries with their jurors, and what any juror would be on each of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import select

from innovate.core.db import db
from innovate.core.errors import NotFound
from innovate.core.paging import Page
from innovate.scoring.domain.assignment.moves import (
    FORBIDDEN,
    GOOD,
    Figures,
    Mark,
    find_partners,
    is_full,
    judge,
    measure,
)
from innovate.scoring.domain.assignment.places import EntryPlace, Pair
from innovate.scoring.domain.conflicts import Reason
from innovate.scoring.models.integrity import Clash
from innovate.scoring.models.jury import Assignment, AssignmentState
from innovate.scoring.models.rounds import Round
from innovate.scoring.queries.conflicts import find_conflicts
from innovate.scoring.queries.draws import as_place, find_words
from innovate.scoring.queries.jury import (
    Coverage,
    EntryRow,
    JurorRow,
    coverage_by_idea,
    list_jurors,
    page_of_entries,
)
from innovate.scoring.queries.moves import find_move
from innovate.scoring.queries.round_jury import find_round_jury


@dataclass(frozen=True)
class AllocationFilter:
    """What of the board to show."""

    search: str = ""
    only: str = ""
    juror: str = ""
    page: int = 1
    moved: str = ""  # the seat a move has just made


@dataclass(frozen=True)
class Verdict:
    """How a juror and an entry go together, with the conflict if that is why not."""

    mark: Mark
    reason: Reason | None = None

    @property
    def is_good(self) -> bool:
        """Whether something speaks for the pair."""
        return self.mark in GOOD

    @property
    def is_forbidden(self) -> bool:
        """Whether the pair cannot be made."""
        return self.mark in FORBIDDEN


class Move(NamedTuple):
    """A move that can be taken back, and the figures before it."""

    before: Assignment
    seat: Assignment
    figures: Figures


@dataclass(frozen=True)
class Allocation:
    """The board as asked for. `verdicts` by entry, then by juror; pairs with nothing to say are absent."""

    page: Page[EntryRow]
    jurors: list[JurorRow]
    serving: frozenset[int]
    verdicts: Mapping[int, Mapping[int, Verdict]]
    clashes: Mapping[str, str]
    figures: Figures
    move: Move | None
    entries: int


def load_allocation(
    round_: Round, chosen: AllocationFilter, *, hidden: Collection[int] = (), size: int = 50
) -> Allocation:
    """The board in a number of statements that does not grow. `hidden`: entries that do not exist for the reader."""
    jurors = list_jurors(round_.event_id, round_.id)
    serving = _list_serving(round_, jurors)
    wanted = next((row.user.id for row in jurors if row.user.public_id == chosen.juror), None)
    page = page_of_entries(
        round_,
        page=chosen.page,
        size=size,
        search=chosen.search,
        only=chosen.only,
        user_id=wanted,
        hidden=hidden,
    )
    pairs = list_pairs(round_)
    ideas = {entry.idea_id for entry in coverage_by_idea(round_)}
    figures = measure(ideas, serving, pairs, round_.ballots_per_idea)
    return Allocation(
        page=page,
        jurors=jurors,
        serving=serving,
        verdicts=_judge_all(round_, [row.entry for row in page.items], jurors, pairs),
        clashes=_find_clashes(round_, page.items),
        figures=figures,
        move=_load_move(round_, chosen.moved, hidden, ideas, serving, pairs) if chosen.moved else None,
        entries=len(ideas),
    )


def list_pairs(round_: Round) -> frozenset[Pair]:
    """Every (idea, juror) that stands in the round."""
    query = select(Assignment.idea_id, Assignment.user_id).where(
        Assignment.round_id == round_.id, Assignment.state == AssignmentState.ACTIVE
    )
    return frozenset((idea, user) for idea, user in db.session.execute(query))


def _list_serving(round_: Round, jurors: Sequence[JurorRow]) -> frozenset[int]:
    chosen = find_round_jury(round_)
    return frozenset(row.user.id for row in jurors if chosen is None or row.user.id in chosen)


def _judge_all(
    round_: Round, entries: Sequence[Coverage], jurors: Sequence[JurorRow], pairs: frozenset[Pair]
) -> dict[int, dict[int, Verdict]]:
    ids = [entry.idea_id for entry in entries]
    conflicts = find_conflicts(round_.event_id, idea_ids=ids)
    words = find_words(round_, {word for row in jurors for word in row.keywords}, idea_ids=ids)
    partners = find_partners(pairs)
    seated: dict[int, set[int]] = {}
    for idea, juror in pairs:
        seated.setdefault(idea, set()).add(juror)
    places = [as_place(row) for row in jurors]
    found: dict[int, dict[int, Verdict]] = {}
    for entry in entries:
        place = EntryPlace(entry.idea_id, entry.track_code, words.get(entry.idea_id, frozenset()))
        panel, row = seated.get(entry.idea_id, set()), found.setdefault(entry.idea_id, {})
        for juror_place in places:
            reason = conflicts.get((entry.idea_id, juror_place.id))
            mark = judge(
                place, juror_place, panel, partners.get(juror_place.id, ()), barred=reason is not None
            )
            if mark is not Mark.OPEN:
                row[juror_place.id] = Verdict(mark, reason)
    return found


def _find_clashes(round_: Round, rows: Sequence[EntryRow]) -> dict[str, str]:
    """Clashes nobody decided about yet, by the seat they are about."""
    query = select(Assignment.public_id, Clash.public_id)
    query = query.join(Clash, Clash.assignment_id == Assignment.id).where(
        Assignment.round_id == round_.id,
        Assignment.idea_id.in_([row.entry.idea_id for row in rows]),
        Clash.settled_at.is_(None),
    )
    return dict(db.session.execute(query).tuples().all())


def _load_move(
    round_: Round,
    public_id: str,
    hidden: Collection[int],
    ideas: Collection[int],
    serving: frozenset[int],
    pairs: frozenset[Pair],
) -> Move | None:
    found = find_move(round_, public_id)
    if found is None or found[0].idea_id in hidden or found[1].idea_id in hidden:
        return None
    before, seat = found
    former = (pairs - {(seat.idea_id, seat.user_id)}) | {(before.idea_id, before.user_id)}
    return Move(before, seat, measure(ideas, serving, former, round_.ballots_per_idea))


# -- one juror -------------------------------------------------------------------------------------------------------


class Target(NamedTuple):
    """An entry a juror may be put on, or why not."""

    entry: Coverage
    verdict: Verdict


class Targets(NamedTuple):
    """Where one juror can go: the juror with their load, what is in the way everywhere, and every entry."""

    juror: JurorRow
    blocked: Mark | None
    entries: list[Target]


def load_targets(
    round_: Round, juror_public_id: str, *, moving: bool, hidden: Collection[int] = ()
) -> Targets:
    """Every entry of the round for one juror; `moving`: they give up another entry for it."""
    jurors = list_jurors(round_.event_id, round_.id)
    juror = next((row for row in jurors if row.user.public_id == juror_public_id), None)
    if juror is None:
        raise NotFound
    entries = [entry for entry in coverage_by_idea(round_) if entry.idea_id not in hidden]
    verdicts = _judge_all(round_, entries, [juror], list_pairs(round_))
    return Targets(
        juror,
        blocked_by(juror, _list_serving(round_, [juror]), moving=moving),
        [Target(entry, verdicts[entry.idea_id].get(juror.user.id, Verdict(Mark.OPEN))) for entry in entries],
    )


def blocked_by(juror: JurorRow, serving: Collection[int], *, moving: bool) -> Mark | None:
    """What keeps a juror from every entry."""
    if juror.user.id not in serving:
        return Mark.ABSENT
    return Mark.FULL if is_full(juror.capacity, juror.progress.assigned - moving) else None
