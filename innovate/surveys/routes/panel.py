"""Surveys on the page of an activity: what waits for the person, and for its organizers how it is evaluated."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import url_for
from flask_babel import get_locale

from innovate.learning.policy import Guest
from innovate.quizzes import policy as quizzes
from innovate.surveys import policy
from innovate.surveys.domain.kinds import KIRKPATRICK, SurveyKind
from innovate.surveys.guard import Desk
from innovate.surveys.policy import Maker
from innovate.surveys.queries.surveys import list_about, list_waiting
from innovate.surveys.words import KINDS, STAGES


def load(guest: Guest, at: datetime) -> Mapping[str, Any] | None:
    """For visitors nothing; the four levels of Kirkpatrick only for readers of the surveys of this place."""
    if guest.user is None:
        return None
    activity = guest.activity
    waiting = [each for each in list_waiting(guest.user.id, at) if each.activity_id == activity.id]
    maker = Maker(guest.user, guest.actor)
    reads = policy.can_read(maker)
    if not waiting and not reads:
        return None
    desk = Desk(maker)
    rows = [(each, rate, each.stage(at)) for each, rate in list_about(activity.id)] if reads else []
    held = {kind: [row for row in rows if row[0].kind is kind] for kind in KIRKPATRICK}
    tests = url_for("quizzes.results", activity_id=activity.public_id) if quizzes.can_read(guest) else ""
    return {
        "activity": activity,
        "waiting": waiting,
        "desk": desk if reads else None,
        "levels": [(kind, held[kind]) for kind in KIRKPATRICK],
        "others": [row for row in rows if row[0].kind not in KIRKPATRICK],
        "tests": tests,
        "first": SurveyKind.REACTION,
        "may_make": policy.can_make(maker),
        "kinds": KINDS,
        "stages": STAGES,
        "locale": str(get_locale() or "id"),
    }
