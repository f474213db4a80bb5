"""An event's people: who agrees to what, and how long the event keeps them."""

from __future__ import annotations

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from innovate.accounts.guard import witness
from innovate.core import clock
from innovate.core.db import begin_write
from innovate.core.web.unit_of_work import defers_write
from innovate.events.guard import enter
from innovate.events.policy import Actor
from innovate.privacy import policy
from innovate.privacy.domain.purposes import Purpose
from innovate.privacy.domain.retention import DEFAULT_YEARS, ends_at, is_due
from innovate.privacy.forms import RetentionForm, SignForm
from innovate.privacy.guard import knows_password
from innovate.privacy.queries import cases, impact
from innovate.privacy.queries import retention as people
from innovate.privacy.routes.mount import ROOM, blueprint
from innovate.privacy.services import retention as clearing
from innovate.privacy.services.writing import as_csv
from innovate.privacy.words import PURPOSES, STAYS


@blueprint.get(f"{ROOM}/persetujuan.<any(html, csv):kind>")
def consenting(slug: str, kind: str) -> ResponseReturnValue:
    """Participants who agree now to one purpose: the only list such contacts are taken from."""
    actor = enter(slug, policy.can_read_consents)
    chosen = request.args.get("tujuan", "")
    purpose = Purpose(chosen) if chosen in set(Purpose) else Purpose.MAILINGS
    everybody = impact.list_participants(actor.event.id)
    agreed = cases.list_consenting([user.id for user in everybody], purpose)
    rows = [user for user in everybody if user.id in agreed]
    witness("consents", event_id=actor.event.id)
    if kind == "csv":
        contents = [
            {
                _("Nama"): user.full_name,
                _("Unit"): user.unit.name if user.unit else user.organization,
                **({_("Surel"): user.email} if purpose.shares_contact else {}),
                **({_("Keahlian"): ", ".join(user.skills)} if purpose is Purpose.SHOWCASE else {}),
            }
            for user in rows
        ]
        content = as_csv(contents) if contents else b"\xef\xbb\xbf"
        name = f'attachment; filename="persetujuan-{purpose.value}-{slug}.csv"'
        headers = {"Content-Disposition": name, "Cache-Control": "private, no-store"}
        return Response(content, content_type="text/csv; charset=utf-8", headers=headers)
    return render_template(
        "privacy/consenting.html",
        event=actor.event,
        rows=rows,
        total=len(everybody),
        purpose=purpose,
        purposes=PURPOSES,
    )


@blueprint.route(f"{ROOM}/retensi", methods=["GET", "POST"])
def retention(slug: str) -> ResponseReturnValue:
    """How long the event keeps its people; once that is over, the list of whom nobody needs."""
    actor = enter(slug, policy.can_write_impact)
    settings = impact.find_settings(actor.event.id)
    years = settings.retention_years if settings else DEFAULT_YEARS
    form = RetentionForm(data={"years": years})
    if form.validate_on_submit():
        with form.catch():
            clearing.set_years(actor, form.years.data, at=clock.now())
            flash(_("Masa simpan disimpan."), "success")
            return redirect(url_for("privacy.retention", slug=slug))
    return _retention(actor, form, SignForm(formdata=None)), form.status


def _retention(actor: Actor, form: RetentionForm, confirm: SignForm) -> str:
    event, now = actor.event, clock.now()
    settings = impact.find_settings(event.id)
    years = settings.retention_years if settings else DEFAULT_YEARS
    due = is_due(event.archived_at, years, now)
    rows = people.list_people(event.id, now) if due else []
    if rows:
        witness("retention", event_id=event.id)
    return render_template(
        "privacy/retention.html",
        event=event,
        form=form,
        confirm=confirm,
        due=due,
        until=ends_at(event.archived_at, years) if event.archived_at else None,
        cleared_at=settings.anonymised_at if settings else None,
        going=[row.user for row in rows if row.goes],
        staying=[row for row in rows if not row.goes],
        stays=STAYS,
        task=clearing.find_clearing(event.id),
    )


@blueprint.post(f"{ROOM}/retensi/anonimkan")
@defers_write
def clear(slug: str) -> ResponseReturnValue:
    """Anonymise exactly the people on the list, confirmed with the password."""
    actor = enter(slug, policy.can_write_impact)
    form = SignForm()
    user = actor.user
    if user is not None and form.validate_on_submit() and knows_password(user, form):
        begin_write()
        with form.catch():
            clearing.ask_to_clear(actor, request.form.getlist("orang"), at=clock.now())
            return redirect(url_for("privacy.retention", slug=slug))
    settings = impact.find_settings(actor.event.id)
    years = settings.retention_years if settings else DEFAULT_YEARS
    return _retention(actor, RetentionForm(formdata=None, data={"years": years}), form), form.status
