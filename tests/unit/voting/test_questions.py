"""What deserves a second look, and what does not. The numbers of the bursts are those of docs/algorithms."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovate.voting.domain.questions import QuestionKind, Trace, burst_chance, find_questions

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Pontianak")
MINUTE = timedelta(minutes=1)


def traces(number: int, every: timedelta, **same: object) -> list[Trace]:
    begins = same.pop("at", NOW)
    return [
        Trace(
            **{
                "key": f"{same.get('key', 'v')}{n:03d}",
                "at": begins + n * every,
                "network": f"{same.get('key', '')}jaringan{n}",
                "domain": "gmail.com",
                "stem": f"{same.get('key', '')}akar{n}",
                **{name: value for name, value in same.items() if name != "key"},
            }
        )
        for n in range(number)
    ]


def kinds(rows: list[Trace], *, entries: bool = True) -> list[QuestionKind]:
    return [question.kind for question in find_questions(rows, ZONE, entries=entries)]


def test_one_network_within_minutes() -> None:
    assert kinds(traces(8, MINUTE, network="kantor")) == [QuestionKind.NETWORK]
    assert kinds(traces(7, MINUTE, network="kantor")) == []
    assert kinds(traces(40, 10 * MINUTE, network="kantor")) == []  # an office over a day
    assert kinds(traces(40, MINUTE)) == []
    crowd = traces(8, MINUTE, network="kantor") + traces(
        5, 60 * MINUTE, at=NOW + 90 * MINUTE, key="w", network="kantor"
    )
    [question] = find_questions(crowd, ZONE, entries=True)
    assert question.votes == tuple(f"v{n:03d}" for n in range(8))
    assert question.ends == NOW + 7 * MINUTE


def test_one_domain_with_a_large_part_of_the_votes() -> None:
    apart = 30 * MINUTE
    assert kinds(traces(20, apart, domain="dinas.example")) == [QuestionKind.DOMAIN]
    assert kinds(traces(19, apart, domain="dinas.example")) == []
    assert kinds(traces(20, apart, domain="dinas.example") + traces(61, apart, key="w")) == []
    assert kinds(traces(90, apart)) == []  # everybody's provider


def test_numbered_addresses() -> None:
    [question] = find_questions(
        traces(3, 60 * MINUTE, stem="warga", domain="contoh.example"), ZONE, entries=True
    )
    assert (question.kind, question.subject) == (QuestionKind.SERIES, "contoh.example")
    assert kinds(traces(2, MINUTE, stem="warga")) == []


def test_a_burst_beyond_what_the_day_shows() -> None:
    day = traces(60, 20 * MINUTE, at=NOW, key="a", entries=frozenset({1}))
    burst = traces(12, MINUTE, at=NOW + 61 * MINUTE, key="b", entries=frozenset({2}))
    found = find_questions(day + burst, ZONE, entries=True)
    assert [(q.kind, q.subject) for q in found] == [(QuestionKind.BURST, "2")]
    assert kinds(day + burst, entries=False) == []  # while the vote runs nobody looks at choices


def test_a_favourite_and_a_busy_hour_are_no_burst() -> None:
    favourite = traces(200, 3 * MINUTE, entries=frozenset({1}))
    assert kinds(favourite) == []
    mixed = [
        Trace(f"m{n}", NOW + n * timedelta(seconds=20), f"j{n}", "gmail.com", f"s{n}", frozenset({n % 4}))
        for n in range(120)
    ]
    assert kinds(mixed + traces(20, 20 * MINUTE, at=NOW + 60 * MINUTE, entries=frozenset({1}))) == []


@pytest.mark.parametrize(
    ("inside", "window", "of_day", "day", "chance"),
    [(12, 13, 14, 90, 1.45e-16), (8, 20, 30, 90, 0.29036), (8, 8, 8, 8, 0.0039)],
)
def test_the_chance_of_a_burst(inside: int, window: int, of_day: int, day: int, chance: float) -> None:
    assert burst_chance(inside, window, of_day, day) == pytest.approx(chance, rel=0.02)


@given(st.integers(0, 30), st.integers(0, 30), st.integers(0, 60), st.integers(0, 60))
def test_a_chance_is_one(inside: int, others: int, more: int, rest: int) -> None:
    chance = burst_chance(inside, inside + others, inside + more, inside + others + more + rest)
    assert -1e-9 <= chance <= 1 + 1e-9


@given(st.lists(st.tuples(st.integers(0, 300), st.integers(0, 3), st.integers(0, 4)), max_size=60))
def test_questions_name_votes_that_are_there_once(rows: list[tuple[int, int, int]]) -> None:
    given_ = [
        Trace(f"{n:02d}", NOW + at * MINUTE, f"j{net}", "kantor.example", f"s{net}", frozenset({entry}))
        for n, (at, net, entry) in enumerate(rows)
    ]
    for question in find_questions(given_, ZONE, entries=True):
        assert len(set(question.votes)) == len(question.votes)
        assert set(question.votes) <= {trace.key for trace in given_}
        assert question.begins <= question.ends
