"""Makers' pages: an activity from its first words to its end."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from innovate.accounts.queries import list_units
from innovate.core import clock
from innovate.core.errors import NotFound, Refused, require
from innovate.events import guard as events
from innovate.events import policy as event_policy
from innovate.events.guard import signed_in_user
from innovate.events.policy import Actor
from innovate.learning import policy
from innovate.learning.domain.kinds import ActivityState
from innovate.learning.forms import ActivityForm, ReasonForm, values_of
from innovate.learning.guard import enter_activity
from innovate.learning.models import Activity
from innovate.learning.queries.agenda import list_skills
from innovate.learning.routes.mount import blueprint
from innovate.learning.services import making, publishing


@blueprint.route("/baru", methods=["GET", "POST"])
def create() -> ResponseReturnValue:
    """A new draft: of the event in `acara`, or free-standing."""
    slug = request.args.get("acara", "")
    actor = events.enter(slug, event_policy.can_edit) if slug else None
    user = signed_in_user()
    require(user is not None and (actor is not None or policy.can_make_free(user)), NotFound())
    host = actor.event.host if actor else ""
    form = _form(
        actor, None, gives_certificate=True, min_share=80, host=host, zone=actor.event.zone if actor else None
    )
    if form.validate_on_submit() and user is not None:
        with form.catch():
            activity = making.create_activity(user, actor, form.read(), at=clock.now())
            flash(_("Draf tersimpan. Sekarang tambahkan sesinya."), "success")
            return redirect(url_for("learning.sessions", public_id=activity.public_id))
    page = render_template(
        "learning/edit.html", form=form, activity=None, event=actor.event if actor else None
    )
    return page, form.status


@blueprint.route("/<public_id>/ubah", methods=["GET", "POST"])
def edit(public_id: str) -> ResponseReturnValue:
    """Other words or places."""
    guest = enter_activity(public_id, policy.can_edit)
    form = _form(guest.actor, guest.activity, **values_of(guest.activity))
    if form.validate_on_submit():
        with form.catch():
            moved = making.change_activity(guest, form.read(), at=clock.now())
            flash(_("Perubahan tersimpan."), "success")
            if moved:
                flash(
                    ngettext(
                        "%(num)s orang dari daftar tunggu mendapat tempat dan diberi tahu.",
                        "%(num)s orang dari daftar tunggu mendapat tempat dan diberi tahu.",
                        moved,
                    )
                )
            return redirect(url_for("learning.show", public_id=public_id))
    if form.is_submitted():
        guest = enter_activity(public_id, policy.can_edit)  # what a refused attempt let go of
    event = guest.actor.event if guest.actor else None
    return render_template("learning/edit.html", form=form, activity=guest.activity, event=event), form.status


def _form(actor: Actor | None, activity: Activity | None, **values: object) -> ActivityForm:
    zone = str(values.get("zone") or "Asia/Pontianak")
    form = ActivityForm(**{**values, "zone": zone})
    keep = [each.id for each in activity.skills] if activity else []
    units = [(unit.code, "– " * depth + unit.name) for depth, unit in list_units()]
    skills = [(each.public_id, each.name) for each in list_skills(keep=keep)]
    return form.offer(has_event=actor is not None, units=units, skills=skills)


@blueprint.post("/<public_id>/terbitkan")
def publish(public_id: str) -> ResponseReturnValue:
    """Put it on the agenda."""
    guest = enter_activity(public_id, policy.can_run)
    try:
        publishing.publish(guest, at=clock.now())
    except Refused as refusal:
        flash(str(refusal.message), "error")
    else:
        flash(_("Kegiatan terbit dan tampil di agenda."), "success")
    return redirect(url_for("learning.show", public_id=public_id))


@blueprint.route("/<public_id>/batalkan", methods=["GET", "POST"])
def cancel(public_id: str) -> ResponseReturnValue:
    """Call it off, with a reason that the enrolled read."""
    guest = enter_activity(public_id, policy.can_edit)
    require(guest.activity.state is ActivityState.PUBLISHED, NotFound())
    form = ReasonForm()
    if form.validate_on_submit():
        with form.catch():
            told = publishing.cancel(guest, reason=form.reason.data or "", at=clock.now())
            flash(
                ngettext(
                    "Kegiatan dibatalkan. %(num)s orang diberi tahu.",
                    "Kegiatan dibatalkan. %(num)s orang diberi tahu.",
                    told,
                )
            )
            return redirect(url_for("learning.show", public_id=public_id))
    return render_template("learning/cancel.html", form=form, activity=guest.activity), form.status


@blueprint.post("/<public_id>/salin")
def copy(public_id: str) -> ResponseReturnValue:
    """A new draft like this one."""
    guest = enter_activity(public_id, policy.can_run)
    require(guest.actor is None or event_policy.can_edit(guest.actor), NotFound())
    copied = making.copy_activity(guest, at=clock.now())
    flash(_("Salinan dibuat sebagai draf. Sesuaikan judul dan jadwalnya."), "success")
    return redirect(url_for("learning.edit", public_id=copied.public_id))
