"""What the columns of a sheet of past entries mean: guessed by their titles, then chosen by people."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

MEANINGS = (
    "edition",
    "year",
    "title",
    "expansion",
    "unit",
    "group",
    "track",
    "people",
    "rank",
    "award",
    "summary",
)
LENGTHS: Mapping[str, int] = {
    "edition": 160,
    "title": 200,
    "expansion": 300,
    "unit": 200,
    "group": 120,
    "track": 120,
    "people": 500,
    "award": 120,
    "summary": 20_000,
}
_TITLES: Mapping[str, tuple[str, ...]] = {
    "edition": ("edisi", "nama edisi", "kompetisi", "nama kompetisi", "lomba", "edition", "event"),
    "year": ("tahun", "year"),
    "title": ("judul", "judul inovasi", "nama inovasi", "inovasi", "karya", "title", "innovation"),
    "expansion": ("kepanjangan", "singkatan dari", "kepanjangan judul", "akronim", "expansion"),
    "unit": (
        "unit",
        "unit kerja",
        "perangkat daerah",
        "opd",
        "instansi",
        "dinas",
        "unit pengusul",
        "organisasi",
        "agency",
    ),
    "group": ("kelompok", "group"),
    "track": ("kategori", "bidang", "category", "track"),
    "people": ("inovator", "nama inovator", "tim", "nama tim", "tim inovator", "innovator", "team"),
    "rank": ("peringkat", "ranking", "rank", "urutan"),
    "award": ("penghargaan", "juara", "gelar", "award", "prize"),
    "summary": ("ringkasan", "deskripsi", "uraian", "abstrak", "summary", "description"),
}


def guess_columns(titles: Sequence[str]) -> dict[int, str]:
    """Which column holds what, by index; each meaning once."""
    plain = [" ".join(re.sub(r"[^\w]+", " ", title.casefold()).split()) for title in titles]
    found: dict[int, str] = {}
    for meaning, names in _TITLES.items():
        places = [plain.index(name) for name in names if name in plain and plain.index(name) not in found]
        if places:
            found[places[0]] = meaning
    return found
