"""Forms of the room of papers."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    FileField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import Optional, ValidationError

from innovate.core.web.forms import Form, between, length, required
from innovate.documents.domain.sessions import Session
from innovate.documents.domain.texts import MOST_SIGNERS, PARTS, PREFIXES
from innovate.documents.domain.texts import Form as TextShape

MOST_ROWS = 300
SIGNER_PARTS = ("prefix", "position", "own", "name", "nip")
SIGNER_FIELDS = tuple(f"signer{n}_{part}" for n in range(1, MOST_SIGNERS + 1) for part in SIGNER_PARTS)
_PREFIXES = [SelectChoice(each, each or "–") for each in PREFIXES]


class SettingsForm(Form):
    """Letterhead, number pattern, signer and copies."""

    government = StringField(_l("Pemerintah daerah"), [length(160)])
    institution = StringField(_l("Instansi pada kop"), [required(), length(200)])
    address = StringField(_l("Alamat pada kop"), [length(300)])
    pattern = StringField(
        _l("Pola nomor"),
        [required(), length(80)],
        description=_l("Isinya {nomor}, {kode}, {unit}, {bulan} (Romawi), dan {tahun}."),
    )
    unit_code = StringField(_l("Kode unit"), [length(40)])
    place = StringField(_l("Tempat penetapan"), [required(), length(80)])
    signer_name = StringField(_l("Nama penanda tangan"), [length(160)])
    signer_position = StringField(_l("Jabatan penanda tangan"), [required(), length(200)])
    signer_nip = StringField(
        _l("NIP penanda tangan"),
        [length(30)],
        description=_l(
            "Dicetak pada surat, berita acara, dan keputusan, tidak pernah pada pengumuman, piagam, dan sertifikat."
        ),
    )
    copies = TextAreaField(_l("Tembusan"), [length(1000)], description=_l("Satu pada setiap baris."))


class EndForm(Form):
    """Revoking or replacing a paper."""

    reason = TextAreaField(_l("Alasan"), [required(), length(1000, 10)])


class SignedForm(Form):
    """The PDF that was signed outside."""

    file = FileField(_l("Berkas PDF bertanda tangan"))


class DropForm(Form):
    """Taking a scan out."""

    reason = StringField(_l("Alasan"), [required(), length(300, 5)])


class TrainingForm(Form):
    """How an activity that belongs to no event writes its certificates."""

    government = StringField(_l("Pemerintah daerah"), [length(160)])
    institution = StringField(_l("Instansi pada kop"), [required(), length(200)])
    address = StringField(_l("Alamat pada kop"), [length(300)])
    pattern = StringField(
        _l("Pola nomor"),
        [required(), length(80)],
        description=_l("Isinya {nomor}, {kode}, {unit}, {bulan} (Romawi), dan {tahun}."),
    )
    unit_code = StringField(_l("Kode unit"), [length(40)])
    place = StringField(_l("Tempat penetapan"), [required(), length(80)])
    signer_name = StringField(_l("Nama penanda tangan"), [length(160)])
    signer_position = StringField(_l("Jabatan penanda tangan"), [required(), length(200)])
    title = StringField(_l("Judul"), [required(), length(240)])
    opening = TextAreaField(_l("Di atas nama"), [length(1000)])
    closing = TextAreaField(_l("Di bawah peran"), [length(2000)])


class LogoForm(Form):
    """The picture at the left of the letterhead."""

    file = FileField(_l("Gambar lambang"))


class TextForm(Form):
    """Every part that a text of a paper can have; `trim_to` leaves its own."""

    based_on = HiddenField()
    title = StringField(_l("Judul"))
    about = StringField(_l("Tentang"))
    considering = TextAreaField(_l("Menimbang"))
    recalling = TextAreaField(_l("Mengingat"))
    opening = TextAreaField(_l("Pembuka"))
    clauses = TextAreaField(_l("Isi"))
    closing = TextAreaField(_l("Penutup"))
    copies = TextAreaField(_l("Tembusan"))
    pattern = StringField(_l("Pola nomor"))

    def trim_to(self, form: TextShape) -> None:
        """Drop what this text does not have."""
        for name in PARTS:
            if name not in form.editable:
                del self[name]
        if not form.has_signers:
            for name in SIGNER_FIELDS:
                del self[name]

    def read_parts(self) -> dict[str, str]:
        """What was typed."""
        return {name: self[name].data or "" for name in PARTS if name in self}

    def read_signers(self) -> list[dict[str, str]]:
        """Whom somebody named, as typed, each in its place; empty ones too."""
        if SIGNER_FIELDS[0] not in self:
            return []
        return [
            {part: self[f"signer{n}_{part}"].data or "" for part in SIGNER_PARTS}
            for n in range(1, MOST_SIGNERS + 1)
        ]


for _n in range(1, MOST_SIGNERS + 1):
    setattr(TextForm, f"signer{_n}_prefix", SelectField(_l("Kedudukan"), choices=_PREFIXES, default=""))
    setattr(TextForm, f"signer{_n}_position", StringField(_l("Jabatan"), [length(200)]))
    setattr(TextForm, f"signer{_n}_own", StringField(_l("Jabatan sendiri (untuk a.n.)"), [length(200)]))
    setattr(TextForm, f"signer{_n}_name", StringField(_l("Nama"), [length(200)]))
    setattr(TextForm, f"signer{_n}_nip", StringField(_l("NIP atau NI PPPK"), [length(30)]))


class LetterForm(Form):
    """Invitations and letters of duty: to whom, and to what."""

    to = SelectField(_l("Penerima"))
    each = RadioField(
        _l("Cara"),
        choices=[
            SelectChoice("yes", _l("Satu surat untuk setiap penerima")),
            SelectChoice("no", _l("Satu surat dengan daftar penerima sebagai lampiran")),
        ],
        default="yes",
    )
    agenda = StringField(_l("Acara"), [required(), length(200)])
    first = DateField(_l("Tanggal"), [required()])
    last = DateField(_l("Sampai tanggal"), [Optional()])
    begins = TimeField(_l("Pukul"), [Optional()])
    ends = TimeField(_l("Sampai pukul"), [Optional()])
    place = StringField(_l("Tempat"), [required(), length(200)])
    with_nip = BooleanField(_l("Cetak NIP anggota pada surat tugas"), default=True)

    def validate_last(self, field: DateField) -> None:
        """An activity does not end before it begins."""
        if field.data and self.first.data and field.data < self.first.data:
            raise ValidationError(_l("Tanggal ini sebelum tanggal mulai."))

    def read_session(self) -> Session:
        """The activity as typed."""
        begins, ends = (f"{each.data:%H:%M}" if each.data else "" for each in (self.begins, self.ends))
        first = self.first.data
        return Session(
            agenda=self.agenda.data or "",
            first=first,
            last=self.last.data or first,
            place=self.place.data or "",
            begins=begins,
            ends=ends,
        )


class AttendanceForm(Form):
    """A list of attendance, asked for by GET."""

    class Meta(Form.Meta):
        """A list changes nothing."""

        csrf = False

    to = SelectField(_l("Nama yang dicetak"), default="")
    rows = IntegerField(_l("Baris kosong"), [between(0, MOST_ROWS)], default=25)
    agenda = StringField(_l("Acara"), [length(200)])
    first = DateField(_l("Tanggal"), [Optional()])
    begins = TimeField(_l("Pukul"), [Optional()])
    place = StringField(_l("Tempat"), [length(200)])
