"""The seal: who sees results when, and which steps a board may take."""

import itertools

import pytest

from innovate.events.domain.seal import BoardState as S
from innovate.events.domain.seal import can_move, may_see_results, needs_reason

ORDER = (S.COLLECTING, S.PROVISIONAL, S.FROZEN, S.SIGNED, S.ANNOUNCED, S.FINAL)
FORWARD = set(itertools.pairwise(ORDER))


def test_forward_goes_one_step_at_a_time() -> None:
    for before, after in itertools.product(S, S):
        ahead = ORDER.index(after) > ORDER.index(before)
        if ahead:
            assert can_move(before, after) is ((before, after) in FORWARD), (before, after)
        assert needs_reason(before, after) is (ORDER.index(after) < ORDER.index(before))


def test_every_frozen_ranking_can_be_corrected_and_nothing_moves_to_itself() -> None:
    for state in S:
        assert not can_move(state, state)
        if state.is_settled:
            assert can_move(state, S.PROVISIONAL), state


def test_what_is_public_was_signed_off() -> None:
    assert {before for before in S if can_move(before, S.ANNOUNCED)} == {S.SIGNED, S.FINAL}
    assert {before for before in S if can_move(before, S.SIGNED)} == {S.FROZEN, S.ANNOUNCED, S.FINAL}
    assert [state for state in ORDER if state.is_public] == [S.ANNOUNCED, S.FINAL]
    assert [state for state in ORDER if state.is_settled] == list(ORDER[2:])


@pytest.mark.parametrize("state", S)
def test_who_sees_results(state: S) -> None:
    nobody = {"is_organizer": False, "is_chair": False, "is_auditor": False}
    assert may_see_results(state, **nobody) is state.is_public
    assert may_see_results(state, **nobody | {"is_organizer": True})
    assert may_see_results(state, **nobody | {"is_auditor": True})
    assert may_see_results(state, **nobody | {"is_chair": True}) is (state is not S.COLLECTING)
