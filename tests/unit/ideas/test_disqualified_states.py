"""Which states lead into a disqualification and out of it."""

from __future__ import annotations

from innovate.ideas.domain.lifecycle import IdeaState, can_become


def test_only_what_is_in_the_competition_can_be_put_out_and_it_returns_to_where_it_was() -> None:
    put_out = {state for state in IdeaState if can_become(state, IdeaState.DISQUALIFIED)}
    assert put_out == {state for state in IdeaState if state.is_in_competition}
    assert {state for state in IdeaState if can_become(IdeaState.DISQUALIFIED, state)} == put_out
