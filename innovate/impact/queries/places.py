"""Verified people reached by kecamatan of the owning unit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import select

from innovate.accounts.domain.tree import ancestors
from innovate.accounts.models import Unit, UnitKind
from innovate.core.db import db
from innovate.endorsement.queries.coordinators import map_parents
from innovate.impact.models import FollowUp
from innovate.impact.queries.summary import total_by_year


def count_by_kecamatan(reports: Sequence[FollowUp]) -> list[tuple[str, int]]:
    """Kecamatan with people reached in all years, most first; units of the whole city stand together under ""."""
    query = select(Unit.id, Unit.name).where(Unit.kind == UnitKind.KECAMATAN)
    names = dict(db.session.execute(query).tuples().all())
    parents = map_parents()
    by_place: dict[str, list[FollowUp]] = defaultdict(list)
    for row in reports:
        unit = row.innovation.unit_id
        path = [] if unit is None else [unit, *ancestors(unit, parents)]
        place = next((names[key] for key in path if key in names), "")
        by_place[place].append(row)
    counted = [
        (place, sum(total.people for total in total_by_year(rows).values()))
        for place, rows in by_place.items()
    ]
    return sorted((row for row in counted if row[1]), key=lambda row: (-row[1], row[0]))
