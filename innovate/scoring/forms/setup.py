"""Forms of whoever sets up and leads the jury."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    FieldList,
    FormField,
    HiddenField,
    IntegerField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, ListWidget

from innovate.core.web.forms import Form, NestedForm, between, length, must_choose, required, trim
from innovate.scoring.domain.rubric import CriterionDraft, parse_value

MIN_LEVELS = 5


class NumberText(StringField):
    """A number as people type it (`12,5`); its data is a Decimal or None."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number."""
        text = str(trim(valuelist[0])) if valuelist else ""
        try:
            self.data = parse_value(text)
        except ValueError:
            self.data = None
            raise ValueError(_l("Tulis angka seperti 88 atau 88,5.")) from None

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else f"{Decimal(self.data).normalize():f}".replace(".", ",")


class LevelForm(NestedForm):
    """What one value of a criterion means."""

    value = NumberText(_l("Nilai"))
    label = StringField(_l("Sebutan"), [length(60)], filters=[trim])
    description = StringField(_l("Uraian"), [length(400)], filters=[trim])


class CriterionForm(NestedForm):
    """One criterion."""

    name = StringField(_l("Nama"), [length(120)], filters=[trim])
    description = TextAreaField(_l("Yang dilihat juri"), [length(1000)], filters=[trim])
    weight = NumberText(_l("Bobot (%)"))
    minimum = NumberText(_l("Nilai terendah"), default=Decimal(1))
    maximum = NumberText(_l("Nilai tertinggi"), default=Decimal(5))
    step = NumberText(_l("Kelipatan"), default=Decimal(1))
    levels = FieldList(FormField(LevelForm), min_entries=0, max_entries=30)


class RubricForm(Form):
    """All criteria of a round at once."""

    criteria = FieldList(FormField(CriterionForm), min_entries=0, max_entries=30)
    reason = StringField(_l("Alasan versi baru"), [length(500)])

    @classmethod
    def of(cls, drafts: list[CriterionDraft]) -> RubricForm:
        """The form as sent, or filled with what is in force."""
        form = cls(data={"criteria": [as_entry(draft) for draft in drafts]})
        if not form.is_submitted():
            form.pad()
        return form

    def pad(self) -> None:
        """Empty lines for levels, so that there is always one to write in."""
        for criterion in self.criteria:
            while len(criterion.form.levels) < MIN_LEVELS:
                criterion.form.levels.append_entry()

    def drafts(self) -> list[CriterionDraft]:
        """What was typed; numbers left empty count as nought and are refused by the rules."""
        return [_draft(entry.form) for entry in self.criteria]


def as_entry(draft: CriterionDraft) -> dict[str, Any]:
    """A criterion as the form's data."""
    levels = [
        {"value": Decimal(str(level["value"])), "label": level["label"], "description": level["description"]}
        for level in draft.levels
    ]
    return {
        "name": draft.name,
        "description": draft.description,
        "weight": draft.weight,
        "minimum": draft.minimum,
        "maximum": draft.maximum,
        "step": draft.step,
        "levels": levels,
    }


def _draft(form: Any) -> CriterionDraft:
    levels = [
        {
            "value": f"{level.form.value.data.normalize():f}",
            "label": level.form.label.data or "",
            "description": level.form.description.data or "",
        }
        for level in form.levels
        if level.form.value.data is not None and (level.form.label.data or level.form.description.data)
    ]
    zero = Decimal(0)
    return CriterionDraft(
        name=form.name.data or "",
        description=(form.description.data or "").replace("\r\n", "\n"),
        weight=form.weight.data if form.weight.data is not None else zero,
        minimum=form.minimum.data if form.minimum.data is not None else zero,
        maximum=form.maximum.data if form.maximum.data is not None else zero,
        step=form.step.data if form.step.data is not None else zero,
        levels=tuple(sorted(levels, key=lambda level: Decimal(level["value"]))),
    )


class RoundForm(Form):
    """Settings of a round."""

    ballots_per_idea = IntegerField(
        _l("Penilaian per karya"),
        [must_choose(), between(1, 50)],
        description=_l("Berapa juri menilai setiap karya."),
    )
    weight = NumberText(
        _l("Bobot babak dalam nilai akhir (%)"),
        [must_choose()],
        description=_l("Dipakai bila ada beberapa babak."),
    )
    takes_all = BooleanField(_l("Semua karya yang memenuhi syarat dinilai pada babak ini"))
    carries = BooleanField(_l("Nilai babak sebelumnya ikut dihitung"))


class RoundJuryForm(Form):
    """Who serves in a round."""

    chosen = SelectMultipleField(
        _l("Juri"), widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )


class JurorForm(Form):
    """Capacity, tracks and keywords of a juror."""

    capacity = IntegerField(
        _l("Paling banyak karya per babak"),
        [Optional(), between(0, 1000)],
        description=_l("Kosongkan bila tidak dibatasi."),
    )
    expertise = SelectMultipleField(
        _l("Bidang keahlian"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        description=_l("Tanpa pilihan berarti semua bidang."),
    )
    keywords = StringField(
        _l("Kata kunci keahlian"),
        [length(500)],
        description=_l(
            "Dipisah koma, misalnya: air bersih, drainase, kecerdasan buatan. Dicari dalam isi karya."
        ),
    )


class AssignForm(Form):
    """One juror for one entry."""

    idea = HiddenField(validators=[required()])
    juror = SelectField(_l("Juri"), [must_choose()])

    def offer(self, jurors: list[tuple[str, str]]) -> None:
        """The jurors to choose from."""
        self.juror.choices = [SelectChoice(value, label) for value, label in jurors]


class ConflictForm(Form):
    """A conflict somebody else knows of."""

    idea = SelectField(_l("Karya"), [must_choose()])
    reason = StringField(_l("Alasan"), [required(), length(500, 5)])


class EntriesForm(Form):
    """Which entries advance."""

    chosen = SelectMultipleField(
        _l("Karya"), widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )
    reason = StringField(
        _l("Alasan"),
        [required(), length(500, 5)],
        description=_l("Misalnya nomor berita acara sidang pleno."),
    )
