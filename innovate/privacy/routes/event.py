"""An event's room of data protection: the impact record, written, signed and printed."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from innovate.core import clock
from innovate.core.db import begin_write
from innovate.core.web.unit_of_work import defers_write
from innovate.events.guard import enter
from innovate.events.policy import Actor
from innovate.privacy import policy
from innovate.privacy.domain.impact import MOST_RISKS, SECTIONS, digest, read_impact
from innovate.privacy.domain.retention import DEFAULT_YEARS
from innovate.privacy.forms import ImpactForm, SignForm, values_of
from innovate.privacy.guard import knows_password
from innovate.privacy.queries import impact
from innovate.privacy.routes.mount import ROOM, blueprint
from innovate.privacy.services import impact as services
from innovate.privacy.services.prefill import draft_impact
from innovate.privacy.words import GRADES
from innovate.privacy.words import SECTIONS as SECTION_NAMES


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
    rows = range(min(form.used_rows + 2, MOST_RISKS))
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
