"""Flags find what was planted, and stay silent where nothing was."""

import numpy as np
import pytest

from bench.juries import Jury, make
from innovate.results.domain.fair.ballots import collect
from innovate.results.domain.fair.fit import fit_fair
from innovate.results.domain.fair.flags import (
    FlagCode,
    discover,
    flag_all,
    flag_coverage,
    flag_habits,
    flag_own_unit,
)

MADE = make(Jury(ideas=120, jurors=12, spread=0, consistency=0), 4).ballots


def cells_of(totals, criteria=3, seed=1):
    luck = np.random.default_rng(seed)
    return (totals[:, None] + luck.integers(-2, 3, (len(totals), criteria)) / 2).round(2)


def codes(flags):
    return [(flag.code, flag.juror, flag.idea) for flag in flags]


def test_an_honest_jury_is_not_questioned():
    assert codes(flag_all(fit_fair(MADE), cells_of(MADE.total))) == []


def test_a_juror_who_turns_the_scale_round_and_one_who_rolls_dice_are_asked():
    total = MADE.total.copy()
    turned, dice = MADE.juror == 3, MADE.juror == 7
    total[turned] = 11 - total[turned]
    total[dice] = np.random.default_rng(1).permutation(total[dice])
    found = flag_all(fit_fair(MADE.replace(total, MADE.weight)), cells_of(total))
    by_juror = {flag.juror: flag for flag in found if flag.code in (FlagCode.REVERSED, FlagCode.UNRELATED)}
    assert {juror: flag.code for juror, flag in by_juror.items()} == {
        3: FlagCode.REVERSED,
        7: FlagCode.UNRELATED,
    }
    assert by_juror[3].values["correlation"] < -0.3
    assert by_juror[7].values["usual"] > 0.3


def test_one_ballot_far_off_is_found_with_its_distance():
    total = MADE.total.copy()
    place = int(np.flatnonzero(total > 7)[0])
    total[place] = 1.0
    found = flag_all(fit_fair(MADE.replace(total, MADE.weight)), cells_of(total))
    outlier = next(flag for flag in found if flag.code is FlagCode.OUTLIER)
    assert (outlier.juror, outlier.idea) == (MADE.jurors[MADE.juror[place]], MADE.ideas[MADE.idea[place]])
    assert outlier.values["points"] < -3
    assert outlier.values["errors"] < -4


def habits(vectors):
    made = collect((idea, 0, float(sum(vector))) for idea, vector in enumerate(vectors))
    return list(flag_habits(made, np.array(vectors, float)))


def test_the_same_ballot_half_of_the_time_and_the_same_score_on_all_criteria():
    assert [flag.code for flag in habits([(3, 4), (3, 4), (2, 5), (1, 2)])] == [FlagCode.IDENTICAL]
    assert habits([(3, 4), (3, 4), (3, 4)]) == []
    straight = habits([(3, 3), (4, 4), (5, 5), (1, 2)])
    assert [(flag.code, flag.values["share"]) for flag in straight] == [(FlagCode.STRAIGHT, 0.75)]
    assert habits([(1,), (2,), (3,), (4,)]) == []


def test_ideas_with_fewer_ballots_than_the_others_are_named():
    made = collect([("a", "x", 1.0), ("a", "y", 1), ("b", "x", 1), ("b", "y", 1), ("c", "y", 1)])
    assert [(flag.idea, flag.values) for flag in flag_coverage(made)] == [("c", {"ballots": 1, "wanted": 2})]
    assert len(list(flag_coverage(made, 3))) == 3


def test_favour_for_the_own_unit_is_one_question_to_the_whole_jury():
    luck = np.random.default_rng(2)
    own = luck.random(MADE.n) < 0.1
    assert list(flag_own_unit(fit_fair(MADE), own)) == []
    favoured = fit_fair(MADE.replace(MADE.total + 1.0 * own, MADE.weight))
    (flag,) = flag_own_unit(favoured, own)
    assert flag.juror is None
    assert flag.values["points"] == pytest.approx(1.0, abs=0.4)
    assert flag.values["ballots"] == own.sum()
    assert list(flag_own_unit(favoured, np.zeros(MADE.n, bool))) == []
    tree = [
        ("a", "x", 5.0),
        ("a", "y", 7.0),
        ("b", "y", 8.0),
        ("c", "y", 4.0),
        ("c", "z", 1),
        ("b", "x", 7),
        ("d", "w", 3),
    ]
    lonely = fit_fair(collect(tree))
    alone = np.array([juror == "w" for _idea, juror, _y in sorted(tree)])
    assert list(flag_own_unit(lonely, alone)) == []


def test_discoveries_follow_the_published_example():
    """Benjamini & Hochberg (1995), section 4.2: of 15 tests the first four."""
    p = [
        0.0001,
        0.0004,
        0.0019,
        0.0095,
        0.0201,
        0.0278,
        0.0298,
        0.0344,
        0.0459,
        0.3240,
        0.4262,
        0.5719,
        0.6528,
        0.7590,
        1.0,
    ]
    assert discover(np.array(p[::-1]))[::-1].tolist() == [True] * 4 + [False] * 11
    assert not discover(np.zeros(0)).any()


def test_jurors_who_say_nothing_new_and_designs_that_say_nothing_are_passed_over():
    flat = fit_fair(collect((idea, juror, 70.0) for idea in range(8) for juror in range(3)))
    assert codes(flag_all(flat, np.full((24, 2), 0.7))) == [
        (code, juror, None) for juror in range(3) for code in (FlagCode.IDENTICAL, FlagCode.STRAIGHT)
    ]
    single = fit_fair(collect((idea, 0, float(idea)) for idea in range(3)))
    assert flag_all(single, np.arange(3.0)[:, None]) == []
