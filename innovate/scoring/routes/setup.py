"""The organizer's rooms: rounds, what takes part in them, and rubrics."""

from __future__ import annotations

from decimal import Decimal

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import SelectChoice

from innovate.core import clock
from innovate.core.numbers import read_number
from innovate.events.guard import enter_room
from innovate.events.policy import Actor
from innovate.ideas.queries.entries import list_eligible_ideas
from innovate.scoring.domain.rubric import find_problems, normalised
from innovate.scoring.forms.reasons import ReasonForm
from innovate.scoring.forms.setup import EntriesForm, RoundForm, RoundJuryForm, RubricForm, as_entry
from innovate.scoring.models.rounds import Round
from innovate.scoring.queries import rounds as queries
from innovate.scoring.queries.jury import list_jurors
from innovate.scoring.queries.maturity import list_indexed
from innovate.scoring.queries.round_jury import find_round_jury
from innovate.scoring.routes.mount import blueprint
from innovate.scoring.services import rounds, rubrics
from innovate.scoring.services.round_jury import set_round_jury


def _room(slug: str, number: int) -> tuple[Actor, Round]:
    actor = enter_room(slug)
    return actor, queries.get_round(actor.event, number)


@blueprint.get("/kelola/rubrik", endpoint="rubrics")
def rubrics_room(slug: str) -> ResponseReturnValue:
    """Every round with its rubric, its settings, and where it stands."""
    actor = enter_room(slug)
    found = {round_.id: rubric for round_, rubric in queries.list_rubrics_in_force(actor.event.id)}
    all_rounds = queries.list_rounds(actor.event.id)
    return render_template(
        "scoring/lead/rubrics.html",
        actor=actor,
        event=actor.event,
        rows=[(r, found.get(r.id), r.window(clock.now())) for r in all_rounds],
        missing=queries.list_phases_without_round(actor.event),
        indexed=list_indexed(actor.event.id),
    )


@blueprint.post("/kelola/babak")
def add_rounds(slug: str) -> ResponseReturnValue:
    """Rounds for judging phases that have none yet."""
    actor = enter_room(slug)
    rounds.add_missing_rounds(actor, at=clock.now())
    flash(_("Babak penilaian disiapkan. Susun rubriknya."), "success")
    return redirect(url_for("scoring.rubrics", slug=slug))


@blueprint.route("/kelola/babak/<int:number>", methods=["GET", "POST"], endpoint="round")
def show_round(slug: str, number: int) -> ResponseReturnValue:
    """How many ballots an entry wants, the round's share, and who takes part."""
    actor, round_ = _room(slug, number)
    form = RoundForm(obj=round_)
    if form.validate_on_submit():
        with form.catch():
            rounds.update_round(
                actor,
                round_,
                ballots_per_idea=form.ballots_per_idea.data,
                weight=form.weight.data or Decimal(0),
                takes_all=form.takes_all.data,
                carries=form.carries.data,
                at=clock.now(),
            )
            flash(_("Pengaturan babak tersimpan."), "success")
            return redirect(url_for("scoring.round", slug=slug, number=number))
    return _round_page(actor, round_, form), form.status


def _round_page(actor: Actor, round_: Round, form: RoundForm, reason: ReasonForm | None = None) -> str:
    return render_template(
        "scoring/lead/round.html",
        actor=actor,
        event=actor.event,
        round=round_,
        window=round_.window(clock.now()),
        form=form,
        reason=reason or ReasonForm(formdata=None),
        entries=queries.count_entries(round_),
    )


@blueprint.post("/kelola/babak/<int:number>/<any(tutup, buka):step>")
def move_round(slug: str, number: int, step: str) -> ResponseReturnValue:
    """End a round early, or take that back."""
    actor, round_ = _room(slug, number)
    form = ReasonForm()
    if form.validate_on_submit():
        with form.catch():
            act = rounds.close_round if step == "tutup" else rounds.reopen_round
            act(actor, round_, reason=form.reason.data, at=clock.now())
            flash(_("Babak ditutup.") if step == "tutup" else _("Babak dibuka kembali."), "success")
            return redirect(url_for("scoring.round", slug=slug, number=number))
    return _round_page(actor, round_, RoundForm(formdata=None, obj=round_), form), 422


@blueprint.route("/kelola/babak/<int:number>/karya", methods=["GET", "POST"])
def entries(slug: str, number: int) -> ResponseReturnValue:
    """Which entries advance into a round that does not take all."""
    actor, round_ = _room(slug, number)
    ideas = list_eligible_ideas(actor.event.id)
    by_address = {idea.public_id: idea for idea in ideas}
    standing = queries.list_round_entry_ids(round_.id)
    form = EntriesForm(data={"chosen": [idea.public_id for idea in ideas if idea.id in standing]})
    form.chosen.choices = [SelectChoice(idea.public_id, idea.title) for idea in ideas]
    if form.validate_on_submit():
        with form.catch():
            chosen = [by_address[key].id for key in form.chosen.data]
            come, gone = rounds.choose_entries(actor, round_, chosen, reason=form.reason.data, at=clock.now())
            flash(_("%(come)s karya ditambahkan, %(gone)s dikeluarkan.", come=come, gone=gone), "success")
            return redirect(url_for("scoring.entries", slug=slug, number=number))
    return render_template(
        "scoring/lead/entries.html",
        actor=actor,
        event=actor.event,
        round=round_,
        ideas=ideas,
        chosen=set(form.chosen.data or ()),
        form=form,
    ), form.status


@blueprint.route("/kelola/babak/<int:number>/juri", methods=["GET", "POST"])
def round_jury(slug: str, number: int) -> ResponseReturnValue:
    """Which of the event's jurors serve in a round."""
    actor, round_ = _room(slug, number)
    jurors = list_jurors(actor.event.id, round_.id)
    serving = find_round_jury(round_)
    by_address = {row.user.public_id: row.user.id for row in jurors}
    form = RoundJuryForm(
        data={"chosen": [key for key, user_id in by_address.items() if serving is None or user_id in serving]}
    )
    form.chosen.choices = [SelectChoice(row.user.public_id, row.user.name) for row in jurors]
    if form.validate_on_submit():
        with form.catch():
            chosen = [by_address[key] for key in form.chosen.data]
            set_round_jury(actor, round_, chosen, at=clock.now())
            flash(_("Juri babak ini tersimpan."), "success")
            return redirect(url_for("scoring.round_jury", slug=slug, number=number))
    return render_template(
        "scoring/lead/round_jury.html",
        actor=actor,
        event=actor.event,
        round=round_,
        jurors=jurors,
        chosen=set(form.chosen.data or ()),
        form=form,
    ), form.status


# -- the rubric builder -----------------------------------------------------------------------------------------------


@blueprint.route("/kelola/rubrik/<int:number>", methods=["GET", "POST"])
def rubric(slug: str, number: int) -> ResponseReturnValue:
    """All criteria of a round on one page; every button works without script."""
    actor, round_ = _room(slug, number)
    stands = queries.find_rubric(round_.rubric_id)
    kept = [rubrics.draft_of(criterion) for criterion in stands.criteria] if stands else []
    form = RubricForm.of(kept)
    step = request.form.get("langkah", "")
    if form.is_submitted() and step != "simpan":
        opened = read_number(step[8:]) if step.startswith("jenjang:") else None
        return _builder(actor, round_, _rearranged(form, step), opened=opened)
    if form.validate_on_submit():
        with form.catch():
            saved = rubrics.save_rubric(
                actor, round_, form.drafts(), reason=form.reason.data or "", at=clock.now()
            )
            text = (
                _("Rubrik tersimpan.")
                if saved.version == 1
                else _("Rubrik versi %(n)s berlaku.", n=saved.version)
            )
            flash(text, "success")
            return redirect(url_for("scoring.rubric", slug=slug, number=number))
    if form.is_submitted():
        form.pad()
    return _builder(actor, round_, form), form.status


def _rearranged(form: RubricForm, step: str) -> RubricForm:
    """The same criteria with one added, removed, or moved; nothing is saved."""
    entries = [as_entry(draft) for draft in form.drafts()]
    verb, _colon, position = step.partition(":")
    found = read_number(position)
    at = found if found is not None and found < len(entries) else -1
    if verb == "tambah":
        entries.append({"name": ""})
    elif verb == "hapus" and at >= 0:
        del entries[at]
    elif verb in {"naik", "turun"} and at >= 0:
        to = max(0, min(len(entries) - 1, at + (1 if verb == "turun" else -1)))
        entries.insert(to, entries.pop(at))
    elif verb == "jenjang" and at >= 0:
        entries[at]["levels"] += [{}, {}]
    again = RubricForm(formdata=None, data={"criteria": entries, "reason": form.reason.data})
    again.pad()
    return again


def _builder(actor: Actor, round_: Round, form: RubricForm, *, opened: int | None = None) -> str:
    stands = queries.find_rubric(round_.rubric_id)
    drafts = form.drafts()
    usable = [draft for draft in drafts if not find_problems([draft])]
    return render_template(
        "scoring/lead/rubric.html",
        actor=actor,
        event=actor.event,
        round=round_,
        form=form,
        stands=stands,
        opened=opened,
        total=sum(draft.weight for draft in drafts),
        preview=list(zip(usable, normalised([draft.weight for draft in usable]), strict=True)),
        versions=queries.list_rubric_versions(round_.id),
    )
