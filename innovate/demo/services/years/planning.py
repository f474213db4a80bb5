"""Two whole past years of the city: its competition and what was taught, so that years can be set side by side.

Entries and ballots are written in bulk; the rest goes through the services that people use.
"""

from __future__ import annotations

from datetime import date
from functools import partial

from innovate.demo.services.history import ZONE, Days
from innovate.demo.services.material import read_past_trainings, read_past_years
from innovate.demo.services.stage import World
from innovate.demo.services.years import competing, teaching

_OPENS = (9, 16)  # registration, every year


def plan(world: World, present: int) -> None:
    """Plan the years before `present`, the year of the city's own competition."""
    for row in read_past_years():
        year = present - row["ago"]
        days = Days(date(year, *_OPENS), ZONE)
        world.history.plan(days.at(-16, 9, 10), partial(competing.begin, world, days, row["entries"]))
    for row in read_past_trainings():
        days = Days(date(present - row["ago"], 1, 1), ZONE)
        for activity in row["activities"]:
            last = days.at(activity["day"] + len(activity["hours"]), 18)
            world.history.plan(last, partial(teaching.hold, world, days, activity))
