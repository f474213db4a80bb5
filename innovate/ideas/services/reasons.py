"""Why something is not possible, in words; and the one way to insist on a verdict."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from innovate.core.errors import Refused
from innovate.ideas.domain.deadline import Reason, Verdict
from innovate.ideas.domain.uploads import UploadFault

TEXTS: dict[Reason, Any] = {
    Reason.NOT_PLANNED: _l("Kompetisi ini belum memiliki tahap pengajuan."),
    Reason.NOT_OPEN: _l("Tahap pengajuan belum dibuka."),
    Reason.LATE: _l("Batas waktu pengajuan telah lewat. Isi yang sudah tersimpan tetap ada."),
    Reason.DECIDED: _l("Panitia telah memutuskan bahwa usulan ini tidak lolos seleksi administrasi."),
    Reason.WITHDRAWN: _l("Usulan ini telah ditarik."),
    Reason.DISQUALIFIED: _l("Usulan ini telah didiskualifikasi."),
    Reason.NOT_SUBMITTED: _l("Usulan ini belum pernah diajukan."),
    Reason.ARCHIVED: _l("Kompetisi ini sudah diarsipkan, jadi tidak ada lagi yang dapat diubah."),
}

UPLOAD_TEXTS: dict[UploadFault, Any] = {
    UploadFault.EMPTY: _l("Berkas itu kosong. Pilih berkas lain."),
    UploadFault.TOO_LARGE: _l("Berkas itu terlalu besar."),
    UploadFault.KIND: _l("Jenis berkas itu tidak diterima di sini."),
    UploadFault.MISLABELLED: _l(
        "Isi berkas tidak sesuai dengan jenis pada namanya. Simpan ulang lalu unggah lagi."
    ),
    UploadFault.MACROS: _l("Berkas itu memuat makro. Simpan tanpa makro lalu unggah lagi."),
    UploadFault.UNFOLDS: _l("Isi berkas itu terlalu besar untuk dibuka. Kecilkan isinya lalu unggah lagi."),
    UploadFault.MANY_POINTS: _l("Gambar itu terlalu lebar atau tinggi: paling banyak 100 juta piksel."),
}


def insist(verdict: Verdict) -> None:
    """Refuse with the reason unless the verdict allows."""
    if verdict.reason is not None:
        raise Refused(TEXTS[verdict.reason], details={"reason": verdict.reason.value})
