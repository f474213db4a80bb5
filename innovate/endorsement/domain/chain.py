"""The way of a proposal through its unit: asked → (returned →) endorsed → handed in. docs/decisions/0015."""

from __future__ import annotations

import enum

from innovate.ideas.domain.lifecycle import IdeaState


class Stage(enum.StrEnum):
    """What was last decided about a proposal in its unit. Without a chain the team has never asked."""

    WAITING = "waiting"  # at the coordinator
    RETURNED = "returned"  # the unit wants it mended
    TAKEN_BACK = "taken_back"  # the team does
    ENDORSED = "endorsed"  # with the letter of the head of unit
    SUBMITTED = "submitted"  # handed in by the coordinator


class Act(enum.StrEnum):
    """What somebody does; each is kept with who did it and when."""

    ASK = "ask"
    TAKE_BACK = "take_back"
    RETURN = "return"
    ENDORSE = "endorse"
    UNDO = "undo"
    SUBMIT = "submit"
    COMMENT = "comment"  # changes nothing


class Standing(enum.StrEnum):
    """What people are told: the stage, and whether it still speaks of what is written now."""

    WRITING = "writing"
    WAITING = "waiting"
    RETURNED = "returned"
    CHANGED = "changed"  # asked or endorsed once, but the text, a file or the unit is another since
    ENDORSED = "endorsed"
    SUBMITTED = "submitted"
    WITHDRAWN = "withdrawn"


_NEXT = {
    (Stage.WAITING, Act.TAKE_BACK): Stage.TAKEN_BACK,
    (Stage.WAITING, Act.RETURN): Stage.RETURNED,
    (Stage.WAITING, Act.ENDORSE): Stage.ENDORSED,
    (Stage.RETURNED, Act.UNDO): Stage.WAITING,
    (Stage.ENDORSED, Act.UNDO): Stage.WAITING,
    (Stage.ENDORSED, Act.RETURN): Stage.RETURNED,
    (Stage.ENDORSED, Act.SUBMIT): Stage.SUBMITTED,
}
# What is said of a proposal that has changed is not about it any more: only these go on.
_ON_CHANGED = {Act.ASK, Act.TAKE_BACK, Act.RETURN}


def follow(stage: Stage | None, act: Act, *, current: bool) -> Stage | None:
    """The stage after an act, None where it is not possible.

    `current`: whether what was asked for is what is written now. A team asks (again) whenever that is not so, and
    after a return or taking back; asking again for the very same is no step.
    """
    if act is Act.ASK:
        settled = current and stage in {Stage.WAITING, Stage.ENDORSED, Stage.SUBMITTED}
        return None if settled else Stage.WAITING
    if stage is None or (not current and act not in _ON_CHANGED):
        return None
    return _NEXT.get((stage, act))


def standing_of(stage: Stage | None, *, current: bool, state: IdeaState) -> Standing:
    """What is said of a proposal."""
    if state is IdeaState.WITHDRAWN:
        return Standing.WITHDRAWN
    if stage is None or stage is Stage.TAKEN_BACK:
        return Standing.SUBMITTED if _is_handed_in(state) else Standing.WRITING
    if stage is Stage.RETURNED or (stage is Stage.SUBMITTED and state is IdeaState.RETURNED):
        return Standing.RETURNED
    if not current:
        return Standing.CHANGED
    return Standing(stage.value)


def _is_handed_in(state: IdeaState) -> bool:
    return state in {IdeaState.SUBMITTED, IdeaState.ELIGIBLE, IdeaState.INELIGIBLE, IdeaState.DISQUALIFIED}


def is_current(stage: Stage, *, same: bool, state: IdeaState) -> bool:
    """Whether the chain still speaks of the proposal: of the `same` text, files and unit, and not returned since."""
    return same and not (stage is Stage.SUBMITTED and state is IdeaState.RETURNED)
