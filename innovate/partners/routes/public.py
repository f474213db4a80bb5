"""What everybody may read: the list of partners, a partner, its offers, a challenge."""

from __future__ import annotations

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from innovate.core import clock, storage
from innovate.core.errors import NotFound, require
from innovate.core.web.access import public
from innovate.core.web.page_cache import cached_for_visitors
from innovate.events import policy as events_policy
from innovate.events.domain.kinds import EventState
from innovate.events.guard import enter, signed_in_user
from innovate.partners import policy
from innovate.partners.domain.kinds import OrganisationKind, Stage
from innovate.partners.forms import WishForm
from innovate.partners.guard import Guest, enter_partner, may_take_data
from innovate.partners.models.offers import Offer
from innovate.partners.queries import dealings, offers, organisations
from innovate.partners.routes.mount import blueprint
from innovate.partners.services import offers as services


@blueprint.get("/mitra")
@public
@cached_for_visitors
def index() -> ResponseReturnValue:
    """Accepted organisations; one's own on top."""
    search = request.args.get("q", "").strip()[:80]
    wanted = request.args.get("kind", "")
    kind = OrganisationKind(wanted) if wanted in list(OrganisationKind) else None
    page = organisations.list_public(search=search, kind=kind, page=request.args.get("page", 1, type=int))
    user = signed_in_user()
    return render_template(
        "partners/index.html",
        page=page,
        search=search,
        kind=kind.value if kind else "",
        kinds=list(OrganisationKind),
        own=organisations.list_own(user.id) if user else [],
        decides=policy.can_decide(user),
    )


@blueprint.get("/mitra/<partner>")
@public
@cached_for_visitors
def show(partner: str) -> ResponseReturnValue:
    """One organisation and what it gave."""
    guest = enter_partner(partner)
    organisation, now = guest.organisation, clock.now()
    every = offers.list_offers(organisation.id)
    supports = dealings.list_public_supports(organisation.id)
    return render_template(
        "partners/show.html",
        guest=guest,
        organisation=organisation,
        challenges=dealings.list_public_challenges(organisation.id),
        prizes=[row for row in supports if row.prize],
        mentors=[row for row in supports if row.user],
        offers=[offer for offer in every if offers.is_open(offer, now)],
        taken=offers.map_taken(organisation.id),
        teams=dealings.list_public_teams(organisation.id),
    )


@blueprint.get("/mitra/<partner>/lambang.png")
@public
def logo(partner: str) -> ResponseReturnValue:
    """Its picture, as it was drawn anew."""
    organisation = enter_partner(partner).organisation
    require(bool(organisation.logo_key), NotFound())
    answer = Response(storage.read(organisation.logo_key), mimetype="image/png")
    answer.headers["Cache-Control"] = "public, max-age=300" if policy.is_public(organisation) else "no-store"
    return answer


@blueprint.get("/mitra/<partner>/tawaran/<offer_id>")
@public
@cached_for_visitors
def offer(partner: str, offer_id: str) -> ResponseReturnValue:
    """One offer; captains ask for it here."""
    guest = enter_partner(partner)
    found = offers.get_offer(guest.organisation.id, offer_id)
    form = _wish(guest, found)
    return _offer_page(guest, found, form)


@blueprint.post("/mitra/<partner>/tawaran/<offer_id>")
def ask_for_offer(partner: str, offer_id: str) -> ResponseReturnValue:
    """Ask for a place for one's team."""
    guest = enter_partner(partner)
    found = offers.get_offer(guest.organisation.id, offer_id)
    form = _wish(guest, found, fresh=False) or _no_team()
    if form.validate_on_submit():
        with form.catch():
            services.ask_for_offer(
                guest.person, found, form.team.data, text=form.note.data or "", at=clock.now()
            )
            flash(_("Minat tim Anda terkirim. Anda diberi tahu begitu ada jawaban."), "success")
            return redirect(url_for("partners.offer", partner=partner, offer_id=offer_id))
    return _offer_page(guest, found, form), form.status


@blueprint.post("/mitra/<partner>/tawaran/<offer_id>/<use_id>/tarik")
def withdraw_wish(partner: str, offer_id: str, use_id: str) -> ResponseReturnValue:
    """The team no longer asks."""
    guest = enter_partner(partner)
    found = offers.get_offer(guest.organisation.id, offer_id)
    services.withdraw_wish(guest.person, offers.get_use(found.id, use_id), at=clock.now())
    flash(_("Minat tim ditarik."), "success")
    return redirect(url_for("partners.offer", partner=partner, offer_id=offer_id))


def _no_team() -> WishForm:
    form = WishForm()
    form.team.choices = []
    return form


def _wish(guest: Guest, found: Offer, *, fresh: bool = True) -> WishForm | None:
    """The form for somebody who leads a team that has not asked yet."""
    asked = offers.list_asking_teams(found.id)
    teams = (
        [team for team in offers.list_led_teams(guest.user.id) if team.id not in asked] if guest.user else []
    )
    if not teams:
        return None
    form = WishForm(formdata=None) if fresh else WishForm()
    form.team.choices = [(team.public_id, f"{team.name} ({team.event.name})") for team in teams]
    return form


def _offer_page(guest: Guest, found: Offer, form: WishForm | None) -> str:
    led = {team.id for team in offers.list_led_teams(guest.user.id)} if guest.user else set()
    uses = offers.list_uses(found.id) if led or guest.manages else []
    return render_template(
        "partners/offer.html",
        guest=guest,
        organisation=guest.organisation,
        offer=found,
        form=form,
        is_open=offers.is_open(found, clock.now()),
        taken=offers.count_taken(found.id),
        mine=[use for use in uses if use.team_id in led],
    )


@blueprint.get("/k/<slug>/tantangan/<challenge_id>")
@public
@cached_for_visitors
def challenge(slug: str, challenge_id: str) -> ResponseReturnValue:
    """A challenge of a competition, once it was accepted."""
    actor = enter(slug)
    found = dealings.get_challenge(actor.event.id, challenge_id)
    require(found.state is Stage.ACCEPTED or events_policy.can_read_all(actor), NotFound())
    return render_template(
        "partners/challenge.html",
        event=actor.event,
        challenge=found,
        is_running=actor.event.state is EventState.PUBLISHED,
        may_take=bool(found.storage_key) and may_take_data(actor, found)[1],
    )
