"""Mentors, every tie of a pair, and what dismissing one of them leaves."""

from hypothesis import given
from hypothesis import strategies as st

from innovate.scoring.domain.conflicts import EntryTies, JurorTies, Reason, Tie, detect, detect_all, find_all

PARENTS = {1: None, 2: 1, 3: 2, 4: None}
MEMBER_AND_COLLEAGUE = EntryTies(7, frozenset({2}), frozenset({50}), frozenset({50, 51}), team_id=9)


def test_every_tie_is_found_the_weightiest_first():
    assert detect(JurorTies(50, 1), MEMBER_AND_COLLEAGUE, PARENTS) == [
        Tie(Reason.TEAM, "team:9"),
        Tie(Reason.MENTOR, "team:9"),
        Tie(Reason.SUPERIOR_UNIT, "unit:1:2"),
    ]
    assert detect(JurorTies(51, 4), MEMBER_AND_COLLEAGUE, PARENTS) == [Tie(Reason.MENTOR, "team:9")]


def test_dismissing_one_tie_leaves_the_others():
    juror, pair = JurorTies(51, 2), (7, 51)
    mentor, unit = Tie(Reason.MENTOR, "team:9"), Tie(Reason.OWN_UNIT, "unit:2:2")
    assert find_all([juror], [MEMBER_AND_COLLEAGUE], PARENTS, {}, {(pair, mentor)}) == {pair: Reason.OWN_UNIT}
    assert find_all([juror], [MEMBER_AND_COLLEAGUE], PARENTS, {}, {(pair, mentor), (pair, unit)}) == {}


def test_a_dismissal_is_about_the_very_units_it_was_made_for():
    before = (7, 51), Tie(Reason.OWN_UNIT, "unit:2:2")
    moved = EntryTies(7, frozenset({4}), frozenset())
    assert find_all([JurorTies(51, 4)], [moved], PARENTS, {}, {before}) == {(7, 51): Reason.OWN_UNIT}


def test_what_people_said_outlives_a_dismissal():
    lifted = {((7, 51), Tie(Reason.MENTOR, "team:9"))}
    said = {(7, 51): Reason.DECLARED}
    assert find_all([JurorTies(51, None)], [MEMBER_AND_COLLEAGUE], PARENTS, said, lifted) == said


units = st.integers(1, 6)
jurors = st.lists(st.builds(JurorTies, st.integers(1, 9), st.none() | units), unique_by=lambda j: j.user_id)
entries = st.lists(
    st.builds(
        EntryTies,
        st.integers(1, 9),
        st.frozensets(units, max_size=2),
        st.frozensets(st.integers(1, 9), max_size=4),
        st.frozensets(st.integers(1, 9), max_size=3),
        st.integers(1, 9),
    ),
    unique_by=lambda e: e.idea_id,
)
trees = st.dictionaries(units, st.none() | units)


@given(jurors, entries, trees, st.data())
def test_a_pair_is_free_exactly_when_all_its_ties_are_dismissed(jurors, entries, trees, data):
    every = [(pair, tie) for pair, ties in detect_all(jurors, entries, trees).items() for tie in ties]
    lifted = set(data.draw(st.lists(st.sampled_from(every), unique=True))) if every else set()
    found = find_all(jurors, entries, trees, {}, lifted)
    assert set(found) == {pair for pair, tie in every if (pair, tie) not in lifted}
    assert set(find_all(jurors, entries, trees, {}, set(every))) == set()
