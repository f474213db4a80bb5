"""Asking to adopt an innovation, and what was handed over."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from innovate.accounts.models import User
from innovate.accounts.queries import list_unit_choices
from innovate.core import clock
from innovate.core.errors import NotFound
from innovate.events.guard import signed_in_user
from innovate.impact.domain.kinds import Asked
from innovate.impact.forms import AdoptForm, ReasonForm
from innovate.impact.models import Innovation
from innovate.impact.queries import adoptions, gallery, innovations
from innovate.impact.queries.standing import list_reporters
from innovate.impact.routes.mount import blueprint
from innovate.impact.services import adopting as services
from innovate.impact.services.adopting import Wish


def _person() -> User:
    user = signed_in_user()
    if user is None:
        raise NotFound
    return user


def _find(innovation_id: str, user: User) -> Innovation:
    """One that is shown; whoever asked before finds it again when it is shown no longer."""
    found = innovations.get_innovation(innovation_id)
    if found.event.deleted_at is None and adoptions.find_own(found.id, user.id) is not None:
        return found
    return gallery.get_shown(innovation_id)


@blueprint.route("/dampak/inovasi/<innovation_id>/tiru", methods=["GET", "POST"])
def adopt(innovation_id: str) -> ResponseReturnValue:
    """Ask, or see what became of one's asking."""
    user = _person()
    found = _find(innovation_id, user)
    form = AdoptForm(unit=user.unit_id or 0)
    form.unit.choices = [(0, _("Bukan unit di kota ini")), *list_unit_choices(clock.now().date())]
    if form.validate_on_submit():
        with form.catch():
            names = dict(form.unit.choices)
            unit = form.unit.data or None
            name = names[unit].strip() if unit else form.unit_name.data or ""
            services.ask_to_adopt(user, found, Wish(unit, name, form.words.data or ""), at=clock.now())
            flash(_("Permintaan Anda dikirim kepada pemilik inovasi."), "success")
            return redirect(url_for("impact.adopt", innovation_id=innovation_id))
    own = adoptions.find_own(found.id, user.id)
    accepted = own is not None and own.state is Asked.ACCEPTED
    page = render_template(
        "impact/adopt.html",
        innovation=found,
        form=form,
        own=own,
        withdrawal=ReasonForm(formdata=None),
        owners=list_reporters(found) if accepted else [],
        materials=innovations.list_materials(found.id) if accepted else [],
    )
    return page, form.status


@blueprint.post("/dampak/inovasi/<innovation_id>/tiru/tarik")
def unadopt(innovation_id: str) -> ResponseReturnValue:
    """Take one's request back."""
    user = _person()
    found = _find(innovation_id, user)
    form = ReasonForm()
    if form.validate_on_submit():
        with form.catch():
            services.withdraw_request(user, found, reason=form.reason.data or "", at=clock.now())
            flash(_("Permintaan Anda ditarik kembali."), "success")
            return redirect(url_for("impact.adopt", innovation_id=innovation_id))
    flash(_("Tulis alasannya, sedikitnya sepuluh huruf."), "error")
    return redirect(url_for("impact.adopt", innovation_id=innovation_id))
