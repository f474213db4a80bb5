"""Rooms of those who make surveys: the list, a new one, one with its rate, when it is sent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from innovate.core import clock
from innovate.core.errors import Refused
from innovate.surveys import policy
from innovate.surveys.domain.kinds import Segment
from innovate.surveys.domain.timing import may_show_results
from innovate.surveys.forms import ExtendForm, NewForm, SurveyForm, plan_form
from innovate.surveys.guard import Desk, enter_desk, enter_survey
from innovate.surveys.models import Survey
from innovate.surveys.queries.surveys import get_rate, get_survey, list_activities, list_surveys
from innovate.surveys.routes.mount import locale, room
from innovate.surveys.services import building, sending
from innovate.surveys.services.ready_made import load_ready_made
from innovate.surveys.words import KINDS, SEGMENTS, STAGES, WHEN


@room(name="rooms")
def list_rooms(slug: str | None = None) -> ResponseReturnValue:
    """Every survey of this place."""
    desk = enter_desk(slug)
    now = clock.now()
    rows = [(survey, rate, survey.stage(now)) for survey, rate in list_surveys(desk.maker.event_id)]
    return _page(desk, "surveys/rooms.html", rows=rows)


def _page(desk: Desk, template: str, **values: Any) -> str:
    return render_template(
        template,
        desk=desk,
        event=desk.maker.event,
        may_make=policy.can_make(desk.maker),
        locale=locale(),
        kinds=KINDS,
        stages=STAGES,
        **values,
    )


@room("/baru", ("GET", "POST"))
def new(slug: str | None = None) -> ResponseReturnValue:
    """Begin with a ready-made questionnaire, or with nothing."""
    desk = enter_desk(slug, writes=True)
    ready = load_ready_made()
    form = NewForm()
    form.key.choices = [(each.key, each.title.say(locale())) for each in ready.values()]
    form.key.choices.append(("kosong", _("Kuesioner kosong")))
    place = request.args.get("kegiatan", "")
    activity = next((each for each in list_activities(desk.maker.event_id) if each.public_id == place), None)
    if form.validate_on_submit():
        key, title = form.key.data, form.title.data or ""
        with form.catch():
            if key not in ready and not title:
                raise Refused(_("Isi judulnya."), field="title")
            survey = building.create_survey(desk.maker, key, title=title, activity=activity, at=clock.now())
            return redirect(desk.url("show", survey_id=survey.public_id))
    return _page(desk, "surveys/new.html", form=form, ready=ready, activity=activity), form.status


@room("/<survey_id>")
def show(survey_id: str, slug: str | None = None) -> ResponseReturnValue:
    """One survey: what it asks, whom, when, and how many have answered."""
    desk, survey = enter_survey(slug, survey_id)
    return _show(desk, survey, ExtendForm(formdata=None, zone=desk.maker.zone))


def _show(desk: Desk, survey: Survey, extend: ExtendForm) -> ResponseReturnValue:
    now = clock.now()
    stage = survey.stage(now)
    is_public = survey.segment is Segment.PUBLIC
    page = _page(
        desk,
        "surveys/show.html",
        survey=survey,
        stage=stage,
        rate=get_rate(survey),
        whole=survey.version.whole,
        due=sending.find_due(survey),
        segment=SEGMENTS[survey.segment],
        when=WHEN[survey.sends],
        link=url_for("surveys.answer", survey_id=survey.public_id, _external=True) if is_public else "",
        shows_results=may_show_results(stage, anonymous=survey.anonymous),
        extend=extend,
    )
    return page, extend.status


@room("/<survey_id>/tingkat.json")
def rate(survey_id: str, slug: str | None = None) -> ResponseReturnValue:
    """How many have answered, for the page that watches."""
    _desk, survey = enter_survey(slug, survey_id)
    found = get_rate(survey)
    answer = jsonify(asked=found.asked, answered=found.answered, stage=survey.stage(clock.now()).value)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@room("/<survey_id>/atur", ("GET", "POST"))
def settings(survey_id: str, slug: str | None = None) -> ResponseReturnValue:
    """Title, opening words, anonymity."""
    desk, survey = enter_survey(slug, survey_id, writes=True)
    names = ("title", "title_en", "intro", "intro_en", "anonymous")
    form = SurveyForm(occasion=survey.occasion.value, **{name: getattr(survey, name) for name in names})
    if form.validate_on_submit():
        with form.catch():
            building.change_survey(desk.maker, survey, form.values(), at=clock.now())
            flash(_("Tersimpan."), "success")
            return redirect(desk.url("show", survey_id=survey_id))
    return _page(desk, "surveys/settings.html", survey=_again(desk, survey_id), form=form), form.status


def _again(desk: Desk, survey_id: str) -> Survey:
    """What a refused attempt let go of."""
    return get_survey(desk.maker.event_id, survey_id)


@room("/<survey_id>/kirim", ("GET", "POST"))
def plan(survey_id: str, slug: str | None = None) -> ResponseReturnValue:
    """Whom it goes to, and when."""
    desk, survey = enter_survey(slug, survey_id, writes=True)
    form = plan_form(desk.maker, survey)
    if form.validate_on_submit():
        with form.catch():
            sending.plan_sending(desk.maker, survey, form.values(), at=clock.now())
            flash(_("Tersimpan."), "success")
            return redirect(desk.url("show", survey_id=survey_id))
    return _page(desk, "surveys/plan.html", survey=_again(desk, survey_id), form=form), form.status


@room("/<survey_id>/perpanjang", ("POST",))
def extend(survey_id: str, slug: str | None = None) -> ResponseReturnValue:
    """Close at another instant."""
    desk, survey = enter_survey(slug, survey_id)
    form = ExtendForm(zone=desk.maker.zone)
    if form.validate_on_submit() and form.closes_at.data:
        with form.catch():
            sending.extend_survey(desk.maker, survey, form.closes_at.data, at=clock.now())
            flash(_("Waktu tutup disimpan."), "success")
            return redirect(desk.url("show", survey_id=survey_id))
    return _show(desk, _again(desk, survey_id), form)


@room("/<survey_id>/buka", ("POST",), name="open")
def open_(survey_id: str, slug: str | None = None) -> ResponseReturnValue:
    """Begin."""
    desk, survey = enter_survey(slug, survey_id)
    _press(lambda: sending.open_survey(desk.maker, survey, at=clock.now()), _("Survei dibuka."))
    return redirect(desk.url("show", survey_id=survey_id))


@room("/<survey_id>/tutup", ("POST",))
def close(survey_id: str, slug: str | None = None) -> ResponseReturnValue:
    """End."""
    desk, survey = enter_survey(slug, survey_id)
    _press(lambda: sending.close_survey(desk.maker, survey, at=clock.now()), _("Survei ditutup."))
    return redirect(desk.url("show", survey_id=survey_id))


@room("/<survey_id>/hapus", ("POST",))
def discard(survey_id: str, slug: str | None = None) -> ResponseReturnValue:
    """Throw a draft away."""
    desk, survey = enter_survey(slug, survey_id)
    done = _press(lambda: building.discard_survey(desk.maker, survey, at=clock.now()), _("Draf dihapus."))
    return redirect(desk.url("rooms") if done else desk.url("show", survey_id=survey_id))


@room("/<survey_id>/salin", ("POST",))
def copy(survey_id: str, slug: str | None = None) -> ResponseReturnValue:
    """A draft that asks the same."""
    desk, survey = enter_survey(slug, survey_id)
    made = building.copy_survey(desk.maker, survey, at=clock.now())
    flash(_("Salinan dibuat."), "success")
    return redirect(desk.url("show", survey_id=made.public_id))


def _press(act: Callable[[], Any], said: str) -> bool:
    """One press of a button without a form: done, or why not."""
    try:
        act()
    except Refused as refusal:
        flash(str(refusal.message), "error")
        return False
    flash(said, "success")
    return True
