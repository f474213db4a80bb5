"""What a juror knows, in their own words: the draw looks at it."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import SelectChoice

from innovate.core import clock
from innovate.events import policy as event_policy
from innovate.events.guard import enter
from innovate.scoring.forms.draws import SubjectForm
from innovate.scoring.queries.jury import get_juror
from innovate.scoring.routes.mount import blueprint
from innovate.scoring.services import jurors


@blueprint.route("/juri/keahlian", methods=["GET", "POST"])
def subject(slug: str) -> ResponseReturnValue:
    """A juror's tracks and keywords."""
    actor = enter(slug, event_policy.can_judge)
    row = get_juror(actor.event.id, actor.user.public_id if actor.user else "")
    form = SubjectForm(data={"expertise": list(row.expertise), "keywords": ", ".join(row.keywords)})
    form.expertise.choices = [SelectChoice(track.code, track.name) for track in actor.event.tracks]
    if form.validate_on_submit():
        with form.catch():
            jurors.update_own_subject(
                actor, expertise=form.expertise.data or (), keywords=form.keywords.data or "", at=clock.now()
            )
            flash(_("Bidang keahlian tersimpan."), "success")
            return redirect(url_for("scoring.guide", slug=slug))
    return render_template(
        "scoring/desk/subject.html", actor=actor, event=actor.event, form=form
    ), form.status
