"""What goes into a draw, and what comes out."""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Pair = tuple[int, int]  # (idea, juror)


@dataclass(frozen=True)
class EntryPlace:
    """An entry to be drawn for: its track, and the words of it that some juror names as a keyword."""

    id: int
    track: str = ""
    words: frozenset[str] = frozenset()


@dataclass(frozen=True)
class JurorPlace:
    """A juror in the draw. `capacity` None: no limit of their own; no `expertise`: at home in every track."""

    id: int
    capacity: int | None = None
    expertise: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()

    def knows(self, track: str) -> bool:
        """Whether entries of the track are the juror's subject; an entry without a track is everybody's."""
        return not self.expertise or not track or track in self.expertise


@dataclass(frozen=True)
class DrawInputs:
    """Everything a draw depends on besides its seed."""

    ideas: Sequence[EntryPlace]
    jurors: Sequence[JurorPlace]
    k: int
    forbidden: frozenset[Pair] = frozenset()
    existing: frozenset[Pair] = frozenset()

    def as_json(self) -> dict[str, Any]:
        """The inputs as plain sorted lists: stored with the draw so that it can be repeated."""
        return {
            "ideas": [[i.id, i.track, sorted(i.words)] for i in sorted(self.ideas, key=_by_id)],
            "jurors": [
                [j.id, j.capacity, sorted(j.expertise), sorted(j.words)]
                for j in sorted(self.jurors, key=_by_id)
            ],
            "k": self.k,
            "forbidden": sorted(map(list, self.forbidden)),
            "existing": sorted(map(list, self.existing)),
        }

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> DrawInputs:
        """What `as_json` wrote."""
        return cls(
            ideas=[EntryPlace(key, track, frozenset(words)) for key, track, words in values["ideas"]],
            jurors=[
                JurorPlace(key, capacity, frozenset(tracks), frozenset(words))
                for key, capacity, tracks, words in values["jurors"]
            ],
            k=values["k"],
            forbidden=frozenset((i, j) for i, j in values["forbidden"]),
            existing=frozenset((i, j) for i, j in values["existing"]),
        )


def _by_id(place: EntryPlace | JurorPlace) -> int:
    return place.id


class Why(enum.StrEnum):
    """Why a juror has an entry."""

    KEPT = "kept"  # stood before the draw
    BRIDGE = "bridge"  # links groups of jurors
    TRACK = "track"  # the entry's track is their expertise
    WORDS = "words"  # keywords of theirs are in its text
    ANY = "any"  # named no expertise: every track is theirs
    BALANCE = "balance"  # nobody nearer to the subject had room


class Gap(enum.StrEnum):
    """Why an entry got fewer jurors than wanted."""

    CONFLICTS = "conflicts"  # fewer than k jurors are free of conflicts
    CAPACITY = "capacity"  # jurors are free of conflicts but their limits are reached


@dataclass(frozen=True)
class Hard:
    """An entry that got fewer jurors than wanted: `short` places stay open; `free` jurors have no conflict."""

    idea_id: int
    short: int
    reason: Gap
    free: int = 0


@dataclass(frozen=True)
class DrawnPair:
    """A pair of the panel after the draw, with why it is one."""

    idea_id: int
    juror_id: int
    why: tuple[Why, ...]

    @property
    def is_new(self) -> bool:
        """Whether the draw made it."""
        return Why.KEPT not in self.why


@dataclass(frozen=True)
class Draw:
    """The whole panel after the draw: what stood and what is new, and what it amounts to.

    `efficiency` is that of comparing entries (0..1, see `linkage`), `mean_affinity` that of jurors' knowledge (0..1).
    """

    panel: tuple[DrawnPair, ...]
    loads: dict[int, int]
    hard: tuple[Hard, ...] = ()
    mean_affinity: float = 1.0
    components: int = 0
    efficiency: float = 1.0
    conflict_violations: int = 0
    wanted: int = 0
    capacity_gap: int = 0  # places that no juror has room for, conflicts aside
    pairs: tuple[Pair, ...] = field(init=False)  # the new ones

    def __post_init__(self) -> None:
        new = tuple((pair.idea_id, pair.juror_id) for pair in self.panel if pair.is_new)
        object.__setattr__(self, "pairs", new)

    @property
    def least(self) -> int:
        """The lightest load."""
        return min(self.loads.values(), default=0)

    @property
    def most(self) -> int:
        """The heaviest load."""
        return max(self.loads.values(), default=0)
