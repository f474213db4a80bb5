"""Single extensions of the deadline."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from innovate.core import clock
from innovate.events import policy as events
from innovate.events.domain.kinds import PhaseKind
from innovate.events.domain.phases import find_span
from innovate.events.guard import enter
from innovate.events.queries import list_phase_changes
from innovate.events.routes.letters import read_letter
from innovate.ideas.forms import ExtensionForm
from innovate.ideas.queries.extensions import get_extension, list_extensions
from innovate.ideas.routes.proposals import blueprint
from innovate.ideas.services import extensions as services
from innovate.teams import queries as teams


@blueprint.route("/kelola/perpanjangan", methods=["GET", "POST"])
def extensions(slug: str) -> ResponseReturnValue:
    """Who may hand in later, why, and who allowed it; granting another."""
    actor = enter(slug, events.can_manage)
    form = ExtensionForm(zone=actor.event.zone)
    form.team.choices = [("", _("Pilih tim")), *teams.list_team_names(actor.event.id)]
    if form.validate_on_submit() and form.until.data is not None:
        with form.catch():
            team = teams.get_team(actor.event.id, form.team.data)
            services.grant_extension(
                actor,
                team,
                until=form.until.data,
                reason=form.reason.data or "",
                number=form.number.data or "",
                letter=read_letter(),
                at=clock.now(),
            )
            flash(_("Perpanjangan diberikan kepada %(team)s. Tim telah diberi tahu.", team=team.name))
            return redirect(url_for("ideas.extensions", slug=slug))
    return render_template(
        "ideas/extensions.html",
        actor=actor,
        event=actor.event,
        form=form,
        rows=list_extensions(actor.event.id),
        changes=list_phase_changes(actor.event.id),
        phase=find_span(actor.event.phases, PhaseKind.SUBMISSION),
    ), form.status


@blueprint.post("/kelola/perpanjangan/<extension_id>/cabut")
def revoke_extension(slug: str, extension_id: str) -> ResponseReturnValue:
    """Take an extension back."""
    actor = enter(slug, events.can_manage)
    extension = get_extension(actor.event.id, extension_id)
    services.revoke_extension(actor, extension, at=clock.now())
    flash(_("Perpanjangan dicabut. Tim telah diberi tahu."))
    return redirect(url_for("ideas.extensions", slug=slug))
