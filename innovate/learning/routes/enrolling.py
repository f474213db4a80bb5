"""Taking a place and giving it up."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from innovate.core import clock
from innovate.core.errors import Refused
from innovate.learning.domain.kinds import EnrolmentState
from innovate.learning.guard import enter_activity
from innovate.learning.queries.enrolments import find_place_in_line
from innovate.learning.queries.schedule import list_overlapping
from innovate.learning.routes.mount import blueprint
from innovate.learning.services import enrolling


@blueprint.post("/<public_id>/daftar")
def enrol(public_id: str) -> ResponseReturnValue:
    """Enrol the present person."""
    guest = enter_activity(public_id)
    try:
        enrolment = enrolling.enrol(guest, at=clock.now())
    except Refused as refusal:
        flash(str(refusal.message), "error")
        return redirect(url_for("learning.show", public_id=public_id))
    if enrolment.state is EnrolmentState.WAITING:
        flash(_("Anda nomor %(n)s dalam daftar tunggu.", n=find_place_in_line(enrolment)), "success")
    else:
        flash(_("Anda terdaftar. Surel dengan jadwalnya dalam perjalanan."), "success")
    for title in list_overlapping(guest.activity, guest.user_id):
        flash(
            _("Perhatikan: jadwalnya berbarengan dengan %(title)s, yang juga Anda ikuti.", title=title),
            "error",
        )
    return redirect(url_for("learning.show", public_id=public_id))


@blueprint.post("/<public_id>/mundur")
def give_up(public_id: str) -> ResponseReturnValue:
    """Give the place, or the number in the waiting list, up."""
    guest = enter_activity(public_id)
    try:
        enrolling.give_up(guest, at=clock.now())
    except Refused as refusal:
        flash(str(refusal.message), "error")
    else:
        flash(_("Anda tidak lagi terdaftar. Tempat Anda diberikan kepada orang berikutnya."))
    return redirect(url_for("learning.show", public_id=public_id))
