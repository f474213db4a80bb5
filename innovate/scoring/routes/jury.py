"""The jury: who judges, how much each takes, what is in the way of whom."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from wtforms import SelectChoice

from innovate.core import clock
from innovate.events.guard import enter
from innovate.events.policy import Actor
from innovate.ideas.queries.entries import list_eligible_ideas
from innovate.scoring import policy
from innovate.scoring.forms.reasons import ReasonForm
from innovate.scoring.forms.setup import ConflictForm, JurorForm
from innovate.scoring.queries import jury as queries
from innovate.scoring.queries.conflicts import find_conflicts, list_hidden
from innovate.scoring.queries.desk import list_record
from innovate.scoring.queries.rounds import count_entries, list_rounds
from innovate.scoring.routes.mount import blueprint
from innovate.scoring.services import assignment, conflicts, jurors
from innovate.scoring.services.assignment import CONFLICT_TEXTS


def enter_lead(slug: str) -> Actor:
    """Chair, organizers and auditors read; chair and organizers write."""
    reads = request.method in {"GET", "HEAD"}
    return enter(slug, policy.can_read_panel if reads else policy.can_lead)


def sees_conflicts() -> bool:
    """Whether the present person has the conflict board: not a chair of a blind round, since it names units."""
    if "sees_conflicts" not in g:  # asked by the tabs and by every clash on a page
        actor: Actor = g.actor
        g.sees_conflicts = not policy.is_bound(actor) or policy.sees_identity(
            actor, list_rounds(actor.event.id)
        )
    return bool(g.sees_conflicts)


@blueprint.get("/kelola/juri", endpoint="jury")
def show_jury(slug: str) -> ResponseReturnValue:
    """Everyone who judges, with capacity, subjects and progress."""
    actor = enter_lead(slug)
    rounds = list_rounds(actor.event.id)
    round_ = queries.pick_round(rounds, request.args.get("babak", type=int), clock.now())
    return render_template(
        "scoring/lead/jury.html",
        actor=actor,
        event=actor.event,
        rounds=rounds,
        round=round_,
        jurors=queries.list_jurors(actor.event.id, round_.id if round_ else None),
        entries=count_entries(round_) if round_ else 0,
        tracks={track.code: track.name for track in actor.event.tracks},
        can_lead=policy.can_lead(actor),
    )


@blueprint.route("/kelola/juri/<public_id>", methods=["GET", "POST"])
def juror(slug: str, public_id: str) -> ResponseReturnValue:
    """One juror: how much, which subjects, which entries, which conflicts."""
    actor = enter_lead(slug)
    row = queries.get_juror(actor.event.id, public_id)
    form = _juror_form(actor, row)
    if form.validate_on_submit():
        with form.catch():
            jurors.update_juror(
                actor,
                public_id,
                capacity=form.capacity.data,
                expertise=form.expertise.data,
                keywords=form.keywords.data or "",
                at=clock.now(),
            )
            flash(_("Pengaturan juri tersimpan."), "success")
            return redirect(url_for("scoring.juror", slug=slug, public_id=public_id))
    return _juror_page(actor, row, form=form), form.status


def _juror_form(actor: Actor, row: queries.JurorRow, *, fresh: bool = False) -> JurorForm:
    values = {
        "capacity": row.capacity,
        "expertise": list(row.expertise),
        "keywords": ", ".join(row.keywords),
    }
    form = JurorForm(formdata=None, data=values) if fresh else JurorForm(data=values)
    form.expertise.choices = [SelectChoice(track.code, track.name) for track in actor.event.tracks]
    return form


def _conflict_form(actor: Actor, *, fresh: bool = False) -> ConflictForm:
    form = ConflictForm(formdata=None) if fresh else ConflictForm()
    ideas = list_eligible_ideas(actor.event.id)
    hidden = list_hidden(actor)
    form.idea.choices = [
        SelectChoice(i.public_id, f"{i.number or 0:03d} {i.title}") for i in ideas if i.id not in hidden
    ]
    return form


def _juror_page(
    actor: Actor,
    row: queries.JurorRow,
    *,
    form: JurorForm | None = None,
    reason: ReasonForm | None = None,
    conflict: ConflictForm | None = None,
) -> str:
    ideas = {idea.id: idea for idea in list_eligible_ideas(actor.event.id)}
    found = find_conflicts(actor.event.id, user_ids=[row.user.id])
    hidden, sees = list_hidden(actor), policy.sees_identity(actor, list_rounds(actor.event.id))
    return render_template(
        "scoring/lead/juror.html",
        actor=actor,
        event=actor.event,
        juror=row,
        form=form or _juror_form(actor, row, fresh=True),
        reason=reason or ReasonForm(formdata=None),
        conflict=conflict or _conflict_form(actor, fresh=True),
        work=[item for item in list_record(actor.event.id, row.user.id) if item.idea_id not in hidden],
        conflicts=[
            (ideas[idea_id], CONFLICT_TEXTS[why] if sees else "")
            for (idea_id, _user), why in sorted(found.items())
            if idea_id in ideas and idea_id not in hidden
        ],
        can_lead=policy.can_lead(actor),
    )


@blueprint.post("/kelola/juri/<public_id>/benturan")
def add_conflict(slug: str, public_id: str) -> ResponseReturnValue:
    """Note a conflict of interest somebody else knows of."""
    actor = enter_lead(slug)
    row = queries.get_juror(actor.event.id, public_id)
    form = _conflict_form(actor)
    if form.validate_on_submit():
        with form.catch():
            conflicts.add_conflict(
                actor,
                idea_public_id=form.idea.data,
                juror_public_id=public_id,
                reason=form.reason.data,
                at=clock.now(),
            )
            flash(_("Benturan kepentingan dicatat."), "success")
            return redirect(url_for("scoring.juror", slug=slug, public_id=public_id))
    return _juror_page(actor, row, conflict=form), 422


@blueprint.post("/kelola/juri/<public_id>/keluarkan")
def remove_juror(slug: str, public_id: str) -> ResponseReturnValue:
    """Take every entry back from a juror; ballots are kept and no longer count."""
    actor = enter_lead(slug)
    row = queries.get_juror(actor.event.id, public_id)
    form = ReasonForm()
    if form.validate_on_submit():
        with form.catch():
            n = assignment.remove_juror(actor, public_id, reason=form.reason.data, at=clock.now())
            text = ngettext("%(num)s penugasan dicabut.", "%(num)s penugasan dicabut.", n)
            flash(f"{text} {_('Perannya dicabut di Orang dan peran.')}", "success")
            return redirect(url_for("scoring.juror", slug=slug, public_id=public_id))
    return _juror_page(actor, row, reason=form), 422
