"""Names that come out of our templates are read in the reader's language; what an organizer wrote stays as written."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

_PHASES: dict[str, Any] = {
    "Pendaftaran": _l("Pendaftaran"),
    "Registrasi oleh Admin Lokal": _l("Registrasi oleh Admin Lokal"),
    "Pendaftaran Tim dan Gagasan Awal": _l("Pendaftaran Tim dan Gagasan Awal"),
    "Pengajuan Proposal": _l("Pengajuan Proposal"),
    "Pengajuan Usulan": _l("Pengajuan Usulan"),
    "Pengiriman Gagasan": _l("Pengiriman Gagasan"),
    "Hari Hackathon (48 Jam)": _l("Hari Hackathon (48 Jam)"),
    "Seleksi Administrasi": _l("Seleksi Administrasi"),
    "Pemeriksaan Kelengkapan": _l("Pemeriksaan Kelengkapan"),
    "Pemeriksaan Karya": _l("Pemeriksaan Karya"),
    "Penilaian Proposal": _l("Penilaian Proposal"),
    "Penilaian Gagasan": _l("Penilaian Gagasan"),
    "Penilaian Karya": _l("Penilaian Karya"),
    "Penilaian": _l("Penilaian"),
    "Presentasi dan Wawancara": _l("Presentasi dan Wawancara"),
    "Paparan Finalis": _l("Paparan Finalis"),
    "Peragaan dan Tanya Jawab": _l("Peragaan dan Tanya Jawab"),
    "Pengumuman Pemenang": _l("Pengumuman Pemenang"),
    "Penetapan dan Pengumuman": _l("Penetapan dan Pengumuman"),
    "Pengumuman": _l("Pengumuman"),
}
# what an organizer may call groups, tracks and entries
_LABELS: dict[str, Any] = {
    "Kelompok": _l("Kelompok"),
    "Kategori": _l("Kategori"),
    "Tema": _l("Tema"),
    "Tantangan": _l("Tantangan"),
    "Usulan": _l("Usulan"),
    "Proposal": _l("Proposal"),
    "Gagasan": _l("Gagasan"),
    "Karya": _l("Karya"),
}
_OURS = _PHASES | _LABELS


def known(name: str) -> str:
    """The name in the reader's language if it is one of ours, else as it was written."""
    return str(_OURS.get(name, name))
