"""Who won what, of results that everybody may see."""

from __future__ import annotations

from flask_babel import gettext as _
from sqlalchemy import select

from innovate.core.db import db
from innovate.events.models import Event
from innovate.ideas.models import Idea
from innovate.leaders.domain.shapes import Bar, Figure, Picture, Section, Way
from innovate.leaders.queries.counts import last_boards
from innovate.leaders.queries.frame import Frame
from innovate.leaders.words import say_number
from innovate.results.models import StandingRow

_MOST = 12


def read_winners(frame: Frame) -> Section | None:
    """The winners of the year; None while nothing was announced. One statement."""
    board = last_boards()
    events = [key for key, year in frame.events.items() if year == frame.year]
    query = (
        select(Event.name, StandingRow.title, StandingRow.award, StandingRow.unit_name, Idea.unit_id)
        .join(board, board.c.snapshot_id == StandingRow.snapshot_id)
        .join(Event, Event.id == board.c.event_id)
        .join(Idea, Idea.id == StandingRow.idea_id)
        .where(StandingRow.award != "", board.c.event_id.in_(events))
        .order_by(StandingRow.rank, Event.name, StandingRow.group_code)
    )
    found = [row for row in db.session.execute(query) if frame.takes(row.unit_id)]
    if not found:
        return None
    rows = tuple(
        Bar(row.title, None, f"{row.award}, {row.name}", note=row.unit_name) for row in found[:_MOST]
    )
    units = {row.unit_id for row in found if row.unit_id is not None}
    return Section(
        "pemenang",
        _("Pemenang"),
        _("%(n)s penghargaan bagi %(units)s unit", n=say_number(len(found)), units=say_number(len(units))),
        (Figure(say_number(len(found)), _("usulan dengan penghargaan"), Way("pemenang")),),
        (Picture("table", _("Peringkat teratas"), (_("Inovasi"), _("Penghargaan"), _("Unit")), rows),),
        (
            _(
                "Penghargaan menurut peringkat. Penghargaan khusus dan Juara Favorit berada di halaman hasil kompetisi."
            ),
        ),
    )
