"""Giving a vote: with an address and the link sent there, or at once for whoever is signed in."""

from __future__ import annotations

from typing import Any

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _

from innovate.core import clock
from innovate.core.errors import NotFound, Refused
from innovate.core.web.access import public
from innovate.events.guard import signed_in_user
from innovate.events.policy import Actor
from innovate.voting.domain.marks import Sender
from innovate.voting.domain.stages import Stage
from innovate.voting.forms import MailForm, PressForm
from innovate.voting.guard import enter_poll
from innovate.voting.models import Poll, Vote
from innovate.voting.queries.entries import Entrant, list_standing
from innovate.voting.queries.votes import find_vote, get_request, list_chosen
from innovate.voting.routes.mount import blueprint
from innovate.voting.routes.public import show_poll
from innovate.voting.services import casting


def _sender(address: str) -> Sender:
    return Sender(address, request.remote_addr or "", str(current_app.config["SECRET_KEY"]))


def _own_address() -> str:
    """The address of the person signed in, if they have shown that it is theirs."""
    user = signed_in_user()
    return user.email if user and user.email_verified_at else ""


@blueprint.route("/favorit/<poll_id>/suara", methods=["GET", "POST"])
@public
def give(slug: str, poll_id: str) -> ResponseReturnValue:
    """The choice once more, and where the confirmation goes."""
    actor, poll = enter_poll(slug, poll_id)
    picked = set(request.values.getlist("pilih"))
    chosen = [entrant for entrant in list_standing(poll) if entrant.public_id in picked]
    wrong = _find_fault(poll, picked, chosen)
    if wrong:
        return show_poll(actor, poll, error=wrong)
    own = _own_address()
    form: Any = PressForm() if own else MailForm()
    if form.validate_on_submit():
        with form.catch():
            if own:
                vote = casting.cast_vote(poll, _sender(own), picked, at=clock.now())
                _flash_cast(vote)
                return redirect(url_for("voting.own", slug=slug, poll_id=poll_id))
            casting.ask_to_vote(
                poll,
                _sender(form.email.data),
                picked,
                link=lambda token: url_for("voting.confirm", slug=slug, poll_id=poll_id, token=token),
                event_name=actor.event.name,
                zone=actor.event.zone,
                locale=str(get_locale() or "id"),
                at=clock.now(),
            )
            return redirect(url_for("voting.sent", slug=slug, poll_id=poll_id))
    page = render_template(
        "voting/give.html", event=actor.event, poll=poll, chosen=chosen, form=form, own=own
    )
    return page, form.status


def _find_fault(poll: Poll, picked: set[str], chosen: list[Entrant]) -> str:
    """Why the choice cannot go on, in words; the vote itself is asked again when it is cast."""
    stage = poll.stage(clock.now())
    if stage is not Stage.RUNNING:
        return (
            _("Pemungutan suara belum dimulai.")
            if stage is Stage.WAITING
            else _("Pemungutan suara sudah ditutup.")
        )
    if not picked:
        return _("Pilih dahulu karya favorit Anda.")
    if len(chosen) != len(picked):
        return _("Salah satu karya yang Anda pilih tidak ikut lagi. Pilih yang lain.")
    if len(picked) > poll.cap:
        return _("Paling banyak %(n)s karya. Lepaskan beberapa pilihan.", n=poll.cap)
    return ""


@blueprint.get("/favorit/<poll_id>/terkirim")
@public
def sent(slug: str, poll_id: str) -> ResponseReturnValue:
    """Look into your mailbox. The same for a new address and one that has voted."""
    actor, poll = enter_poll(slug, poll_id)
    shows_mail = not current_app.config["MAIL_URL"] and current_app.config["ENV_NAME"] != "production"
    return render_template("voting/sent.html", event=actor.event, poll=poll, shows_mail=shows_mail)


@blueprint.route("/favorit/<poll_id>/tautan/<token>", methods=["GET", "POST"])
@public
def confirm(slug: str, poll_id: str, token: str) -> ResponseReturnValue:
    """Confirm, change or withdraw. Opening the link changes nothing (mail scanners open links too); a button does."""
    actor, poll = enter_poll(slug, poll_id)
    try:
        asked = get_request(poll, token)
    except NotFound:
        return render_template("voting/worn.html", event=actor.event, poll=poll), 410
    form = PressForm()
    if form.validate_on_submit():
        with form.catch():
            _press(
                poll, asked.voter, lambda chosen: casting.confirm_vote(poll, token, chosen, at=clock.now())
            )
            return redirect(url_for("voting.confirm", slug=slug, poll_id=poll_id, token=token))
    vote = find_vote(poll.id, asked.voter)
    first = frozenset(asked.choices) if vote is None else list_chosen(vote)
    return _own_page(actor, poll, form, vote, first)


@blueprint.route("/favorit/<poll_id>/suara-saya", methods=["GET", "POST"])
def own(slug: str, poll_id: str) -> ResponseReturnValue:
    """The vote of the person signed in, to change or withdraw."""
    actor, poll = enter_poll(slug, poll_id)
    address = _own_address()
    if not address:
        return render_template("voting/worn.html", event=actor.event, poll=poll), 410
    sender = _sender(address)
    voter = sender.marks(poll.salt).voter
    form = PressForm()
    if form.validate_on_submit():
        with form.catch():
            _press(poll, voter, lambda chosen: casting.cast_vote(poll, sender, chosen or (), at=clock.now()))
            return redirect(url_for("voting.own", slug=slug, poll_id=poll_id))
    vote = find_vote(poll.id, voter)
    return _own_page(actor, poll, form, vote, list_chosen(vote))


def _press(poll: Poll, voter: str, cast: Any) -> None:
    """What the button said: confirm what was asked, choose anew, or withdraw."""
    act = request.form.get("act", "")
    if act == "tarik":
        casting.withdraw_vote(poll, voter, at=clock.now())
        flash(_("Suara Anda ditarik dan tidak dihitung."), "success")
        return
    if act not in {"sahkan", "ganti"}:
        raise Refused(_("Pilih salah satu tombol."))
    _flash_cast(cast(set(request.form.getlist("pilih")) if act == "ganti" else None))


def _flash_cast(vote: Vote) -> None:
    """A vote the committee has voided keeps its choice and stays out of the count."""
    flash(_("Suara Anda dihitung.") if vote.void_id is None else _("Pilihan Anda tersimpan."), "success")


def _own_page(
    actor: Actor, poll: Poll, form: PressForm, vote: Vote | None, chosen: frozenset[int]
) -> ResponseReturnValue:
    entrants = list_standing(poll)
    errors: list[Any] = list(form.form_errors)
    page = render_template(
        "voting/own.html",
        event=actor.event,
        poll=poll,
        stage=poll.stage(clock.now()),
        entrants=entrants,
        chosen=chosen,
        named=[entrant for entrant in entrants if entrant.id in chosen],
        vote=vote,
        counts=vote is not None and vote.withdrawn_at is None,
        voided=vote is not None and vote.void_id is not None,
        errors=errors,
    )
    return page, form.status
