"""What columns mean and what is wrong with a cell, in words."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from innovate.editions.domain.planning import FIRST_YEAR, LAST_YEAR, CellFault, Code

MEANINGS = {
    "edition": _l("Nama edisi"),
    "year": _l("Tahun"),
    "title": _l("Judul inovasi"),
    "expansion": _l("Kepanjangan judul"),
    "unit": _l("Unit kerja"),
    "group": _l("Kelompok"),
    "track": _l("Kategori"),
    "people": _l("Tim atau inovator"),
    "rank": _l("Peringkat"),
    "award": _l("Penghargaan"),
    "summary": _l("Ringkasan"),
}
_TEXTS: dict[Code, Any] = {
    Code.EMPTY: _l("Tidak ada baris di bawah judul kolom."),
    Code.NO_COLUMN: _l(
        "Tidak ada kolom untuk %(meaning)s. Pilih kolomnya, atau isi satu nilai untuk semua baris."
    ),
    Code.MISSING: _l("Sel ini kosong."),
    Code.LONG: _l("Isinya terlalu panjang; paling banyak %(value)s karakter."),
    Code.YEAR: _l("“%(value)s” bukan tahun dari %(first)s sampai %(last)s."),
    Code.RANK: _l("“%(value)s” bukan peringkat. Tulis angka seperti 1, atau kosongkan."),
    Code.UNKNOWN_UNIT: _l(
        "“%(value)s” tidak ada di daftar unit kerja. Pilih unitnya di bawah, atau biarkan tanpa unit."
    ),
    Code.TWICE: _l("“%(value)s” sudah ada di atasnya untuk edisi yang sama."),
    Code.KNOWN: _l("“%(value)s” sudah tersimpan untuk edisi yang sama."),
}


def say_fault(fault: CellFault) -> str:
    """The sentence of one fault, without its place."""
    meaning = MEANINGS.get(fault.value, fault.value)
    return str(_TEXTS[fault.code]) % {
        "value": fault.value,
        "meaning": meaning,
        "first": FIRST_YEAR,
        "last": LAST_YEAR,
    }


def say_place(fault: CellFault) -> str:
    """The cell as a spreadsheet calls it, `C17`; the row alone where no column is at fault."""
    letters, column = "", 0 if fault.column is None else fault.column + 1
    while column:
        column, digit = divmod(column - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return f"{letters}{fault.row}"
