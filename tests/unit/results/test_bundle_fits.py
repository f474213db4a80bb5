"""How the verifier fits: as lme4 does, and only what is the optimum."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from bench.juries import Jury, make
from innovate.results.domain.bundle.inputs import (
    Criterion,
    FrozenResult,
    RoundPart,
    RubricPart,
    SpreadPart,
    write_ratio,
)
from innovate.results.domain.bundle.verifier.scores import read_ballots, score_round
from innovate.results.domain.bundle.verifier.whole import Report
from innovate.results.domain.fair.ballots import collect
from innovate.results.domain.fair.spread import fit_spread
from innovate.scoring.domain.leaves import published_id
from tests.factories.bundles import SECRET, line, place, small_result, unpack
from tests.factories.verified import SUMMARY, built, check

LME4 = json.loads((Path(__file__).parents[2] / "oracles" / "incomplete_design_lme4.json").read_text())


def lme4_result(ratio: float, scores: dict[str, float] | None = None) -> FrozenResult:
    """The incomplete design that R's lme4 fitted, published with this lambda."""
    rubric = RubricPart(7, (Criterion(70, "Nilai", "100", "0", "100"),))
    rows = [(f"i{int(idea):02}", int(judge), f"{score:.2f}") for idea, judge, score in LME4["data"]]
    lines = tuple(line(n, *row, rubric=rubric) for n, row in enumerate(sorted(rows), 1))
    rounds = (RoundPart(1, 1, "Penilaian", "100", 7, method="fair", ratio=write_ratio(ratio)),)
    counts = {idea: sum(row[0] == idea for row in rows) for idea in sorted({row[0] for row in rows})}
    found = dict(scores or {})
    order = sorted(counts, key=lambda idea: -found.get(idea, 0))
    places = tuple(place(idea, n, found.get(idea, 0.0), counts[idea]) for n, idea in enumerate(order, 1))
    return small_result(lines=lines, rubrics=(rubric,), rounds=rounds, exclusions=(), places=places)


def recomputed(result: FrozenResult) -> dict[str, float]:
    manifest = json.loads(unpack(built(result))["manifest.json"])
    ballots = read_ballots([(each, json.loads(each)) for each in result.lines], manifest)
    return score_round(ballots[1], manifest["rounds"][0])


def test_the_verifier_fits_as_lme4_does() -> None:
    wanted = LME4["expected_idea_fixed"]
    ratio = (wanted["sd_residual"] / wanted["sd_judge"]) ** 2
    scores = recomputed(lme4_result(ratio))
    for n, expected in enumerate(wanted["idea_0_to_5"]):
        assert scores[f"i{n:02}"] == pytest.approx(expected, abs=5e-6)  # lambda has 6 digits
    report = check(built(lme4_result(ratio, scores)))
    assert report.checked[-1] == "ranks of 40 ideas"


@pytest.mark.parametrize("factor", [1.0002, 0.9998, 2.0])
def test_a_lambda_that_is_not_the_optimum_is_named(factor) -> None:
    wanted = LME4["expected_idea_fixed"]
    ratio = factor * (wanted["sd_residual"] / wanted["sd_judge"]) ** 2
    assert check(built(lme4_result(ratio))).startswith("manifest.json: lambda of round 1 is ")


def test_fair_ballots_of_equally_strict_jurors_have_no_lambda() -> None:
    rubric = RubricPart(7, (Criterion(70, "Nilai", "100", "0", "100"),))
    table = {"a": ("60", "62"), "b": ("72", "70"), "c": ("55", "55")}  # the jurors' means are the same
    given = [(idea, j, mark) for idea, marks in table.items() for j, mark in enumerate(marks)]
    lines = [line(n, *each, rubric=rubric) for n, each in enumerate(given)]
    rounds = (RoundPart(1, 1, "Penilaian", "100", 7, method="fair"),)
    means = {idea: float(sum(map(Fraction, marks)) / 2) for idea, marks in table.items()}
    order = sorted(means, key=lambda idea: -means[idea])
    places = tuple(place(idea, n, means[idea], 2) for n, idea in enumerate(order, 1))
    result = small_result(lines=tuple(lines), rubrics=(rubric,), rounds=rounds, exclusions=(), places=places)
    assert not isinstance(check(built(result)), str)


# -- jurors with a spread of their own --------------------------------------------------------------------------------


def spread_result(seed: int = 4, **jury: float) -> FrozenResult:
    """Six jurors who use the scale differently, 40 ideas with three ballots each, as the product publishes them."""
    jury_ = replace(Jury(ideas=40, jurors=6, ballots=3, severity=0.8, spread=0.5, consistency=0.5), **jury)
    made = make(jury_, seed).ballots
    rows = sorted(
        (
            f"i{made.ideas[idea]:02}",
            published_id(SECRET, "juror", int(juror)),
            int(juror),
            f"{10 * total:.2f}",
        )
        for idea, juror, total in zip(made.idea, made.juror, made.total, strict=True)
    )
    rubric = RubricPart(7, (Criterion(70, "Nilai", "100", "0", "100"),))
    lines = tuple(line(n, row[0], *row[2:], rubric=rubric) for n, row in enumerate(rows, 1))
    ballots = collect((idea, juror, float(mark)) for idea, _name, juror, mark in rows)
    found = fit_spread(ballots, digits=6)
    named = [published_id(SECRET, "juror", juror) for juror in ballots.jurors]
    jurors = {
        key: (write_ratio(s), write_ratio(n))
        for key, s, n in zip(named, found.spread, found.noise, strict=True)
    }
    part = SpreadPart(write_ratio(found.mu), jurors)
    rounds = (RoundPart(1, 1, "Penilaian", "100", 7, "fair-spread", write_ratio(found.fit.ratio), part),)
    scores = dict(zip(ballots.ideas, found.estimate.score.tolist(), strict=True))
    order = sorted(scores, key=lambda idea: -scores[idea])
    places = tuple(place(idea, n, scores[idea], 3) for n, idea in enumerate(order, 1))
    return small_result(lines=lines, rubrics=(rubric,), rounds=rounds, exclusions=(), places=places)


@pytest.mark.parametrize("jury", [{}, {"severity": 0.0}, {"spread": 0.0, "consistency": 0.0}, {"jurors": 25}])
def test_a_spread_aware_round_is_recomputed_whatever_its_jury_is_like(jury) -> None:
    result = spread_result(**jury)
    assert FrozenResult.from_bytes(result.as_bytes()) == result
    report = check(built(result))
    assert (report.checked[-1], report.unchecked) == ("ranks of 40 ideas", [])
    assert "lambda, scores" in report.checked[-2]


def test_a_summary_of_a_spread_aware_round_says_nothing_of_single_jurors() -> None:
    files = unpack(built(spread_result(), SUMMARY))
    assert published_id(SECRET, "juror", 1).encode() not in b"".join(files.values())
    assert json.loads(files["manifest.json"])["rounds"][0]["spread"] is None
    assert check(built(spread_result(), SUMMARY)).checked[-1] == "ranks of 40 ideas"


def forge_spread(what: str, factor: float) -> str | Report:
    """A spread-aware bundle with one published number off by this factor, and the scores that follow from it."""
    result = spread_result()
    (part,) = result.rounds
    spread, off = part.spread, lambda text: write_ratio(float(text) * factor)
    juror, (wide, noise) = next(iter(spread.jurors.items()))
    changes = {
        "mu": {"spread": replace(spread, mu=off(spread.mu))},
        "spread": {"spread": replace(spread, jurors={**spread.jurors, juror: (off(wide), noise)})},
        "noise": {"spread": replace(spread, jurors={**spread.jurors, juror: (wide, off(noise))})},
        "lambda": {"ratio": off(part.ratio)},
        "jurors": {"spread": replace(spread, jurors={juror: (wide, noise)})},
        "nothing": {"spread": None},
    }
    return check(built(replace(result, rounds=(replace(part, **changes[what]),))))


@pytest.mark.parametrize(
    ("what", "named"),
    [
        ("mu", "mu of round 1 is "),
        ("spread", "spread of juror "),
        ("noise", "noise of juror "),
        ("lambda", "lambda of round 1 is "),
        ("jurors", "spread of round 1 is not that of its jurors"),
        ("nothing", "spread of round 1 is not that of its jurors"),
    ],
)
def test_what_is_published_of_the_jurors_must_be_what_their_ballots_say(what, named) -> None:
    assert str(forge_spread(what, 1.0003)).startswith(f"manifest.json: {named}")
    assert str(forge_spread(what, float("nan"))).startswith("manifest.json: ")
