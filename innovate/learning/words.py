"""The words of learning in the reader's language."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from innovate.learning.domain.enrolling import Obstacle
from innovate.learning.domain.kinds import ActivityKind, Audience
from innovate.learning.domain.materials import Fault

KINDS: dict[ActivityKind, Any] = {
    ActivityKind.OUTREACH: _l("Sosialisasi"),
    ActivityKind.TRAINING: _l("Bimbingan teknis"),
    ActivityKind.WORKSHOP: _l("Lokakarya"),
    ActivityKind.WEBINAR: _l("Webinar"),
    ActivityKind.TALK: _l("Gelar wicara"),
}

AUDIENCES: dict[Audience, Any] = {
    Audience.ALL: _l("Semua orang yang mempunyai akun"),
    Audience.ASN: _l("Semua ASN"),
    Audience.UNITS: _l("Perangkat daerah tertentu beserta unit di bawahnya"),
    Audience.EVENT: _l("Anggota tim dalam kompetisi ini"),
}

OBSTACLES: dict[Obstacle, Any] = {
    Obstacle.CANCELLED: _l("Kegiatan ini tidak diselenggarakan."),
    Obstacle.NOT_YET: _l("Pendaftaran belum dibuka."),
    Obstacle.CLOSED: _l("Pendaftaran sudah ditutup. Hubungi penyelenggara bila Anda perlu ikut."),
    Obstacle.UNVERIFIED: _l("Verifikasi dahulu alamat surel Anda lewat tautan yang kami kirim."),
    Obstacle.NOT_FOR_YOU: _l(
        "Kegiatan ini tidak terbuka bagi akun Anda. Perbarui status atau unit di profil bila keliru."
    ),
}

FAULTS: dict[Fault, Any] = {
    Fault.EMPTY: _l("Berkas itu kosong."),
    Fault.LARGE: _l("Berkas itu terlalu besar."),
    Fault.KIND: _l(
        "Jenis berkas ini tidak diterima. Pakai PDF, PPTX, DOCX, XLSX, ODP, ODT, ODS, JPG, atau PNG."
    ),
    Fault.OTHER: _l("Isi berkas tidak sesuai dengan jenisnya. Simpan ulang lalu unggah lagi."),
}
