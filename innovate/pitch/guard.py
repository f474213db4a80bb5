"""The guarded ways into a pitch day: absent and not yours look the same (404)."""

from __future__ import annotations

from collections.abc import Callable

from innovate.core.errors import NotFound, require
from innovate.events import guard as events
from innovate.events.policy import Actor
from innovate.pitch import policy
from innovate.pitch.queries import Programme, Scene, find_scene, get_day, load_programme
from innovate.scoring.guard import enter_round
from innovate.scoring.models.rounds import Round


def enter_day(slug: str, number: int, can: Callable[[Actor], bool]) -> tuple[Actor, Round, Programme]:
    """The present person, the round, and its pitch day."""
    actor, round_ = enter_round(slug, number, can)
    return actor, round_, load_programme(get_day(round_.id), round_)


def enter_scene(slug: str, number: int) -> Scene:
    """A pitch day for whoever may follow it: everybody once published, before that those who watch."""
    scene = find_scene(slug, number)
    if scene is None:
        raise NotFound
    if not scene.is_public:
        require(events.signed_in_user() is not None, NotFound())
        events.enter(slug, policy.can_watch)
    return scene
