"""How the verifier settles ties and combines rounds."""

from __future__ import annotations

import pytest

from innovate.results.domain.bundle.inputs import (
    Criterion,
    FrozenResult,
    RoundPart,
    RoundScore,
    RubricPart,
    Ruling,
    write_score,
)
from tests.factories.bundles import (
    line,
    place,
    small_result,
)
from tests.factories.verified import FULL, SUMMARY, built, changed, check, signed_again

TIED = {"score": 70.0, "ballots": 1}


def tie(rules, rapi: int, sigap: int, ties=(None, None), **values) -> FrozenResult:
    keys_of = [{"0": key} if key else {} for key in ties]
    rows = [place("rapi", rapi, 70.0, 1, ties=keys_of[0]), place("sigap", sigap, 70.0, 1, ties=keys_of[1])]
    rows.sort(key=lambda row: row.rank or 0)
    first = place("teras", 1, 85.0, 2)
    return small_result(ties=rules, places=(first, *rows), **values)


CRITERION, SECOND = {"rule": "heaviest_criterion"}, {"rule": "next_criterion"}
COUNTBACK = {"rule": "count_back", "marks": ["70", "65"]}
DUEL, PLENARY, LOT, SHARED = ({"rule": rule} for rule in ("head_to_head", "plenary", "lot", "shared"))


@pytest.mark.parametrize(
    ("rules", "ranks", "ties"),
    [
        ((CRITERION, SHARED), (2, 3), (["75.000000"], ["50.000000"])),
        ((SECOND, SHARED), (3, 2), (["62.500000"], ["100.000000"])),
        ((COUNTBACK, SHARED), (2, 2), (["0.000000", "1.000000"], ["0.000000", "1.000000"])),
        ((DUEL, SHARED), (2, 2), (["0.5"], ["0.5"])),  # juror 1 gave both 70
        ((SHARED, CRITERION), (2, 2), (None, None)),
    ],
)
@pytest.mark.parametrize("publication", [FULL, SUMMARY])
def test_ties_are_decided_by_the_rules_in_their_order(rules, ranks, ties, publication) -> None:
    assert not isinstance(check(built(tie(rules, *ranks, ties), publication)), str)
    wrong = built(tie(rules, *((2, 3) if ranks != (2, 3) else (2, 2)), ties), publication)
    assert check(wrong).startswith("leaderboard.json: rank of ")


def test_what_a_tie_rule_read_is_recomputed_and_must_be_said() -> None:
    lied = built(tie((SECOND,), 2, 3, (["100.000000"], ["62.500000"])))
    assert "tie rule 1 of rapi read ['100.000000'], recomputed ['62.500000']" in check(lied)
    assert check(built(tie((SECOND,), 2, 3))) == "leaderboard.json: rapi does not say what tie rule 1 read"
    assert "unknown tie rule submission time" in check(
        built(tie(({"rule": "submission time"},), 2, 3, (["1"], ["0"])))
    )


def test_a_plenary_decision_and_a_lot_decide() -> None:
    ruling = Ruling(("sigap", "rapi"), "Dampak lebih luas, berita acara 12")
    assert not isinstance(check(built(tie((PLENARY,), 3, 2, rulings=(ruling,)))), str)
    assert check(built(tie((PLENARY,), 2, 3, rulings=(ruling,)))).startswith("leaderboard.json: rank of")
    other = Ruling(("rapi", "teras"), "Keputusan tentang seri yang lain")
    assert not isinstance(check(built(tie((PLENARY,), 2, 2, rulings=(other,)))), str)
    found = {ranks: check(built(tie((LOT,), *ranks))) for ranks in ((2, 3), (3, 2))}
    assert sorted(isinstance(each, str) for each in found.values()) == [False, True]


def duel(*, ranks: tuple[int, int], wins: tuple[str, str]) -> FrozenResult:
    """Two ideas with the mean 70; both jurors who judged both set `rapi` above, and `sigap` has a third juror."""
    rubric = RubricPart(7, (Criterion(70, "Nilai", "100", "0", "100"),))
    marks = [("rapi", 1, "75"), ("rapi", 2, "65"), ("sigap", 1, "70"), ("sigap", 2, "60"), ("sigap", 3, "80")]
    lines = tuple(line(n, *mark[:2], mark[2], rubric=rubric) for n, mark in enumerate(marks, 1))
    rows = [
        place("rapi", ranks[0], 70.0, 2, ties={"0": [wins[0]]}),
        place("sigap", ranks[1], 70.0, 3, ties={"0": [wins[1]]}),
    ]
    rows.sort(key=lambda row: row.rank or 0)
    return small_result(lines=lines, rubrics=(rubric,), exclusions=(), ties=(DUEL,), places=tuple(rows))


def test_head_to_head_counts_only_jurors_who_judged_both() -> None:
    assert not isinstance(check(built(duel(ranks=(1, 2), wins=("1.0", "0.0")))), str)
    assert "of sigap read ['1.0'], recomputed ['0.0']" in check(
        built(duel(ranks=(2, 1), wins=("0.0", "1.0")))
    )


def two_rounds(later: str, ranks: tuple[int, int]) -> FrozenResult:
    """30 % the first round, 70 % the second: rapi 80 and 60, sigap 59 and 69, so that both come to 66."""
    rubric = RubricPart(7, (Criterion(70, "Nilai", "100", "0", "100"),))
    final = RubricPart(8, (Criterion(80, "Nilai", "100", "0", "100"),))
    marks = [("rapi", "80", "60"), ("sigap", "59", "69")]
    lines, rows = [], []
    for n, (idea, first, second) in enumerate(marks):
        lines.append(line(n + 1, idea, 1, first, rubric=rubric))
        lines.append(line(n + 11, idea, 1, second, round_id=2, rubric=final))
        rounds = (RoundScore(write_score(float(first)), 1), RoundScore(write_score(float(second)), 1))
        rows.append(place(idea, ranks[n], 66.0, 1, rounds=rounds))
    rows.append(place("baru", None, None, 1, rounds=(RoundScore(None, 0), RoundScore("90.000000", 1))))
    lines.append(line(30, "baru", 1, "90", round_id=2, rubric=final))
    rows.sort(key=lambda row: row.rank or 9)
    parts = (RoundPart(1, 1, "Proposal", "30", 7), RoundPart(2, 2, "Presentasi", "70", 8))
    return small_result(
        lines=tuple(lines),
        rubrics=(rubric, final),
        rounds=parts,
        exclusions=(),
        ties=({"rule": later},),
        places=tuple(rows),
        round=2,
    )


@pytest.mark.parametrize("publication", [FULL, SUMMARY])
def test_rounds_combine_by_weight_and_the_later_one_decides_a_tie(publication) -> None:
    assert not isinstance(check(built(two_rounds("later_round", (2, 1)), publication)), str)
    assert check(built(two_rounds("later_round", (1, 2)), publication)).startswith(
        "leaderboard.json: rank of"
    )
    assert not isinstance(check(built(two_rounds("shared", (1, 1)), publication)), str)
    files = changed(
        built(two_rounds("shared", (1, 1)), publication), "manifest.json", '"weight":"30"', '"weight":"40"'
    )
    assert check(signed_again(files)).startswith(
        "leaderboard.json: score of rapi is 66.000000, recomputed 67.27"
    )
