"""Forms of the pitch day's room."""

from __future__ import annotations

import re
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, StringField
from wtforms.validators import InputRequired, Optional, ValidationError

from innovate.core.web.forms import Form, InstantField, between, length, must_choose, required
from innovate.pitch.domain.order import MOST_SEED
from innovate.pitch.domain.schedule import MOST_MINUTES, MOST_PAUSE, Break, Plan
from innovate.pitch.models import PitchDay

BREAKS = 3
_SEPARATORS = re.compile(r"[\s,;]+")


class PlanForm(Form):
    """Place, times, warnings and breaks; `plan_form` binds it to the event's zone."""

    place = StringField(_l("Tempat"), [length(200)])
    presentation_minutes = IntegerField(_l("Presentasi, menit"), [must_choose(), between(1, MOST_MINUTES)])
    question_minutes = IntegerField(_l("Tanya jawab, menit"), [must_choose(), between(1, MOST_MINUTES)])
    gap_minutes = IntegerField(_l("Jeda antartim, menit"), [must_choose(), between(0, MOST_MINUTES)])
    warnings = StringField(
        _l("Peringatan saat sisa waktu, detik"),
        [length(60)],
        description=_l("Pisahkan dengan koma, misalnya 120, 30. Kosong berarti tanpa peringatan."),
    )

    def validate_warnings(self, field: StringField) -> None:
        """Whole seconds, separated."""
        parts = [part for part in _SEPARATORS.split(field.data or "") if part]
        if not all(part.isascii() and part.isdigit() and len(part) <= 5 for part in parts):
            raise ValidationError(_l("Tulis angka detik yang dipisahkan koma, misalnya 120, 30."))

    def rows(self) -> list[tuple[Any, Any, Any]]:
        """The fields of each break: after which team, how long, its name."""
        return [(self[f"after_{n}"], self[f"minutes_{n}"], self[f"label_{n}"]) for n in range(BREAKS)]

    def validate(self, extra_validators: Any = None) -> bool:
        """A break is whole or empty."""
        if not super().validate(extra_validators):
            return False
        for after, minutes, _label in self.rows():
            if (after.data is None) != (minutes.data is None):
                missing = after if after.data is None else minutes
                missing.errors = [
                    *missing.errors,
                    _l("Isi nomor urut tim dan lamanya, atau kosongkan keduanya."),
                ]
        return not self.errors

    @property
    def plan(self) -> Plan:
        """What was typed; call after validation."""
        warnings = {int(part) for part in _SEPARATORS.split(self.warnings.data or "") if part}
        breaks = [
            Break(after.data, minutes.data, label.data or "")
            for after, minutes, label in self.rows()
            if after.data is not None
        ]
        return Plan(
            starts_at=self["starts_at"].data,
            place=self.place.data or "",
            presentation_minutes=self.presentation_minutes.data,
            question_minutes=self.question_minutes.data,
            gap_minutes=self.gap_minutes.data,
            warnings=tuple(sorted(warnings, reverse=True)),
            breaks=tuple(breaks),
        )


def plan_form(plan: Plan, zone: str) -> PlanForm:
    """A form holding `plan`."""
    fields: dict[str, Any] = {
        "starts_at": InstantField(_l("Mulai"), [InputRequired(_l("Bagian ini wajib diisi."))], zone=zone)
    }
    data: dict[str, Any] = {
        "starts_at": plan.starts_at,
        "place": plan.place,
        "presentation_minutes": plan.presentation_minutes,
        "question_minutes": plan.question_minutes,
        "gap_minutes": plan.gap_minutes,
        "warnings": ", ".join(map(str, plan.warnings)),
    }
    for n in range(BREAKS):
        fields[f"after_{n}"] = IntegerField(_l("Setelah tim ke-"), [Optional(), between(1, 500)])
        fields[f"minutes_{n}"] = IntegerField(_l("Lama, menit"), [Optional(), between(1, MOST_PAUSE)])
        fields[f"label_{n}"] = StringField(_l("Nama jeda"), [length(60)])
        pause = plan.breaks[n] if n < len(plan.breaks) else None
        if pause:
            data |= {f"after_{n}": pause.after, f"minutes_{n}": pause.minutes, f"label_{n}": pause.label}
    return type("BoundPlanForm", (PlanForm,), fields)(data=data)


def plan_of(day: PitchDay) -> Plan:
    """The day's plan as a form takes it."""
    return Plan(
        starts_at=day.starts_at,
        place=day.place,
        presentation_minutes=day.presentation_minutes,
        question_minutes=day.question_minutes,
        gap_minutes=day.gap_minutes,
        warnings=tuple(day.warnings),
        breaks=tuple(day.pauses),
    )


class DrawForm(Form):
    """The seed, and why it is drawn again."""

    seed = StringField(
        _l("Benih undian"),
        [required(), length(MOST_SEED)],
        description=_l(
            "Angka atau kata yang disebut di depan hadirin, atau angka acak yang sudah terisi ini."
        ),
    )
    by_group = BooleanField(_l("Undi di dalam tiap kelompok; kelompok tampil bergantian sesuai urutannya"))
    reason = StringField(_l("Alasan mengundi ulang"), [length(500)])


class MoveForm(Form):
    """Another place in the order."""

    to = IntegerField(_l("Urutan baru"), [must_choose(), between(1, 500)])
    reason = StringField(_l("Alasan"), [required(), length(500, 5)])


class PostponeForm(Form):
    """To the end of the order."""

    reason = StringField(_l("Alasan"), [required(), length(500, 5)])
