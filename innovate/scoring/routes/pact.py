"""The pact of integrity: read and signed by jurors, followed and worded by the organizer."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _

from innovate.core import clock
from innovate.core.errors import NotFound
from innovate.events.guard import enter_room
from innovate.events.policy import can_judge
from innovate.scoring.forms.pact import PactForm, PactTextForm
from innovate.scoring.guard import enter_round
from innovate.scoring.queries import pact as queries
from innovate.scoring.queries.jury import list_jurors, pick_round
from innovate.scoring.queries.rounds import list_rounds
from innovate.scoring.routes.jury import enter_lead
from innovate.scoring.routes.mount import blueprint
from innovate.scoring.services import pact as services


def _language() -> str:
    return str(get_locale() or "id")


@blueprint.route("/juri/pakta/<int:number>", methods=["GET", "POST"])
def pact(slug: str, number: int) -> ResponseReturnValue:
    """Read the pact and sign it for one round; afterwards, what was signed and when."""
    actor, round_ = enter_round(slug, number, can_judge)
    wording = queries.get_wording(actor.event.id)
    form = PactForm(version=wording.version)
    if form.validate_on_submit():
        with form.catch():
            services.sign_pact(actor, round_, version=form.version.data or 0, at=clock.now())
            flash(_("Pakta integritas ditandatangani. Sekarang nyatakan benturan kepentingan."), "success")
            return redirect(url_for("scoring.declare", slug=slug))
    signed = queries.find_signature(round_, actor.user_id)
    wording = queries.get_wording(
        actor.event.id
    )  # the one in force now: it may have changed since the page was opened
    form.version.data, form.version.raw_data = wording.version, None
    return render_template(
        "scoring/desk/pact.html",
        event=actor.event,
        round=round_,
        form=form,
        signed=signed,
        wording=signed.wording if signed else wording,
        language=_language(),
    ), form.status


@blueprint.get("/kelola/pakta")
def pacts(slug: str) -> ResponseReturnValue:
    """Who signed when, round by round; the page prints as a list."""
    actor = enter_lead(slug)
    rounds = list_rounds(actor.event.id)
    round_ = pick_round(rounds, request.args.get("babak", type=int), clock.now())
    if round_ is None:
        return render_template("scoring/lead/no_round.html", actor=actor, event=actor.event)
    return render_template(
        "scoring/lead/pacts.html",
        actor=actor,
        event=actor.event,
        rounds=rounds,
        round=round_,
        jurors=list_jurors(actor.event.id, round_.id),
        signed=queries.list_signatures(actor.event.id, round_.id),
        wording=queries.get_wording(actor.event.id),
        language=_language(),
    )


@blueprint.get("/kelola/pakta/<public_id>")
def signed_pact(slug: str, public_id: str) -> ResponseReturnValue:
    """One signature with the very words that were signed, for paper."""
    actor = enter_lead(slug)
    found = queries.get_signature(actor.event.id, public_id)
    round_ = next((r for r in list_rounds(actor.event.id) if r.id == found.round_id), None)
    if round_ is None:
        raise NotFound
    return render_template(
        "scoring/lead/signed_pact.html", actor=actor, event=actor.event, round=round_, signed=found
    )


@blueprint.route("/kelola/pakta/naskah", methods=["GET", "POST"])
def pact_text(slug: str) -> ResponseReturnValue:
    """The words, in both languages; a change is a new version."""
    actor = enter_room(slug)
    wording = queries.get_wording(actor.event.id)
    form = PactTextForm(data={"body": wording.body, "body_en": wording.body_en})
    if form.validate_on_submit():
        with form.catch():
            saved = services.save_text(
                actor,
                body=form.body.data,
                body_en=form.body_en.data or "",
                reason=form.reason.data or "",
                at=clock.now(),
            )
            flash(_("Naskah pakta versi %(n)s berlaku.", n=saved.version), "success")
            return redirect(url_for("scoring.pact_text", slug=slug))
    return render_template(
        "scoring/lead/pact_text.html",
        actor=actor,
        event=actor.event,
        form=form,
        wording=wording,
        versions=queries.list_texts(actor.event.id),
    ), form.status
