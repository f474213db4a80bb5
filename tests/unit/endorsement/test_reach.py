"""Who answers for whom in the tree of units."""

from hypothesis import given
from hypothesis import strategies as st

from innovate.endorsement.domain.reach import nearest, path_up, units_below

TREE = {1: None, 2: 1, 3: 1, 4: 2, 5: None}


def test_a_coordinator_answers_for_everything_below():
    assert units_below([1], TREE) == {1, 2, 3, 4}
    assert units_below([2, 5], TREE) == {2, 4, 5}
    assert units_below([], TREE) == frozenset()


def test_a_proposal_waits_for_the_nearest():
    assert path_up(4, TREE) == [4, 2, 1]
    assert path_up(None, TREE) == []
    assert nearest(path_up(4, TREE), {1: ["kepala"], 2: ["dekat"]}) == ["dekat"]
    assert nearest(path_up(3, TREE), {2: ["lain"]}) == ()


@given(
    st.dictionaries(st.integers(1, 9), st.none() | st.integers(1, 9)), st.integers(1, 9), st.integers(1, 9)
)
def test_both_directions_agree_even_in_a_circle(tree, unit, holder):
    assert (unit in units_below([holder], tree)) == (holder in path_up(unit, tree))
