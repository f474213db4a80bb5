"""Forms of tests and their questions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileRequired
from wtforms import (
    BooleanField,
    FieldList,
    FileField,
    FormField,
    IntegerField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Optional

from innovate.core.web.forms import (
    Form,
    InstantField,
    NestedForm,
    between,
    given,
    length,
    must_choose,
    required,
    trim,
)
from innovate.learning.models import Activity
from innovate.quizzes.domain.content import MOST_OPTIONS, MOST_POINTS, Content, Option, check, make_content
from innovate.quizzes.domain.kinds import Moment, QuestionKind
from innovate.quizzes.domain.plan import MOST_ATTEMPTS, MOST_MINUTES, Settings
from innovate.quizzes.models import Quiz
from innovate.quizzes.words import KINDS, MOMENTS, say_fault

FEWEST_ROWS = 6


class SettingsForm(Form):
    """When and how a test is held."""

    moment = RadioField(
        _l("Waktu tes"),
        [must_choose()],
        choices=[SelectChoice(key.value, label) for key, label in MOMENTS.items()],
    )
    session = SelectField(_l("Bagian yang diuji"), default="")
    opens_at = InstantField(_l("Waktu buka"), [given()])
    closes_at = InstantField(_l("Waktu tutup"), [given()])
    minutes = IntegerField(
        _l("Batas waktu (menit)"),
        [Optional(), between(1, MOST_MINUTES)],
        description=_l("Dihitung server sejak peserta mulai. Kosong: selama tes dibuka."),
    )
    attempts = IntegerField(
        _l("Jumlah percobaan"),
        [given(), between(1, MOST_ATTEMPTS)],
        default=1,
        description=_l("Yang dihitung adalah percobaan terakhir yang selesai."),
    )
    shuffles = BooleanField(_l("Acak urutan soal dan pilihan untuk setiap orang"), default=True)
    intro = TextAreaField(_l("Pengantar"), [length(2000)])

    def prepare(self, activity: Activity) -> None:
        """Offer the sessions of the activity."""
        sessions = [(row.public_id, row.title) for row in activity.sessions]
        self.session.choices = [("", _("Seluruh kegiatan")), *sessions]

    def plan(self) -> Settings:
        """What was typed."""
        return Settings(
            moment=Moment(self.moment.data),
            session=self.session.data or "",
            opens_at=cast(datetime, self.opens_at.data),
            closes_at=cast(datetime, self.closes_at.data),
            minutes=self.minutes.data,
            attempts=self.attempts.data or 1,
            shuffles=self.shuffles.data,
            intro=self.intro.data or "",
        )


def settings_form(activity: Activity, quiz: Quiz | None) -> SettingsForm:
    """The form for a new test, or one filled with what the test is."""
    names = ("opens_at", "closes_at", "minutes", "attempts", "shuffles", "intro")
    values: dict[str, Any] = {name: getattr(quiz, name) for name in names} if quiz else {}
    if quiz:
        values |= {
            "moment": quiz.moment.value,
            "session": quiz.session.public_id if quiz.session else "",
        }
    form = SettingsForm(zone=activity.zone, **values)
    form.prepare(activity)
    return form


class OptionForm(NestedForm):
    """One choice."""

    text = StringField(_l("Pilihan"), filters=[trim])
    right = BooleanField(_l("Benar"))


class QuestionForm(Form):
    """What a question asks."""

    kind = SelectField(
        _l("Jenis"),
        choices=[SelectChoice(key.value, label) for key, label in KINDS.items()],
        default=QuestionKind.SINGLE.value,
    )
    text = TextAreaField(_l("Soal"), [required()])
    options = FieldList(FormField(OptionForm), label=_l("Pilihan"), max_entries=MOST_OPTIONS)
    accepted = TextAreaField(
        _l("Jawaban yang diterima"),
        description=_l("Satu jawaban satu baris. Huruf besar, tanda baca, dan spasi ganda tidak dibedakan."),
    )
    explanation = TextAreaField(
        _l("Penjelasan"), description=_l("Dibaca peserta sesudah tes ditutup, di samping jawabannya.")
    )
    points = IntegerField(_l("Poin"), [Optional(), between(1, MOST_POINTS)], default=1)
    tags = StringField(_l("Label"), description=_l("Dipisahkan koma. Tes dapat mengundi soal menurut label."))

    def read(self) -> Content:
        """What was typed."""
        return make_content(
            QuestionKind(self.kind.data),
            self.text.data or "",
            [Option(row.form.text.data or "", row.form.right.data) for row in self.options],
            (self.accepted.data or "").splitlines(),
            self.explanation.data or "",
            self.points.data or 1,
            re.split(r"[,;]", self.tags.data or ""),
        )

    def check(self) -> bool:
        """Whether the question is sound; what is wrong stands beside its part."""
        faults = check(self.read())
        for fault in faults:
            field = self._fields["options" if fault.part == "right" else fault.part]
            if field is self.options:
                self.form_errors.append(say_fault(fault))
            else:
                field.errors = [*field.errors, say_fault(fault)]
        return not faults

    def open_rows(self) -> None:
        """Leave room for further choices."""
        while len(self.options) < min(MOST_OPTIONS, max(FEWEST_ROWS, len(self.options))):
            self.options.append_entry()


def question_form(content: Content | None) -> QuestionForm:
    """The form for a new question, or one filled with what it asks."""
    values: dict[str, Any] = {}
    if content:
        values = {
            "kind": content.kind.value,
            "text": content.text,
            "options": [{"text": option.text, "right": option.right} for option in content.options],
            "accepted": "\n".join(content.accepted),
            "explanation": content.explanation,
            "points": content.points or 1,
            "tags": ", ".join(content.tags),
        }
    form = QuestionForm(**values)
    form.open_rows()
    return form


class SheetForm(Form):
    """A spreadsheet of questions."""

    file = FileField(
        _l("Berkas CSV atau XLSX"),
        [FileRequired(_l("Pilih berkasnya dahulu."))],
        description=_l("Satu baris satu soal; baris pertama berisi judul kolom."),
    )


class PressForm(Form):
    """A press of a button, or boxes of our own, that need their token."""


def read_draws(tags: Sequence[str], counts: Sequence[str]) -> list[tuple[str, int | None]]:
    """Rows of a tag and how many questions to draw; None where that is no number from 1 to 50."""
    rows = []
    for tag, count in zip(tags, counts, strict=False):
        if tag:
            number = int(count) if re.fullmatch(r"[0-9]{1,2}", count.strip()) else 0
            rows.append((tag, number if 1 <= number <= 50 else None))
    return rows
