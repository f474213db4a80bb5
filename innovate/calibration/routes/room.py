"""The leaders' room: write the practice entry, open it, show how far apart the jury is."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from innovate.calibration import policy
from innovate.calibration.forms import PracticeForm
from innovate.calibration.models import PracticeState
from innovate.calibration.queries import (
    find_practice,
    list_practices,
    list_practising,
    list_sheets,
    load_criteria,
    read_panel,
)
from innovate.calibration.routes.mount import blueprint
from innovate.calibration.services import practice as services
from innovate.core import clock
from innovate.events.guard import enter
from innovate.scoring.queries.rounds import get_round

_STEPS = {
    "buka": services.open_practice,
    "perlihatkan": services.show_practice,
    "tutup": services.reopen_practice,
}


@blueprint.get("/kelola/latihan")
def room(slug: str) -> ResponseReturnValue:
    """Every round with its practice entry."""
    actor = enter(slug, policy.can_enter)
    rows = list_practices(actor.event)
    return render_template("calibration/room.html", actor=actor, event=actor.event, rows=rows)


@blueprint.get("/kelola/latihan/<int:number>")
def practice(slug: str, number: int) -> ResponseReturnValue:
    """One round's practice entry: its text, who handed in, and the spread."""
    actor = enter(slug, policy.can_enter)
    round_ = get_round(actor.event, number)
    return _page(slug, number, PracticeForm(formdata=None, obj=find_practice(round_)))


@blueprint.post("/kelola/latihan/<int:number>", endpoint="write")
def write(slug: str, number: int) -> ResponseReturnValue:
    """Keep the text."""
    actor = enter(slug, policy.can_prepare)
    form = PracticeForm()
    if form.validate_on_submit():
        with form.catch():
            round_ = get_round(actor.event, number)
            services.write_practice(actor, round_, title=form.title.data, body=form.body.data, at=clock.now())
            flash(_("Karya latihan tersimpan."), "success")
            return redirect(url_for("calibration.practice", slug=slug, number=number))
    return _page(slug, number, form)


@blueprint.post("/kelola/latihan/<int:number>/<any(buka, perlihatkan, tutup):step>")
def move(slug: str, number: int, step: str) -> ResponseReturnValue:
    """Open it to the jury, show the spread, or take that back."""
    actor = enter(slug, policy.can_prepare)
    round_ = get_round(actor.event, number)
    _STEPS[step](actor, round_, at=clock.now())
    texts = {
        "buka": _("Latihan dibuka. Setiap juri babak ini menerima surel."),
        "perlihatkan": _("Sebaran nilai kini terlihat oleh semua juri."),
        "tutup": _("Latihan dibuka kembali. Sebarannya tersembunyi lagi."),
    }
    flash(texts[step], "success")
    return redirect(url_for("calibration.practice", slug=slug, number=number))


def _page(slug: str, number: int, form: PracticeForm) -> ResponseReturnValue:
    actor = enter(slug, policy.can_enter)
    round_ = get_round(actor.event, number)
    found = find_practice(round_)
    sheets = list_sheets(found) if found else []
    return render_template(
        "calibration/practice.html",
        actor=actor,
        event=actor.event,
        round=round_,
        practice=found,
        state=found.state if found else PracticeState.DRAFT,
        form=form,
        can_prepare=policy.can_prepare(actor),
        sheets=sheets,
        jurors=list_practising(found, round_) if found else [],
        panel=read_panel(load_criteria(found, round_), sheets, None) if found else None,
    ), form.status
