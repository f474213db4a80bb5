"""When each team is due."""

import itertools
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from innovate.pitch.domain.schedule import Break, Line, list_lines

NINE = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def minutes(n):
    return NINE + timedelta(minutes=n)


def test_teams_follow_each_other_and_breaks_stand_between():
    lunch = Break(after=2, minutes=45, label="Ishoma")
    assert list_lines(NINE, 3, minutes=20, breaks=[lunch]) == [
        Line(minutes(0), minutes(20), place=0),
        Line(minutes(20), minutes(40), place=1),
        Line(minutes(40), minutes(85), pause=lunch),
        Line(minutes(85), minutes(105), place=2),
    ]


def test_a_break_after_the_last_team_is_none():
    assert len(list_lines(NINE, 2, minutes=20, breaks=[Break(2, 30), Break(9, 30)])) == 2
    assert list_lines(NINE, 0, minutes=20, breaks=[Break(1, 30)]) == []


breaks = st.lists(st.builds(Break, st.integers(1, 20), st.integers(1, 240)), max_size=4)


@given(st.integers(0, 20), st.integers(1, 60), breaks)
def test_lines_touch_and_every_team_has_one(teams, length, pauses):
    lines = list_lines(NINE, teams, minutes=length, breaks=pauses)
    assert [line.place for line in lines if line.pause is None] == list(range(teams))
    assert all(before.ends_at == after.starts_at for before, after in itertools.pairwise(lines))
    total = teams * length + sum(line.pause.minutes for line in lines if line.pause)
    assert lines == [] or lines[-1].ends_at == minutes(total)
