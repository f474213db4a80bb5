"""Forms of impact."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from flask import current_app
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import (
    DateField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Optional, ValidationError

from innovate.core.web.forms import Form, between, given, length, must_choose, required
from innovate.impact.domain.kinds import Check, Direction, Measure
from innovate.impact.domain.numbers import read_decimal, show_decimal
from innovate.impact.domain.reports import Aimed, Proof, Sent
from innovate.impact.models import Indicator
from innovate.impact.words import DIRECTIONS, MEASURES, STATUSES

LARGEST = 99_999_999_999_999  # rupiah


class NumberField(StringField):
    """A decimal as people write it, comma or dot; `data` stays what was typed, `number` is exact."""

    number: Decimal | None = None

    def post_validate(self, _form: Any, validation_stopped: bool) -> None:
        """Read it, or say how it is written."""
        if validation_stopped or not self.data:
            return
        self.number = read_decimal(self.data)
        if self.number is None:
            raise ValidationError(
                _l("Tulis angka seperti 1.250,5 (paling banyak empat angka di belakang koma).")
            )


def choices_of(words: Any) -> list[SelectChoice]:
    """Radio buttons out of words by code."""
    return [SelectChoice(key.value, label) for key, label in words.items()]


def read_file(field: FileField) -> Sent | None:
    """The file that was sent, if any."""
    file = field.data
    if not file or not getattr(file, "filename", ""):
        return None
    limit = int(current_app.config["MAX_UPLOAD_MB"]) * 1024 * 1024
    return Sent(file.filename, file.stream.read(limit + 1), limit)


class ProofForm(Form):
    """Where a number comes from."""

    source = StringField(
        _l("Sumber"), [length(300)], description=_l("Misalnya buku register, laporan bulanan.")
    )
    link = StringField(_l("Tautan bukti"), [length(500)])
    file = FileField(_l("Berkas bukti"), description=_l("PDF, JPG, PNG, atau XLSX."))

    def proof(self) -> Proof:
        """What was given."""
        return Proof(self.source.data or "", self.link.data or "", read_file(self.file))


class StatusForm(Form):
    """Where it stands."""

    state = RadioField(_l("Keadaan"), [must_choose()], choices=choices_of(STATUSES))
    since = DateField(_l("Sejak"), [given()])
    reason = TextAreaField(
        _l("Alasan"),
        [length(1000)],
        description=_l("Wajib bila inovasi ditunda atau dihentikan. Tampil di halaman inovasi."),
    )


class IndicatorForm(Form):
    """What is measured."""

    name = StringField(_l("Nama indikator"), [required(), length(160)])
    unit = StringField(_l("Satuan"), [required(), length(60)])
    direction = RadioField(
        _l("Arah"), [must_choose()], choices=choices_of(DIRECTIONS), default=Direction.UP.value
    )
    baseline = NumberField(
        _l("Kondisi awal"), [length(30)], description=_l("Nilai sebelum inovasi berjalan.")
    )
    baseline_on = DateField(_l("Tanggal kondisi awal"), [Optional()])
    baseline_source = StringField(_l("Sumber kondisi awal"), [length(300)])
    target = NumberField(_l("Target"), [length(30)])

    def aimed(self) -> Aimed:
        """What was typed."""
        return Aimed(
            self.name.data or "",
            self.unit.data or "",
            Direction(self.direction.data),
            self.baseline.number,
            self.baseline_on.data,
            self.baseline_source.data or "",
            self.target.number,
        )


def values_of(indicator: Indicator) -> dict[str, Any]:
    """An indicator as its form holds it."""
    names = ("name", "unit", "baseline_on", "baseline_source")
    return {
        **{name: getattr(indicator, name) for name in names},
        "direction": indicator.direction.value,
        "baseline": show_decimal(indicator.baseline),
        "target": show_decimal(indicator.target),
    }


class ActualForm(ProofForm):
    """The value of one period."""

    first = DateField(_l("Awal periode"), [given()])
    last = DateField(_l("Akhir periode"), [given()])
    value = NumberField(_l("Realisasi"), [required(), length(30)])


class ReachForm(ProofForm):
    """The measure of one year."""

    measure = SelectField(_l("Ukuran"), choices=choices_of(MEASURES))
    year = IntegerField(_l("Tahun penerapan"), [given(), between(2000, 2100)])
    value = NumberField(
        _l("Angka tahun penerapan"),
        [required(), length(30)],
        description=_l(
            "Penghematan dan pendapatan: jumlah rupiahnya. Bagian unit: jumlah unit yang memakai."
        ),
    )
    before = NumberField(
        _l("Angka pembanding"),
        [length(30)],
        description=_l("Angka tahun sebelumnya; untuk bagian unit: jumlah seluruh unit."),
    )

    @property
    def chosen(self) -> Measure:
        """Which measure."""
        return Measure(self.measure.data)


class MaterialForm(Form):
    """Something handed over."""

    label = StringField(_l("Nama bahan"), [required(), length(160)])
    link = StringField(_l("Tautan"), [length(500)])
    file = FileField(_l("Berkas"), description=_l("PDF, JPG, PNG, atau XLSX."))


class AdoptForm(Form):
    """Who wants to run it, too."""

    unit = SelectField(_l("Unit kerja di kota ini"), coerce=int, default=0)
    unit_name = StringField(
        _l("Unit di luar kota ini"), [length(200)], description=_l("Tulis nama unit dan instansinya.")
    )
    words = TextAreaField(_l("Mengapa unit Anda ingin memakainya"), [required(), length(1000, 20)])


class ReasonForm(Form):
    """One reason in words."""

    reason = TextAreaField(_l("Alasan"), [required(), length(500, 10)])


class CheckForm(Form):
    """Verify or return."""

    version = HiddenField(default="0")
    verdict = RadioField(
        _l("Putusan"),
        [must_choose()],
        choices=[
            SelectChoice(Check.VERIFIED.value, _l("Angkanya benar: verifikasi")),
            SelectChoice(Check.RETURNED.value, _l("Perlu diperbaiki: kembalikan")),
        ],
    )
    note = TextAreaField(_l("Catatan"), [length(1000)], description=_l("Wajib bila dikembalikan."))


class AnswerForm(Form):
    """The form of two minutes. Indicators of the innovation are asked beside it (`read_actuals`)."""

    version = HiddenField(default="0")
    state = RadioField(
        _l("Bagaimana keadaan inovasi sekarang?"), [must_choose()], choices=choices_of(STATUSES)
    )
    is_used = RadioField(
        _l("Masih digunakan?"),
        [must_choose()],
        choices=[SelectChoice("yes", _l("Ya")), SelectChoice("no", _l("Tidak"))],
    )
    reason = TextAreaField(
        _l("Bila ditunda atau dihentikan, mengapa?"),
        [length(1000)],
        render_kw={"rows": 2},
        description=_l("Tampil di halaman inovasi."),
    )
    people = IntegerField(
        _l("Orang yang terjangkau dalam periode ini"),
        [Optional(), between(0, 100_000_000)],
        description=_l("Tiap orang dihitung sekali; tanpa penerima di unit yang mereplikasi."),
    )
    saved = IntegerField(
        _l("Belanja yang dihemat dalam periode ini (rupiah)"), [Optional(), between(0, LARGEST)]
    )
    obstacle = StringField(_l("Satu hambatan"), [length(300)])
    story = StringField(_l("Satu kalimat cerita"), [length(300)], description=_l("Tanpa nama warga."))
    link = StringField(_l("Tautan bukti"), [length(500)])
    file = FileField(_l("Foto atau berkas bukti"), description=_l("PDF, JPG, PNG, atau XLSX."))


def actual_name(indicator: Indicator) -> str:
    """The name of an indicator's field on the form."""
    return f"nilai-{indicator.public_id}"


def with_actuals(indicators: Sequence[Indicator]) -> type[AnswerForm]:
    """The form with a number for each indicator."""
    fields = {
        actual_name(row): NumberField(_l("%(name)s (%(unit)s)", name=row.name, unit=row.unit), [length(30)])
        for row in indicators
    }
    return type("AnswerForm", (AnswerForm,), fields)


def read_version(text: str | None) -> int:
    """What the form saw."""
    return int(text) if text and re.fullmatch(r"\d{1,6}", text) else 0
