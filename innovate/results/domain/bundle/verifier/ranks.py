"""From the scores of rounds to ranks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from typing import Any

from innovate.results.domain.bundle.verifier.pools import check_pools
from innovate.results.domain.bundle.verifier.proofs import Row, Values, must, sha256
from innovate.results.domain.bundle.verifier.scores import Ballot, mean_of, score_round, split_by_idea

NEAR = 1e-6 + 1e-9  # points: both sides round to 6 decimals


def combine(scores: Sequence[float | None], weights: Sequence[str]) -> float | None:
    """The weighted mean over rounds; None where one is missing. Weights that are all 0 weigh equally."""
    numbers = [float(weight) for weight in weights]
    if not any(numbers):
        numbers = [1.0] * len(numbers)
    if not scores or None in scores:
        return None
    return sum(w * s for w, s in zip(numbers, scores, strict=True) if s is not None) / sum(numbers)


Key = Callable[[list[str]], dict[str, Values]]


def rank_group(
    scores: Mapping[str, str], rules: Sequence[Row], key_of: Callable[[int], Key]
) -> dict[str, int]:
    """Ranks 1-1-3 from scores as published (6 decimals), ties by the rules in order; `key_of(n)` is rule n's."""
    ranks: dict[str, int] = {}

    def place(block: list[str], step: int) -> None:
        if len(block) == 1 or step == len(rules) or rules[step]["rule"] == "shared":
            start = len(ranks) + 1
            ranks.update(dict.fromkeys(block, start))
            return
        keys = {idea: tuple(map(Decimal, key)) for idea, key in key_of(step)(block).items()}
        for part in _falling(block, lambda idea: keys[idea]):
            place(part, step + 1)

    for block in _falling(list(scores), lambda idea: Decimal(scores[idea])):
        place(block, 0)
    return ranks


def _falling(ideas: list[str], key: Callable[[str], Any]) -> Iterator[list[str]]:
    for _key, block in groupby(sorted(ideas, key=key, reverse=True), key=key):
        yield list(block)


def lot_key(root: str, idea: str) -> Values:
    """Of a lot the smallest SHA-256(result root || idea id) comes first."""
    return [str(-int(sha256(bytes.fromhex(root) + idea.encode()), 16))]


def ruling_key(block: Sequence[str], manifest: Row) -> dict[str, Values]:
    """The plenary decision that names every idea of the tie, best first; without one they stay together."""
    orders = (ruling["ideas"] for ruling in manifest["plenary"])
    order = next((ideas for ideas in orders if set(block) <= set(ideas)), None)
    return {idea: [str(-order.index(idea)) if order else "0"] for idea in block}


def ballot_key(
    rule: Row, block: Sequence[str], manifest: Row, ballots: Mapping[str, Sequence[Ballot]]
) -> dict[str, Values]:
    """What a rule reads from the ballots of the last round for each idea of a tie; the larger comes first."""
    name, own = rule["rule"], {idea: ballots.get(idea, ()) for idea in block}
    if name in {"heaviest_criterion", "next_criterion"}:
        criteria = _by_weight(manifest)
        asked = criteria[:1] if name == "heaviest_criterion" else criteria[1:]
        return {idea: [_criterion_mean(key, given) for key in asked] for idea, given in own.items()}
    if name == "count_back":
        marks = [Fraction(mark) for mark in rule["marks"]]
        return {idea: [_part_above(mark, given) for mark in marks] for idea, given in own.items()}
    must(name == "head_to_head", f"manifest.json: unknown tie rule {name}")
    totals = {idea: {b.juror: b.total for b in given} for idea, given in own.items()}
    return {idea: [_points(totals, idea)] for idea in block}


def _by_weight(manifest: Row) -> list[int]:
    rubric = next(each for each in manifest["rubrics"] if each["id"] == manifest["rounds"][-1]["rubric"])
    return [c["id"] for c in sorted(rubric["criteria"], key=lambda c: -Decimal(c["weight"]))]


def _criterion_mean(criterion: int, ballots: Sequence[Ballot]) -> str:
    shares = [b.shares[criterion] for b in ballots if criterion in b.shares]
    return f"{float(100 * mean_of(shares)):.6f}" if shares else "-1"


def _part_above(mark: Fraction, ballots: Sequence[Ballot]) -> str:
    return f"{sum(b.total > mark for b in ballots) / len(ballots):.6f}" if ballots else "0"


def _points(totals: Mapping[str, Mapping[str, Fraction]], idea: str) -> str:
    """Against every other idea of the tie: 1 for more of the jurors of both, 0.5 for equally many."""
    halves = 0
    for other in totals.keys() - {idea}:
        both = totals[idea].keys() & totals[other].keys()
        gaps = [totals[idea][juror] - totals[other][juror] for juror in both]
        lead = sum(gap > 0 for gap in gaps) - sum(gap < 0 for gap in gaps)
        halves += 1 + (lead > 0) - (lead < 0)
    return f"{halves / 2:.1f}"


@dataclass
class Result:
    """A leaderboard against its manifest; `ballots` by round, None for a summary."""

    manifest: Row
    places: list[Row]
    ballots: dict[int, list[Ballot]] | None

    def check(self) -> None:
        """Differs at the first place that does not follow from what is published."""
        self._check_order()
        if self.ballots is not None:
            self._check_rounds(self.ballots)
            check_pools(self.manifest, self.places, self.ballots)
        weights = [each["weight"] for each in self.manifest["rounds"]]
        for row in self.places:
            scores = [None if each["score"] is None else float(each["score"]) for each in row["rounds"]]
            _check_score(row["score"], combine(scores, weights), f"leaderboard.json: score of {row['idea']}")
        apart: dict[tuple[str, int], list[Row]] = {}
        for row in self.places:
            apart.setdefault((row["group"], row.get("pool", 0)), []).append(row)
        for rows in apart.values():
            self._check_ranks(rows)

    def _check_order(self) -> None:
        keys = [(r["group"], r["rank"] is None, r.get("pool", 0), r["rank"] or 0) for r in self.places]
        must(keys == sorted(keys), "leaderboard.json: not in the order of groups, pools and ranks")
        ideas = [row["idea"] for row in self.places]
        must(len(ideas) == len(set(ideas)), "leaderboard.json: an idea occurs twice")

    def _check_rounds(self, ballots: dict[int, list[Ballot]]) -> None:
        for n, each in enumerate(self.manifest["rounds"]):
            scores = score_round(ballots[each["id"]], each)
            counts = {idea: len(of) for idea, of in split_by_idea(ballots[each["id"]]).items()}
            for row in self.places:
                what = f"leaderboard.json: round {each['number']} of {row['idea']}"
                _check_score(row["rounds"][n]["score"], scores.get(row["idea"]), what)
                own = counts.get(row["idea"], 0)
                said = row["rounds"][n]["ballots"]
                must(said == own, f"{what}: {said} ballots, recomputed {own}")

    def _check_ranks(self, rows: list[Row]) -> None:
        least = max(1, self.manifest["board"]["minimum_ballots"])
        rated = {
            r["idea"]: r["score"]
            for r in rows
            if r["score"] is not None and r["rounds"][-1]["ballots"] >= least
        }
        by_idea = {row["idea"]: row for row in rows}
        ranks = rank_group(
            rated, self.manifest["ties"], lambda n: lambda block: self._keys(n, block, by_idea)
        )
        for row in rows:
            own = ranks.get(row["idea"])
            must(
                row["rank"] == own,
                f"leaderboard.json: rank of {row['idea']} is {row['rank']}, recomputed {own}",
            )

    def _keys(self, n: int, block: list[str], rows: Mapping[str, Row]) -> dict[str, Values]:
        rule = self.manifest["ties"][n]
        if rule["rule"] == "plenary":
            return ruling_key(block, self.manifest)
        if rule["rule"] == "lot":
            return {idea: lot_key(self.manifest["ballots"]["root"], idea) for idea in block}
        if rule["rule"] == "later_round":
            return {idea: [each["score"] for each in reversed(rows[idea]["rounds"])] for idea in block}
        said = {idea: rows[idea]["ties"].get(str(n)) for idea in block}
        for idea, key in said.items():
            must(key is not None, f"leaderboard.json: {idea} does not say what tie rule {n + 1} read")
        if self.ballots is not None:
            last = split_by_idea(self.ballots[self.manifest["rounds"][-1]["id"]])
            for idea, key in ballot_key(rule, block, self.manifest, last).items():
                must(
                    said[idea] == key,
                    f"leaderboard.json: tie rule {n + 1} of {idea} read {said[idea]}, recomputed {key}",
                )
        return {idea: key or [] for idea, key in said.items()}


def _check_score(said: str | None, own: float | None, what: str) -> None:
    same = said is None and own is None
    near = said is not None and own is not None and abs(float(said) - own) <= NEAR
    must(same or near, f"{what} is {said}, recomputed {'none' if own is None else f'{own:.6f}'}")
