"""Forms of learning."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    FileField,
    IntegerField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from innovate.core.web.forms import Form, InstantField, between, email, length, required
from innovate.learning.domain.kinds import ActivityKind, Audience
from innovate.learning.domain.plans import Draft, Offer, Plan, Sent, read_voices
from innovate.learning.models import Activity, LearningSession
from innovate.learning.words import AUDIENCES, KINDS

_WHOLE = _l("Isi tanggal dan jam dengan lengkap.")
_ZONES = (("Asia/Pontianak", "WIB"), ("Asia/Makassar", "WITA"), ("Asia/Jayapura", "WIT"))


class ActivityForm(Form):
    """What an activity is, whom it is for and how people enrol."""

    kind = SelectField(_l("Jenis"), choices=[SelectChoice(kind.value, name) for kind, name in KINDS.items()])
    title = StringField(_l("Judul"), [required(), length(160)])
    summary = StringField(
        _l("Ringkasan"),
        [length(240)],
        description=_l("Satu kalimat yang tampil di agenda dan saat dibagikan."),
    )
    description = TextAreaField(_l("Keterangan"), [length(20_000)])
    host = StringField(_l("Penyelenggara"), [length(200)])
    contact = StringField(_l("Narahubung"), [length(200)])
    zone = SelectField(_l("Zona waktu"), choices=[SelectChoice(key, name) for key, name in _ZONES])
    audience = SelectField(_l("Yang boleh mendaftar"))
    units = SelectMultipleField(
        _l("Perangkat daerah"),
        validate_choice=False,
        description=_l(
            "Dipakai bila pendaftaran terbuka bagi perangkat daerah tertentu. Boleh memilih beberapa."
        ),
    )
    capacity = IntegerField(
        _l("Jumlah tempat"),
        [Optional(), between(1, 100_000)],
        description=_l("Kosongkan bila tidak dibatasi. Yang datang sesudah penuh masuk daftar tunggu."),
    )
    opens_at = InstantField(_l("Pendaftaran dibuka"), validators=[Optional()])
    closes_at = InstantField(
        _l("Pendaftaran ditutup"),
        validators=[Optional()],
        description=_l("Kosongkan bila pendaftaran terbuka sampai sesi pertama dimulai."),
    )
    skills = SelectMultipleField(
        _l("Keterampilan yang dilatih"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validate_choice=False,
    )
    gives_certificate = BooleanField(_l("Peserta yang memenuhi syarat menerima sertifikat"))
    min_share = IntegerField(
        _l("Syarat kehadiran (persen)"), [InputRequired(_l("Bagian ini wajib diisi.")), between(1, 100)]
    )

    def offer(
        self, *, has_event: bool, units: Sequence[tuple[str, str]], skills: Sequence[tuple[str, str]]
    ) -> ActivityForm:
        """Fill the choices."""
        audiences = [each for each in Audience if has_event or each is not Audience.EVENT]
        self.audience.choices = [(each.value, AUDIENCES[each]) for each in audiences]
        self.units.choices, self.skills.choices = list(units), list(skills)
        return self

    def read(self) -> Draft:
        """What was typed."""
        return Draft(
            kind=ActivityKind(self.kind.data),
            title=self.title.data or "",
            summary=self.summary.data or "",
            description=self.description.data or "",
            host=self.host.data or "",
            contact=self.contact.data or "",
            zone=self.zone.data,
            audience=Audience(self.audience.data),
            units=self.units.data or [],
            skills=self.skills.data or [],
            capacity=self.capacity.data,
            opens_at=self.opens_at.data,
            closes_at=self.closes_at.data,
            gives_certificate=bool(self.gives_certificate.data),
            min_share=self.min_share.data,
        )


def values_of(activity: Activity) -> dict[str, object]:
    """An activity as its form shows it."""
    keys = ("title", "summary", "description", "host", "contact", "zone", "capacity", "opens_at", "closes_at")
    return {
        **{key: getattr(activity, key) for key in keys},
        "gives_certificate": activity.gives_certificate,
        "min_share": activity.min_share,
        "kind": activity.kind.value,
        "audience": activity.audience.value,
        "units": [each.code for each in activity.units],
        "skills": [each.public_id for each in activity.skills],
    }


class SessionForm(Form):
    """One session."""

    title = StringField(_l("Judul sesi"), [required(), length(160)])
    starts_at = InstantField(_l("Mulai"), validators=[InputRequired(_WHOLE)])
    ends_at = InstantField(_l("Waktu selesai"), validators=[InputRequired(_WHOLE)])
    pause = IntegerField(
        _l("Jeda (menit)"),
        [Optional(), between(0, 600)],
        description=_l("Istirahat tidak dihitung sebagai jam pelajaran."),
    )
    room = StringField(_l("Ruangan"), [length(200)])
    link = StringField(
        _l("Tautan daring"), [length(500)], description=_l("Hanya yang terdaftar yang melihat tautan ini.")
    )
    speakers = TextAreaField(
        _l("Narasumber"),
        [length(4000)],
        description=_l(
            "Satu orang satu baris: nama; jabatan; surel. Jabatan dan surel boleh dikosongkan. "
            "Surel yang mempunyai akun membuat narasumber dapat mencatat kehadiran."
        ),
    )

    def read(self) -> Plan | None:
        """What was typed; None where an instant is missing."""
        if self.starts_at.data is None or self.ends_at.data is None:
            return None
        return Plan(
            self.title.data or "",
            self.starts_at.data,
            self.ends_at.data,
            self.pause.data or 0,
            self.room.data or "",
            self.link.data or "",
            read_voices(self.speakers.data or ""),
        )


def write_voices(session: LearningSession) -> str:
    """The same the other way; speakers and their accounts must be loaded."""
    lines = []
    for each in session.speakers:
        parts = [each.name, each.title, each.user.email if each.user else ""]
        lines.append("; ".join(parts).rstrip("; "))
    return "\n".join(lines)


class ReasonForm(Form):
    """Why an activity is called off."""

    reason = TextAreaField(
        _l("Alasan pembatalan"),
        [required(), length(1000, 10)],
        description=_l("Semua yang terdaftar menerima surel dengan alasan ini."),
    )


class RemoveForm(Form):
    """Why somebody is taken off the list."""

    reason = TextAreaField(
        _l("Alasan"),
        [required(), length(300, 5)],
        description=_l("Orangnya menerima surel dengan alasan ini."),
    )


class AddForm(Form):
    """Somebody whom a maker puts on the list."""

    email = StringField(_l("Surel orang yang ditambahkan"), [required(), email(), length(254)])


class MaterialForm(Form):
    """One thing that is handed out."""

    title = StringField(_l("Nama bahan"), [required(), length(160)])
    session = SelectField(_l("Bagian dari"), validate_choice=False)
    file = FileField(_l("Berkas"), description=_l("PDF, PPTX, DOCX, XLSX, ODP, ODT, ODS, JPG, atau PNG."))
    link = StringField(_l("Atau tautan"), [length(500)])
    is_public = BooleanField(
        _l("Terbuka bagi semua orang"),
        description=_l("Tanpa tanda ini hanya yang terdaftar yang dapat membukanya."),
    )

    def read(self, file: Sent | None) -> Offer:
        """What was typed."""
        return Offer(
            self.title.data or "",
            bool(self.is_public.data),
            self.session.data or "",
            self.link.data or "",
            file,
        )
