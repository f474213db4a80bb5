"""Forms about roles and invitations."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import SelectChoice, SelectField, StringField
from wtforms.validators import Optional

from innovate.core.web.forms import Form, email, length
from innovate.events.domain.kinds import Role

ROLES = {
    Role.ORGANIZER: _l("Penyelenggara"),
    Role.SECRETARIAT: _l("Sekretariat"),
    Role.CHAIR: _l("Ketua dewan juri"),
    Role.JUROR: _l("Juri"),
    Role.MENTOR: _l("Pendamping"),
    Role.AUDITOR: _l("Auditor"),
}
DUTIES = {
    Role.ORGANIZER: _l("Mengatur kompetisi, orang, jadwal, dan pengumuman."),
    Role.SECRETARIAT: _l("Memeriksa kelengkapan usulan."),
    Role.CHAIR: _l("Memimpin dewan juri dan mengesahkan hasil; ikut menilai bila ditugasi."),
    Role.JUROR: _l("Menilai usulan yang ditugaskan kepadanya."),
    Role.MENTOR: _l("Mendampingi tim, tidak menilai."),
    Role.AUDITOR: _l("Membaca semua ruang, tidak mengubah apa pun."),
}


class InvitationForm(Form):
    """Offer a role to a person."""

    role = SelectField(
        _l("Peran"),
        choices=[SelectChoice(role.value, text) for role, text in ROLES.items()],
        default=Role.JUROR,
    )
    email = StringField(
        _l("Surel"),
        [Optional(), email(), length(254)],
        description=_l("Kosongkan bila tautannya akan Anda kirim sendiri, misalnya lewat WhatsApp."),
    )
    name = StringField(_l("Nama"), [length(120)], description=_l("Agar Anda tahu undangan ini untuk siapa."))


class PublicTitleForm(Form):
    """How a juror is introduced."""

    title = StringField(_l("Keterangan di daftar juri"), [length(160)])
