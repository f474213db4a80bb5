"""What a juror would be on an entry, and what a panel amounts to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovate.scoring.domain.assignment.moves import Figures, Mark, find_partners, is_full, judge, measure
from innovate.scoring.domain.assignment.places import EntryPlace, JurorPlace

ENTRY = EntryPlace(1, "layanan", frozenset({"parit"}))


@pytest.mark.parametrize(
    ("juror", "seated", "partners", "barred", "mark"),
    [
        (JurorPlace(7, expertise=frozenset({"layanan"})), {7}, (), True, Mark.HERE),
        (JurorPlace(7, expertise=frozenset({"layanan"})), {8}, (), True, Mark.CONFLICT),
        (JurorPlace(7, expertise=frozenset({"layanan"})), {8}, (), False, Mark.TRACK),
        (JurorPlace(7, words=frozenset({"parit"})), {8}, (), False, Mark.WORDS),
        (JurorPlace(7), {8}, {9}, False, Mark.BRIDGE),
        (JurorPlace(7), {8, 9}, {9}, False, Mark.OPEN),
        (JurorPlace(7), set(), (), False, Mark.OPEN),
    ],
)
def test_the_weightiest_is_said_first(juror, seated, partners, barred, mark):
    assert judge(ENTRY, juror, seated, partners, barred=barred) is mark


def test_a_limit_is_full_when_reached():
    assert [is_full(None, 9), is_full(2, 1), is_full(2, 2), is_full(0, 0)] == [False, False, True, True]


PAIRS = st.frozensets(st.tuples(st.integers(0, 5), st.integers(0, 5)))


@given(PAIRS)
def test_partners_are_mutual_and_never_oneself(pairs):
    found = find_partners(pairs)
    assert set(found) == {juror for _idea, juror in pairs}
    for juror, others in found.items():
        assert juror not in others
        for other in others:
            assert juror in found[other]
            assert any((idea, other) in pairs for idea, who in pairs if who == juror)


def test_the_figures_of_two_groups_and_of_one():
    apart = frozenset({(1, 1), (1, 2), (2, 3)})
    assert measure([1, 2, 3], [1, 2, 3, 4], apart, 2) == Figures(0, 1, 2, 2, 0.0)
    joined = measure([1, 2], [1, 2], frozenset({(1, 1), (1, 2), (2, 1), (2, 2)}), 2)
    assert (joined.least, joined.most, joined.short, joined.components) == (2, 2, 0, 1)
    assert joined.efficiency == pytest.approx(1)
    assert measure([], [], frozenset(), 2) == Figures(0, 0, 0, 0, 1.0)


@given(PAIRS)
def test_the_figures_hold_for_any_panel(pairs):
    found = measure(range(6), range(6), pairs, 2)
    assert 0 <= found.least <= found.most <= 6
    assert found.short == sum(sum(idea == each for idea, _j in pairs) < 2 for each in range(6))
    assert found.efficiency >= 0
