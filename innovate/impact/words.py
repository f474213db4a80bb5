"""Codes of impact in the reader's words."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from innovate.impact.domain.indicators import Guard, Trend
from innovate.impact.domain.kinds import Asked, Check, Direction, Measure, Status
from innovate.impact.domain.reach import Why

STATUSES = {
    Status.TRIAL: _l("Uji coba"),
    Status.RUNNING: _l("Berjalan"),
    Status.GROWN: _l("Berkembang"),
    Status.REPLICATED: _l("Direplikasi"),
    Status.PAUSED: _l("Ditunda"),
    Status.STOPPED: _l("Dihentikan"),
}
TONES = {
    Status.TRIAL: "open",
    Status.RUNNING: "passed",
    Status.GROWN: "passed",
    Status.REPLICATED: "passed",
    Status.PAUSED: "due",
    Status.STOPPED: "failed",
}
DIRECTIONS = {Direction.UP: _l("Makin tinggi makin baik"), Direction.DOWN: _l("Makin rendah makin baik")}
MEASURES = {
    Measure.PEOPLE: _l("Orang yang terjangkau"),
    Measure.UNITS: _l("Bagian unit yang memakai"),
    Measure.SAVED: _l("Belanja yang dihemat"),
    Measure.REVENUE: _l("Pendapatan yang bertambah"),
    Measure.PRODUCTS: _l("Produk yang dihasilkan"),
    Measure.TREND: _l("Kecenderungan baik"),
}
LEVELS = {
    Measure.PEOPLE: (_l("1–200 orang"), _l("201–500 orang"), _l("501 orang ke atas")),
    Measure.UNITS: (_l("unit: 5–20 %"), _l("unit: di atas 20 sampai 50 %"), _l("unit: di atas 50 %")),
    Measure.SAVED: (_l("hemat sampai 10 %"), _l("hemat di atas 10 sampai 20 %"), _l("hemat di atas 20 %")),
    Measure.REVENUE: (_l("naik di bawah 10 %"), _l("naik 10 sampai di bawah 20 %"), _l("naik 20 % ke atas")),
    Measure.PRODUCTS: (_l("1–100 produk"), _l("101–200 produk"), _l("di atas 200 produk")),
    Measure.TREND: (_l("membaik 1 periode"), _l("membaik 2 periode"), _l("membaik 3 periode atau lebih")),
}
WHYS = {
    Why.NO_YEAR_BEFORE: _l("Belum ada angka pembanding, jadi belum ada kelasnya."),
    Why.ZERO_YEAR_BEFORE: _l("Angka pembandingnya nol, jadi persentase tidak dapat dihitung."),
    Why.BELOW: _l("Di bawah batas kelas terendah."),
    Why.NOT_IMPROVED: _l("Tidak membaik dari tahun sebelumnya."),
    Why.MORE_THAN_ALL: _l("Unit yang memakai lebih banyak daripada seluruh unit; periksa angkanya."),
}
GUARDS = {
    Guard.NO_BASELINE: _l("Tanpa kondisi awal, angka ini tercatat tetapi tidak dibandingkan."),
    Guard.BEFORE_BASELINE: _l(
        "Periode ini berakhir sebelum tanggal kondisi awal, jadi tidak dibandingkan dengannya."
    ),
    Guard.ZERO_BASELINE: _l("Kondisi awal nol: perubahan disebut, persentase tidak dapat dihitung."),
    Guard.NO_TARGET: _l("Belum ada target."),
    Guard.TARGET_IS_BASELINE: _l("Target sama dengan kondisi awal, jadi tidak ada jarak untuk diukur."),
    Guard.TARGET_AGAINST_DIRECTION: _l("Target berlawanan dengan arah indikator; periksa keduanya."),
    Guard.NO_ACTUAL: _l("Belum ada realisasi."),
    Guard.TOO_FEW: _l("Kecenderungan memerlukan sedikitnya dua periode."),
    Guard.MISSING_PERIODS: _l("Ada periode yang tidak dilaporkan."),
}
TRENDS = {
    Trend.BETTER: _l("Membaik"),
    Trend.WORSE: _l("Memburuk"),
    Trend.LEVEL: _l("Tetap"),
    Trend.MIXED: _l("Naik turun"),
}
CHECKS = {
    Check.WAITING: _l("Menunggu verifikasi"),
    Check.VERIFIED: _l("Terverifikasi"),
    Check.RETURNED: _l("Dikembalikan"),
}
CHECK_TONES = {Check.WAITING: "due", Check.VERIFIED: "passed", Check.RETURNED: "fix"}
REQUESTS = {
    Asked.WAITING: _l("Menunggu jawaban"),
    Asked.ACCEPTED: _l("Diterima"),
    Asked.DECLINED: _l("Ditolak"),
    Asked.WITHDRAWN: _l("Ditarik kembali"),
}
