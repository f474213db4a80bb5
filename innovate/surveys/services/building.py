"""Making a survey and changing what it asks."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from innovate.core.db import db, locked
from innovate.core.errors import Refused, require
from innovate.learning.models import Activity
from innovate.surveys import policy
from innovate.surveys.domain import editing
from innovate.surveys.domain.editing import Fault
from innovate.surveys.domain.kinds import QuestionKind, Segment, SurveyKind, SurveyState, When
from innovate.surveys.domain.questionnaire import Question, Questionnaire, Section, Text, pack
from innovate.surveys.models import Survey, SurveyVersion
from innovate.surveys.policy import Maker
from innovate.surveys.queries.surveys import is_answered, list_versions, load_survey
from innovate.surveys.services.ready_made import ask_skills, load_ready_made
from innovate.surveys.services.trail import record
from innovate.surveys.words import FAULTS

DETAILS = ("title", "title_en", "intro", "intro_en", "anonymous", "occasion")
_EMPTY = Questionnaire((Section("s1", Text("Pertanyaan", "Questions")),))


def hold_survey(maker: Maker, survey: Survey) -> Survey:
    """The survey as it is now, held until the commit, for somebody who may change it."""
    require(policy.can_make(maker) and survey.event_id == maker.event_id)
    locked(Survey, survey.id)
    return load_survey(survey.id)


def create_survey(
    maker: Maker, key: str, *, title: str = "", activity: Activity | None = None, at: datetime
) -> Survey:
    """A draft: empty (`key` ""), or of a ready-made questionnaire; about an activity of the same place, or none."""
    require(policy.can_make(maker))
    require(activity is None or activity.event_id == maker.event_id)
    ready = load_ready_made().get(key)
    whole = ready.whole if ready else _EMPTY
    if ready and ready.kind is SurveyKind.SKILLS:
        whole = ask_skills()
        require(
            bool(whole.sections),
            Refused(_l("Kerangka keterampilan masih kosong. Isi dahulu kerangkanya."), field="key"),
        )
    own: dict[str, Any] = {"title": title, "segment": Segment.PUBLIC, "anonymous": True}
    if ready:
        own = {
            "kind": ready.kind,
            "title": title or ready.title.id,
            "title_en": "" if title else ready.title.en,
            "intro": ready.intro.id,
            "intro_en": ready.intro.en,
            "anonymous": ready.anonymous,
            "segment": ready.segment,
            "sends": ready.sends,
            "days": ready.days,
            "open_days": ready.open_days,
        }
    if activity is not None:
        own["activity_id"] = activity.id
        own["segment"] = own["segment"] if ready else Segment.ATTENDEES
    return _add(maker, whole, own, at)


def copy_survey(maker: Maker, survey: Survey, *, at: datetime) -> Survey:
    """A draft that asks the same; nobody was asked yet."""
    require(policy.can_make(maker) and survey.event_id == maker.event_id)
    names = ("kind", *DETAILS, "segment", "people", "days", "open_days", "reminders", "remind_every")
    own = {name: getattr(survey, name) for name in names}
    own |= {
        "sends": When.NOW,
        "title": (survey.title + " (salinan)")[:160],
        "activity_id": survey.activity_id,
    }
    return _add(maker, survey.version.whole, own, at)


def _add(maker: Maker, whole: Questionnaire, own: Mapping[str, Any], at: datetime) -> Survey:
    survey = Survey(event_id=maker.event_id, created_by_id=maker.user_id, created_at=at, **own)
    db.session.add(survey)
    db.session.flush()
    db.session.add(
        SurveyVersion(
            survey_id=survey.id, number=1, content=pack(whole), made_by_id=maker.user_id, made_at=at
        )
    )
    db.session.flush()
    record("survey.create", survey, actor_id=maker.user_id, at=at, after={"title": survey.title})
    return load_survey(survey.id)


def change_survey(maker: Maker, survey: Survey, values: Mapping[str, Any], *, at: datetime) -> None:
    """Title, opening words, anonymity, occasion."""
    survey = hold_survey(maker, survey)
    before = {name: getattr(survey, name) for name in DETAILS if getattr(survey, name) != values[name]}
    if "anonymous" in before:
        require(
            survey.answered == 0 and survey.state is SurveyState.DRAFT,
            Refused(
                _l("Anonim atau bernama tidak dapat diubah lagi sejak survei dibuka."), field="anonymous"
            ),
        )
    for name in before:
        setattr(survey, name, values[name])
    if before:
        after = {name: values[name] for name in before}
        record("survey.update", survey, actor_id=maker.user_id, at=at, before=before, after=after)


def discard_survey(maker: Maker, survey: Survey, *, at: datetime) -> None:
    """Throw a draft away."""
    survey = hold_survey(maker, survey)
    require(survey.state is SurveyState.DRAFT, Refused(_l("Hanya draf yang dapat dihapus.")))
    survey.removed_at = at
    record("survey.discard", survey, actor_id=maker.user_id, at=at)


# -- what it asks -------------------------------------------------------------------------------------------------


def put_section(maker: Maker, survey: Survey, section: Section, *, at: datetime) -> None:
    """A new section at the end (key ""), or other words for one. Its questions stay."""

    def act(whole: Questionnaire) -> Questionnaire:
        known = whole.section(section.key)
        if known:
            return whole.with_section(replace(section, questions=known.questions))
        key = editing.next_key("s", [each.key for each in whole.sections])
        return Questionnaire((*whole.sections, replace(section, key=key)))

    _change(maker, survey, act, at)


def move_section(maker: Maker, survey: Survey, key: str, step: int, *, at: datetime) -> None:
    """One place up or down."""
    _change(maker, survey, lambda w: editing.check(Questionnaire(editing.move(w.sections, key, step))), at)


def remove_section(maker: Maker, survey: Survey, key: str, *, at: datetime) -> None:
    """Take out a section with its questions; the answers given before stay."""

    def act(whole: Questionnaire) -> Questionnaire:
        left = tuple(each for each in whole.sections if each.key != key)
        if not left:
            raise Fault("last_section")
        return editing.check(Questionnaire(left))

    _change(maker, survey, act, at)


def put_question(maker: Maker, survey: Survey, section_key: str, question: Question, *, at: datetime) -> None:
    """A new question (key ""), or another form of one. A key is never given twice, in no version."""

    def act(whole: Questionnaire) -> Questionnaire:
        if question.key:
            former = whole.find(question.key)
            if former and not editing.answers_alike(former, question) and _was_answered(survey, question.key):
                raise Fault("other_kind", "kind")
            return editing.put_question(whole, section_key, question)
        taken = [q.key for version in list_versions(survey.id) for q in version.whole.questions()]
        return editing.put_question(whole, section_key, replace(question, key=editing.next_key("p", taken)))

    _change(maker, survey, act, at)


def _was_answered(survey: Survey, key: str) -> bool:
    asked = [each.number for each in list_versions(survey.id) if each.whole.find(key)]
    return any(is_answered(survey.id, number) for number in asked)


def move_question(maker: Maker, survey: Survey, key: str, step: int, *, at: datetime) -> None:
    """One place up or down."""
    _change(maker, survey, lambda whole: editing.move_question(whole, key, step), at)


def remove_question(maker: Maker, survey: Survey, key: str, *, at: datetime) -> None:
    """Take out a question; the answers given before stay."""
    _change(maker, survey, lambda whole: editing.remove_question(whole, key), at)


def _change(
    maker: Maker, survey: Survey, act: Callable[[Questionnaire], Questionnaire], at: datetime
) -> None:
    """Put what `act` makes in the place of what is asked; a new version once the present one was sent.

    From then on somebody may have it on the screen: their answers must not be read against other questions.
    """
    survey = hold_survey(maker, survey)
    require(
        survey.state is not SurveyState.CLOSED,
        Refused(_l("Survei ini sudah ditutup. Salin survei ini untuk menanyakan hal lain.")),
    )
    former = survey.version.whole
    try:
        whole = act(former)
    except Fault as fault:
        raise Refused(FAULTS[fault.code], field=fault.field or None) from fault
    if whole == former:
        return
    if survey.kind is SurveyKind.SKM:
        _keep_elements(former, whole)
    if survey.sent_at is not None:
        survey.number += 1
        db.session.add(
            SurveyVersion(
                survey_id=survey.id,
                number=survey.number,
                content=pack(whole),
                made_by_id=maker.user_id,
                made_at=at,
            )
        )
        record("survey.version", survey, actor_id=maker.user_id, at=at, after={"number": survey.number})
    else:
        survey.version.content = pack(whole)
        survey.version.made_by_id, survey.version.made_at = maker.user_id, at
        record("survey.rewrite", survey, actor_id=maker.user_id, at=at)
    db.session.flush()


def _keep_elements(former: Questionnaire, whole: Questionnaire) -> None:
    """The nine unsur of an SKM stay, each from 1 to 4; their words may change."""
    elements = {each.element for each in former.questions() if each.element}
    kept = [q for q in whole.questions() if q.element]
    fits = all(q.kind is QuestionKind.SCALE and q.top == 4 for q in kept)
    require(
        {q.element for q in kept} == elements and len(kept) == len(elements) and fits,
        Refused(
            _l("Kesembilan unsur SKM tetap ditanyakan dengan skala 1 sampai 4; kata-katanya boleh diubah.")
        ),
    )


def draw_token() -> str:
    """A personal link or a slip nobody can guess."""
    return secrets.token_urlsafe(24)
