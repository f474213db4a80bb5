"""From the scores of rounds to ranks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from typing import Any

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
    """A plenary decision orders the ideas it names, best first; others of the tie stay behind them together."""
    order: dict[str, int] = {}
    for ruling in manifest["plenary"]:
        if set(ruling["ideas"]) & set(block):
            order.update({idea: n for n, idea in enumerate(ruling["ideas"])})
    return {idea: [str(-order.get(idea, len(order)))] for idea in block}


def ballot_key(
    rule: Row, block: Sequence[str], manifest: Row, ballots: Mapping[str, Sequence[Ballot]]
) -> dict[str, Values]:
    """What a rule reads from the ballots of the last round for each idea of a tie; the larger comes first."""
    if rule["rule"] == "criterion":
        return {idea: [_criterion_mean(rule["place"], manifest, ballots.get(idea, ()))] for idea in block}
    if rule["rule"] == "countback":
        marks = [Fraction(mark) for mark in rule["marks"]]
        return {
            idea: [str(sum(b.total >= m for b in ballots.get(idea, ()))) for m in marks] for idea in block
        }
    must(rule["rule"] == "head-to-head", f"manifest.json: unknown tie rule {rule['rule']}")
    given = {idea: {b.juror: b.total for b in ballots.get(idea, ())} for idea in block}
    return {idea: [_wins(given, idea)] for idea in block}


def _criterion_mean(place: int, manifest: Row, ballots: Sequence[Ballot]) -> str:
    rubric = next(each for each in manifest["rubrics"] if each["id"] == manifest["rounds"][-1]["rubric"])
    heaviest = sorted(rubric["criteria"], key=lambda c: -Decimal(c["weight"]))
    must(place <= len(heaviest), f"manifest.json: tie rule names criterion {place}")
    shares = [b.shares[heaviest[place - 1]["id"]] for b in ballots if heaviest[place - 1]["id"] in b.shares]
    return f"{float(100 * mean_of(shares)):.6f}" if shares else "-1"


def _wins(given: Mapping[str, Mapping[str, Fraction]], idea: str) -> str:
    """How many of the tied ideas more jurors set below this one than above, less how many they set above it."""
    wins = 0
    for other in given:
        both = given[idea].keys() & given[other].keys()
        lead = sum((given[idea][j] > given[other][j]) - (given[idea][j] < given[other][j]) for j in both)
        wins += (lead > 0) - (lead < 0)
    return str(wins)


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
        weights = [each["weight"] for each in self.manifest["rounds"]]
        for row in self.places:
            scores = [None if each["score"] is None else float(each["score"]) for each in row["rounds"]]
            _check_score(row["score"], combine(scores, weights), f"leaderboard.json: score of {row['idea']}")
        for _group, rows in groupby(self.places, key=lambda row: row["group"]):
            self._check_ranks(list(rows))

    def _check_order(self) -> None:
        keys = [(row["group"], row["rank"] is None, row["rank"] or 0) for row in self.places]
        must(keys == sorted(keys), "leaderboard.json: not in the order of groups and ranks")
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
        if rule["rule"] == "later-round":
            return {idea: [each["score"] for each in reversed(rows[idea]["rounds"])] for idea in block}
        said = {idea: rows[idea]["ties"].get(str(n)) for idea in block}
        for idea, key in said.items():
            must(bool(key), f"leaderboard.json: {idea} does not say what tie rule {n + 1} read")
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
