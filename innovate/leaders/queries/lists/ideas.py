"""Ideas of the year by how far they came. What is being judged has no title here: jurors read some of it blind."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, case, or_, select

from innovate.accounts.models import Unit
from innovate.events.models import Event
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.ideas.models import Idea
from innovate.leaders.queries.counts import last_boards
from innovate.leaders.queries.lists.wanted import Listing, Row, Wanted, page_of
from innovate.results.models import StandingRow

_STATES = {
    "diajukan": _l("Diajukan"),
    "memenuhi": _l("Memenuhi syarat"),
    "finalis": _l("Finalis"),
    "pemenang": _l("Pemenang"),
}
_TOLD = {
    IdeaState.SUBMITTED: _l("Menunggu seleksi"),
    IdeaState.RETURNED: _l("Perlu perbaikan"),
    IdeaState.ELIGIBLE: _l("Memenuhi syarat"),
    IdeaState.INELIGIBLE: _l("Tidak memenuhi syarat"),
    IdeaState.WITHDRAWN: _l("Ditarik"),
    IdeaState.DISQUALIFIED: _l("Didiskualifikasi"),
}


def list_ideas(wanted: Wanted) -> Listing:
    """Everything that was handed in, or what came as far as `state`."""
    board = last_boards()
    query, title = _select(wanted, board)
    if wanted.state == "memenuhi":
        query = query.where(Idea.state == IdeaState.ELIGIBLE)
    elif wanted.state == "finalis":
        query = query.where(
            StandingRow.idea_id.is_not(None), or_(~board.c.takes_all, StandingRow.award != "")
        )
    elif wanted.state == "pemenang":
        query = query.where(StandingRow.award != "")
    query = wanted.narrow(query, Idea.unit_id, title, Unit.name, Event.name)
    states = [(key, str(label)) for key, label in _STATES.items()]
    heads = (_("Usulan"), _("Unit"), _("Kompetisi"), _("Keadaan"))
    lead = _("Judul tampil sesudah hasil kompetisinya diumumkan.")
    return Listing(_("Usulan yang diajukan"), heads, page_of(query, wanted, _row), states, lead)


def list_winners(wanted: Wanted) -> Listing:
    """Those with a prize by their rank."""
    query, title = _select(wanted, last_boards())
    query = query.where(StandingRow.award != "").order_by(None)
    query = query.order_by(StandingRow.rank, Event.name, StandingRow.group_code, Idea.id)
    query = wanted.narrow(query, Idea.unit_id, title, Unit.name, Event.name, StandingRow.award)
    heads = (_("Usulan"), _("Unit"), _("Kompetisi"), _("Penghargaan"))
    return Listing(_("Pemenang"), heads, page_of(query, wanted, _row))


def _select(wanted: Wanted, board: Any) -> tuple[Select[Any], Any]:
    """Ideas that were handed in, with what is public of them; and the title as it is shown and searched."""
    title = case((board.c.snapshot_id.is_not(None), Idea.title), else_="")
    query = (
        select(
            title.label("title"),
            Idea.number,
            Idea.state,
            Unit.name.label("unit"),
            Event.name.label("event"),
            StandingRow.award,
        )
        .join(Event, Event.id == Idea.event_id)
        .outerjoin(Unit, Unit.id == Idea.unit_id)
        .outerjoin(board, board.c.event_id == Idea.event_id)
        .outerjoin(
            StandingRow,
            (StandingRow.snapshot_id == board.c.snapshot_id) & (StandingRow.idea_id == Idea.id),
        )
        .where(Idea.event_id.in_(wanted.event_ids), Idea.submitted_at.is_not(None))
        .order_by(Event.name, Unit.name, Idea.id)
    )
    return query, title


def _row(found: Any) -> Row:
    title = found.title or _("Belum diumumkan")
    return title, found.unit or "–", found.event, found.award or str(_TOLD.get(found.state, ""))
