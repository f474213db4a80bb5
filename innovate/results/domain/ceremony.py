"""The order in which a result is revealed on the stage: group by group, from the last place to the first."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from innovate.results.domain.awards import Place

PLACES = 3  # of each group where no prize says how many
MOST_PLACES = 20


class StepKind(enum.StrEnum):
    """What a step of the ceremony shows."""

    OPENING = "opening"
    GROUP = "group"  # its name and its sealed ladder
    PLACE = "place"
    SPECIAL = "special"
    CLOSING = "closing"


@dataclass(frozen=True)
class Step:
    """One press of the key. `ladder`: the places of the group from first to last, each with whether it is open."""

    kind: StepKind
    group_code: str = ""
    place: Place | None = None
    ladder: tuple[tuple[Place, bool], ...] = ()
    special: Any = None

    @property
    def is_first(self) -> bool:
        """Whether somebody comes first here."""
        return self.place is not None and self.place.rank == 1


def plan_steps(groups: Sequence[str], places: Iterable[Place], specials: Sequence[Any] = ()) -> list[Step]:
    """Opening, each group with its places from last to first, special prizes, closing.

    `groups` are the codes in the event's order; groups without a place are passed over.
    """
    by_group: dict[str, list[Place]] = {}
    for place in places:
        by_group.setdefault(place.group_code, []).append(place)
    order = [code for code in groups if code in by_group]
    order += [code for code in by_group if code not in order]
    steps = [Step(StepKind.OPENING)]
    for code in order:
        steps += _group_steps(code, sorted(by_group[code], key=lambda place: place.rank))
    steps += [Step(StepKind.SPECIAL, special=each) for each in specials]
    return [*steps, Step(StepKind.CLOSING)] if len(steps) > 1 else steps


def _group_steps(code: str, places: list[Place]) -> list[Step]:
    sealed = tuple((place, False) for place in places)
    steps = [Step(StepKind.GROUP, code, ladder=sealed)]
    for number, place in reversed(list(enumerate(places))):
        ladder = tuple((each, at >= number) for at, each in enumerate(places))
        steps.append(Step(StepKind.PLACE, code, place, ladder))
    return steps
