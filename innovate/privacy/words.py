"""What kinds, states, purposes, sections, corrections and risks are called."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from innovate.privacy.domain.cases import CaseKind, CaseState
from innovate.privacy.domain.impact import Grade
from innovate.privacy.domain.purposes import Purpose

KINDS = {
    CaseKind.ACCESS: _l("Penjelasan atau salinan yang tidak ada dalam berkas unduhan"),
    CaseKind.CORRECT: _l("Pembetulan data yang tidak dapat saya ubah sendiri"),
    CaseKind.RESTRICT: _l("Pembatasan pemrosesan"),
    CaseKind.LIFT: _l("Pengakhiran pembatasan"),
    CaseKind.OBJECT: _l("Keberatan atas pemrosesan"),
    CaseKind.ERASE: _l("Penghapusan data diri dan penutupan akun"),
}
STATES = {
    CaseState.OPEN: _l("Menunggu jawaban"),
    CaseState.DONE: _l("Dipenuhi"),
    CaseState.REFUSED: _l("Tidak dapat dipenuhi"),
    CaseState.WITHDRAWN: _l("Ditarik"),
}
PURPOSES = {
    Purpose.PHOTOS: _l("Foto"),
    Purpose.MAILINGS: _l("Kabar kompetisi lain"),
    Purpose.PARTNERS: _l("Kontak untuk mitra"),
    Purpose.SHOWCASE: _l("Daftar talenta"),
}
# The words somebody agrees to; they are kept with the answer, so a change here changes nothing that was answered.
WORDINGS = {
    Purpose.PHOTOS: _l(
        "Foto saya pada kegiatan kompetisi boleh dimuat dalam publikasi Pemerintah Kota Pontianak."
    ),
    Purpose.MAILINGS: _l("Panitia boleh mengirimi saya surel tentang kompetisi dan pelatihan lain."),
    Purpose.PARTNERS: _l(
        "Nama, surel, dan unit saya boleh diberikan kepada mitra kompetisi yang saya ikuti."
    ),
    Purpose.SHOWCASE: _l("Nama, unit, dan keahlian saya boleh tampil dalam daftar talenta bagi panitia."),
}
SEEN_BY = {
    "admin": _l("Admin situs"),
    "officer": _l("Petugas pelindungan data"),
    "committee": _l("Panitia, juri, atau auditor kompetisi"),
}
SECTIONS = {
    "data": _l("Data yang diproses"),
    "subjects": _l("Pemilik data"),
    "basis": _l("Dasar pemrosesan"),
    "purposes": _l("Tujuan"),
    "recipients": _l("Penerima data"),
    "retention": _l("Masa simpan"),
    "opinion": _l("Pendapat petugas pelindungan data"),
}
GRADES = {Grade.LOW: _l("rendah"), Grade.MEDIUM: _l("sedang"), Grade.HIGH: _l("tinggi")}
GAPS = {
    **{
        key: _l("Lengkapi bagian “%(name)s” sebelum menandatangani.", name=name)
        for key, name in SECTIONS.items()
    },
    "risks": _l("Tuliskan sedikitnya satu risiko sebelum menandatangani."),
    "measures": _l("Tuliskan tindakan untuk setiap risiko yang sedang atau tinggi."),
}
CORRECTIONS = {
    "ballot.late": _l("Nilai terlambat dihitung"),
    "ballot.reopen": _l("Nilai dibuka kembali"),
    "ballot.exclude": _l("Nilai dikeluarkan dari hitungan"),
    "ballot.include": _l("Nilai dihitung kembali"),
    "ballot.rubric": _l("Rubrik berganti versi"),
    "late": _l("Keputusan atas nilai yang terlambat"),
    "screening": _l("Keputusan seleksi dibatalkan"),
    "phase": _l("Jadwal digeser"),
    "board.collecting": _l("Papan kembali mengumpulkan nilai"),
    "board.provisional": _l("Papan kembali sementara"),
    "board.frozen": _l("Hasil dibekukan"),
    "board.signed": _l("Hasil disahkan"),
    "board.announced": _l("Hasil diumumkan"),
    "board.final": _l("Hasil final"),
}
STAYS = {
    "elsewhere": _l("mempunyai kegiatan atau peran lain"),
    "role": _l("mempunyai peran di situs"),
    "recent": _l("masuk dalam setahun terakhir"),
    "restricted": _l("pemrosesannya dibatasi atas permintaannya"),
}
