"""Partners with what they brought to competitions of the year. Not who belongs to them."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from sqlalchemy import func, select

from innovate.leaders.queries.lists.wanted import Listing, Row, Wanted, page_of
from innovate.partners.domain.kinds import Stage
from innovate.partners.models.dealings import Challenge
from innovate.partners.models.organisations import Organisation
from innovate.partners.words import KINDS


def list_partners(wanted: Wanted) -> Listing:
    """By name, as everybody may see them."""
    began = func.coalesce(Organisation.decided_at, Organisation.registered_at)
    asked = (
        select(func.count())
        .where(
            Challenge.organisation_id == Organisation.id,
            Challenge.state == Stage.ACCEPTED,
            Challenge.event_id.in_(wanted.event_ids),
        )
        .correlate(Organisation)
        .scalar_subquery()
    )
    query = select(Organisation.name, Organisation.kind, asked.label("challenges"))
    query = query.where(
        Organisation.state == Stage.ACCEPTED,
        began <= wanted.frame.until,
    )
    if wanted.search:
        query = query.where(Organisation.name.icontains(wanted.search, autoescape=True))
    heads = (_("Mitra"), _("Jenis mitra"), _("Tantangan tahun ini"))
    return Listing(_("Mitra"), heads, page_of(query.order_by(Organisation.name), wanted, _row))


def _row(found: Any) -> Row:
    return found.name, str(KINDS[found.kind]), found.challenges
