"""Answering: page by page, on the server alone; every page carries what was typed before."""

from __future__ import annotations

from flask import current_app, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from innovate.accounts.domain.limits import Place, place_of
from innovate.accounts.models import User
from innovate.core import clock
from innovate.core.errors import NotFound, Refused, TooMany, require
from innovate.core.web.access import public
from innovate.core.web.kept_forms import note_kept, take_kept
from innovate.events.guard import signed_in_user
from innovate.surveys.domain.answers import Raw, Reading, collect, read
from innovate.surveys.domain.kinds import Part, Segment, SurveyKind, SurveyState
from innovate.surveys.domain.questionnaire import Section
from innovate.surveys.domain.timing import Stage
from innovate.surveys.forms import AnswerForm, OthersForm
from innovate.surveys.models import Invitation, Survey
from innovate.surveys.queries.surveys import find_own, find_survey, get_invitation, list_named, list_waiting
from innovate.surveys.routes.mount import blueprint, locale
from innovate.surveys.services.answering import Answered, Over, Sent, name_others, take_answers
from innovate.surveys.services.building import draw_token
from innovate.surveys.services.drafts import drop_draft, keep_draft
from innovate.surveys.words import ANSWERS, PARTS


@blueprint.get("/survei")
def mine() -> ResponseReturnValue:
    """The surveys that wait for the person."""
    user = signed_in_user()
    waiting = list_waiting(user.id, clock.now()) if user else []
    return render_template("surveys/mine.html", surveys=waiting, locale=locale())


@blueprint.route("/survei/<survey_id>", methods=["GET", "POST"])
@public
def answer(survey_id: str) -> ResponseReturnValue:
    """A public survey for everybody; another for the people who were asked."""
    survey = find_survey(survey_id)
    if survey is None or survey.state is SurveyState.DRAFT or survey.sent_at is None:
        raise NotFound
    if survey.segment is Segment.PUBLIC:
        return _answer(survey, None)
    user = signed_in_user()
    invitation = find_own(survey.id, user.id) if user else None
    if invitation is None:
        raise NotFound
    if survey.anonymous and request.method in {"GET", "HEAD"}:
        return redirect(url_for("surveys.personal", token=invitation.token))  # works without the account
    return _answer(survey, invitation)


@blueprint.route("/survei/t/<token>", methods=["GET", "POST"])
@public
def personal(token: str) -> ResponseReturnValue:
    """By the link that came by mail, without signing in."""
    invitation = get_invitation(token)
    survey, user = invitation.survey, signed_in_user()
    if (
        request.method in {"GET", "HEAD"}
        and user
        and not survey.anonymous
        and find_own(survey.id, user.id) is invitation
    ):
        return redirect(url_for("surveys.answer", survey_id=survey.public_id))  # where their draft is
    return _answer(survey, invitation)


def _answer(survey: Survey, invitation: Invitation | None) -> ResponseReturnValue:
    form = AnswerForm(slip=draw_token(), number=survey.number)
    if invitation is not None and invitation.answered:
        return _thanks(survey, invitation)
    if request.method in {"GET", "HEAD"}:
        kept = None if survey.anonymous else take_kept(type(form).__name__)
        raw = collect(survey.version.whole, kept.values.getlist) if kept else {}
    else:
        raw = collect(survey.version.whole, request.form.getlist)
    if survey.stage(clock.now()) is not Stage.RUNNING:
        return _over(survey, raw, status=422 if request.method == "POST" else 200)
    reading = read(survey.version.whole, raw, invitation.part if invitation else None)
    if request.method in {"GET", "HEAD"}:
        return _ask(survey, invitation, form, reading, 0, raw)
    return _go_on(survey, invitation, form, reading, raw)


def _go_on(
    survey: Survey, invitation: Invitation | None, form: AnswerForm, reading: Reading, raw: Raw
) -> ResponseReturnValue:
    """To the page before, the next page, or in."""
    at = _where(reading, request.form.get("bagian", ""))
    writer = _find_writer(survey, invitation)
    if writer and raw:
        keep_draft(writer, type(form).__name__, request.path, raw, at=clock.now())
        note_kept(1)
    if not form.validate():
        return _ask(survey, invitation, form, reading, at, raw, status=422)
    if request.form.get("langkah") == "kembali":
        return _ask(survey, invitation, form, reading, max(at - 1, 0), raw)
    if reading.sections and reading.faults_in(reading.sections[at]):
        return _ask(survey, invitation, form, reading, at, raw, shows=True, status=422)
    if at + 1 < len(reading.sections):
        return _ask(survey, invitation, form, reading, at + 1, raw)
    return _send(survey, invitation, form, raw, at)


def _send(
    survey: Survey, invitation: Invitation | None, form: AnswerForm, raw: Raw, at: int
) -> ResponseReturnValue:
    """Hand in; what was typed stays on the page whatever comes of it."""
    part = invitation.part if invitation else None
    place = _place(survey) if invitation is None else None
    sent = Sent(form.slip.data or "", form.number.data or 0, raw, place)
    try:
        reading = take_answers(survey, sent, invitation=invitation, at=clock.now())
    except Over:
        return _over(survey, raw, status=422)
    except Answered as answered:
        flash(str(answered.message), "error")
        return redirect(request.path)
    except (Refused, TooMany) as refusal:
        form.refuse(refusal)
        form.number.data, form.number.raw_data = survey.number, None
        return _ask(
            survey, invitation, form, read(survey.version.whole, raw, part), at, raw, status=form.status
        )
    if reading.faults:
        first = next(n for n, each in enumerate(reading.sections) if reading.faults_in(each))
        return _ask(survey, invitation, form, reading, first, raw, shows=True, status=422)
    writer = _find_writer(survey, invitation)
    left = drop_draft(writer, request.path) if writer else None
    if left is not None:
        note_kept(left)
    if invitation is not None:
        return redirect(request.path)
    return redirect(url_for("surveys.thanks", survey_id=survey.public_id))


def _find_writer(survey: Survey, invitation: Invitation | None) -> User | None:
    """Whose draft may be kept: of a named survey, for the signed-in person who was asked."""
    user = signed_in_user()
    own = user is not None and invitation is not None and invitation.user_id == user.id
    return user if own and not survey.anonymous else None


def _place(survey: Survey) -> Place:
    """The browser and the network a public answer comes from, as fingerprints."""
    secret = str(current_app.config["SECRET_KEY"])
    device = session.setdefault("survey_device", draw_token())
    account = f"survey:{survey.public_id}"
    return place_of(secret, account=account, address=request.remote_addr or "", device=device)


def _where(reading: Reading, key: str) -> int:
    return next((n for n, each in enumerate(reading.sections) if each.key == key), 0)


def _ask(
    survey: Survey,
    invitation: Invitation | None,
    form: AnswerForm,
    reading: Reading,
    at: int,
    raw: Raw,
    *,
    shows: bool = False,
    status: int = 200,
) -> ResponseReturnValue:
    section: Section | None = reading.sections[at] if reading.sections else None
    here = {each.key for each in section.questions} if section else set()
    page = render_template(
        "surveys/answer.html",
        survey=survey,
        invitation=invitation,
        form=form,
        section=section,
        shown=reading.shown,
        at=at,
        count=len(reading.sections),
        typed=raw,
        carried={key: values for key, values in raw.items() if key not in here},
        faults={key: ANSWERS[code] for key, code in reading.faults.items()} if shows else {},
        locale=locale(),
        parts=PARTS,
    )
    return page, status


def _over(survey: Survey, raw: Raw, *, status: int = 200) -> ResponseReturnValue:
    """It takes no answers now; what was typed can still be read and copied."""
    typed = [(each, raw[each.key]) for each in survey.version.whole.questions() if each.key in raw]
    page = render_template("surveys/over.html", survey=survey, typed=typed, locale=locale())
    return page, status


def _thanks(survey: Survey, invitation: Invitation | None) -> ResponseReturnValue:
    names = invitation is not None and survey.kind is SurveyKind.BEHAVIOUR and invitation.part is Part.ALUMNUS
    return render_template(
        "surveys/thanks.html",
        survey=survey,
        invitation=invitation,
        may_name=names and survey.stage(clock.now()) is Stage.RUNNING,
        locale=locale(),
    )


@blueprint.get("/survei/<survey_id>/terima-kasih")
@public
def thanks(survey_id: str) -> ResponseReturnValue:
    """A public survey was answered."""
    survey = find_survey(survey_id)
    if survey is None or survey.segment is not Segment.PUBLIC or survey.sent_at is None:
        raise NotFound
    return _thanks(survey, None)


@blueprint.route("/survei/t/<token>/rekan", methods=["GET", "POST"])
@public
def others(token: str) -> ResponseReturnValue:
    """An alumnus names a superior and peers."""
    invitation = get_invitation(token)
    survey = invitation.survey
    require(survey.kind is SurveyKind.BEHAVIOUR and invitation.part is Part.ALUMNUS, NotFound())
    form = OthersForm()
    if form.validate_on_submit():
        with form.catch():
            named = {part: form.addresses(part.value) for part in (Part.SUPERIOR, Part.PEER)}
            if not any(named.values()):
                raise Refused(_("Isi sekurangnya satu alamat surel."), field="superior")
            name_others(invitation, named, at=clock.now())
            flash(_("Tautan dikirim kepada mereka."), "success")
            return redirect(url_for("surveys.others", token=token))
    page = render_template(
        "surveys/others.html",
        survey=survey,
        invitation=invitation,
        form=form,
        named=list_named(invitation.id),
        parts=PARTS,
        locale=locale(),
    )
    return page, form.status
