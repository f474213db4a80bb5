"""What an event asks of its teams: the organizer's rooms, and the members' page of statements."""

from __future__ import annotations

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from innovate.accounts.guard import witness
from innovate.core import clock
from innovate.core.errors import NotFound, require
from innovate.events import policy as events_policy
from innovate.events.guard import enter, enter_room
from innovate.events.policy import Actor
from innovate.partners.domain.kinds import MixKind, StatementKind
from innovate.partners.domain.statements import TEXTS, TITLES
from innovate.partners.exports import write_acceptances
from innovate.partners.forms import AcceptForm, StatementForm, mix_form
from innovate.partners.queries import asked as queries
from innovate.partners.routes.mount import blueprint
from innovate.partners.services import asked as services
from innovate.teams import policy as teams
from innovate.teams.guard import enter_team
from innovate.teams.models import Team


@blueprint.route("/k/<slug>/kelola/susunan-tim", methods=["GET", "POST"])
def mix(slug: str) -> ResponseReturnValue:
    """How teams are mixed."""
    actor = enter_room(slug)
    form = mix_form(queries.list_mix(actor.event.id))
    if form.validate_on_submit():
        with form.catch():
            services.set_mix(actor, form.rules, at=clock.now())
            flash(_("Perubahan tersimpan."), "success")
            return redirect(url_for("partners.mix", slug=slug))
    page = render_template(
        "partners/mix.html", actor=actor, event=actor.event, form=form, kinds=list(MixKind)
    )
    return page, form.status


@blueprint.route("/k/<slug>/kelola/pernyataan", methods=["GET"])
def statements(slug: str) -> ResponseReturnValue:
    """Which texts members accept, and their versions."""
    actor = enter_room(slug)
    rows = queries.list_in_force(actor.event.id)
    return render_template(
        "partners/statements.html",
        actor=actor,
        event=actor.event,
        in_force={row.kind: row for row in rows},
        kinds=list(StatementKind),
        versions=queries.list_versions(actor.event.id),
        acceptances=len(queries.list_acceptances(actor.event.id)),
    )


@blueprint.route("/k/<slug>/kelola/pernyataan/<any(property,data_use):what>", methods=["GET", "POST"])
def write_statement(slug: str, what: str) -> ResponseReturnValue:
    """The next version of one of them."""
    actor, kind = enter_room(slug), StatementKind(what)
    current = next((row for row in queries.list_in_force(actor.event.id) if row.kind is kind), None)
    title, text = (current.title, current.text) if current else (TITLES[kind], TEXTS[kind])
    form = StatementForm(data={"title": title, "text": text})
    if form.validate_on_submit():
        with form.catch():
            body = (form.text.data or "").replace("\r\n", "\n")
            row = services.write_statement(actor, kind, title=form.title.data, text=body, at=clock.now())
            flash(
                _("Versi %(version)s berlaku. Anggota tim diminta menyetujuinya.", version=row.version),
                "success",
            )
            return redirect(url_for("partners.statements", slug=slug))
    page = render_template(
        "partners/write_statement.html",
        actor=actor,
        event=actor.event,
        form=form,
        current=current,
        kind=kind,
    )
    return page, form.status


@blueprint.post("/k/<slug>/kelola/pernyataan/<statement_id>/akhiri")
def end_statement(slug: str, statement_id: str) -> ResponseReturnValue:
    """No longer ask for it."""
    actor = enter(slug, events_policy.can_manage)
    services.end_statement(actor, queries.get_statement(actor.event.id, statement_id), at=clock.now())
    flash(_("Pernyataan tidak lagi diminta. Persetujuan yang sudah diberikan tetap tersimpan."), "success")
    return redirect(url_for("partners.statements", slug=slug))


@blueprint.get("/k/<slug>/kelola/pernyataan.csv")
def statements_file(slug: str) -> ResponseReturnValue:
    """Who accepted which version, when."""
    actor = enter(slug, events_policy.can_read_all)
    witness("acceptances", event_id=actor.event.id)
    content = write_acceptances(queries.list_acceptances(actor.event.id), actor.event.zone)
    answer = Response(content, mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="pernyataan-{slug}.csv"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@blueprint.route("/k/<slug>/tim/<team_id>/pernyataan", methods=["GET", "POST"])
def accept(slug: str, team_id: str) -> ResponseReturnValue:
    """Members read and accept; what was accepted stays readable for team and organizers."""
    actor, team = enter_team(slug, team_id, _may_read)
    form = AcceptForm()
    if request.method == "POST":
        require(teams.is_member(actor, team), NotFound())
    if form.validate_on_submit():
        if not form.agree.data:
            form.agree.errors = [*form.agree.errors, _("Beri tanda setuju dahulu.")]
            return _page(actor, team, form), 422
        with form.catch():
            services.accept_statements(actor, team, request.form.getlist("statement"), at=clock.now())
            flash(_("Persetujuan Anda tersimpan."), "success")
            return redirect(url_for("teams.show", slug=slug, team_id=team_id))
    return _page(actor, team, form), form.status


def _may_read(actor: Actor, team: Team) -> bool:
    return teams.is_member(actor, team) or events_policy.can_read_all(actor)


def _page(actor: Actor, team: Team, form: AcceptForm) -> str:
    if not teams.is_member(actor, team):
        witness("acceptances", event_id=actor.event.id)
    people = [membership.user for membership in team.memberships]
    missing = queries.list_missing(actor.event.id, people)
    return render_template(
        "partners/accept.html",
        actor=actor,
        event=actor.event,
        team=team,
        form=form,
        missing=missing,
        mine=[row for row in missing if actor.user and any(p.id == actor.user.id for p in row.people)],
        given=queries.list_acceptances(actor.event.id, team.id, [person.id for person in people]),
    )
