"""The blueprint of tests, and where they join the page of an activity."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from flask import Blueprint

from innovate.audit.exports.names import add_names
from innovate.core.web.plumbing import Plumbing
from innovate.learning.policy import Guest
from innovate.learning.routes.panels import Panel, add_panel
from innovate.quizzes import policy
from innovate.quizzes.queries.own import OwnPlace, list_own_places
from innovate.quizzes.queries.quizzes import TRAIL_NAMES
from innovate.quizzes.queries.sheets import find_own_place
from innovate.quizzes.services import forgetting
from innovate.quizzes.words import MOMENTS, STAGES

blueprint = Blueprint("quizzes", __name__, url_prefix="/pelatihan/<activity_id>")


def init_app(_plumbing: Plumbing) -> None:
    """Stand on the page of an activity, name tests in the trail, and join erasure."""
    add_panel(Panel("quizzes", "quizzes/_panel.html", _load, order=40))
    add_names(TRAIL_NAMES)
    forgetting.connect()


def takes_tests(guest: Guest, places: Sequence[OwnPlace]) -> bool:
    """Whether the person has a place and something to begin or to go on with."""
    open_now = any(test.may_start for place in places for test in place.tests)
    return open_now and policy.is_held(guest) and find_own_place(guest) is not None


def _load(guest: Guest, at: datetime) -> Mapping[str, Any] | None:
    places = list_own_places(guest.activity.id, guest.user.id if guest.user else None, at)
    may_make, may_read = policy.can_make(guest), policy.can_read(guest)
    if not places and not may_make:
        return None
    return {
        "activity": guest.activity,
        "places": places,
        "moments": MOMENTS,
        "stages": STAGES,
        "may_make": may_make,
        "may_read": may_read,
        "takes": takes_tests(guest, places),
    }
