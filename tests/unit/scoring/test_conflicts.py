"""Who must not judge what."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovate.scoring.domain.conflicts import EntryTies, JurorTies, Reason, find_all, find_conflict, line_of

# 1 Dinas Kesehatan > 2 Puskesmas > 3 Pustu; 4 Dinas Sosial stands alone
PARENTS = {1: None, 2: 1, 3: 2, 4: None}


def entry(*units, members=(), idea_id=7):
    return EntryTies(idea_id, frozenset(units), frozenset(members))


@pytest.mark.parametrize(
    ("unit", "of_entry", "expected"),
    [
        (2, entry(2), Reason.OWN_UNIT),
        (1, entry(2), Reason.SUPERIOR_UNIT),
        (1, entry(3), Reason.SUPERIOR_UNIT),
        (3, entry(1), Reason.SUBORDINATE_UNIT),
        (4, entry(2), None),
        (4, entry(2, 4), Reason.OWN_UNIT),  # the team's unit counts beside the entry's
        (None, entry(2), None),
        (2, entry(), None),
        (2, entry(2, members=[50]), Reason.TEAM),  # the weightiest reason is named
        (None, entry(members=[50]), Reason.TEAM),
    ],
)
def test_ties(unit, of_entry, expected):
    assert find_conflict(JurorTies(50, unit), of_entry, PARENTS) is expected


def test_a_ring_in_the_tree_of_units_ends():
    assert line_of(1, {1: 2, 2: 1}) == [1, 2]


def test_what_people_said_counts_and_a_tie_of_unit_or_team_is_named_before_it():
    said = {(7, 50): Reason.DECLARED, (8, 50): Reason.ABSTAINED}
    found = find_all([JurorTies(50, 2)], [entry(2), entry(4, idea_id=8)], PARENTS, said)
    assert found == {(7, 50): Reason.OWN_UNIT, (8, 50): Reason.ABSTAINED}


units = st.integers(1, 8)
trees = st.dictionaries(units, st.none() | units, max_size=8)
juror_lists = st.lists(
    st.builds(JurorTies, st.integers(1, 12), st.none() | units), unique_by=lambda j: j.user_id
)
entry_lists = st.lists(
    st.builds(
        EntryTies, st.integers(1, 20), st.frozensets(units, max_size=2), st.frozensets(st.integers(1, 12))
    ),
    unique_by=lambda e: e.idea_id,
    max_size=12,
)


@given(juror_lists, entry_lists, trees)
def test_looking_up_finds_what_comparing_every_pair_finds(jurors, entries, parents):
    by_pair = {
        (e.idea_id, j.user_id): reason
        for j in jurors
        for e in entries
        if (reason := find_conflict(j, e, parents))
    }
    assert find_all(jurors, entries, parents, {}) == by_pair
