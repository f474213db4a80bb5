"""A sheet to begin with: one question of each kind, as the import reads it."""

from __future__ import annotations

from flask_babel import gettext as _

from innovate.core.workbooks import Sheet, write_workbook

HEADS = (
    "Jenis",
    "Soal",
    "Pilihan A",
    "Pilihan B",
    "Pilihan C",
    "Pilihan D",
    "Kunci",
    "Penjelasan",
    "Poin",
    "Label",
)
ROWS = (
    (
        "tunggal",
        "Data apa yang termasuk data pribadi?",
        "Nomor telepon warga",
        "Jumlah kunjungan harian",
        "Luas taman kota",
        "",
        "A",
        "Data pribadi adalah data tentang seseorang yang dapat dikenali.",
        2,
        "data, hukum",
    ),
    (
        "majemuk",
        "Mana yang termasuk langkah membersihkan data?",
        "Menghapus baris ganda",
        "Menyamakan format tanggal",
        "Menaikkan angka yang kecil",
        "",
        "A, B",
        "",
        2,
        "data",
    ),
    (
        "skala",
        "Saya yakin dapat membaca grafik.",
        "Sangat tidak setuju",
        "Tidak setuju",
        "Setuju",
        "Sangat setuju",
        "",
        "",
        "",
        "sikap",
    ),
    (
        "isian",
        "Apa singkatan dari Sistem Pemerintahan Berbasis Elektronik?",
        "",
        "",
        "",
        "",
        "SPBE | S.P.B.E.",
        "",
        1,
        "istilah",
    ),
)


def sample_workbook() -> bytes:
    """The file. Its titles are Indonesian for every reader; the import knows the English ones too."""
    return write_workbook(_("Contoh bank soal"), [Sheet(_("Soal"), HEADS, ROWS)])
