"""The profile of a written proposal, out of what its text and its unit tell."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from innovate.events.domain.meanings import CHOICES, Meaning

_FORMS = {"tata-kelola": 0, "lainnya": 2}  # by category; all others are public services
_DIGITAL = re.compile(
    r"\b(aplikasi|digital|daring|laman|situs|QR|basis data|sensor|WhatsApp)\b", re.IGNORECASE
)
_GOAL = re.compile(r"(?:tujuan|TPB) (\d{1,2})", re.IGNORECASE)
_SECTORS = {
    "dinkes": "Kesehatan",
    "pkm": "Kesehatan",
    "rsud": "Kesehatan",
    "disdikbud": "Pendidikan",
    "upt-autis": "Pendidikan",
    "dpupr": "Pekerjaan umum dan penataan ruang",
    "perumda": "Pekerjaan umum dan penataan ruang",
    "dinsos": "Sosial",
    "dlh": "Lingkungan hidup",
    "upt-tpa": "Lingkungan hidup",
    "disdukcapil": "Administrasi kependudukan dan pencatatan sipil",
    "dp2kbp3a": "Pengendalian penduduk dan keluarga berencana",
    "upt-ppa": "Pemberdayaan perempuan dan pelindungan anak",
    "dishub": "Perhubungan",
    "diskominfo": "Komunikasi dan informatika",
    "diskumdag": "Koperasi, usaha kecil, dan menengah",
    "upt-pasar": "Perdagangan",
    "upt-metrologi": "Perdagangan",
    "dpmptsp": "Penanaman modal",
    "disperpusip": "Perpustakaan",
    "dppp": "Pangan",
    "bpbd": "Ketenteraman, ketertiban umum, dan pelindungan masyarakat",
    "kel": "Pemberdayaan masyarakat dan desa",
    "kec": "Pemberdayaan masyarakat dan desa",
}


def profile_of(unit: str, track: str, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Answers to the fields of the profile that the templates `kota` and `kipp` ask for."""
    text = " ".join(value for value in answers.values() if isinstance(value, str))
    goals = {int(number) for number in _GOAL.findall(str(answers.get("kontribusi_tpb", "")))}
    people = unit.startswith(("pkm", "kel", "kec", "upt"))
    return {
        "inisiator": "ASN" if people else "OPD",
        "bentuk": CHOICES[Meaning.FORM][_FORMS.get(track, 1)],
        "jenis": CHOICES[Meaning.NATURE][0 if _DIGITAL.search(text) else 1],
        "tahapan": "Penerapan",
        "urusan": _sector_of(unit),
        "tpb": [CHOICES[Meaning.SDG][number - 1] for number in sorted(goals) if 1 <= number <= 17],
    }


def _sector_of(unit: str) -> str:
    known = (sector for start, sector in _SECTORS.items() if unit == start or unit.startswith(f"{start}-"))
    return next(known, "Fungsi penunjang urusan pemerintahan")
