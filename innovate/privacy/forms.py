"""Forms of data protection."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, PasswordField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import Optional

from innovate.core.web.forms import Form, InstantField, between, length, must_choose, required
from innovate.privacy.domain.cases import CaseKind
from innovate.privacy.domain.impact import LONGEST, MOST_RISKS, SCALE, SECTIONS, Impact, Risk
from innovate.privacy.words import KINDS
from innovate.privacy.words import SECTIONS as SECTION_NAMES


class CaseForm(Form):
    """What a person asks for."""

    kind = RadioField(
        _l("Yang Anda minta"),
        [must_choose()],
        choices=lambda: [(kind.value, KINDS[kind]) for kind in CaseKind],
    )
    text = TextAreaField(
        _l("Penjelasan"),
        [length(5000)],
        description=_l("Misalnya data mana yang keliru dan bagaimana seharusnya. Jangan menulis kata sandi."),
    )


class AnswerForm(Form):
    """The officer's answer, confirmed with the password."""

    answer = TextAreaField(
        _l("Jawaban kepada pemohon"), [required(), length(5000, 10)], description=_l("Dikirim lewat surel.")
    )
    current = PasswordField(_l("Kata sandi Anda"), [required(), length(1000)])


class SignForm(Form):
    """Signing with the password."""

    current = PasswordField(_l("Kata sandi Anda"), [required(), length(1000)])


class NoticeForm(Form):
    """What the privacy page says besides the house's own words."""

    body = TextAreaField(_l("Pemberitahuan"), [length(20000)], description=_l("Markdown."))


class RetentionForm(Form):
    """How long an event keeps its people."""

    years = IntegerField(_l("Masa simpan sesudah diarsipkan (tahun)"), [required(), between(1, 30)])


class BreachForm(Form):
    """An incident."""

    title = StringField(_l("Judul"), [required(), length(200)])
    noticed_at = InstantField(_l("Diketahui pada"), [required()])
    what = TextAreaField(_l("Apa yang terjadi"), [required(), length(LONGEST)])
    data = TextAreaField(_l("Data yang terdampak"), [required(), length(LONGEST)])
    people = IntegerField(_l("Perkiraan jumlah orang"), [required(), between(0, 10_000_000)])
    cause = TextAreaField(_l("Sebab"), [length(LONGEST)])
    measures = TextAreaField(_l("Penanganan dan pemulihan"), [length(LONGEST)])
    authority_told_at = InstantField(_l("Lembaga diberi tahu pada"), [Optional()])
    people_told_at = InstantField(_l("Pemilik data diberi tahu pada"), [Optional()])


class _ImpactForm(Form):
    """Sections and rows of risks."""

    @property
    def used_rows(self) -> int:
        """How many rows hold every one in which something is written."""
        used = [n for n in range(MOST_RISKS) if self[f"risk_{n}"].data or self[f"measures_{n}"].data]
        return max(used, default=-1) + 1

    def read(self) -> Impact:
        """What was typed; rows without words are left out."""
        texts = {key: self[key].data or "" for key in SECTIONS}
        risks = tuple(
            Risk(
                self[f"risk_{n}"].data,
                int(self[f"likelihood_{n}"].data),
                int(self[f"impact_{n}"].data),
                self[f"measures_{n}"].data or "",
            )
            for n in range(MOST_RISKS)
            if self[f"risk_{n}"].data
        )
        return Impact(texts, risks)


def _grades() -> list[tuple[str, str]]:
    return [(str(n), str(n)) for n in SCALE]


def _add_fields() -> type[_ImpactForm]:
    fields: dict[str, object] = {
        key: TextAreaField(SECTION_NAMES[key], [length(LONGEST)]) for key in SECTIONS
    }
    for n in range(MOST_RISKS):
        fields[f"risk_{n}"] = TextAreaField(_l("Risiko"), [length(500)])
        fields[f"likelihood_{n}"] = SelectField(_l("Kemungkinan"), choices=_grades, default="2")
        fields[f"impact_{n}"] = SelectField(_l("Dampak"), choices=_grades, default="3")
        fields[f"measures_{n}"] = TextAreaField(_l("Tindakan"), [length(1000)])
    return type("ImpactForm", (_ImpactForm,), fields)


ImpactForm = _add_fields()


def values_of(impact: Impact) -> dict[str, str]:
    """A record as the form holds it."""
    values = dict(impact.texts)
    for n, risk in enumerate(impact.risks):
        values |= {
            f"risk_{n}": risk.what,
            f"likelihood_{n}": str(risk.likelihood),
            f"impact_{n}": str(risk.impact),
            f"measures_{n}": risk.measures,
        }
    return values
