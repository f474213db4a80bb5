"""Forms of the site administration."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired, FileSize
from wtforms import DateField, HiddenField, RadioField, SelectField, StringField
from wtforms.validators import Optional, Regexp

from innovate.accounts.domain.unit_import import Fault
from innovate.accounts.models import SiteRole, UnitKind
from innovate.core.web.forms import Form, email, length, must_choose, required

ROLE_LABELS = {
    SiteRole.MEMBER: _l("Anggota"),
    SiteRole.ORGANIZER: _l("Penyelenggara"),
    SiteRole.ADMIN: _l("Admin situs"),
}
KIND_LABELS = {
    UnitKind.SETDA: _l("Sekretariat Daerah"),
    UnitKind.BAGIAN: _l("Bagian"),
    UnitKind.SEKRETARIAT_DPRD: _l("Sekretariat DPRD"),
    UnitKind.INSPEKTORAT: _l("Inspektorat"),
    UnitKind.DINAS: _l("Dinas"),
    UnitKind.BADAN: _l("Badan"),
    UnitKind.SATPOL_PP: _l("Satpol PP"),
    UnitKind.KECAMATAN: _l("Kecamatan"),
    UnitKind.KELURAHAN: _l("Kelurahan"),
    UnitKind.UPT: _l("UPT"),
    UnitKind.PUSKESMAS: _l("Puskesmas"),
    UnitKind.RSUD: _l("RSUD"),
    UnitKind.BUMD: _l("BUMD"),
}
FAULTS = {
    Fault.EMPTY_FILE: _l("Berkas tidak memuat satu baris pun di bawah judul kolom."),
    Fault.NO_COLUMN: _l("Kolom ini tidak ada."),
    Fault.TOO_MANY: _l("Paling banyak %(value)s baris sekali impor."),
    Fault.MISSING: _l("Wajib diisi."),
    Fault.TOO_LONG: _l("Paling banyak %(value)s karakter."),
    Fault.BAD_CODE: _l("“%(value)s” bukan kode: huruf kecil, angka, dan tanda hubung saja."),
    Fault.DUPLICATE: _l("Kode “%(value)s” muncul dua kali."),
    Fault.UNKNOWN_KIND: _l("Jenis “%(value)s” tidak dikenal."),
    Fault.UNKNOWN_PARENT: _l("Tidak ada unit dengan kode “%(value)s”."),
    Fault.CIRCLE: _l("Unit “%(value)s” berada di bawah dirinya sendiri."),
    Fault.BAD_DATE: _l("“%(value)s” bukan tanggal, contoh: 2026-01-31."),
    Fault.DATES_REVERSED: _l("Tanggal berakhir mendahului tanggal mulai."),
}


class RoleForm(Form):
    """The role of a person on the whole site."""

    site_role = RadioField(
        _l("Peran di situs"),
        [must_choose()],
        choices=lambda: [(role.value, label) for role, label in ROLE_LABELS.items()],
    )


class DisableForm(Form):
    """Why an account is closed."""

    reason = StringField(_l("Alasan"), [required(), length(200)])


class UnitForm(Form):
    """One work unit."""

    code = StringField(
        _l("Kode"),
        [
            required(),
            length(60),
            Regexp(r"^[a-z0-9][a-z0-9-]*$", message=_l("Huruf kecil, angka, dan tanda hubung saja.")),
        ],
    )
    name = StringField(_l("Nama"), [required(), length(200)])
    short_name = StringField(_l("Nama singkat"), [length(80)])
    kind = SelectField(
        _l("Jenis"),
        [must_choose()],
        choices=lambda: [(kind.value, label) for kind, label in KIND_LABELS.items()],
    )
    parent_id = SelectField(_l("Induk"), coerce=int, default=0)
    valid_from = DateField(_l("Berlaku sejak"), [Optional()])
    valid_until = DateField(_l("Berlaku sampai"), [Optional()])

    def values(self) -> dict[str, Any]:
        """What the service takes."""
        return {
            "code": self.code.data,
            "name": self.name.data,
            "short_name": self.short_name.data or "",
            "kind": UnitKind(self.kind.data),
            "parent_id": self.parent_id.data or None,
            "valid_from": self.valid_from.data,
            "valid_until": self.valid_until.data,
        }


class CoordinatorForm(Form):
    """Who is to coordinate a unit."""

    email = StringField(_l("Surel orang itu"), [required(), email(), length(254)])


class UnitFileForm(Form):
    """A table of units."""

    file = FileField(
        _l("Berkas CSV atau XLSX"),
        [
            FileRequired(_l("Pilih satu berkas.")),
            FileSize(1024 * 1024, message=_l("Berkas ini lebih besar dari 1 MB.")),
        ],
    )


class UnitImportForm(Form):
    """The table that was previewed."""

    table = HiddenField(validators=[required()])
