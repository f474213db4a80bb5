"""A board computed from ballots. Loads numpy: whoever is loaded with the application imports this where it is used."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, Protocol

import numpy as np

from innovate.ideas.domain.entries import BoardEntry
from innovate.results.domain.fair.ballots import Ballots, arrange
from innovate.results.domain.fair.codes import Note, NoteCode
from innovate.results.domain.fair.draws import SEED
from innovate.results.domain.fair.notes import note_fit
from innovate.results.domain.method import Method, ScoringRules
from innovate.results.domain.placing import Unplaced
from innovate.results.domain.rows import build_rows
from innovate.results.domain.scored.places import Group, choose_top, gather, place_groups, settle_groups
from innovate.results.domain.scored.rounds import Scoring, score_rounds
from innovate.results.domain.scored.working import show_workings
from innovate.results.domain.standing import Row
from innovate.results.domain.ties.rules import Facts, Plenary, Rules, Standing, TieRule
from innovate.scoring.models.rounds import Round
from innovate.scoring.queries.conflicts import find_conflicts
from innovate.scoring.queries.criteria import CriterionMeans, load_criterion_means
from innovate.scoring.queries.totals import list_totals

LIVE = 1000  # entries up to which ranges of ranks are drawn each time a board is opened


class Placed(Protocol):
    """What the ranking needs of an entry."""

    @property
    def idea_id(self) -> int: ...

    @property
    def group_code(self) -> str: ...


@dataclass(frozen=True)
class Basis:
    """What a ranking is computed from: its rounds, the last of which is ranked, the rules, and the jury's rulings."""

    rounds: Sequence[Round]
    rules: ScoringRules
    rulings: Sequence[Plenary] = ()
    leave_out: int | None = None  # a ballot, to see what it does
    count_in: int | None = None
    root: bytes | None = None  # of the frozen ballots, of which lots are drawn


@dataclass(frozen=True)
class Computed:
    """A board as it is now. `scoring` is None while a round of it has no ballot."""

    rows: list[Row]
    basis: Basis
    scoring: Scoring | None = None
    notes: list[Note] = field(default_factory=list)
    criteria: list[str] = field(default_factory=list)
    top: int = 0
    seed: int = SEED


def score(basis: Basis) -> Scoring | None:
    """The scores of every idea that has a ballot in each round. One statement."""
    rows = list_totals([r.id for r in basis.rounds], leave_out=basis.leave_out, count_in=basis.count_in)
    if not rows:
        return None
    # One flat pass: a list of columns made of 25,000 tuples costs five times as much. Keys below 2^53 are exact.
    table = np.fromiter(chain.from_iterable(rows), float, count=4 * len(rows)).reshape(-1, 4)
    round_id, idea, juror = table[:, :3].T.astype(np.int64)
    total = table[:, 3]
    parts: list[tuple[float, Ballots]] = []
    for round_ in basis.rounds:
        own = round_id == round_.id
        if not own.any():
            return None
        ideas, by_idea = np.unique(idea[own], return_inverse=True)
        jurors, by_juror = np.unique(juror[own], return_inverse=True)
        made = arrange(ideas.tolist(), jurors.tolist(), by_idea, by_juror, total[own])
        parts.append((float(round_.weight), made))
    return score_rounds(parts, basis.rules.method, joint=basis.rules.joint)


def compute(
    entries: Sequence[BoardEntry],
    basis: Basis,
    *,
    awards: Mapping[int, str],
    full: bool | None = None,
    explain: int | None = None,
) -> Computed:
    """The board of these entries (by number). `full` adds ranges of ranks and neighbours, also to large boards, and
    the workings; None: ranges where they are quick. False: none. `explain`: an idea whose working is wanted.
    """
    scoring, rules = score(basis), basis.rules
    if scoring is None:
        return Computed(build_rows(entries, [], {}, rules=rules, awards={}), basis)
    facts = TieFacts(basis, scoring, {entry.idea_id: entry.public_id for entry in entries})
    groups, standings = rank(entries, basis, scoring, facts.load)
    top = choose_top(groups, rules.quota)
    ranges = len(entries) <= LIVE if full is None else full
    places = place_groups(scoring, groups, standings, top=top, ranges=ranges)
    members = np.concatenate([np.zeros(0, np.intp), *(group.members for group in groups)])
    if not full:
        members = members[scoring.ideas[members] == (explain or 0)]
    rows = build_rows(
        entries,
        places,
        _unplaced(scoring),
        rules=rules,
        awards=awards,
        workings=show_workings(scoring, members),
    )
    notes = _note(basis.rounds, scoring, [row.title for row in rows if row.ballots == 0])
    return Computed(rows, basis, scoring, notes, facts.names, top)


def rank(
    entries: Sequence[Placed],
    basis: Basis,
    scoring: Scoring,
    load: Callable[[Sequence[int]], Mapping[int, Facts]],
    *,
    within: int | None = None,
) -> tuple[list[Group], list[list[Standing]]]:
    """The groups of a board and who stands where in each."""
    labels = {entry.idea_id: entry.group_code for entry in entries}
    groups = gather(scoring, labels, list(labels), minimum=basis.rules.minimum_ballots)
    order = Rules(order=basis.rules.tie_order, plenaries=basis.rulings, root=basis.root)
    return groups, settle_groups(scoring, groups, order, load, within=within)


class TieFacts:
    """What the rules of ties look at, read for those that are tied. `names`: criteria, the heaviest first.

    `public_ids` (by idea) are asked for by the lot alone, which is drawn when a board is frozen.
    """

    def __init__(self, basis: Basis, scoring: Scoring, public_ids: Mapping[int, str]) -> None:
        self._basis = basis
        self._scoring = scoring
        self._public_ids = public_ids
        self._asks = not {TieRule.HEAVIEST, TieRule.NEXT}.isdisjoint(basis.rules.tie_order)
        self.names: list[str] = []

    def load(self, ideas: Collection[int]) -> dict[int, Facts]:
        """By idea. Two statements, whether anybody is tied or not; none where no rule asks for criteria."""
        basis, found = self._basis, CriterionMeans()
        if self._asks:
            what_if = {"leave_out": basis.leave_out, "count_in": basis.count_in}
            found = load_criterion_means(basis.rounds[-1], ideas, **what_if)
        self.names = found.names
        scoring = self._scoring
        last = scoring.rounds[-1].fit.ballots
        first = np.searchsorted(last.idea, np.arange(len(last.ideas) + 1))
        index = {int(idea): n for n, idea in enumerate(scoring.ideas)}
        facts = {}
        for idea in ideas:
            n = index[idea]
            own = slice(first[scoring.places[-1][n]], first[scoring.places[-1][n] + 1])
            totals = dict(zip(last.juror[own].tolist(), last.total[own].tolist(), strict=True))
            rounds = zip(reversed(scoring.rounds), reversed(scoring.places), strict=True)
            later = [float(each.estimate.score[places[n]]) for each, places in rounds]
            facts[idea] = Facts(found.means.get(idea, ()), totals, later, self._public_ids.get(idea, ""))
        return facts


def _unplaced(scoring: Scoring) -> dict[int, Unplaced]:
    """What is known of each idea with a ballot in the ranked round, placed or not."""
    last = scoring.rounds[-1].fit.ballots
    counts = last.per_idea.tolist()
    known = {int(idea): Unplaced(ballots=counts[n]) for n, idea in enumerate(last.ideas)}
    raw, score, ballots = scoring.raw.tolist(), scoring.estimate.score.tolist(), scoring.ballots.tolist()
    for n, idea in enumerate(scoring.ideas.tolist()):
        known[idea] = Unplaced(raw[n], score[n], ballots[n])
    return known


def _note(rounds: Sequence[Round], scoring: Scoring, unjudged: Sequence[str]) -> list[Note]:
    """What must be said: of each round, once. A statement more where ballots are suggested that would join groups."""
    found: list[Note] = []
    complete = all(each.fit.ballots.is_complete for each in scoring.rounds)
    if unjudged:
        found.append(Note(NoteCode.NOT_JUDGED, {"count": len(unjudged), "ideas": list(unjudged)}))
    for round_, each in zip(rounds, scoring.rounds, strict=True):
        if scoring.method is Method.RAW:
            break
        barred = find_conflicts(round_.event_id) if each.fit.design.groups > 1 else ()
        for note in note_fit(each.fit, barred):
            if note.code is NoteCode.COMPLETE and not complete:
                continue
            if note.code not in {known.code for known in found}:
                found.append(note)
        if each.spread and each.spread.is_off:
            found.append(Note(NoteCode.SPREAD_ALIKE))
    return found


def write_fits(computed: Computed) -> list[dict[str, Any]]:
    """What was estimated in each round: ratio s2/sb2 as published (6 significant digits, "inf"; of the spread-aware fit
    where that is the method), variances of the fair fit (points squared), ballots, ideas, jurors.
    """
    scoring = computed.scoring
    if scoring is None:
        return []
    return [
        {
            "round": round_.id,
            "weight": f"{round_.weight:f}",
            "ratio": f"{(each.spread or each).fit.ratio:.6g}",
            "s2": _finite(each.fit.s2),
            "sb2": _finite(each.fit.sb2),
            "degrees": each.fit.degrees,
            "ballots": each.fit.ballots.n,
            "ideas": len(each.fit.ballots.ideas),
            "jurors": len(each.fit.ballots.jurors),
        }
        for round_, each in zip(computed.basis.rounds, scoring.rounds, strict=True)
    ]


def write_notes(notes: Sequence[Note]) -> list[dict[str, Any]]:
    """Notes as JSON values."""
    return [{"code": note.code.value, "values": _plain(note.values)} for note in notes]


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value.item() if isinstance(value, np.generic) else value


def _finite(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
