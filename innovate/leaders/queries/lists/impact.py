"""Askings of an edition, and verified reports of a year. Titles only where the results are public now."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, case, select

from innovate.accounts.models import Unit
from innovate.events.models import Event
from innovate.impact.domain.kinds import Check
from innovate.impact.domain.schedule import FIRST
from innovate.impact.models import FollowUp, Innovation
from innovate.impact.words import STATUSES
from innovate.leaders.queries.counts import last_boards
from innovate.leaders.queries.impact import narrow, say_edition, say_period, standing
from innovate.leaders.queries.lists.wanted import Listing, Row, Wanted, page_of

_CHECKS = {
    Check.WAITING: _l("Menunggu verifikasi"),
    Check.VERIFIED: _l("Terverifikasi"),
    Check.RETURNED: _l("Dikembalikan"),
}


def list_askings(wanted: Wanted) -> Listing:
    """What became of the entries of an edition; `state`: after how many months."""
    query = _select(wanted).where(
        say_edition() == (wanted.frame.year or 0), FollowUp.months.in_(FIRST), Innovation.parent_id.is_(None)
    )
    if wanted.state in map(str, FIRST):
        query = query.where(FollowUp.months == int(wanted.state))
    heads = (_("Inovasi"), _("Unit"), _("Kompetisi"), _("Sesudah bulan"), _("Keadaan"), _("Jawaban"))
    states = [(str(n), _("Sesudah %(n)s bulan", n=n)) for n in FIRST]
    return Listing(_("Inovasi yang ditanya kabarnya"), heads, page_of(query, wanted, _asked), states)


def list_reports(wanted: Wanted) -> Listing:
    """Verified people and rupiah of periods that ended in the year."""
    query = _select(wanted).where(say_period() == (wanted.frame.year or 0), FollowUp.check == Check.VERIFIED)
    heads = (
        _("Inovasi"),
        _("Unit"),
        _("Kompetisi"),
        _("Sesudah bulan"),
        _("Orang terjangkau"),
        _("Rupiah dihemat"),
    )
    lead = _("Dalam satu inovasi orang dihitung dari masa laporan terbesar dalam setahun.")
    return Listing(
        _("Laporan dampak yang terverifikasi"), heads, page_of(query, wanted, _reported), lead=lead
    )


def _select(wanted: Wanted) -> Select[Any]:
    board = last_boards()
    title = case((board.c.snapshot_id.is_not(None), Innovation.title), else_="")
    query = standing(
        select(
            title.label("title"),
            Innovation.unit_name,
            Unit.name.label("unit"),
            Event.name.label("event"),
            FollowUp.months,
            FollowUp.status,
            FollowUp.answered_at,
            FollowUp.check.label("check"),
            FollowUp.people,
            FollowUp.saved,
        ).select_from(FollowUp)
    )
    query = query.outerjoin(Unit, Unit.id == Innovation.unit_id).outerjoin(
        board, board.c.event_id == Event.id
    )
    query = narrow(wanted.frame, query).order_by(Innovation.title, FollowUp.months, FollowUp.id)
    return wanted.narrow(query, Innovation.unit_id, title, Unit.name, Innovation.unit_name, Event.name)


def _head(found: Any) -> Row:
    return (
        found.title or _("Belum diumumkan"),
        found.unit or found.unit_name or "–",
        found.event,
        found.months,
    )


def _asked(found: Any) -> Row:
    status = str(STATUSES[found.status]) if found.status and found.check is Check.VERIFIED else "–"
    answer = _("Belum menjawab") if found.answered_at is None else str(_CHECKS[found.check])
    return *_head(found), status, answer


def _reported(found: Any) -> Row:
    return *_head(found), found.people or 0, found.saved or 0
