"""An event as a template: saved as one, or downloaded as a file."""

from __future__ import annotations

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from innovate.accounts.models import User
from innovate.core import clock
from innovate.core.errors import NotFound, require
from innovate.events import policy, queries
from innovate.events.forms.templates import SaveTemplateForm
from innovate.events.guard import enter
from innovate.events.models import SavedTemplate
from innovate.events.policy import Actor
from innovate.events.routes.mount import blueprint
from innovate.events.services.saved_templates import save_event_as_template
from innovate.events.services.template_files import document_of, write_template


@blueprint.route("/k/<slug>/kelola/templat", methods=["GET", "POST"])
def template_room(slug: str) -> ResponseReturnValue:
    """Save the event as a new template, or as the next version of one."""
    actor = enter(slug, policy.can_manage)
    user = actor.user
    can_save = user is not None and policy.can_create_events(user)
    known = _changeable(user) if can_save and user else []
    form = SaveTemplateForm(data=_proposed(actor, known))
    form.into.choices = [("", _("Templat baru")), *((t.public_id, t.name) for t in known)]
    if form.is_submitted():
        require(can_save, NotFound())
    if form.validate_on_submit():
        into = next((t for t in known if t.public_id == form.into.data), None)
        require(into is not None or not form.into.data, NotFound())
        with form.catch():
            saved = save_event_as_template(
                actor,
                name=form.name.data,
                description=form.description.data or "",
                into=into,
                at=clock.now(),
            )
            flash(_("%(name)s tersimpan sebagai templat.", name=saved.name), "success")
            return redirect(url_for("events.saved_template", template_id=saved.public_id))
    page = render_template(
        "events/rooms/template.html",
        actor=actor,
        event=actor.event,
        form=form,
        can_save=can_save,
        known=known,
    )
    return page, form.status


@blueprint.get("/k/<slug>/kelola/templat.yaml")
def event_file(slug: str) -> ResponseReturnValue:
    """The definition of the event as a file."""
    actor = enter(slug, policy.can_manage)
    answer = Response(write_template(document_of(actor.event)), mimetype="application/yaml")
    answer.headers["Content-Disposition"] = f'attachment; filename="templat-{slug}.yaml"'
    return answer


def _changeable(user: User) -> list[SavedTemplate]:
    return [each for each in queries.list_templates(user) if policy.can_change_template(user, each)]


def _proposed(actor: Actor, known: list[SavedTemplate]) -> dict[str, str]:
    """An event made from a template that may be changed is proposed as its next version."""
    for each in known:
        if each.key == actor.event.template:
            return {"name": each.name, "description": each.description, "into": each.public_id}
    return {"name": actor.event.name, "description": actor.event.tagline}
