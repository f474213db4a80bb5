"""Who is Juara Favorit, whatever the votes."""

from hypothesis import given
from hypothesis import strategies as st

from innovate.voting.domain.outcome import bar, decide, tally

VOTES = st.dictionaries(st.integers(1, 12), st.integers(0, 6), max_size=10)
BARRED = st.dictionaries(st.integers(1, 12), st.sampled_from(["Juara I", "Harapan II"]), max_size=6)


@given(VOTES, BARRED, st.integers(1, 4))
def test_no_winner_holds_an_award_or_lacks_votes(votes: dict, barred: dict, winners: int) -> None:
    found = decide(votes, barred, winners)
    candidates = {*found.sure, *found.tied}
    assert not candidates & set(barred)
    assert all(votes[idea] > 0 for idea in candidates)
    able = [idea for idea, count in votes.items() if count and idea not in barred]
    assert len(found.sure) + found.seats == min(winners, len(able))


@given(VOTES, BARRED, st.integers(1, 4))
def test_nobody_left_out_has_more_votes_than_a_winner(votes: dict, barred: dict, winners: int) -> None:
    found = decide(votes, barred, winners)
    left = [votes[i] for i in votes if i not in barred and i not in {*found.sure, *found.tied}]
    least = min((votes[i] for i in (*found.sure, *found.tied)), default=0)
    assert all(count < least or not count for count in left)
    assert len({votes[i] for i in found.tied}) <= 1
    assert all(votes[i] > votes[j] for i in found.sure for j in found.tied)
    assert bool(found.tied) == (found.seats > 0)
    assert len(found.tied) > found.seats or not found.tied


@given(VOTES, BARRED, st.integers(1, 4))
def test_barring_those_who_do_not_win_changes_nothing(votes: dict, barred: dict, winners: int) -> None:
    found = decide(votes, barred, winners)
    losers = set(votes) - {*found.sure, *found.tied} - set(barred)
    again = decide(votes, barred | dict.fromkeys(losers, "Khusus"), winners)
    assert (again.sure, again.tied, again.seats) == (found.sure, found.tied, found.seats)


def test_a_tie_at_the_line_is_for_people() -> None:
    found = decide({1: 9, 2: 5, 3: 5, 4: 7}, {4: "Juara I"}, winners=2)
    assert found.sure == (1,)
    assert found.tied == (2, 3)
    assert found.accepts([3])
    assert not found.accepts([1])
    assert not found.accepts([2, 3])
    assert not found.accepts([])
    assert found.winners([3]) == [1, 3]


def test_fewer_winners_than_awards_where_nobody_else_was_chosen() -> None:
    assert decide({1: 2, 2: 0}, {}, winners=3).winners() == [1]
    assert decide({}, {}, winners=1).winners() == []


def test_what_keeps_an_entry_out() -> None:
    prizes, specials = {1: "Juara I"}, {1: "Terhijau", 2: "Terhijau"}
    assert bar(prizes, specials, excludes=True, excludes_specials=True) == {1: "Juara I", 2: "Terhijau"}
    assert bar(prizes, specials, excludes=True, excludes_specials=False) == prizes
    assert bar(prizes, specials, excludes=False, excludes_specials=True) == specials
    assert bar(prizes, specials, excludes=False, excludes_specials=False) == {}


def test_an_entry_counts_once_in_a_vote() -> None:
    assert tally([[1, 1, 2], [2], [7]], [1, 2, 3]) == {1: 1, 2: 2, 3: 0}
