"""The form of a timetable: two instants for each phase, in the event's zone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, FileField, StringField, SubmitField, TextAreaField
from wtforms.validators import Optional, ValidationError

from innovate.core.web.forms import WRONG_YEAR, YEARS, Form, InstantField, given, length, required
from innovate.events.domain.phases import find_problems
from innovate.events.domain.template import Timespan

_GIVEN = given()
PROBLEMS = {
    "ends_before_start": ("ends", _l("Akhir tahap harus setelah awalnya.")),
    "before_previous": (
        "starts",
        _l("Tahap ini dimulai sebelum tahap di atasnya. Urutkan menurut waktu mulai."),
    ),
    "judging_before_submission_ends": (
        "starts",
        _l("Penilaian dimulai sebelum pengajuan ditutup. Juri hanya menilai usulan yang sudah final."),
    ),
}


class TimetableForm(Form):
    """Base of the forms that `timetable_form` makes; its data is read back with `spans`."""

    _spans: Sequence[Any] = ()

    def rows(self) -> list[tuple[Any, Any, Any, Any]]:
        """Per phase: the phase, and its fields for name, start and end."""
        return [
            (span, self[f"name_{n}"], self[f"starts_{n}"], self[f"ends_{n}"])
            for n, span in enumerate(self._spans)
        ]

    @property
    def spans(self) -> list[Timespan]:
        """The timetable as typed; call after validation."""
        return [Timespan(s.kind, name.data, starts.data, ends.data) for s, name, starts, ends in self.rows()]

    def validate(self, extra_validators: Any = None) -> bool:
        """Besides each field, the order of the phases."""
        if not super().validate(extra_validators):
            return False
        problems = find_problems(self.spans)
        for index, code in problems:
            part, message = PROBLEMS[code]
            field = self[f"{part}_{index}"]
            field.errors = [*field.errors, message]
        return not problems


def timetable_form(spans: Sequence[Any], zone: str, **extra: Any) -> TimetableForm:
    """A bound form with the instants of `spans` (anything with kind, name, starts_at, ends_at)."""
    fields: dict[str, Any] = {"_spans": spans, **extra}
    data: dict[str, Any] = {}
    for n, span in enumerate(spans):
        fields[f"name_{n}"] = StringField(_l("Nama tahap"), [required(), length(80)])
        fields[f"starts_{n}"] = InstantField(_l("Dibuka"), [_GIVEN], zone=zone)
        fields[f"ends_{n}"] = InstantField(_l("Ditutup"), [_GIVEN], zone=zone)
        data |= {f"name_{n}": span.name, f"starts_{n}": span.starts_at, f"ends_{n}": span.ends_at}
    return type("BoundTimetableForm", (TimetableForm,), fields)(data=data)


def _in_reach(_form: Any, field: DateField) -> None:
    if field.data is not None and field.data.year not in YEARS:
        raise ValidationError(WRONG_YEAR)


def planning_fields(first_day: Any) -> dict[str, Any]:
    """What the wizard adds: the first day, and a button that proposes all dates from it."""
    return {
        "first_day": DateField(
            _l("Hari pertama"),
            [Optional(), _in_reach],
            default=first_day,
            description=_l("Semua tanggal di bawah disusun dari hari ini."),
        ),
        "propose": SubmitField(_l("Susun semua tanggal dari hari pertama")),
    }


def grounds_fields() -> dict[str, Any]:
    """What a published timetable adds: why it changes, for everybody to read, and the letter it rests on."""
    return {
        "reason": TextAreaField(
            _l("Alasan perubahan"),
            [length(1000)],
            description=_l("Tampil di halaman publik."),
        ),
        "number": StringField(
            _l("Nomor surat"), [length(120)], description=_l("Tampil di halaman publik bersama alasannya.")
        ),
        "letter": FileField(_l("Surat (PDF)")),
        "letter_is_public": BooleanField(_l("Surat boleh dibaca umum di halaman publik")),
    }
