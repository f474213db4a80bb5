"""The ranking of a contest, beside that of the rubric's round."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from innovate.pairwise.domain.certainty import Place, place_all, sureness
from innovate.pairwise.models import Contest
from innovate.pairwise.queries.eyes import EVERYTHING, Eyes
from innovate.pairwise.queries.field import Field, Stall, load_field
from innovate.scoring.queries.rounds import raw_totals

TIE_PLACES = 6


class OutcomeRow(NamedTuple):
    """An entry's place by comparison; beside it the round's mean (0..100), its rank among the contest's entries, and
    how many ballots that rests on.
    """

    stall: Stall
    place: Place
    compared: int
    raw: float | None
    raw_rank: int | None
    ballots: int

    @property
    def moved(self) -> int | None:
        """Ranks gained against the rubric's (negative: lost)."""
        return None if self.raw_rank is None else self.raw_rank - self.place.rank


class JurorTrust(NamedTuple):
    """A juror's votes and how far they agree with what all votes together say (0..1, 0.5 a toss of a coin)."""

    name: str
    votes: int
    reliability: float


@dataclass(frozen=True)
class Outcome:
    """Every entry in order, and how sure the first K are."""

    rows: Sequence[OutcomeRow]
    jurors: Sequence[JurorTrust]
    votes: int
    sureness: float | None
    rubric: bool = True  # whether the round's means stand beside

    def undecided(self, cut: int) -> list[Stall]:
        """Entries whose rank may lie on either side of the line, best first; none without a vote."""
        return [r.stall for r in self.rows if self.votes and r.place.rank_low <= cut < r.place.rank_high]

    def sure(self, cut: int) -> int:
        """How many entries are above the line beyond doubt."""
        return sum(r.place.rank_high <= cut for r in self.rows)

    @property
    def width(self) -> float:
        """The farthest end of an interval from the middle, in logits; for drawing."""
        return max((abs(r.place.ability) + 2 * r.place.error for r in self.rows), default=1.0) or 1.0


def load_outcome(contest: Contest, eyes: Eyes = EVERYTHING) -> Outcome:
    """The outcome as the votes stand, as these eyes see it; one statement more than the field's."""
    field = load_field(contest)
    places = place_all(field.settled, field.open_keys, contest.cut)
    totals = raw_totals(contest.round_id) if eyes.scored else {}
    means = {s.id: totals[s.idea_id].mean for s in field.stalls if s.is_open and s.idea_id in totals}
    rows = [
        OutcomeRow(
            stall=shown,
            place=place,
            compared=sum(place.key in (vote.winner, vote.loser) for vote in field.votes),
            raw=means.get(place.key),
            raw_rank=_rank(means, place.key),
            ballots=totals[shown.idea_id].ballots if shown.idea_id in totals else 0,
        )
        for place in places
        if (shown := eyes.see(field.by_id[place.key])) is not None
    ]
    return Outcome(rows, _trust(field), len(field.votes), sureness(places, contest.cut), eyes.scored)


def _rank(means: dict[int, float], key: int) -> int | None:
    if key not in means:
        return None
    mine = round(means[key], TIE_PLACES)
    return 1 + sum(round(other, TIE_PLACES) > mine for other in means.values())


def _trust(field: Field) -> list[JurorTrust]:
    counts = {seat.user_id: sum(v.juror == seat.user_id for v in field.votes) for seat in field.active}
    return [
        JurorTrust(seat.name, counts[seat.user_id], field.settled.reliability[seat.user_id])
        for seat in field.active
        if counts[seat.user_id]
    ]
