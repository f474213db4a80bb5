"""What others are told about ideas: a ranking, the organizer's overview, reminders."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple


class BoardEntry(NamedTuple):
    """An eligible idea as its submitted revision says; codes and names are empty where it has none."""

    idea_id: int
    public_id: str
    number: int | None
    title: str
    group_code: str
    track_code: str
    team_name: str
    unit_name: str
    in_gallery: bool


class Funnel(NamedTuple):
    """How far the ideas of an event are. Withdrawn and disqualified ones count in neither of the first four."""

    drafts: int = 0
    submitted: int = 0  # handed in, in whatever state of screening
    waiting: int = 0  # of these, not decided yet
    returned: int = 0
    eligible: int = 0
    ineligible: int = 0
    withdrawn: int = 0
    disqualified: int = 0


class DraftHolder(NamedTuple):
    """A member of a team whose idea is not handed in, to be reminded."""

    user_id: int
    idea_public_id: str
    title: str
    team_name: str
    team_id: int
    return_until: datetime | None  # of a proposal returned for mending
