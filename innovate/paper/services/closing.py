"""When paper can no longer be typed in: features above that settle a round's ranking say so."""

from __future__ import annotations

from collections.abc import Callable

from innovate.scoring.models.rounds import Round

IsSettled = Callable[[Round], bool]
_voices: dict[str, IsSettled] = {}


def add_settled(key: str, is_settled: IsSettled) -> None:
    """Register who knows whether a round's ranking is frozen; one with the same key is replaced."""
    _voices[key] = is_settled


def is_settled(round_: Round) -> bool:
    """Whether the round's ranking is frozen or further."""
    return any(says(round_) for says in _voices.values())
