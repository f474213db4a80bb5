"""The organizer's room for what is asked of every entry."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from innovate.core import clock
from innovate.events import queries
from innovate.events.domain.eligibility import DEFAULTS, RuleKind, complete_parameters
from innovate.events.domain.kinds import FieldKind
from innovate.events.forms.eligibility import rule_form
from innovate.events.guard import enter_room
from innovate.events.models import FormField
from innovate.events.routes.mount import blueprint
from innovate.events.services import eligibility as services
from innovate.events.words import MEANINGS, RULES, say_rule

_KIND = "any(minimum_age,maximum_age,former_winner,letters,same_title,minimum_words,asn_only)"


@blueprint.get("/k/<slug>/kelola/persyaratan")
def eligibility(slug: str) -> ResponseReturnValue:
    """Every kind of rule: those in force with what they ask, then those that could be."""
    actor = enter_room(slug)
    fields = [row for row in queries.list_rows(FormField, actor.event.id) if row.removed_at is None]
    in_force = {row.kind: row for row in queries.list_rules(actor.event.id)}
    labels = {field.key: field.label for field in fields}
    closing = queries.find_closing(actor.event)

    def say(kind: RuleKind) -> str:
        row = in_force.get(kind)
        return say_rule(kind, row.parameters if row else DEFAULTS[kind], labels=labels, closing=closing)

    return render_template(
        "events/rooms/eligibility.html",
        actor=actor,
        event=actor.event,
        in_force=in_force,
        kinds=[kind for kind in RuleKind if kind not in in_force],
        names=RULES,
        meanings=MEANINGS,
        known={field.meaning.value for field in fields if field.meaning},
        say=say,
    )


@blueprint.route(f"/k/<slug>/kelola/persyaratan/<{_KIND}:rule>", methods=["GET", "POST"])
def set_rule(slug: str, rule: str) -> ResponseReturnValue:
    """One rule: put it in force, or change it."""
    actor, kind = enter_room(slug), RuleKind(rule)
    row = queries.find_rule(actor.event.id, kind)
    fields = queries.list_rows(FormField, actor.event.id)
    form = rule_form(
        kind,
        complete_parameters(kind, row.parameters if row else {}),
        blocks=bool(row and row.blocks),
        files=[field for field in fields if field.kind is FieldKind.FILE and field.removed_at is None],
    )
    if form.validate_on_submit():
        with form.catch():
            services.set_rule(actor, kind, form.parameters, blocks=bool(form.blocks.data), at=clock.now())
            flash(_("Persyaratan tersimpan. Tim melihat jawabannya saat mengisi."), "success")
            return redirect(url_for("events.eligibility", slug=slug))
    page = render_template(
        "events/rooms/rule.html", actor=actor, event=actor.event, form=form, row=row, name=RULES[kind]
    )
    return page, form.status


@blueprint.post(f"/k/<slug>/kelola/persyaratan/<{_KIND}:rule>/hapus")
def remove_rule(slug: str, rule: str) -> ResponseReturnValue:
    """Ask this no longer."""
    actor = enter_room(slug)
    services.remove_rule(actor, queries.get_rule(actor.event.id, RuleKind(rule)), at=clock.now())
    flash(_("Persyaratan dihapus. Usulan yang sudah diajukan tetap menyimpan hasil hitungannya."), "success")
    return redirect(url_for("events.eligibility", slug=slug))
