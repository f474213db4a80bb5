"""Teams of the year. Not who is in them."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from sqlalchemy import func, select

from innovate.accounts.models import Unit
from innovate.events.models import Event
from innovate.leaders.queries.lists.wanted import Listing, Row, Wanted, page_of
from innovate.teams.models import Membership, Team


def list_teams(wanted: Wanted) -> Listing:
    """Newest first."""
    people = (
        select(func.count())
        .where(Membership.team_id == Team.id, Membership.left_at.is_(None))
        .correlate(Team)
        .scalar_subquery()
    )
    query = (
        select(
            Team.name,
            Unit.name.label("unit"),
            Team.organization,
            Event.name.label("event"),
            people.label("people"),
        )
        .join(Event, Event.id == Team.event_id)
        .outerjoin(Unit, Unit.id == Team.unit_id)
        .where(Team.event_id.in_(wanted.event_ids), Team.disbanded_at.is_(None))
        .order_by(Team.created_at.desc(), Team.id.desc())
    )
    query = wanted.narrow(query, Team.unit_id, Team.name, Unit.name, Team.organization, Event.name)
    heads = (_("Tim"), _("Unit"), _("Kompetisi"), _("Orang"))
    return Listing(_("Tim terdaftar"), heads, page_of(query, wanted, _row))


def _row(found: Any) -> Row:
    return found.name, found.unit or found.organization or "–", found.event, found.people
