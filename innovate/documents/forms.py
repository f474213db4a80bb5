"""Forms of the room of papers."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import FileField, StringField, TextAreaField

from innovate.core.web.forms import Form, length, required


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
        description=_l("Hanya dicetak pada berita acara dan keputusan, tidak pernah pada naskah untuk umum."),
    )
    copies = TextAreaField(_l("Tembusan"), [length(1000)], description=_l("Satu pada setiap baris."))


class EndForm(Form):
    """Revoking or replacing a paper."""

    reason = TextAreaField(_l("Alasan"), [required(), length(1000, 10)])


class SignedForm(Form):
    """The PDF that was signed outside."""

    file = FileField(_l("Berkas PDF bertanda tangan"))
