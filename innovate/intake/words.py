"""What is wrong with a cell, in words: what stands there, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from innovate.intake.domain.columns import CRITERION, IDEA, JUROR, SCORE, TO_JURY, TO_TEAM
from innovate.intake.domain.faults import CellFault, Code
from innovate.intake.domain.world import Standing

MEANINGS = {
    IDEA: _l("Karya (nomor, judul, atau tim)"),
    JUROR: _l("Juri (surel atau nama)"),
    CRITERION: _l("Kriteria"),
    SCORE: _l("Nilai"),
    TO_TEAM: _l("Catatan untuk tim"),
    TO_JURY: _l("Catatan internal"),
}
STANDINGS = {
    Standing.DRAFT: _l("juri sedang mengisinya"),
    Standing.SUBMITTED: _l("sudah diajukan"),
    Standing.EXCLUDED: _l("dikeluarkan dari hitungan"),
}


def say_fault(fault: CellFault) -> str:
    """The sentence of one fault, without its place."""
    return _FAULTS[fault.code](fault)


def _ambiguous(fault: CellFault) -> str:
    return _(
        "“%(value)s” dapat berarti ribuan atau desimal. Tulis %(thousands)s untuk ribuan atau %(decimal)s untuk "
        "desimal.",
        value=fault.value,
        thousands=fault.value.replace(".", ""),
        decimal=fault.value.replace(".", ","),
    )


_FAULTS: dict[Code, Callable[[CellFault], str]] = {
    Code.EMPTY: lambda _fault: _("Tidak ada baris di bawah judul kolom."),
    Code.NO_COLUMN: lambda fault: _(
        "Tidak ada kolom untuk %(what)s.", what=str(MEANINGS.get(fault.value, fault.value))
    ),
    Code.NO_TITLE: lambda _fault: _(
        "Kolom ini berisi tetapi tidak berjudul. Bila sel judulnya digabung, pisahkan dan beri judul setiap kolom."
    ),
    Code.COLUMN_TWICE: lambda fault: _(
        "Dua kolom untuk hal yang sama: “%(value)s” dan “%(hint)s”. Pilih salah satu.",
        value=str(MEANINGS.get(fault.value, fault.value)),
        hint=str(MEANINGS.get(fault.hint, fault.hint)),
    ),
    Code.NO_JUROR: lambda _fault: _("Tidak ada kolom juri. Pilih juri untuk berkas ini."),
    Code.MISSING: lambda _fault: _(
        "Sel ini kosong. Bila selnya digabung dengan baris lain, pisahkan dan isi setiap baris."
    ),
    Code.UNKNOWN_IDEA: lambda fault: _("Karya “%(value)s” tidak dikenal.", value=fault.value),
    Code.UNKNOWN_JUROR: lambda fault: _("Juri “%(value)s” tidak dikenal.", value=fault.value),
    Code.UNKNOWN_CRITERION: lambda fault: _(
        "Kriteria “%(value)s” tidak ada dalam rubrik.", value=fault.value
    ),
    Code.NOT_A_NUMBER: lambda fault: _(
        "“%(value)s” bukan angka. Tulis misalnya 88, 88,5 atau 88.5, tanpa pemisah ribuan.", value=fault.value
    ),
    Code.AMBIGUOUS: _ambiguous,
    Code.OUT_OF_RANGE: lambda fault: _(
        "%(value)s di luar rentang %(range)s.", value=fault.value, range=fault.hint
    ),
    Code.OFF_STEP: lambda fault: _(
        "%(value)s tidak ada pada skala; nilainya naik per %(step)s.", value=fault.value, step=fault.hint
    ),
    Code.TWICE: lambda fault: _(
        "Nilai juri ini untuk karya dan kriteria ini sudah ada di sel %(cell)s.", cell=fault.hint
    ),
    Code.LONG_NOTE: lambda _fault: _("Catatan ini terlalu panjang; paling banyak 5.000 huruf."),
    Code.OTHER_NOTE: lambda fault: _(
        "Catatan untuk penilaian ini sudah ada di sel %(cell)s dan berbeda.", cell=fault.hint
    ),
    Code.NOT_JUDGED: lambda fault: _("%(entry)s tidak dinilai pada babak ini.", entry=fault.value),
    Code.NOT_SERVING: lambda fault: _("%(juror)s tidak bertugas pada babak ini.", juror=fault.hint),
    Code.CONFLICT: lambda fault: _(
        "%(juror)s mempunyai benturan kepentingan dengan %(entry)s.", juror=fault.hint, entry=fault.value
    ),
    Code.OWN: lambda _fault: _("Nilai Anda sendiri diisi di meja juri atau diimpor orang lain."),
    Code.OWN_CONFLICT: lambda fault: _(
        "Anda sendiri mempunyai benturan kepentingan dengan %(entry)s; mintalah penyelenggara lain mengimpornya.",
        entry=fault.value,
    ),
    Code.LOCKED: lambda fault: _(
        "Nilai %(entry)s sudah dikunci. Mintalah ketua juri membuka kuncinya.", entry=fault.value
    ),
}
