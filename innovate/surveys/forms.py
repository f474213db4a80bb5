"""Forms of those who make surveys."""

from __future__ import annotations

import re
from typing import Any, cast

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from innovate.core.errors import Refused
from innovate.core.web.forms import Form, InstantField, between, given, length, must_choose, required
from innovate.surveys.domain.editing import Fault, read_options, write_options
from innovate.surveys.domain.kinds import CHOOSING, OF_EVENTS, Occasion, QuestionKind, Segment, When
from innovate.surveys.domain.questionnaire import Condition, Question, Questionnaire, Section, Text
from innovate.surveys.models import Survey
from innovate.surveys.policy import Maker
from innovate.surveys.queries.surveys import list_activities
from innovate.surveys.words import FAULTS, OCCASIONS, QUESTIONS, SEGMENTS, WHEN

_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


class NewForm(Form):
    """What to begin with."""

    key = RadioField(_l("Mulai dari"), [must_choose()])
    title = StringField(
        _l("Judul"), [length(160)], description=_l("Kosongkan untuk memakai judul kuesionernya.")
    )


class SurveyForm(Form):
    """Title and opening words in both languages, and whether names are known."""

    title = StringField(_l("Judul"), [required(), length(160)])
    title_en = StringField(_l("Judul dalam bahasa Inggris"), [length(160)])
    intro = TextAreaField(_l("Pengantar"), [length(2000)])
    intro_en = TextAreaField(_l("Pengantar dalam bahasa Inggris"), [length(2000)])
    anonymous = BooleanField(
        _l("Anonim"),
        description=_l(
            "Tidak ada hubungan antara orang dan jawabannya yang disimpan. Tidak dapat diubah lagi sejak survei dibuka."
        ),
    )
    occasion = SelectField(_l("Dibandingkan sebagai"), [required()])

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        self.occasion.choices = [(each.value, words) for each, words in OCCASIONS.items()]

    def values(self) -> dict[str, Any]:
        """What was typed."""
        names = ("title", "title_en", "intro", "intro_en", "anonymous")
        return {name: self[name].data for name in names} | {"occasion": Occasion(self.occasion.data)}


class SectionForm(Form):
    """The head of a page of questions."""

    title = StringField(_l("Judul bagian"), [required(), length(160)])
    title_en = StringField(_l("Judul bagian dalam bahasa Inggris"), [length(160)])
    text = TextAreaField(_l("Penjelasan"), [length(1000)])
    text_en = TextAreaField(_l("Penjelasan dalam bahasa Inggris"), [length(1000)])

    def section(self, former: Section | None) -> Section:
        """What was typed; its questions come from the former one."""
        return Section(
            key=former.key if former else "",
            title=_text(self, "title"),
            text=_text(self, "text"),
            parts=former.parts if former else (),
        )


def section_form(section: Section | None) -> SectionForm:
    """Empty, or filled with a section."""
    if section is None:
        return SectionForm()
    return SectionForm(
        title=section.title.id, title_en=section.title.en, text=section.text.id, text_en=section.text.en
    )


class QuestionForm(Form):
    """One question."""

    kind = SelectField(_l("Jenis jawaban"), [required()])
    text = TextAreaField(_l("Pertanyaan"), [required(), length(500)])
    text_en = TextAreaField(_l("Pertanyaan dalam bahasa Inggris"), [length(500)])
    help = StringField(_l("Petunjuk"), [length(300)])
    help_en = StringField(_l("Petunjuk dalam bahasa Inggris"), [length(300)])
    required = BooleanField(_l("Wajib dijawab"))
    options = TextAreaField(
        _l("Pilihan"),
        [length(8000)],
        description=_l("Satu per baris; bahasa Inggrisnya sesudah garis tegak: Ya | Yes"),
    )
    top = SelectField(_l("Skala"), default="5")
    low = StringField(_l("Arti angka 1"), [length(80)])
    low_en = StringField(_l("Arti angka 1 dalam bahasa Inggris"), [length(80)])
    high = StringField(_l("Arti angka tertinggi"), [length(80)])
    high_en = StringField(_l("Arti angka tertinggi dalam bahasa Inggris"), [length(80)])
    show_question = SelectField(_l("Tampilkan bila jawaban atas"), default="")
    show_values = SelectMultipleField(
        _l("adalah"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validate_choice=False,
    )

    def prepare(self, whole: Questionnaire, key: str, locale: str) -> None:
        """Give it the questions it may depend on."""
        self.top.choices = [("5", _l("1 sampai 5")), ("4", _l("1 sampai 4"))]
        earlier = [each for each in whole.before(key) if each.values]
        self.kind.choices = [(each.value, words) for each, words in QUESTIONS.items()]
        self.show_question.choices = [("", _l("selalu tampil"))]
        self.show_question.choices += [(each.key, each.text.say(locale)[:90]) for each in earlier]
        self.show_values.choices = [
            (f"{each.key}:{value}", f"{each.text.say(locale)[:40]}: {words.say(locale)}")
            for each in earlier
            for value, words in each.values
        ]

    def question(self, former: Question | None) -> Question:
        """What was typed, as a question that keeps its key; Refused where the options cannot be."""
        kind = QuestionKind(self.kind.data)
        try:
            options = read_options(self.options.data or "", former.options if former else ())
        except Fault as fault:
            raise Refused(FAULTS[fault.code], field="options") from fault
        if kind is QuestionKind.SKILL and former:
            options = former.options
        return Question(
            key=former.key if former else "",
            kind=kind,
            text=_text(self, "text"),
            help=_text(self, "help"),
            required=self.required.data,
            options=options if kind in CHOOSING | {QuestionKind.SKILL, QuestionKind.SCALE} else (),
            top=int(self.top.data or 5),
            low=_text(self, "low"),
            high=_text(self, "high"),
            element=former.element if former else "",
            skill=former.skill if former else "",
            show=self._condition(),
        )

    def _condition(self) -> Condition | None:
        source = self.show_question.data
        if not source:
            return None
        chosen = [each.partition(":") for each in self.show_values.data or ()]
        return Condition(source, tuple(value for key, _colon, value in chosen if key == source))


def question_form(whole: Questionnaire, question: Question | None, locale: str) -> QuestionForm:
    """Empty, or filled with a question."""
    if question is None:
        form = QuestionForm()
        form.prepare(whole, "", locale)
        form.kind.choices = [each for each in form.kind.choices if each[0] != QuestionKind.SKILL]
        return form
    texts = {name: getattr(question, name) for name in ("text", "help", "low", "high")}
    show = question.show
    form = QuestionForm(
        kind=question.kind.value,
        required=question.required,
        options=write_options(question.options),
        top=str(question.top),
        show_question=show.question if show else "",
        show_values=[f"{show.question}:{each}" for each in show.values] if show else [],
        **{name: text.id for name, text in texts.items()},
        **{f"{name}_en": text.en for name, text in texts.items()},
    )
    form.prepare(whole, question.key, locale)
    keeps = question.kind is QuestionKind.SKILL
    form.kind.choices = [each for each in form.kind.choices if (each[0] == QuestionKind.SKILL) is keeps]
    return form


def _text(form: Form, name: str) -> Text:
    return Text(form[name].data or "", form[f"{name}_en"].data or "")


class PlanForm(Form):
    """Whom a survey goes to, and when."""

    segment = SelectField(_l("Dikirim kepada"), [required()])
    people = TextAreaField(
        _l("Alamat surel"), [length(60_000)], description=_l("Satu per baris atau dipisah koma.")
    )
    activity = SelectField(_l("Kegiatan"), default="")
    sends = SelectField(_l("Waktu kirim"), [required()])
    send_at = InstantField(_l("Tanggal dan jam"), [Optional()])
    phase = SelectField(_l("Tahap"), default="")
    days = IntegerField(
        _l("Hari sesudahnya"), [Optional(), between(0, 1000)], description=_l("0: begitu berakhir.")
    )
    open_days = IntegerField(_l("Dibuka selama (hari)"), [given(), between(1, 365)])
    closes_at = InstantField(
        _l("Atau ditutup pada"), [Optional()], description=_l("Bila diisi, ini yang berlaku.")
    )
    reminders = IntegerField(_l("Banyaknya pengingat"), [given(), between(0, 10)])
    remind_every = IntegerField(_l("Setiap berapa hari"), [given(), between(1, 60)])

    def prepare(self, maker: Maker, phases: list[Any]) -> None:
        """Give it what there is to choose from."""
        kept = [each for each in SEGMENTS if maker.event is not None or each not in OF_EVENTS]
        self.segment.choices = [(each.value, SEGMENTS[each]) for each in kept]
        whens = [each for each in WHEN if phases or each is not When.PHASE]
        self.sends.choices = [(each.value, WHEN[each]) for each in whens]
        self.activities = {each.public_id: each for each in list_activities(maker.event_id)}
        self.activity.choices = [("", _l("Pilih kegiatan"))]
        self.activity.choices += [(each.public_id, each.title) for each in self.activities.values()]
        self.phases = {each.public_id: each for each in phases}
        self.phase.choices = [("", _l("Pilih tahap")), *((each.public_id, each.name) for each in phases)]

    def values(self) -> dict[str, Any]:
        """What was typed, as the service takes it."""
        activity = self.activities.get(self.activity.data or "")
        phase = self.phases.get(self.phase.data or "")
        names = ("send_at", "open_days", "closes_at", "reminders", "remind_every")
        return {
            "segment": Segment(self.segment.data),
            "people": self._addresses(),
            "activity_id": activity.id if activity else None,
            "sends": When(self.sends.data),
            "phase_id": phase.id if phase else None,
            "days": self.days.data or 0,
            **{name: self[name].data for name in names},
        }

    def _addresses(self) -> list[str]:
        if self.segment.data != Segment.LIST:
            return []
        found = [each for each in re.split(r"[,;\s]+", cast(str, self.people.data or "")) if each]
        for each in found:
            if not _ADDRESS.fullmatch(each) or len(each) > 254:
                raise Refused(_l("Alamat ini tidak lengkap: %(address)s", address=each[:80]), field="people")
        return list({each.lower(): each for each in found}.values())


def plan_form(maker: Maker, survey: Survey) -> PlanForm:
    """Filled with what a survey is to do."""
    event = maker.event
    names = ("send_at", "days", "open_days", "closes_at", "reminders", "remind_every")
    form = PlanForm(
        zone=maker.zone,
        segment=survey.segment.value,
        people="\n".join(survey.people),
        activity=survey.activity.public_id if survey.activity else "",
        sends=survey.sends.value,
        phase=survey.phase.public_id if survey.phase else "",
        **{name: getattr(survey, name) for name in names},
    )
    form.prepare(maker, list(event.phases) if event else [])
    return form


class ExtendForm(Form):
    """Another closing."""

    closes_at = InstantField(_l("Ditutup pada"), [given()])


class OthersForm(Form):
    """A superior and up to five peers, by their address."""

    superior = StringField(_l("Surel atasan langsung"), [length(254)])
    peer = TextAreaField(
        _l("Surel rekan kerja"), [length(2000)], description=_l("Satu per baris, paling banyak lima.")
    )

    def addresses(self, name: str) -> list[str]:
        """The addresses in a field; Refused for what is none."""
        found = [each for each in re.split(r"[,;\s]+", self[name].data or "") if each]
        for each in found:
            if not _ADDRESS.fullmatch(each) or len(each) > 254:
                raise Refused(_l("Alamat ini tidak lengkap: %(address)s", address=each[:80]), field=name)
        return found


class AnswerForm(Form):
    """The marks of a page of questions: which form it is, and which version it asks."""

    slip = HiddenField(validators=[required(), length(40)])
    number = IntegerField(widget=HiddenInput(), validators=[given(), between(1, 100_000)])
