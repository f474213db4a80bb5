"""The rooms of those who lead: setting up, watching, closing, the outcome."""

from __future__ import annotations

from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import SelectChoice

from innovate.core import clock
from innovate.core.errors import NotFound, Refused, require
from innovate.events.policy import Actor
from innovate.ideas.queries.entries import list_board_entries
from innovate.pairwise import exports, policy
from innovate.pairwise.domain.certainty import say_share
from innovate.pairwise.forms import VERDICTS, ContestForm, VerdictForm, read_stands, verdict_of
from innovate.pairwise.guard import enter_contest, enter_rooms
from innovate.pairwise.models import Contest, ContestKind, ContestState
from innovate.pairwise.queries.contests import find_seal, list_contests
from innovate.pairwise.queries.eyes import Eyes, eyes_of, sees_outcome
from innovate.pairwise.queries.field import load_field
from innovate.pairwise.queries.outcome import load_outcome
from innovate.pairwise.queries.room import load_room
from innovate.pairwise.routes.mount import blueprint
from innovate.pairwise.services import publishing, setup, verdict
from innovate.pairwise.services.boundary import start_boundary_runoff
from innovate.scoring.forms.reasons import ReasonForm
from innovate.scoring.policy import sees_identity
from innovate.scoring.queries.conflicts import list_hidden
from innovate.scoring.queries.jury import list_jurors
from innovate.scoring.queries.rounds import list_rounds

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("/kelola/banding")
def index(slug: str) -> ResponseReturnValue:
    """Every contest of the event."""
    actor = enter_rooms(slug)
    return render_template(
        "pairwise/lead/index.html",
        actor=actor,
        event=actor.event,
        rows=list_contests(actor.event.id),
        can_lead=policy.can_lead(actor),
    )


@blueprint.route("/kelola/banding/baru", methods=["GET", "POST"])
def new(slug: str) -> ResponseReturnValue:
    """Set up a contest."""
    actor = enter_rooms(slug)
    require(policy.can_lead(actor), NotFound())
    rounds = list_rounds(actor.event.id)
    form = ContestForm(kind=ContestKind.HALL.value, round=rounds[-1].number if rounds else 0)
    form.round.choices = [SelectChoice(round_.number, round_.phase.name) for round_ in rounds]
    page = _Setup(actor, form, Eyes(list_hidden(actor), sees_identity(actor, rounds)))
    if form.validate_on_submit():
        with form.catch():
            round_ = next(row for row in rounds if row.number == form.round.data)
            made = setup.create_contest(
                actor, round_, ContestKind(form.kind.data), form.plan(page.stands), at=clock.now()
            )
            flash(_("Perbandingan disiapkan. Periksa, lalu buka."), "success")
            return redirect(url_for("pairwise.room", slug=slug, contest_id=made.public_id))
    return page.show(None), form.status


@blueprint.route("/kelola/banding/<contest_id>/atur", methods=["GET", "POST"])
def edit(slug: str, contest_id: str) -> ResponseReturnValue:
    """Change name, entries, stands, jurors and how many are sought."""
    actor, contest = enter_contest(slug, contest_id)
    require(policy.can_lead(actor), NotFound())
    field = load_field(contest)
    form = ContestForm(
        name=contest.name,
        cut=contest.cut,
        entries=[stall.idea_public_id for stall in field.stalls if stall.removed_at is None],
        jurors=[seat.public_id for seat in field.active],
    )
    del form.kind, form.round
    eyes = eyes_of(actor, contest)
    page = _Setup(actor, form, eyes, {stall.idea_public_id: stall.stand for stall in field.stalls})
    unseen = {
        s.idea_public_id: s.stand for s in field.stalls if s.idea_id in eyes.hidden and not s.removed_at
    }
    if form.validate_on_submit():
        with form.catch():
            setup.update_contest(actor, contest_id, form.plan(page.stands, unseen), at=clock.now())
            flash(_("Pengaturan tersimpan."), "success")
            return redirect(url_for("pairwise.room", slug=slug, contest_id=contest_id))
    return page.show(contest), form.status


class _Setup:
    """The page on which a contest is set up: its form with what there is to choose from."""

    def __init__(
        self, actor: Actor, form: ContestForm, eyes: Eyes, stands: dict[str, str] | None = None
    ) -> None:
        self.actor, self.form, self.named = actor, form, eyes.named
        self.ideas = [row for row in list_board_entries(actor.event.id) if row.idea_id not in eyes.hidden]
        self.jurors = list_jurors(actor.event.id)
        keys = [idea.public_id for idea in self.ideas]
        self.stands = read_stands(request.form, keys) if form.is_submitted() else stands or {}
        form.entries.choices = [SelectChoice(idea.public_id, idea.title) for idea in self.ideas]
        form.jurors.choices = [SelectChoice(row.user.public_id, row.user.full_name) for row in self.jurors]

    def show(self, contest: Contest | None) -> str:
        """The page."""
        return render_template(
            "pairwise/lead/setup.html",
            actor=self.actor,
            event=self.actor.event,
            contest=contest,
            form=self.form,
            ideas=self.ideas,
            named=self.named,
            jurors=self.jurors,
            stands=self.stands,
            chosen=set(self.form.entries.data or ()),
            seated=set(self.form.jurors.data or ()),
        )


@blueprint.get("/kelola/banding/<contest_id>")
def room(slug: str, contest_id: str) -> ResponseReturnValue:
    """The live state: who compared how much, what was seen least, whether everything is linked."""
    actor, contest = enter_contest(slug, contest_id)
    return _room(actor, contest, ReasonForm(formdata=None))


def _room(actor: Actor, contest: Contest, form: ReasonForm) -> str:
    found = load_room(contest, clock.now(), eyes_of(actor, contest))
    return render_template(
        "pairwise/lead/room.html",
        actor=actor,
        event=actor.event,
        contest=contest,
        room_=found,
        form=form,
        sureness=None if found.sureness is None else say_share(found.sureness),
        can_lead=policy.can_lead(actor),
        can_see_outcome=sees_outcome(actor, contest),
    )


@blueprint.post("/kelola/banding/<contest_id>/<any(buka, tutup):step>")
def move(slug: str, contest_id: str, step: str) -> ResponseReturnValue:
    """Open or close; opening again asks a reason."""
    actor, contest = enter_contest(slug, contest_id)
    form = ReasonForm()
    try:
        if step == "tutup":
            setup.close_contest(actor, contest_id, at=clock.now())
            flash(_("Perbandingan ditutup."), "success")
        else:
            setup.open_contest(actor, contest_id, reason=form.reason.data or "", at=clock.now())
            flash(_("Perbandingan dibuka. Juri mendapat surel."), "success")
    except Refused as refusal:
        form.refuse(refusal)
        return _room(actor, contest, form), 422
    return redirect(url_for("pairwise.room", slug=slug, contest_id=contest_id))


# -- the outcome ------------------------------------------------------------------------------------------------------


def _enter_outcome(slug: str, contest_id: str) -> tuple[Actor, Contest]:
    actor, contest = enter_contest(slug, contest_id)
    require(sees_outcome(actor, contest), NotFound())
    return actor, contest


@blueprint.route("/kelola/banding/<contest_id>/hasil", methods=["GET", "POST"])
def outcome(slug: str, contest_id: str) -> ResponseReturnValue:
    """The ranking with its intervals beside the rubric's; of a run-off also the decision, which changes no rank."""
    actor, contest = _enter_outcome(slug, contest_id)
    form = VerdictForm(
        verdict=contest.verdict.value if contest.verdict else None, reason=contest.verdict_reason
    )
    if form.validate_on_submit():
        with form.catch():
            verdict.decide_runoff(
                actor, contest_id, verdict_of(form), reason=form.reason.data, at=clock.now()
            )
            flash(_("Putusan tercatat."), "success")
            return redirect(url_for("pairwise.outcome", slug=slug, contest_id=contest_id))
    found = load_outcome(contest, eyes_of(actor, contest))
    return render_template(
        "pairwise/lead/outcome.html",
        actor=actor,
        event=actor.event,
        contest=contest,
        outcome=found,
        say=say_share,
        form=form,
        verdicts=VERDICTS,
        is_sealed=not find_seal(contest).is_public,
        undecided=found.undecided(contest.cut) if policy.can_lead(actor) else [],
        may_publish=policy.can_publish(actor) and contest.state is ContestState.CLOSED,
        may_decide=policy.can_lead(actor)
        and contest.kind is ContestKind.RUNOFF
        and contest.state is ContestState.CLOSED,
    ), form.status


@blueprint.post("/kelola/banding/<contest_id>/<any(tampilkan, sembunyikan):step>")
def publish(slug: str, contest_id: str, step: str) -> ResponseReturnValue:
    """Let the public read the outcome with the announcement, or not."""
    actor, _contest = _enter_outcome(slug, contest_id)
    require(policy.can_publish(actor), NotFound())
    try:
        publishing.set_published(actor, contest_id, published=step == "tampilkan", at=clock.now())
        flash(_("Pilihan Anda tersimpan."), "success")
    except Refused as refusal:
        flash(str(refusal.message), "error")
    return redirect(url_for("pairwise.outcome", slug=slug, contest_id=contest_id))


@blueprint.post("/kelola/banding/<contest_id>/lanjut")
def settle(slug: str, contest_id: str) -> ResponseReturnValue:
    """A run-off among entries that could be on either side of the line."""
    actor, contest = _enter_outcome(slug, contest_id)
    try:
        made = start_boundary_runoff(actor, contest, at=clock.now())
    except Refused as refusal:
        flash(str(refusal.message), "error")
        return redirect(url_for("pairwise.outcome", slug=slug, contest_id=contest_id))
    flash(_("Banding ulang disiapkan. Periksa jurinya, lalu buka."), "success")
    return redirect(url_for("pairwise.room", slug=slug, contest_id=made.public_id))


@blueprint.get("/kelola/banding/<contest_id>/hasil.<kind>")
def download(slug: str, contest_id: str, kind: str) -> ResponseReturnValue:
    """The outcome as CSV or XLSX."""
    actor, contest = _enter_outcome(slug, contest_id)
    found: Any = load_outcome(contest, eyes_of(actor, contest))
    name = f"banding-{contest.public_id}.{kind}"
    if kind == "csv":
        body, media = exports.as_csv(found, contest.cut), "text/csv; charset=utf-8"
    elif kind == "xlsx":
        body, media = exports.as_xlsx(contest.name, found, contest.cut), _XLSX
    else:
        raise NotFound
    return Response(
        body, content_type=media, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
