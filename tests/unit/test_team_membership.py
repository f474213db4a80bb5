"""Who may be in a team."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovate.teams.domain.membership import (
    Candidate,
    Obstacle,
    Roster,
    Rules,
    find_obstacle,
    is_complete,
    is_locked,
)

RULES = Rules(minimum=3, maximum=5, allow_non_asn=False, one_team_per_person=True)
ROSTER = Roster(size=3, is_open=True, is_locked=False)
PERSON = Candidate(is_verified=True, is_asn=True, is_committee=False)


def change(value, **changes):
    return type(value)(**{**value.__dict__, **changes})


@pytest.mark.parametrize(
    ("rules", "roster", "person", "expected"),
    [
        (RULES, ROSTER, PERSON, None),
        (RULES, change(ROSTER, size=5), PERSON, Obstacle.FULL),
        (RULES, change(ROSTER, size=4), PERSON, None),
        (RULES, change(ROSTER, is_open=False), PERSON, Obstacle.CLOSED),
        (RULES, change(ROSTER, is_locked=True), PERSON, Obstacle.LOCKED),
        (RULES, ROSTER, change(PERSON, is_verified=False), Obstacle.UNVERIFIED),
        (RULES, ROSTER, change(PERSON, is_committee=True), Obstacle.COMMITTEE),
        (RULES, ROSTER, change(PERSON, is_asn=False), Obstacle.NOT_ASN),
        (change(RULES, allow_non_asn=True), ROSTER, change(PERSON, is_asn=False), None),
        (RULES, ROSTER, change(PERSON, is_here=True), Obstacle.ALREADY_HERE),
        (RULES, ROSTER, change(PERSON, is_elsewhere=True), Obstacle.IN_OTHER_TEAM),
        (change(RULES, one_team_per_person=False), ROSTER, change(PERSON, is_elsewhere=True), None),
    ],
)
def test_one_obstacle_at_a_time(
    rules: Rules, roster: Roster, person: Candidate, expected: Obstacle | None
) -> None:
    assert find_obstacle(rules, roster, person) is expected


booleans = st.booleans()


@given(
    st.builds(Rules, st.integers(1, 3), st.integers(3, 8), booleans, booleans),
    st.builds(Roster, st.integers(0, 12), booleans, booleans),
    st.builds(Candidate, booleans, booleans, booleans, booleans, booleans),
)
def test_nobody_gets_past_a_rule(rules: Rules, roster: Roster, person: Candidate) -> None:
    if find_obstacle(rules, roster, person) is None:
        assert roster.size < rules.maximum
        assert roster.is_open
        assert not roster.is_locked
        assert person.is_verified
        assert not person.is_committee
        assert person.is_asn or rules.allow_non_asn
        assert not (person.is_elsewhere and rules.one_team_per_person)


@pytest.mark.parametrize(("size", "complete"), [(2, False), (3, True), (5, True), (6, False)])
def test_a_team_is_complete_between_its_bounds(size: int, complete: bool) -> None:
    assert is_complete(RULES, size) is complete


def test_members_are_fixed_after_submission_unless_opened() -> None:
    assert is_locked(submitted=True, event_open=False, team_unlocked=False)
    assert not is_locked(submitted=True, event_open=True, team_unlocked=False)
    assert not is_locked(submitted=True, event_open=False, team_unlocked=True)
    assert not is_locked(submitted=False, event_open=False, team_unlocked=False)
