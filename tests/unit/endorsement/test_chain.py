"""The way of a proposal through its unit."""

from hypothesis import given
from hypothesis import strategies as st

from innovate.endorsement.domain.chain import Act, Stage, Standing, follow, is_current, standing_of
from innovate.ideas.domain.lifecycle import IdeaState

stages = st.sampled_from([None, *Stage])
acts = st.sampled_from(Act)


def walk(*doings, stage=None):
    for act, current in doings:
        stage = follow(stage, act, current=current)
        assert stage is not None, act
    return stage


def test_the_usual_way():
    assert walk((Act.ASK, False), (Act.ENDORSE, True), (Act.SUBMIT, True)) is Stage.SUBMITTED
    assert walk((Act.ASK, False), (Act.RETURN, True), (Act.ASK, False)) is Stage.WAITING


def test_decisions_can_be_undone():
    assert walk((Act.ASK, False), (Act.ENDORSE, True), (Act.UNDO, True)) is Stage.WAITING
    assert walk((Act.ASK, False), (Act.RETURN, True), (Act.UNDO, True)) is Stage.WAITING
    assert follow(Stage.SUBMITTED, Act.UNDO, current=True) is None


def test_asking_again_for_the_same_is_no_step():
    for stage in (Stage.WAITING, Stage.ENDORSED, Stage.SUBMITTED):
        assert follow(stage, Act.ASK, current=True) is None
        assert follow(stage, Act.ASK, current=False) is Stage.WAITING
    assert follow(Stage.RETURNED, Act.ASK, current=True) is Stage.WAITING


@given(st.lists(st.tuples(acts, st.booleans()), max_size=12))
def test_nothing_is_handed_in_that_was_not_endorsed_as_it_is(doings):
    """Whatever people do in whatever order: before each handing in stands an endorsement of the same content."""
    stage, endorsed = None, False
    for act, current in doings:
        after = follow(stage, act, current=current)
        if after is Stage.SUBMITTED:
            assert stage is Stage.ENDORSED
            assert current
            assert endorsed
        if after is not None:
            endorsed = {Act.ENDORSE: True, Act.ASK: False, Act.UNDO: False, Act.RETURN: False}.get(
                act, endorsed
            )
            stage = after


@given(stages, acts)
def test_a_changed_proposal_is_neither_endorsed_nor_handed_in(stage, act):
    after = follow(stage, act, current=False)
    assert after not in {Stage.ENDORSED, Stage.SUBMITTED}


@given(stages, st.sampled_from(Act))
def test_a_comment_changes_nothing(stage, act):
    assert follow(stage, Act.COMMENT, current=True) is None
    if stage is None and act is not Act.ASK:
        assert follow(stage, act, current=True) is None


@given(stages, st.booleans(), st.sampled_from(IdeaState))
def test_an_endorsement_is_told_only_while_it_holds(stage, same, state):
    current = stage is not None and is_current(stage, same=same, state=state)
    told = standing_of(stage, current=current, state=state)
    if told is Standing.ENDORSED:
        assert stage is Stage.ENDORSED
        assert same
    if state is IdeaState.WITHDRAWN:
        assert told is Standing.WITHDRAWN


def test_what_the_secretariat_returned_goes_through_the_unit_again():
    assert not is_current(Stage.SUBMITTED, same=True, state=IdeaState.RETURNED)
    assert standing_of(Stage.SUBMITTED, current=False, state=IdeaState.RETURNED) is Standing.RETURNED
    assert standing_of(Stage.SUBMITTED, current=False, state=IdeaState.SUBMITTED) is Standing.CHANGED
    assert standing_of(None, current=False, state=IdeaState.ELIGIBLE) is Standing.SUBMITTED
    assert standing_of(Stage.TAKEN_BACK, current=True, state=IdeaState.DRAFT) is Standing.WRITING
