"""An event's room of data protection: the impact record, consents of its participants, and how long it keeps them."""

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
from innovate.privacy.domain.impact import SECTIONS, digest, read_impact
from innovate.privacy.domain.purposes import Purpose
from innovate.privacy.domain.retention import DEFAULT_YEARS, ends_at, is_due
from innovate.privacy.forms import ImpactForm, RetentionForm, SignForm, values_of
from innovate.privacy.guard import knows_password
from innovate.privacy.queries import cases, impact
from innovate.privacy.queries import retention as people
from innovate.privacy.routes.mount import blueprint
from innovate.privacy.services import impact as services
from innovate.privacy.services import retention as clearing
from innovate.privacy.services.prefill import draft_impact
from innovate.privacy.services.writing import as_csv
from innovate.privacy.words import GRADES, PURPOSES, STAYS
from innovate.privacy.words import SECTIONS as SECTION_NAMES

ROOM = "/k/<slug>/kelola/pelindungan-data"


@blueprint.get(ROOM)
def room(slug: str) -> ResponseReturnValue:
    """The record in force or in the making, its versions, and signing."""
    return _room(enter(slug, policy.can_read_room), SignForm(formdata=None))


def _room(actor: Actor, form: SignForm) -> str:
    event = actor.event
    records = impact.list_records(event.id)
    shown = records[0] if records else None
    settings = impact.find_settings(event.id)
    return render_template(
        "privacy/room.html",
        event=event,
        records=records,
        shown=shown,
        impact=read_impact(shown.content) if shown else None,
        digest=digest(shown.content) if shown else "",
        signed=any(record.signed_at for record in records),
        required=bool(settings and settings.impact_required),
        years=settings.retention_years if settings else DEFAULT_YEARS,
        form=form,
        may_write=policy.can_write_impact(actor),
        may_read_consents=policy.can_read_consents(actor),
        keys=SECTIONS,
        names=SECTION_NAMES,
        grades=GRADES,
    )


@blueprint.route(f"{ROOM}/dampak", methods=["GET", "POST"])
def edit(slug: str) -> ResponseReturnValue:
    """Write the record; the first text comes out of the event's settings."""
    actor = enter(slug, policy.can_write_impact)
    last = next(iter(impact.list_records(actor.event.id)), None)
    standing = read_impact(last.content) if last else draft_impact(actor.event)
    version = 1 if last is None else last.version + (1 if last.signed_at else 0)
    form = ImpactForm(data=values_of(standing))
    if form.validate_on_submit():
        with form.catch():
            seen = request.form.get("version", type=int) or 0
            services.save_impact(actor, form.read(), version=seen, at=clock.now())
            flash(_("Penilaian dampak disimpan. Tanda tangani bila sudah lengkap."), "success")
            return redirect(url_for("privacy.room", slug=slug))
    rows = range(min(len(form.read().risks) + 2, 12))
    page = render_template(
        "privacy/edit.html", event=actor.event, form=form, version=version, keys=SECTIONS, rows=rows
    )
    return page, form.status


@blueprint.post(f"{ROOM}/tanda-tangan")
@defers_write
def sign(slug: str) -> ResponseReturnValue:
    """Sign what was read, confirmed with the password."""
    actor = enter(slug, policy.can_write_impact)
    form = SignForm()
    user = actor.user
    if user is not None and form.validate_on_submit() and knows_password(user, form):
        begin_write()
        with form.catch():
            version, seen = request.form.get("version", type=int) or 0, request.form.get("sidik", "")
            services.sign_impact(actor, version=version, sha256=seen, at=clock.now())
            flash(_("Penilaian dampak ditandatangani."), "success")
            return redirect(url_for("privacy.room", slug=slug))
    return _room(actor, form), form.status


@blueprint.get(f"{ROOM}/dampak/<int:version>/cetak")
def print_record(slug: str, version: int) -> ResponseReturnValue:
    """One version as a page to print or keep as PDF."""
    actor = enter(slug, policy.can_read_room)
    record = impact.get_record(actor.event.id, version)
    return render_template(
        "privacy/print.html",
        event=actor.event,
        record=record,
        impact=read_impact(record.content),
        keys=SECTIONS,
        names=SECTION_NAMES,
        grades=GRADES,
    )


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
