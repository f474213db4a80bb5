"""The lists behind the numbers, each under its name in the address."""

from __future__ import annotations

from innovate.core.errors import NotFound
from innovate.leaders.queries.lists.activities import list_activities
from innovate.leaders.queries.lists.ideas import list_ideas, list_winners
from innovate.leaders.queries.lists.impact import list_askings, list_reports
from innovate.leaders.queries.lists.partners import list_partners
from innovate.leaders.queries.lists.satisfaction import list_surveys
from innovate.leaders.queries.lists.skills import list_skills
from innovate.leaders.queries.lists.teams import list_teams
from innovate.leaders.queries.lists.units import list_units
from innovate.leaders.queries.lists.wanted import List, Listing, Wanted

LISTS: dict[str, List] = {
    "unit": list_units,
    "tim": list_teams,
    "usulan": list_ideas,
    "pemenang": list_winners,
    "pelatihan": list_activities,
    "keterampilan": list_skills,
    "bertahan": list_askings,
    "laporan": list_reports,
    "kepuasan": list_surveys,
    "mitra": list_partners,
}


def read_list(name: str, wanted: Wanted) -> Listing:
    """One page of a list (or the whole), or NotFound."""
    if name not in LISTS:
        raise NotFound
    return LISTS[name](wanted)
