"""The form of two minutes, opened by a personal link without signing in."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from innovate.accounts.models import User
from innovate.accounts.queries import find_user
from innovate.core import clock
from innovate.core.errors import NotFound, require
from innovate.core.web.access import public
from innovate.impact.domain.kinds import Check, Status
from innovate.impact.domain.numbers import show_decimal
from innovate.impact.forms import AnswerForm, actual_name, read_file, read_version, with_actuals
from innovate.impact.models import FollowUp, Indicator
from innovate.impact.queries.followups import get_followup
from innovate.impact.queries.innovations import list_indicators
from innovate.impact.queries.standing import may_answer
from innovate.impact.routes.mount import blueprint, links
from innovate.impact.services import answering
from innovate.impact.services.answering import Answer


def _enter(token: str) -> tuple[User, FollowUp]:
    """Whose link it is and what it asks; NotFound if it is forged, or the person may no longer answer."""
    said = links().read(token)
    user = find_user(said[1]) if said else None
    if said is None or user is None:
        raise NotFound
    followup = get_followup(said[0])
    require(may_answer(followup.innovation, user), NotFound())
    return user, followup


@blueprint.route("/dampak/tindak-lanjut/<token>", methods=["GET", "POST"])
@public
def answer(token: str) -> ResponseReturnValue:
    """Answer, or change the answer while the form is open."""
    user, followup = _enter(token)
    indicators = list_indicators(followup.innovation_id)
    form: Any = with_actuals(indicators)(data=_values(followup, indicators))
    if form.validate_on_submit():
        with form.catch():
            version = read_version(form.version.data)
            answering.answer_followup(
                user, followup, _read(form, indicators), version=version, at=clock.now()
            )
            return redirect(url_for("impact.answer", token=token, tersimpan=1))
    form.version.data = form.version.raw_data = str(followup.version)
    page = render_template(
        "impact/answer.html",
        form=form,
        followup=followup,
        innovation=followup.innovation,
        actuals=[form[actual_name(row)] for row in indicators],
        is_open=clock.now() < followup.closes_at and followup.check is not Check.VERIFIED,
        is_saved=request.args.get("tersimpan") == "1" and request.method in {"GET", "HEAD"},
    )
    return page, form.status


def _values(followup: FollowUp, indicators: list[Indicator]) -> dict[str, Any]:
    if followup.answered_at is None:
        status = followup.innovation.status
        return {"state": status.value if status else None}
    names = ("reason", "people", "saved", "obstacle", "story", "link")
    kept = {actual_name(row): followup.actuals.get(row.public_id) for row in indicators}
    return {
        **{name: getattr(followup, name) for name in names},
        **{name: show_decimal(Decimal(text)) for name, text in kept.items() if text},
        "state": followup.status.value if followup.status else None,
        "is_used": "yes" if followup.is_used else "no",
    }


def _read(form: AnswerForm, indicators: list[Indicator]) -> Answer:
    numbers = {row.public_id: form[actual_name(row)].number for row in indicators}
    return Answer(
        status=Status(form.state.data),
        is_used=form.is_used.data == "yes",
        reason=form.reason.data or "",
        people=form.people.data,
        saved=form.saved.data,
        actuals={key: number for key, number in numbers.items() if number is not None},
        obstacle=form.obstacle.data or "",
        story=form.story.data or "",
        link=form.link.data or "",
        file=read_file(form.file),
    )
