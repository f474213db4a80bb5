"""What was taught in the year. Not to whom."""

from __future__ import annotations

from collections import Counter

from flask_babel import gettext as _
from sqlalchemy import select

from innovate.core.db import db
from innovate.leaders.queries.lists.wanted import Listing, Wanted, cut
from innovate.learning.models import Activity
from innovate.learning.queries.summary import list_hours


def list_activities(wanted: Wanted) -> Listing:
    """By title, with the people and JP of the units asked for. Two statements."""
    frame = wanted.frame
    held = {key: one for key, one in frame.held.items() if one.year == frame.year}
    people: Counter[int] = Counter()
    jp: Counter[int] = Counter()
    for row in list_hours(held):
        if wanted.unit_ids is None or row.unit_id in wanted.unit_ids:
            people[row.activity_id] += row.people
            jp[row.activity_id] += row.jp
    query = select(Activity.id, Activity.title, Activity.host).where(Activity.id.in_(held))
    found = db.session.execute(query.order_by(Activity.title, Activity.id))
    rows = [
        (title, host or "–", people[key], jp[key])
        for key, title, host in found
        if wanted.unit_ids is None or people[key]
    ]
    heads = (_("Kegiatan"), _("Penyelenggara"), _("Hadir"), _("JP"))
    return Listing(_("Kegiatan belajar"), heads, cut(rows, wanted))
