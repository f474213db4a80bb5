"""The organizer's room: what organisations bring to the event."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from innovate.core import clock
from innovate.events import policy as events_policy
from innovate.events.guard import enter, enter_room
from innovate.events.policy import Actor
from innovate.partners.domain.kinds import Stage
from innovate.partners.forms import ReasonForm, RoomChallengeForm
from innovate.partners.models.dealings import Challenge
from innovate.partners.queries import dealings as queries
from innovate.partners.routes.data import read_file
from innovate.partners.routes.mount import blueprint
from innovate.partners.services import challenges, proposals

_SHOWN = (Stage.PENDING, Stage.ACCEPTED, Stage.DECLINED)


@blueprint.get("/k/<slug>/kelola/mitra")
def room(slug: str) -> ResponseReturnValue:
    """Challenges, mentors and prizes."""
    return _room(enter(slug, events_policy.can_read_all))


def _room(actor: Actor, forms: dict[str, ReasonForm] | None = None) -> str:
    rows = queries.list_proposals(*_SHOWN, event_id=actor.event.id)
    fresh = {row.public_id: ReasonForm(formdata=None, prefix=f"{row.public_id}-") for row in rows}
    return render_template(
        "partners/room.html",
        actor=actor,
        event=actor.event,
        challenges=queries.list_event_challenges(actor.event.id, *_SHOWN),
        proposals=rows,
        forms=fresh | (forms or {}),
    )


@blueprint.post("/k/<slug>/kelola/mitra/usulan/<proposal_id>")
def answer_proposal(slug: str, proposal_id: str) -> ResponseReturnValue:
    """Take a mentor or a prize, or decline."""
    actor = enter(slug, events_policy.can_manage)
    found = queries.get_proposal(proposal_id, event_id=actor.event.id)
    form = ReasonForm(prefix=f"{proposal_id}-")
    if form.validate_on_submit():
        with form.catch():
            proposals.answer_proposal(
                actor,
                found,
                accept=request.form.get("answer") == "terima",
                reason=form.reason.data or "",
                message_url=lambda nonce: url_for("events.invitation", nonce=nonce),
                at=clock.now(),
            )
            flash(_("Jawaban terkirim kepada organisasi."), "success")
            return redirect(url_for("partners.room", slug=slug))
    return _room(actor, {proposal_id: form}), form.status


@blueprint.route("/k/<slug>/kelola/mitra/tantangan/<challenge_id>", methods=["GET", "POST"])
def room_challenge(slug: str, challenge_id: str) -> ResponseReturnValue:
    """Word it, take it into the event, or send it back."""
    actor = enter_room(slug)
    found = queries.get_challenge(actor.event.id, challenge_id)
    form = RoomChallengeForm(obj=found)
    tracks = [(track.public_id, track.name) for track in actor.event.tracks]
    form.track.choices = [("", _("Kategori baru dengan judul tantangan ini")), *tracks]
    if form.validate_on_submit():
        with form.catch():
            _answer(actor, found, form)
            return redirect(url_for("partners.room", slug=slug))
    if form.is_submitted():
        actor = enter_room(slug)
        found = queries.get_challenge(actor.event.id, challenge_id)  # a refusal let go of it
    page = render_template(
        "partners/room_challenge.html", actor=actor, event=actor.event, challenge=found, form=form
    )
    return page, form.status


def _answer(actor: Actor, found: Challenge, form: RoomChallengeForm) -> None:
    act, at = request.form.get("answer"), clock.now()
    if act == "kembalikan":
        challenges.return_challenge(actor, found, reason=form.reason.data or "", at=at)
        flash(_("Tantangan dikembalikan kepada pengusul."), "success")
        return
    challenges.edit_challenge(
        actor, found, form.values(), file=read_file(), drops_file=bool(form.drops_file.data), at=at
    )
    if act == "terima":
        challenges.accept_challenge(actor, found, track_id=form.track.data or "", at=at)
        flash(_("Tantangan menjadi kategori kompetisi ini."), "success")
    else:
        flash(_("Perubahan tersimpan."), "success")
