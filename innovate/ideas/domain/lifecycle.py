"""The life of an idea: draft → submitted → (returned →) eligible or ineligible; withdrawn or disqualified."""

from __future__ import annotations

import enum


class IdeaState(enum.StrEnum):
    """Where an idea stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ELIGIBLE = "eligible"
    INELIGIBLE = "ineligible"
    WITHDRAWN = "withdrawn"
    DISQUALIFIED = "disqualified"

    @property
    def is_in_competition(self) -> bool:
        """Whether it was handed in and not taken out."""
        return self in {IdeaState.SUBMITTED, IdeaState.RETURNED, IdeaState.ELIGIBLE}


class Decision(enum.StrEnum):
    """What the secretariat can decide about a submitted idea."""

    PASS = "pass"  # noqa: S105 - a verdict
    RETURN = "return"
    FAIL = "fail"


_NEXT = {
    IdeaState.DRAFT: {IdeaState.SUBMITTED},
    IdeaState.SUBMITTED: {
        IdeaState.SUBMITTED,
        IdeaState.RETURNED,
        IdeaState.ELIGIBLE,
        IdeaState.INELIGIBLE,
        IdeaState.WITHDRAWN,
        IdeaState.DISQUALIFIED,
    },
    IdeaState.RETURNED: {
        IdeaState.SUBMITTED,
        IdeaState.RETURNED,
        IdeaState.ELIGIBLE,
        IdeaState.INELIGIBLE,
        IdeaState.WITHDRAWN,
        IdeaState.DISQUALIFIED,
    },
    IdeaState.ELIGIBLE: {IdeaState.SUBMITTED, IdeaState.WITHDRAWN, IdeaState.DISQUALIFIED},
    IdeaState.INELIGIBLE: {IdeaState.SUBMITTED, IdeaState.WITHDRAWN},
    IdeaState.WITHDRAWN: {IdeaState.SUBMITTED},
    IdeaState.DISQUALIFIED: {IdeaState.SUBMITTED, IdeaState.RETURNED, IdeaState.ELIGIBLE},
}

OUTCOME = {
    Decision.PASS: IdeaState.ELIGIBLE,
    Decision.RETURN: IdeaState.RETURNED,
    Decision.FAIL: IdeaState.INELIGIBLE,
}


def can_become(before: IdeaState, after: IdeaState) -> bool:
    """Whether an idea may go from one state to the other."""
    return after in _NEXT[before]
