"""Offers to teams, and the places in them. The offer's row is held while its places are counted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from innovate.accounts.models import User
from innovate.core.db import db, locked
from innovate.core.errors import NotFound, Refused, require
from innovate.partners import policy
from innovate.partners.domain.kinds import Stage
from innovate.partners.models.offers import Offer, OfferUse
from innovate.partners.models.organisations import Organisation
from innovate.partners.queries import offers as queries
from innovate.partners.queries.asked import list_people
from innovate.partners.queries.organisations import list_managers
from innovate.partners.services.organisations import require_manager
from innovate.partners.services.trail import change, note, tell
from innovate.teams.models import Team

FIELDS = ("kind", "title", "text", "audience", "needs", "places", "until")
_CLOSED = _l("Tawaran ini sudah ditutup.")
_UNFIT = _l("Tawaran ini untuk tim yang memuat orang lain: lihat syaratnya di atas.")
_ASKED = _l("Tim ini sudah mengajukan minat pada tawaran ini.")


def add_offer(user: User, organisation: Organisation, values: Mapping[str, Any], *, at: datetime) -> Offer:
    """Offer something to teams."""
    require_manager(user, organisation)
    require(values["until"] > at, Refused(_l("Pilih waktu yang belum lewat."), field="until"))
    offer = Offer(
        organisation_id=organisation.id,
        created_by_id=user.id,
        created_at=at,
        **{key: values[key] for key in FIELDS},
    )
    db.session.add(offer)
    db.session.flush()
    note("partner_offer.add", user.id, offer, at, after={"title": offer.title, "places": offer.places})
    return offer


def edit_offer(
    user: User, organisation: Organisation, offer: Offer, values: Mapping[str, Any], *, at: datetime
) -> Offer:
    """Change it; never fewer places than were given."""
    require_manager(user, organisation)
    held = locked(Offer, offer.id)
    require(held.organisation_id == organisation.id, NotFound())
    taken = queries.count_taken(held.id)
    require(
        values["places"] >= taken,
        Refused(_l("Sudah ada %(taken)d tim yang diterima.", taken=taken), field="places"),
    )
    before, after = change(held, {key: values[key] for key in FIELDS})
    if after:
        note("partner_offer.update", user.id, held, at, before=before, after=after)
    return held


def close_offer(user: User, organisation: Organisation, offer: Offer, *, at: datetime) -> None:
    """No further team can ask; those who did still get their answer."""
    require_manager(user, organisation)
    held = locked(Offer, offer.id)
    require(held.organisation_id == organisation.id, NotFound())
    if held.closed_at is None:
        held.closed_at = at
        note("partner_offer.close", user.id, held, at)


def ask_for_offer(user: User, offer: Offer, team_id: str, *, text: str, at: datetime) -> OfferUse:
    """A captain asks for a place for their team."""
    organisation = db.session.get_one(Organisation, offer.organisation_id)
    require(policy.is_public(organisation), NotFound())
    team = next((each for each in queries.list_led_teams(user.id) if each.public_id == team_id), None)
    if team is None:
        raise Refused(_l("Pilih tim yang Anda ketuai."), field="team")
    held = locked(Offer, offer.id)
    require(queries.is_open(held, at), Refused(_CLOSED))
    require(queries.count_taken(held.id) < held.places, Refused(_l("Semua tempat sudah terisi.")))
    require(queries.fits(held, team.id), Refused(_UNFIT, field="team"))
    require(queries.find_use(held.id, team.id) is None, Refused(_ASKED))
    row = OfferUse(offer_id=held.id, team_id=team.id, note=text, asked_by_id=user.id, asked_at=at)
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError as error:
        raise Refused(_ASKED) from error
    note("partner_offer.ask", user.id, row, at, event_id=team.event_id, after={"team": team.name})
    words: dict[str, Any] = {"offer": held.title, "organisation": organisation.name, "team": team.name}
    tell(
        "partner_offer_asked",
        list_managers(organisation.id),
        at,
        cause=f"partner_offer:{held.id}:{row.id}",
        path=f"/mitra/{organisation.slug}/kelola/tawaran/{held.public_id}",
        message=text,
        **words,
    )
    tell(
        "partner_offer_sent",
        [user],
        at,
        cause=f"partner_offer:{held.id}:{row.id}:sent",
        path=f"/mitra/{organisation.slug}/tawaran/{held.public_id}",
        **words,
    )
    return row


def answer_offer(
    user: User, organisation: Organisation, use: OfferUse, *, accept: bool, reason: str = "", at: datetime
) -> OfferUse:
    """Give the team a place, or decline with a reason. Never more teams than places."""
    require_manager(user, organisation)
    offer = locked(Offer, use.offer_id)
    require(offer.organisation_id == organisation.id, NotFound())
    row = locked(OfferUse, use.id)
    require(row.state is Stage.PENDING, Refused(_l("Minat ini sudah dijawab atau ditarik.")))
    team = locked(Team, row.team_id)
    if accept:
        require(team.disbanded_at is None, Refused(_l("Tim ini sudah bubar.")))
        require(queries.count_taken(offer.id) < offer.places, Refused(_l("Semua tempat sudah terisi.")))
    require(
        accept or bool(reason.strip()), Refused(_l("Tuliskan alasannya; tim membacanya."), field="reason")
    )
    row.state, row.reason = (Stage.ACCEPTED, "") if accept else (Stage.DECLINED, reason.strip())
    row.decided_by_id, row.decided_at = user.id, at
    action = "partner_offer.accept" if accept else "partner_offer.decline"
    note(action, user.id, row, at, event_id=team.event_id, after={"team": team.name, "reason": row.reason})
    tell(
        "partner_offer_answer",
        [*list_people(team.id), user],
        at,
        cause=f"partner_offer:{offer.id}:{row.id}:answer",
        path=f"/mitra/{organisation.slug}/tawaran/{offer.public_id}",
        event_id=team.event_id,
        offer=offer.title,
        organisation=organisation.name,
        team=team.name,
        accepted=accept,
        reason=row.reason,
    )
    return row


def withdraw_wish(user: User, use: OfferUse, *, at: datetime) -> None:
    """The captain no longer asks, or gives the place back."""
    offer = locked(Offer, use.offer_id)
    row = locked(OfferUse, use.id)
    team = db.session.get_one(Team, row.team_id)
    require(team.captain_id == user.id, NotFound())
    require(
        row.state in {Stage.PENDING, Stage.ACCEPTED}, Refused(_l("Minat ini sudah dijawab atau ditarik."))
    )
    held_place = row.state is Stage.ACCEPTED
    row.state = Stage.WITHDRAWN
    note("partner_offer.withdraw", user.id, row, at, event_id=team.event_id, after={"team": team.name})
    if held_place:
        organisation = db.session.get_one(Organisation, offer.organisation_id)
        tell(
            "partner_offer_returned",
            list_managers(organisation.id),
            at,
            cause=f"partner_offer:{offer.id}:{row.id}:returned",
            path=f"/mitra/{organisation.slug}/kelola/tawaran/{offer.public_id}",
            offer=offer.title,
            team=team.name,
        )
