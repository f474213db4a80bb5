"""What a field of the entry form means for the profile of an innovation, whatever it is called in one event.

The lists of choices are those of the national index of regional innovation and of the law on regional government; an
event may shorten or reword its own.
"""

from __future__ import annotations

import enum

from innovate.events.domain.kinds import FieldKind


class Meaning(enum.StrEnum):
    """Parts of an innovation's profile, in the order in which they are shown."""

    EXPANSION = "expansion"  # what the acronym of the title stands for
    TRIAL_START = "trial_start"
    USE_START = "use_start"
    ORIGIN = "origin"
    INITIATOR = "initiator"
    FORM = "form"  # bentuk
    NATURE = "nature"  # jenis
    STAGE = "stage"  # tahapan
    SECTOR = "sector"  # urusan utama
    RELATED_SECTORS = "related_sectors"  # urusan beririsan
    SDG = "sdg"  # TPB
    THEME = "theme"  # tematik


_DAYS = frozenset({FieldKind.DATE})
_CHOSEN = frozenset({FieldKind.CHOICE, FieldKind.SEVERAL})
_WRITTEN = frozenset({FieldKind.SHORT, FieldKind.CHOICE, FieldKind.SEVERAL})
KINDS: dict[Meaning, frozenset[FieldKind]] = {
    Meaning.EXPANSION: frozenset({FieldKind.SHORT}),
    Meaning.TRIAL_START: _DAYS,
    Meaning.USE_START: _DAYS,
    Meaning.ORIGIN: _WRITTEN,
    Meaning.INITIATOR: _CHOSEN,
    Meaning.FORM: _CHOSEN,
    Meaning.NATURE: _CHOSEN,
    Meaning.STAGE: _CHOSEN,
    Meaning.SECTOR: _CHOSEN,
    Meaning.RELATED_SECTORS: _CHOSEN,
    Meaning.SDG: _CHOSEN,
    Meaning.THEME: _WRITTEN,
}
_SECTORS = (
    "Pendidikan",
    "Kesehatan",
    "Pekerjaan umum dan penataan ruang",
    "Perumahan rakyat dan kawasan permukiman",
    "Ketenteraman, ketertiban umum, dan pelindungan masyarakat",
    "Sosial",
    "Tenaga kerja",
    "Pemberdayaan perempuan dan pelindungan anak",
    "Pangan",
    "Pertanahan",
    "Lingkungan hidup",
    "Administrasi kependudukan dan pencatatan sipil",
    "Pemberdayaan masyarakat dan desa",
    "Pengendalian penduduk dan keluarga berencana",
    "Perhubungan",
    "Komunikasi dan informatika",
    "Koperasi, usaha kecil, dan menengah",
    "Penanaman modal",
    "Kepemudaan dan olahraga",
    "Statistik",
    "Persandian",
    "Kebudayaan",
    "Perpustakaan",
    "Kearsipan",
    "Kelautan dan perikanan",
    "Pariwisata",
    "Pertanian",
    "Kehutanan",
    "Energi dan sumber daya mineral",
    "Perdagangan",
    "Perindustrian",
    "Transmigrasi",
    "Fungsi penunjang urusan pemerintahan",
)
CHOICES: dict[Meaning, tuple[str, ...]] = {
    Meaning.INITIATOR: ("Kepala Daerah", "Anggota DPRD", "OPD", "ASN", "Masyarakat"),
    Meaning.FORM: (
        "Inovasi tata kelola pemerintahan daerah",
        "Inovasi pelayanan publik",
        "Inovasi daerah lainnya sesuai urusan",
    ),
    Meaning.NATURE: ("Digital", "Non Digital"),
    Meaning.STAGE: ("Inisiatif", "Uji Coba", "Penerapan"),
    Meaning.SECTOR: _SECTORS,
    Meaning.RELATED_SECTORS: _SECTORS,
    Meaning.SDG: (
        "1. Tanpa kemiskinan",
        "2. Tanpa kelaparan",
        "3. Kehidupan sehat dan sejahtera",
        "4. Pendidikan berkualitas",
        "5. Kesetaraan gender",
        "6. Air bersih dan sanitasi layak",
        "7. Energi bersih dan terjangkau",
        "8. Pekerjaan layak dan pertumbuhan ekonomi",
        "9. Industri, inovasi, dan infrastruktur",
        "10. Berkurangnya kesenjangan",
        "11. Kota dan permukiman yang berkelanjutan",
        "12. Konsumsi dan produksi yang bertanggung jawab",
        "13. Penanganan perubahan iklim",
        "14. Ekosistem lautan",
        "15. Ekosistem daratan",
        "16. Perdamaian, keadilan, dan kelembagaan yang tangguh",
        "17. Kemitraan untuk mencapai tujuan",
    ),
}


def fits(meaning: Meaning, kind: FieldKind) -> bool:
    """Whether a field of this kind can hold this part of the profile."""
    return kind in KINDS[meaning]
