"""The organizer's choices in words."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from innovate.results.domain.method import Method
from innovate.results.domain.ties.rules import TieRule

METHODS: dict[Method, LazyString] = {
    Method.FAIR: _l("Nilai adil"),
    Method.SPREAD: _l("Nilai adil dengan lebar penilaian"),
    Method.RAW: _l("Rata-rata biasa"),
}

METHOD_NOTES: dict[Method, LazyString] = {
    Method.FAIR: _l(
        "Perbedaan ketegasan juri diperhitungkan: karya yang kebetulan dinilai juri tegas tidak dirugikan. Bila setiap "
        "juri menilai setiap karya, hasilnya sama dengan rata-rata."
    ),
    Method.SPREAD: _l(
        "Selain ketegasan, diperhitungkan pula bahwa sebagian juri memakai seluruh skala dan sebagian hanya bagian "
        "tengahnya. Setiap juri perlu paling sedikit delapan penilaian."
    ),
    Method.RAW: _l(
        "Rata-rata dari semua penilaian lengkap atas satu karya. Siapa jurinya tidak diperhitungkan."
    ),
}

TIES: dict[TieRule, LazyString] = {
    TieRule.HEAVIEST: _l("Kriteria berbobot tertinggi"),
    TieRule.NEXT: _l("Kriteria berbobot berikutnya, satu demi satu"),
    TieRule.COUNT_BACK: _l("Lebih banyak penilaian di atas 90, lalu di atas 80, 70, 60, 50"),
    TieRule.HEAD_TO_HEAD: _l("Lebih diunggulkan juri yang menilai keduanya"),
    TieRule.LATER_ROUND: _l("Nilai babak yang lebih akhir"),
    TieRule.PLENARY: _l("Keputusan sidang pleno dengan alasan tertulis"),
    TieRule.LOT: _l("Undian publik, ditarik saat peringkat dibekukan"),
    TieRule.SHARED: _l("Berbagi peringkat"),
}
