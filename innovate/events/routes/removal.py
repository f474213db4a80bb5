"""Deleting a draft, and the list from which it comes back."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from innovate.core import clock
from innovate.core.errors import NotFound
from innovate.events import policy, queries
from innovate.events.forms.general import DeleteForm
from innovate.events.guard import enter, signed_in_user
from innovate.events.routes.mount import blueprint
from innovate.events.services import removal


@blueprint.route("/k/<slug>/kelola/hapus", methods=["GET", "POST"])
def delete(slug: str) -> ResponseReturnValue:
    """Delete a draft by typing its name; what cannot be deleted is said, with what can be done instead."""
    actor = enter(slug, policy.can_manage)
    form = DeleteForm()
    if form.validate_on_submit():
        with form.catch():
            event = removal.delete_draft(actor, name=form.name.data, at=clock.now())
            flash(_("%(name)s dihapus. Anda dapat mengembalikannya dari sini.", name=event.name), "success")
            return redirect(url_for("events.deleted"))
    page = render_template(
        "events/rooms/delete.html",
        actor=actor,
        event=actor.event,
        form=form,
        obstacle=removal.find_obstacle(actor.event),
    )
    return page, form.status


@blueprint.get("/kompetisi/dihapus")
def deleted() -> ResponseReturnValue:
    """Deleted drafts of the person, each with the way back."""
    user = signed_in_user()
    return render_template("events/deleted.html", events=queries.list_deleted(user) if user else [])


@blueprint.post("/kompetisi/dihapus/<slug>/kembalikan")
def restore(slug: str) -> ResponseReturnValue:
    """Bring a deleted draft back."""
    user = signed_in_user()
    if user is None:
        raise NotFound
    event = removal.restore_draft(user, slug, at=clock.now())
    flash(_("%(name)s kembali sebagai draf.", name=event.name), "success")
    return redirect(url_for("events.todo", slug=event.slug))
