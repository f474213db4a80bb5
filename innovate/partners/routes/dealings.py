"""An organisation turns to an event: challenges, mentors, prizes."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from innovate.core import clock
from innovate.events.guard import enter
from innovate.events.models import Prize
from innovate.events.queries import list_rows
from innovate.partners import policy
from innovate.partners.forms import ChallengeForm, NewChallengeForm, SupportForm
from innovate.partners.guard import enter_desk
from innovate.partners.queries import dealings as queries
from innovate.partners.queries.organisations import list_members
from innovate.partners.routes.data import read_file
from innovate.partners.routes.mount import blueprint
from innovate.partners.services import challenges, proposals


def _back(partner: str) -> ResponseReturnValue:
    return redirect(url_for("partners.manage", partner=partner))


@blueprint.route("/mitra/<partner>/kelola/tantangan/baru", methods=["GET", "POST"])
def propose_challenge(partner: str) -> ResponseReturnValue:
    """Put a problem to a competition."""
    guest = enter_desk(partner)
    events = queries.list_open_events()
    form = NewChallengeForm().offer(events)
    if form.validate_on_submit():
        with form.catch():
            event = next(each for each in events if each.slug == form.event.data)
            challenges.propose_challenge(
                guest.person,
                guest.organisation,
                event,
                form.values(),
                file=read_file(),
                at=clock.now(),
            )
            flash(_("Tantangan terkirim kepada penyelenggara."), "success")
            return _back(partner)
    page = render_template(
        "partners/propose.html", organisation=guest.organisation, form=form, challenge=None
    )
    return page, form.status


@blueprint.route("/mitra/<partner>/kelola/tantangan/<challenge_id>", methods=["GET", "POST"])
def revise_challenge(partner: str, challenge_id: str) -> ResponseReturnValue:
    """Change a challenge that waits or came back."""
    guest = enter_desk(partner)
    found = queries.get_own_challenge(guest.organisation.id, challenge_id)
    form = ChallengeForm(obj=found)
    if form.validate_on_submit():
        with form.catch():
            challenges.revise_challenge(
                guest.person,
                guest.organisation,
                found,
                form.values(),
                file=read_file(),
                drops_file=bool(form.drops_file.data),
                at=clock.now(),
            )
            flash(_("Tantangan terkirim kepada penyelenggara."), "success")
            return _back(partner)
    if form.is_submitted():
        found = queries.get_own_challenge(guest.organisation.id, challenge_id)  # a refusal let go of it
    page = render_template(
        "partners/propose.html", organisation=guest.organisation, form=form, challenge=found
    )
    return page, form.status


@blueprint.post("/mitra/<partner>/kelola/tantangan/<challenge_id>/tarik")
def withdraw_challenge(partner: str, challenge_id: str) -> ResponseReturnValue:
    """Take a challenge back."""
    guest = enter_desk(partner)
    found = queries.get_own_challenge(guest.organisation.id, challenge_id)
    challenges.withdraw_challenge(guest.person, guest.organisation, found, at=clock.now())
    flash(_("Tantangan ditarik."), "success")
    return _back(partner)


@blueprint.route("/mitra/<partner>/kelola/<any(mentor,hadiah):what>/<slug>", methods=["GET", "POST"])
def support(partner: str, what: str, slug: str) -> ResponseReturnValue:
    """Propose a mentor, or offer to give a prize."""
    guest, event = enter_desk(partner), enter(slug).event
    form = SupportForm()
    if what == "mentor":
        rows = [row for row in list_members(guest.organisation.id) if policy.is_member(row)]
        form.choice.choices = [(row.user.public_id, row.user.full_name) for row in rows]
    else:
        form.choice.label.text = _("Penghargaan")
        form.choice.choices = [(row.public_id, row.name) for row in list_rows(Prize, event.id)]
    if form.validate_on_submit():
        propose = proposals.propose_mentor if what == "mentor" else proposals.propose_prize
        with form.catch():
            propose(
                guest.person,
                guest.organisation,
                event,
                form.choice.data,
                text=form.note.data or "",
                at=clock.now(),
            )
            flash(_("Usulan terkirim kepada penyelenggara."), "success")
            return _back(partner)
    page = render_template(
        "partners/support.html", organisation=guest.organisation, event=event, what=what, form=form
    )
    return page, form.status


@blueprint.post("/mitra/<partner>/kelola/usulan/<proposal_id>/tarik")
def withdraw_proposal(partner: str, proposal_id: str) -> ResponseReturnValue:
    """Take a proposal back."""
    guest = enter_desk(partner)
    found = queries.get_proposal(proposal_id, organisation_id=guest.organisation.id)
    proposals.withdraw_proposal(guest.person, guest.organisation, found, at=clock.now())
    flash(_("Usulan ditarik."), "success")
    return _back(partner)
