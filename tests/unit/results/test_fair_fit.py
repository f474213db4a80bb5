"""The fair score against R's lme4, and what must always hold."""

import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from innovate.results.domain.fair.ballots import collect
from innovate.results.domain.fair.estimate import combine, estimate_fair, estimate_raw
from innovate.results.domain.fair.fit import criterion, fit_fair
from innovate.results.domain.fair.groups import rank_together
from innovate.results.domain.fair.intervals import difference_error
from innovate.results.domain.fair.residuals import leverage, residuals

often = settings(max_examples=40)
ORACLES = Path(__file__).parents[2] / "oracles"


def read(name):
    return json.loads((ORACLES / name).read_text(encoding="utf-8"))


def incomplete():
    return [
        (int(idea), int(juror), score) for idea, juror, score in read("incomplete_design_lme4.json")["data"]
    ]


def test_an_incomplete_design_agrees_with_lme4_in_every_value():
    oracle = read("incomplete_design_lme4.json")
    expected, near = oracle["expected_idea_fixed"], {"abs": oracle["tolerance"]}
    fit = fit_fair(collect(incomplete()))
    assert math.sqrt(fit.sb2) == pytest.approx(expected["sd_judge"], **near)
    assert math.sqrt(fit.s2) == pytest.approx(expected["sd_residual"], **near)
    assert fit.score[:6] == pytest.approx(expected["idea_0_to_5"], **near)
    assert fit.error[:6] == pytest.approx(expected["se_0_to_5"], **near)
    assert fit.severity == pytest.approx(expected["judge_effects"], **near)
    between = difference_error(estimate_fair(fit), np.array([0]), np.array([1]))
    assert between[0] == pytest.approx(expected["se_of_difference_idea0_idea1"], **near)
    assert criterion(fit) == pytest.approx(expected["reml_criterion"], **near)


def test_penicillin_agrees_with_lme4():
    oracle = read("lme4_penicillin_reml.json")
    expected, near = oracle["expected_plate_fixed_sample_random"], {"abs": 1e-6}
    fit = fit_fair(collect(oracle["data"]))
    plates = dict(zip(fit.ballots.ideas, fit.score, strict=True))
    assert math.sqrt(fit.sb2) == pytest.approx(expected["sd_sample"], **near)
    assert math.sqrt(fit.s2) == pytest.approx(expected["sd_residual"], **near)
    assert plates["a"] == pytest.approx(expected["plate_a"], **near)
    assert plates["c"] == pytest.approx(expected["plate_c"], **near)
    assert fit.error == pytest.approx(expected["se_plate"], **near)
    assert criterion(fit) == pytest.approx(expected["reml_criterion"], **near)


def test_the_published_ratio_solves_to_the_same_scores_without_a_search():
    fit = fit_fair(collect(incomplete()))
    again = fit_fair(collect(incomplete()), ratio=float(f"{fit.ratio:.6g}"))
    assert again.score == pytest.approx(fit.score, abs=1e-6)
    assert fit_fair(collect(incomplete()), ratio=fit.ratio).score == pytest.approx(fit.score, abs=1e-13)
    assert (fit_fair(collect(incomplete()), ratio=math.inf).score == fit.raw).all()


def plain_solution(made, ratio):
    """The mixed model equations written down in full (Henderson), inverted whole."""
    n, m = len(made.ideas), len(made.jurors)
    z = np.zeros((made.n, n + m))
    z[np.arange(made.n), made.idea] = z[np.arange(made.n), n + made.juror] = 1
    inverse = np.linalg.inv(z.T @ z + np.diag([0] * n + [ratio] * m))
    return inverse @ z.T @ made.total, inverse, ((z @ inverse) * z).sum(axis=1)


def test_errors_and_leverages_are_those_of_the_whole_mixed_model():
    made = collect(incomplete())
    fit = fit_fair(made)
    effects, inverse, hat = plain_solution(made, fit.ratio)
    n = len(made.ideas)
    assert fit.score == pytest.approx(effects[:n], abs=1e-10)
    assert fit.severity == pytest.approx(effects[n:], abs=1e-10)
    assert np.append(fit.error, fit.severity_error) == pytest.approx(
        np.sqrt(fit.s2 * np.diag(inverse)), abs=1e-10
    )
    covariance = np.diag(fit.noise) + fit.rows @ fit.rows.T
    assert covariance == pytest.approx(fit.s2 * inverse[:n, :n], abs=1e-10)
    assert leverage(fit) == pytest.approx(hat, abs=1e-10)
    assert residuals(fit) == pytest.approx(
        made.total - effects[made.idea] - effects[n + made.juror], abs=1e-10
    )


def test_rounds_add_their_variances_with_squared_weights():
    one = estimate_fair(fit_fair(collect(incomplete())))
    both = combine([one, one], [30, 10])
    assert both.score == pytest.approx(one.score)
    assert both.error**2 == pytest.approx(one.error**2 * (0.75**2 + 0.25**2))
    assert combine([one, one], [0, 0]).error ** 2 == pytest.approx(one.error**2 / 2)


def test_the_raw_mean_is_less_sure_than_the_fair_score_where_jurors_differ():
    fit = fit_fair(collect(incomplete()))
    raw = estimate_raw(fit)
    assert (raw.score == fit.raw).all()
    assert raw.error**2 == pytest.approx((fit.s2 + fit.sb2) / fit.ballots.per_idea)
    assert raw.error.mean() > estimate_fair(fit).error.mean()


# -- fallbacks --------------------------------------------------------------------------------------------------------


def test_one_ballot_for_each_idea_tells_nothing_about_jurors():
    fit = fit_fair(collect([("a", "x", 70.0), ("b", "x", 60.0), ("c", "y", 80.0)]))
    assert fit.score.tolist() == [70, 60, 80]
    assert math.isnan(fit.s2)
    assert math.isnan(fit.sb2)
    assert np.isnan(fit.error).all()
    assert not estimate_fair(fit).is_known


def test_jurors_who_differ_by_nothing_but_chance_are_taken_as_equally_strict():
    """Every idea gets the same two values, each juror one of each: no severity to be seen, so ties stay ties."""
    rows = [(idea, juror, 60 + 10 * ((idea + juror) % 2)) for idea in range(4) for juror in range(2)]
    fit = fit_fair(collect(rows))
    assert (fit.ratio, fit.sb2) == (math.inf, 0)
    assert (fit.severity == 0).all()
    assert (fit.score == fit.raw).all()
    assert set(fit.score) == {65}
    assert fit.severity_share == 0


def test_jurors_who_always_agree_leave_no_error():
    fit = fit_fair(collect([(idea, juror, 70.1 + idea / 3) for idea in range(3) for juror in range(3)]))
    assert (fit.s2, fit.sb2, fit.ratio) == (0, 0, math.inf)
    assert (fit.error == 0).all()
    assert fit.score == pytest.approx([70.1 + idea / 3 for idea in range(3)])


def test_severity_without_noise_is_taken_off_completely():
    truth, severity = [50.0, 60, 70, 80], [-6.0, 0, 6]
    rows = [(i, j, truth[i] + severity[j]) for i in range(4) for j in range(3) if i != j]
    fit = fit_fair(collect(rows))
    assert np.diff(fit.score) == pytest.approx(np.diff(truth), abs=1e-3)
    assert np.diff(fit.severity) == pytest.approx(np.diff(severity), abs=1e-3)


def test_groups_that_share_no_ballot_are_told():
    rows = [
        (f"{group}{i}", f"{group}{j}", 50.0 + i * j) for group in "ab" for i in range(3) for j in range(3)
    ]
    fit = fit_fair(collect(rows))
    assert fit.design.groups == 2
    assert fit.degrees == 18 - 6 - 6 + 2
    assert set(fit.design.idea_group[:3]) != set(fit.design.idea_group[3:])


def test_tracks_are_ranked_apart_and_within_them_what_no_ballot_connects():
    rows = [
        (f"{group}{i}", f"{group}{j}", 50.0 + i * j) for group in "ab" for i in range(2) for j in range(2)
    ]
    fit = fit_fair(collect(rows))

    def told(labels, **how):
        return [members.tolist() for members in rank_together(fit, labels, **how)]

    assert told("tttt") == [[0, 1], [2, 3]]
    assert told("tttt", joint=True) == [[0, 1, 2, 3]]
    assert told("utut") == [[1], [3], [0], [2]]
    single = fit_fair(collect([("a", "x", 1.0), ("b", "y", 2.0)]))
    assert [members.tolist() for members in rank_together(single, "tt")] == [[0, 1]]


@pytest.mark.parametrize(
    "rows", [[], [("a", "x", 1.0), ("a", "x", 2.0)], [("a", "x", math.nan)], [("a", "x", math.inf)]]
)
def test_rows_that_mean_nothing_are_refused(rows):
    with pytest.raises(ValueError, match=r"no ballots|two ballots|not a number"):
        collect(rows)


# -- what always holds ------------------------------------------------------------------------------------------------

scores = st.integers(0, 1000).map(lambda tenths: tenths / 10)
designs = st.dictionaries(st.tuples(st.integers(0, 6), st.integers(0, 4)), scores, min_size=2, max_size=35)
linked = st.tuples(designs, st.lists(scores, min_size=11, max_size=11)).map(
    lambda made: {
        **made[0],
        **{(i, 0): made[1][i] for i in range(7)},
        **{(0, j): made[1][6 + j] for j in range(1, 5)},
    }
)  # juror 0 scores every idea, every juror idea 0
panels = st.tuples(st.integers(1, 6), st.integers(1, 5)).flatmap(
    lambda size: st.lists(
        st.lists(scores, min_size=size[1], max_size=size[1]), min_size=size[0], max_size=size[0]
    )
)


def fit_of(cells):
    return fit_fair(collect((idea, juror, total) for (idea, juror), total in cells.items()))


@often
@given(designs, st.integers(-500, 500))
def test_points_for_everybody_are_points_for_every_idea(cells, points):
    before = fit_of(cells)
    after = fit_of({key: total + points for key, total in cells.items()})
    assert after.score == pytest.approx(before.score + points, abs=1e-4)
    assert after.severity == pytest.approx(before.severity, abs=1e-4)


@often
@given(panels)
def test_with_every_juror_on_every_idea_fair_is_raw(panel):
    fit = fit_of({(i, j): total for i, row in enumerate(panel) for j, total in enumerate(row)})
    assert fit.score == pytest.approx(fit.raw, abs=1e-9)


@often
@given(designs, st.permutations(range(7)), st.permutations(range(5)))
def test_names_and_the_order_of_rows_do_not_matter(cells, ideas, jurors):
    before = fit_of(cells)
    after = fit_of({(ideas[i], jurors[j]): total for (i, j), total in reversed(cells.items())})
    renamed = dict(zip(after.ballots.ideas, after.score, strict=True))
    assert [renamed[ideas[i]] for i in before.ballots.ideas] == pytest.approx(before.score, abs=1e-4)
    again = fit_of(dict(reversed(cells.items())))
    assert (again.score == before.score).all()
    assert again.ratio == before.ratio


@often
@given(designs)
def test_at_the_boundary_fair_is_raw_to_the_last_bit(cells):
    fit = fit_of(cells)
    if math.isinf(fit.ratio):
        assert (fit.score == fit.raw).all()
    else:
        assert fit.sb2 > 0
        assert fit.score.sum() == pytest.approx(
            (fit.raw - fit.design.share @ fit.severity).sum(), abs=1e-9 * np.abs(fit.score).max()
        )
    assert len(fit.severity) == len(fit.ballots.jurors)


@often
@given(panels, st.integers(0, 4), st.integers(-300, 300))
def test_in_a_complete_panel_a_stricter_juror_moves_all_ideas_alike(panel, who, points):
    """Anywhere else severities are shrunk a little towards 0, so a part of what one juror gives less remains."""
    cells = {(i, j): total for i, row in enumerate(panel) for j, total in enumerate(row)}
    before = fit_of(cells)
    after = fit_of({(i, j): total + points * (j == who) for (i, j), total in cells.items()})
    moved = after.score - before.score
    assert moved == pytest.approx(np.full(len(moved), moved[0]), abs=1e-9)


@often
@given(linked, st.integers(0, 4), st.integers(-300, 300))
def test_where_severities_are_not_shrunk_a_stricter_juror_changes_no_difference(cells, who, points):
    """With `t -> 0` in a connected design: what one juror adds to all their ballots is seen as theirs completely."""
    made = collect((idea, juror, total) for (idea, juror), total in cells.items())
    before = fit_fair(made, ratio=1e-9)
    assume(before.s2 > 0)
    stricter = made.replace(made.total + points * (np.array(made.jurors)[made.juror] == who), made.weight)
    moved = fit_fair(stricter, ratio=1e-9).score - before.score
    assert moved == pytest.approx(np.full(len(moved), moved[0]), abs=1e-4)


@often
@given(designs)
def test_the_ratio_found_is_the_best_there_is(cells):
    """Nowhere on a fine grid is the likelihood higher, the boundary included."""
    from innovate.results.domain.fair.fit import _profile

    fit = fit_of(cells)
    assume(fit.s2 > 0)
    profile, _ = _profile(fit.ballots, fit.design)
    found = profile.limit if math.isinf(fit.ratio) else float(profile.deviance(np.log(fit.ratio)))
    everywhere = profile.deviance(np.linspace(-10, 14, 2000))
    assert found <= min(everywhere.min(), profile.limit) + 1e-9
