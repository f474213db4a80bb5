"""Forms about what a competition is: name, address, texts, team rules, labels."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import Optional, Regexp

from innovate.core.web.forms import Form, between, given, length, required

ZONES = [
    SelectChoice("Asia/Pontianak", _l("WIB (Pontianak, Jakarta)")),
    SelectChoice("Asia/Makassar", _l("WITA (Makassar, Denpasar)")),
    SelectChoice("Asia/Jayapura", _l("WIT (Jayapura, Ambon)")),
]


class IdentityForm(Form):
    """What the wizard asks first."""

    name = StringField(
        _l("Nama kompetisi"),
        [required(), length(160, 3)],
        description=_l("Sertakan tahunnya, misalnya Kompetisi Inovasi Kota Pontianak 2027."),
    )
    slug = StringField(
        _l("Alamat halaman"),
        [
            Optional(),
            length(80, 3),
            Regexp(
                r"^[a-z0-9]+(-[a-z0-9]+)*$", message=_l("Gunakan huruf kecil, angka, dan tanda hubung saja.")
            ),
        ],
        description=_l("Kosongkan agar disusun dari nama. Tidak dapat diubah setelah kompetisi terbit."),
    )
    tagline = StringField(
        _l("Kalimat ajakan"),
        [length(240)],
        description=_l("Satu kalimat di bawah judul: untuk siapa, dan mengapa ikut."),
    )
    host = StringField(
        _l("Penyelenggara"), [length(200)], description=_l("Unit kerja yang bertanggung jawab.")
    )
    zone = SelectField(_l("Zona waktu"), choices=ZONES, default="Asia/Pontianak")


class GeneralForm(IdentityForm):
    """The room of general facts."""

    contact = StringField(
        _l("Kontak panitia"),
        [length(200)],
        description=_l("Tampil di halaman publik: surel atau nomor layanan, bukan nomor pribadi."),
    )
    place = StringField(_l("Tempat"), [length(200)], description=_l("Bila ada tahap yang dihadiri langsung."))
    gallery_enabled = BooleanField(
        _l("Buka galeri karya setelah pengumuman"),
        description=_l("Hanya karya yang timnya setuju yang ditampilkan."),
    )


class TextsForm(Form):
    """The long texts of the public page."""

    description = TextAreaField(_l("Gambaran umum"), [length(20_000)])
    rules = TextAreaField(_l("Ketentuan"), [length(60_000)])


class TeamRulesForm(Form):
    """Who may form a team."""

    team_min = IntegerField(_l("Anggota paling sedikit"), [given(), between(1, 50)])
    team_max = IntegerField(_l("Anggota paling banyak"), [given(), between(1, 50)])
    allow_non_asn = BooleanField(
        _l("Orang di luar ASN boleh menjadi anggota"),
        description=_l("Mahasiswa, akademisi, swasta, dan masyarakat."),
    )
    one_team_per_person = BooleanField(
        _l("Satu orang hanya boleh berada di satu tim"),
        description=_l("Tidak dapat diubah setelah kompetisi terbit."),
    )
    membership_open = BooleanField(
        _l("Susunan tim boleh berubah setelah usulan diajukan"),
        description=_l("Bila tidak, panitia dapat membukanya untuk satu tim."),
    )


class LabelsForm(Form):
    """How groups, tracks and entries are called here."""

    group_label = StringField(_l("Sebutan kelompok"), [required(), length(40)])
    track_label = StringField(_l("Sebutan kategori"), [required(), length(40)])
    entry_label = StringField(_l("Sebutan karya"), [required(), length(40)])


class DeleteForm(Form):
    """The competition's name, typed to show that the right one is meant."""

    name = StringField(_l("Ketik nama kompetisi ini"), [required(), length(160)])
