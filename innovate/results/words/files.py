"""What is wrong with a file, in words: where, what, and how to write it."""

from __future__ import annotations

from collections.abc import Callable

from flask_babel import gettext as _

from innovate.core.spreadsheets import LARGEST, MOST_ROWS, Reason, Unreadable
from innovate.results.domain.sheets.faults import Fault, FaultCode


def say_fault(fault: Fault) -> str:
    """`baris 3, kolom score: …`."""
    where = _("baris %(row)s, kolom %(column)s", row=fault.row, column=fault.column)
    return f"{where}: {_FAULTS[fault.code](fault)}"


def say_unreadable(error: Unreadable) -> str:
    """The same for a file that is no table."""
    where = _("baris %(row)s, kolom %(column)s", row=error.row, column=error.column)
    return f"{where}: {_REASONS[error.reason]()}"


def _ambiguous(fault: Fault) -> str:
    thousands, decimal = fault.value.replace(".", ""), fault.value.replace(".", ",")
    return _(
        "“%(value)s” dapat berarti ribuan atau desimal. Tulis %(thousands)s untuk ribuan atau %(decimal)s untuk "
        "desimal.",
        value=fault.value,
        thousands=thousands,
        decimal=decimal,
    )


_FAULTS: dict[FaultCode, Callable[[Fault], str]] = {
    FaultCode.EMPTY: lambda _fault: _("berkas ini kosong; baris pertama memuat nama kolom, lalu datanya."),
    FaultCode.NO_COLUMN: lambda fault: _("kolom ini tidak ada. Yang ada: %(found)s.", found=fault.value),
    FaultCode.COLUMN_TWICE: lambda _fault: _("kolom ini tertulis dua kali."),
    FaultCode.NO_CRITERION: lambda fault: _("tidak ada kolom nilai. Yang ada: %(found)s.", found=fault.value),
    FaultCode.EXTRA_CELL: lambda fault: _(
        "“%(value)s” melebihi jumlah kolom. Angka dengan koma di berkas yang dipisahkan koma ditulis di antara tanda "
        'petik, "88,5", atau dengan titik, 88.5.',
        value=fault.value,
    ),
    FaultCode.MISSING: lambda _fault: _("sel ini wajib diisi."),
    FaultCode.NOT_A_NUMBER: lambda fault: _(
        "“%(value)s” bukan angka. Tulis misalnya 88, 88,5 atau 88.5, tanpa pemisah ribuan.", value=fault.value
    ),
    FaultCode.AMBIGUOUS: _ambiguous,
    FaultCode.OUT_OF_RANGE: lambda fault: _(
        "%(value)s di luar rentang %(range)s.", value=fault.value, range=fault.hint
    ),
    FaultCode.UNKNOWN_CRITERION: lambda fault: _(
        "kriteria “%(value)s” tidak ada dalam rubrik.", value=fault.value
    ),
    FaultCode.NEEDS_RUBRIC: lambda fault: _(
        "“%(value)s” adalah kriteria kedua; berkas dengan lebih dari satu kriteria memerlukan rubrik.",
        value=fault.value,
    ),
    FaultCode.TWICE: lambda fault: (
        _("%(value)s sudah ada di baris %(row)s.", value=fault.value, row=fault.hint)
        if fault.hint
        else _("%(value)s sudah ada di baris sebelumnya.", value=fault.value)
    ),
    FaultCode.OTHER_TRACK: lambda fault: _(
        "karya ini tertulis di kategori “%(value)s”, sebelumnya “%(hint)s”.",
        value=fault.value,
        hint=fault.hint,
    ),
    FaultCode.NO_BALLOT: lambda _fault: _(
        "tidak ada satu penilaian pun yang lengkap; setiap penilaian memerlukan nilai untuk semua kriteria."
    ),
    FaultCode.BAD_RANGE: lambda fault: _(
        "nilai tertinggi %(value)s harus di atas nilai terendah %(hint)s.", value=fault.value, hint=fault.hint
    ),
    FaultCode.BAD_WEIGHT: lambda fault: _(
        "bobot %(value)s tidak dapat dipakai; bobot tidak boleh negatif dan jumlahnya harus di atas nol.",
        value=fault.value,
    ),
    FaultCode.ITSELF: lambda fault: _("“%(value)s” dibandingkan dengan dirinya sendiri.", value=fault.value),
    FaultCode.BAD_COUNT: lambda fault: _("jumlah %(value)s tidak boleh negatif.", value=fault.value),
}

_REASONS: dict[Reason, Callable[[], str]] = {
    Reason.TOO_LARGE: lambda: _(
        "berkas ini terlalu besar; paling banyak %(size)s MB.", size=LARGEST // (1024 * 1024)
    ),
    Reason.TOO_MANY_ROWS: lambda: _(
        "berkas ini terlalu panjang; paling banyak %(count)s baris.", count=MOST_ROWS
    ),
    Reason.TOO_WIDE: lambda: _(
        "ada isi jauh di kanan tabel. Hapus kolom yang tidak dipakai, lalu simpan lagi."
    ),
    Reason.NOT_TEXT: lambda: _("bukan teks UTF-8. Simpan berkas sebagai “CSV UTF-8” atau .xlsx."),
    Reason.NOT_CSV: lambda: _("tanda petik di baris ini tidak ditutup; berkas tidak terbaca sebagai CSV."),
    Reason.NO_RESULT: lambda: _(
        "rumus di sel ini belum pernah dihitung. Buka berkas ini di Excel atau LibreOffice, simpan, lalu coba lagi."
    ),
    Reason.NOT_XLSX: lambda: _("berkas ini tidak dapat dibaca sebagai XLSX."),
}
