"""Forms of endorsement."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, MultipleFileField
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Optional

from innovate.core.web.forms import Form, between, email, length, required
from innovate.endorsement.domain.quota import MOST, Quotas
from innovate.events.models import Event
from innovate.events.services.names import known
from innovate.ideas.forms import SubmitForm


class AskForm(SubmitForm):
    """What the team says when it asks its unit: the same as when it hands in."""


class CommentForm(Form):
    """Words between team and unit."""

    text = TextAreaField(_l("Komentar"), [required(), length(4000)])


class ReasonForm(Form):
    """Returning or undoing, with the reason the team reads."""

    reason = TextAreaField(_l("Alasan"), [required(), length(4000)])
    seen = HiddenField()


class SendForm(Form):
    """Handing in."""

    seen = HiddenField()


class LetterForm(Form):
    """The signed letter of the head of the unit."""

    file = FileField(_l("Surat kepala unit yang sudah ditandatangani"))
    head_name = StringField(_l("Nama kepala unit"), [required(), length(160)])
    head_position = StringField(_l("Jabatan"), [required(), length(200)])
    number = StringField(_l("Nomor surat"), [required(), length(120)])
    day = DateField(_l("Tanggal surat"), [InputRequired(_l("Isi tanggal surat."))])
    seen = HiddenField()


class KeepLetterForm(Form):
    """Endorsing again with the letter that is there."""

    seen = HiddenField()


class PaperForm(Form):
    """The front of a proposal that came on paper."""

    title = StringField(_l("Judul"), [required(), length(160)])
    team = StringField(_l("Nama tim"), [required(), length(120)])
    unit = SelectField(_l("Unit kerja"), coerce=int, default=0)
    group = SelectField(_l("Kelompok"), coerce=int, default=0)
    track = SelectField(_l("Kategori"), coerce=int, default=0)
    members = TextAreaField(
        _l("Anggota tim"),
        [required(), length(2000)],
        description=_l("Satu nama tiap baris, seperti tertulis di berkas kertas."),
    )
    contact_name = StringField(_l("Nama kontak"), [required(), length(160)])
    contact_email = StringField(_l("Surel kontak"), [Optional(), email(), length(254)])
    contact_phone = StringField(_l("Telepon kontak"), [length(20)])
    received_on = DateField(_l("Diterima tanggal"), [InputRequired(_l("Isi tanggal berkas diterima."))])
    scans = MultipleFileField(_l("Pindaian berkas kertas"))


def build_paper_form(event: Event, units: list[tuple[int, str]]) -> PaperForm:
    """The form with the event's groups and tracks."""
    form = PaperForm()
    form.unit.choices = [(0, _("Pilih")), *units]
    for field, rows, label in (
        (form.group, event.groups, event.group_label),
        (form.track, event.tracks, event.track_label),
    ):
        field.choices = [(0, _("Pilih")), *((row.id, row.name) for row in rows)]
        field.label.text = known(label)
    return form


class RulesForm(Form):
    """What the event asks of units; `build_rules_form` adds a quota for each group."""

    asks = BooleanField(_l("Usulan harus disahkan dan diajukan oleh unit"))
    per_unit = IntegerField(_l("Paling banyak usulan tiap unit"), [Optional(), between(0, MOST)])
    reason = TextAreaField(_l("Alasan perubahan"), [length(1000)])


def build_rules_form(event: Event, quotas: Quotas) -> Any:
    """The form with one quota for each group of the event."""
    fields: dict[str, Any] = {
        f"group_{group.id}": IntegerField(group.name, [Optional(), between(0, MOST)])
        for group in event.groups
    }
    values: dict[str, Any] = {f"group_{key}": value for key, value in quotas.per_group.items()}
    values |= {"asks": event.asks_endorsement, "per_unit": quotas.per_unit}
    return type("EndorsementRulesForm", (RulesForm,), fields)(data=values)


def read_quotas(form: Any, event: Event) -> Quotas:
    """The quotas that were typed; an empty field is no limit."""
    per_group = {group.id: form[f"group_{group.id}"].data for group in event.groups}
    return Quotas(form.per_unit.data, {key: value for key, value in per_group.items() if value is not None})
