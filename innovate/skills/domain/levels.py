"""Levels of a skill: 0 (not yet) to 4, and when a person still has something to learn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

LEVELS = 5
HIGHEST = LEVELS - 1
ABLE = 2  # works alone: worth being found for a team
MOVED = "words"  # `SkillRating.about` of what came out of the former list of words: its level was not chosen


def needs_learning(level: int | None) -> bool:
    """Whether a session about the skill is worth suggesting: nothing said yet, or not able to work alone."""
    return level is None or level < ABLE


@dataclass(frozen=True)
class SkillText:
    """What a skill says of itself. `levels`: five lines, from 0 on."""

    name: str
    area: str
    description: str
    levels: Sequence[str]
    words: Sequence[str] = ()
