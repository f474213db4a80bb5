"""Units of the city and what came from them in the year."""

from __future__ import annotations

from collections import Counter

from flask_babel import gettext as _

from innovate.leaders.queries.counts import by_unit, count_placed, count_submitted, count_teams
from innovate.leaders.queries.lists.wanted import Listing, Wanted, cut
from innovate.leaders.words import CLASSES
from innovate.learning.queries.summary import list_hours


def list_units(wanted: Wanted) -> Listing:
    """Those with most teams first; `state` picks those that take part, or do not yet. Four statements."""
    frame, year = wanted.frame, wanted.frame.year or 0
    teams = by_unit(count_teams(frame), year)
    submitted = by_unit(count_submitted(frame)[0], year)
    winners = by_unit(count_placed(frame)[1], year)
    jp: Counter[int] = Counter()
    for row in list_hours(frame.held):
        if row.unit_id is not None and frame.held[row.activity_id].year == year:
            jp[row.unit_id] += row.jp
    chosen = [
        unit
        for unit in frame.list_open(year)
        if (wanted.unit_ids is None or unit.id in wanted.unit_ids)
        and (wanted.state != "ikut" or teams[unit.id])
        and (wanted.state != "belum" or not teams[unit.id])
    ]
    chosen.sort(key=lambda unit: (-teams[unit.id], unit.name))
    rows = [
        (
            unit.name,
            str(CLASSES[unit.unit_class]),
            teams[unit.id],
            submitted[unit.id],
            winners[unit.id],
            jp[unit.id],
        )
        for unit in chosen
    ]
    heads = (_("Unit"), _("Jenis"), _("Tim"), _("Usulan diajukan"), _("Pemenang"), _("JP"))
    states = [("ikut", _("Ikut serta")), ("belum", _("Belum ikut"))]
    return Listing(_("Unit kerja"), heads, cut(rows, wanted), states)
