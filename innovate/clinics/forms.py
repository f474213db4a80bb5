"""Forms of clinics."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from flask_babel import lazy_gettext as _l
from wtforms import (
    DateField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectChoice,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from innovate.clinics.domain.slots import Offer, Outcome, Span, Terms
from innovate.clinics.models import ClinicSlot
from innovate.core.web.forms import Form, InstantField, between, given, length, required
from innovate.skills.models import Skill

_WHOLE = _l("Isi tanggal dan jam dengan lengkap.")


class SlotForm(Form):
    """One slot: when, where, what about."""

    starts_at = InstantField(_l("Mulai"), validators=[InputRequired(_WHOLE)])
    minutes = IntegerField(_l("Lama tiap slot (menit)"), [given(), between(10, 240)], default=30)
    topic = StringField(_l("Pokok bahasan"), [length(160)])
    place = StringField(_l("Tempat"), [length(200)])
    link = StringField(
        _l("Tautan daring"), [length(500)], description=_l("Hanya terlihat oleh tim yang memesan.")
    )
    skills = SelectMultipleField(
        _l("Keahlian yang Anda tawarkan"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validate_choice=False,
    )

    def offer_skills(self, skills: Sequence[Skill]) -> None:
        """The skills to choose from."""
        self.skills.choices = [SelectChoice(skill.public_id, skill.name) for skill in skills]

    def terms(self) -> Terms:
        """Subject, place and skills."""
        return Terms(
            self.topic.data or "", self.place.data or "", self.link.data or "", self.skills.data or []
        )

    def span(self) -> Span:
        """When; only after the form was found valid."""
        begins = self.begins()
        return Span(begins, begins + timedelta(minutes=self.minutes.data or 0))

    def begins(self) -> datetime:
        """The first instant; only after the form was found valid."""
        if self.starts_at.data is None:
            raise ValueError("no instant")
        return self.starts_at.data


class OfferForm(SlotForm):
    """A series of slots."""

    count = IntegerField(_l("Banyaknya slot berurutan"), [given(), between(1, 16)], default=4)
    pause = IntegerField(_l("Jeda antarslot (menit)"), [given(), between(0, 120)], default=0)
    weeks = IntegerField(
        _l("Diulang selama (minggu)"),
        [given(), between(1, 12)],
        default=1,
        description=_l("1 berarti hanya hari itu."),
    )

    def offer(self) -> Offer:
        """The series; only after the form was found valid."""
        return Offer(
            self.begins(),
            self.minutes.data or 0,
            self.count.data or 0,
            self.pause.data or 0,
            self.weeks.data or 0,
        )


def stored_slot(slot: ClinicSlot) -> dict[str, object]:
    """What stands in the form of a slot that exists; its skills must be loaded."""
    return {
        "starts_at": slot.starts_at,
        "minutes": int((slot.ends_at - slot.starts_at).total_seconds()) // 60,
        "topic": slot.topic,
        "place": slot.place,
        "link": slot.link,
        "skills": [skill.public_id for skill in slot.skills],
    }


class BookForm(Form):
    """What the team wants to talk about."""

    question = TextAreaField(
        _l("Yang ingin dibahas"),
        [required(), length(1000, 10)],
        description=_l("Mentor membacanya sebelum klinik."),
    )


class GiveBackForm(Form):
    """Giving a slot back."""

    reason = StringField(_l("Alasan pembatalan"), [length(300)])


class CancelForm(Form):
    """Calling a slot off."""

    reason = StringField(_l("Alasan pembatalan"), [length(300)])


class NotesForm(Form):
    """Whether it was held, and the notes."""

    version = HiddenField()
    outcome = RadioField(
        _l("Pelaksanaan"),
        [Optional()],
        choices=[
            SelectChoice("", _l("Belum dicatat")),
            SelectChoice(Outcome.HELD.value, _l("Terlaksana")),
            SelectChoice(Outcome.MISSED.value, _l("Tidak terlaksana")),
        ],
        default="",
    )
    notes = TextAreaField(
        _l("Catatan untuk tim"), [length(6000)], description=_l("Dibaca tim dan panitia, tidak oleh juri.")
    )

    def outcome_value(self) -> Outcome | None:
        """What was chosen."""
        return Outcome(self.outcome.data) if self.outcome.data else None


class ActionForm(Form):
    """One thing that was agreed."""

    text = StringField(_l("Yang dikerjakan"), [required(), length(300, 3)])
    who = StringField(_l("Oleh"), [length(120)])
    due_on = DateField(_l("Paling lambat"), [Optional()])


class RulesForm(Form):
    """The organizer's rules."""

    per_team = IntegerField(_l("Slot paling banyak untuk satu tim"), [given(), between(1, 20)])
    notice_hours = IntegerField(_l("Batas pembatalan oleh tim (jam sebelumnya)"), [given(), between(0, 168)])
