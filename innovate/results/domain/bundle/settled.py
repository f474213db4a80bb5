"""What the rules of ties read in a result, as its bundle states it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import groupby

from innovate.results.domain.bundle.inputs import FrozenResult, Place, as_plain
from innovate.results.domain.bundle.verifier.proofs import Differs, Row, Values, fold, hash_leaf, parse
from innovate.results.domain.bundle.verifier.ranks import ballot_key, lot_key, rank_group, ruling_key
from innovate.results.domain.bundle.verifier.scores import Ballot, read_ballots, split_by_idea

BALLOT_RULES = {"heaviest_criterion", "next_criterion", "count_back", "head_to_head"}


def state_ties(result: FrozenResult) -> FrozenResult:
    """The result with the `ties` of its places: exact, from the ballots' own lines. Ranks stay what the board says, so
    the check of the bundle still compares two ways of settling a tie.
    """
    blocks = _find_ties(result.places)
    if not blocks or BALLOT_RULES.isdisjoint(rule["rule"] for rule in result.ties):
        return result
    manifest = {
        "rounds": as_plain(result.rounds),
        "rubrics": as_plain(result.rubrics),
        "plenary": as_plain(result.rulings),
        "exclusions": as_plain(result.exclusions),
        "root": fold(len(result.lines), dict(enumerate(map(hash_leaf, result.lines)))).hex(),
    }
    try:
        ballots = _read_ballots(result, manifest, {place.idea for block in blocks for place in block})
        said = {idea: keys for block in blocks for idea, keys in _ask(block, result, manifest, ballots)}
    except Differs:
        return result  # ballots that are not complete prove nothing: the check of the bundle names them
    return replace(
        result, places=tuple(replace(place, ties=said.get(place.idea, {})) for place in result.places)
    )


def _find_ties(places: Sequence[Place]) -> list[list[Place]]:
    """Ranked ideas of one group and pool with equal scores."""

    def key(place: Place) -> tuple[str, int, str]:
        return place.group, place.pool, place.score or ""

    ranked = sorted((place for place in places if place.rank is not None), key=key)
    blocks = [list(block) for _key, block in groupby(ranked, key=key)]
    return [block for block in blocks if len(block) > 1]


def _read_ballots(result: FrozenResult, manifest: Row, ideas: set[str]) -> dict[str, list[Ballot]]:
    """The ballots of these ideas in the last round that count."""
    last = result.rounds[-1].id
    rows = [(line, parse(line)) for line in result.lines]
    own = [(line, row) for line, row in rows if row["round"] == last and row["idea"] in ideas]
    known = {row["ballot"] for _line, row in own}
    excluded = [each for each in manifest["exclusions"] if each["ballot"] in known]
    return split_by_idea(read_ballots(own, {**manifest, "exclusions": excluded})[last])


def _ask(
    block: Sequence[Place], result: FrozenResult, manifest: Row, ballots: dict[str, list[Ballot]]
) -> list[tuple[str, dict[str, list[str]]]]:
    """What each rule read in the ideas of a tie, as far as it was asked."""
    by_idea = {place.idea: place for place in block}
    said: dict[str, dict[str, list[str]]] = {idea: {} for idea in by_idea}

    def key_of(n: int) -> Callable[[list[str]], dict[str, Values]]:
        rule = result.ties[n]["rule"]

        def read(part: list[str]) -> dict[str, Values]:
            if rule == "plenary":
                return ruling_key(part, manifest)
            if rule == "later_round":
                return {idea: [r.score or "-1" for r in reversed(by_idea[idea].rounds)] for idea in part}
            if rule == "lot":
                return {idea: lot_key(manifest["root"], idea) for idea in part}
            keys = ballot_key(dict(result.ties[n]), part, manifest, ballots)
            for idea, key in keys.items():
                said[idea][str(n)] = key
            return keys

        return read

    rank_group({place.idea: place.score or "0" for place in block}, [dict(r) for r in result.ties], key_of)
    return list(said.items())
