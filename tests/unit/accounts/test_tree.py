"""The tree of units."""

from hypothesis import given
from hypothesis import strategies as st

from innovate.accounts.domain.tree import ancestors, arrange, find_circle, makes_circle

ROWS = [("dinkes", None), ("pkm-b", "dinkes"), ("pkm-a", "dinkes"), ("bapperida", None), ("pos", "pkm-a")]


def order(rows):
    return arrange(rows, key=lambda r: r[0], parent=lambda r: r[1], order=lambda r: r[0])


def test_parents_before_children_and_brothers_by_name() -> None:
    assert [(depth, code) for depth, (code, _) in order(ROWS)] == [
        (0, "bapperida"),
        (0, "dinkes"),
        (1, "pkm-a"),
        (2, "pos"),
        (1, "pkm-b"),
    ]


def test_a_row_without_its_parent_and_a_circle_are_still_shown() -> None:
    assert [row[0] for _, row in order([("a", "gone"), ("x", "y"), ("y", "x")])] == ["a", "x", "y"]


def test_moving_below_oneself_makes_a_circle() -> None:
    parents = dict(ROWS)
    assert ancestors("pos", parents) == ["pkm-a", "dinkes"]
    assert makes_circle("dinkes", "pos", parents)
    assert makes_circle("dinkes", "dinkes", parents)
    assert not makes_circle("pkm-b", "pkm-a", parents)
    assert not makes_circle("pkm-b", None, parents)
    assert find_circle(parents) is None
    assert find_circle({**parents, "dinkes": "pos"}) in {"dinkes", "pkm-a", "pos"}


parents_of = st.dictionaries(st.integers(0, 8), st.none() | st.integers(0, 8), max_size=9)


@given(parents_of)
def test_no_row_is_lost_or_doubled_whatever_the_parents(parents) -> None:
    rows = list(parents.items())
    assert sorted(row[0] for _, row in order(rows)) == sorted(parents)


@given(parents_of, st.integers(0, 8), st.integers(0, 8))
def test_a_move_that_is_allowed_never_closes_a_circle(parents, key, target) -> None:
    if find_circle(parents) is None and not makes_circle(key, target, parents):
        assert find_circle({**parents, key: target}) is None
