"""What kinds, audiences and standings are called on pages."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from innovate.documents.domain.kinds import Audience, PaperKind, Recipients, Standing
from innovate.documents.domain.texts import STATEMENTS, Text

KINDS = {
    PaperKind.MINUTES: _l("Berita acara penilaian"),
    PaperKind.RECAP: _l("Rekapitulasi nilai"),
    PaperKind.DECREE: _l("Keputusan dewan juri"),
    PaperKind.ANNOUNCEMENT: _l("Pengumuman pemenang"),
    PaperKind.CERTIFICATE: _l("Piagam atau sertifikat"),
    PaperKind.TRAINING: _l("Sertifikat pelatihan"),
    PaperKind.APPOINTMENT: _l("Keputusan pembentukan dewan juri"),
    PaperKind.INVITATION: _l("Undangan"),
    PaperKind.DUTY: _l("Surat tugas"),
}
TEXTS = {
    Text.APPOINTMENT: _l("Keputusan pembentukan dewan juri"),
    Text.INVITATION: _l("Undangan"),
    Text.DUTY: _l("Surat tugas"),
    Text.ATTENDANCE: _l("Daftar hadir"),
    Text.PACT_JUROR: _l("Pakta integritas juri"),
    Text.PACT_PARTICIPANT: _l("Pakta integritas peserta"),
    Text.PACT_COMMITTEE: _l("Pakta integritas panitia"),
    Text.ORIGINALITY: _l("Surat pernyataan orisinalitas"),
    Text.ENDORSEMENT: _l("Surat rekomendasi kepala perangkat daerah"),
    Text.SCORES: _l("Lembar penilaian"),
    Text.MINUTES: _l("Berita acara penilaian"),
    Text.RECAP: _l("Rekapitulasi nilai"),
    Text.DECREE: _l("Keputusan dewan juri"),
    Text.ANNOUNCEMENT: _l("Pengumuman pemenang"),
    Text.AWARD: _l("Piagam pemenang"),
    Text.CERTIFICATE: _l("Sertifikat"),
    Text.TRAINING: _l("Sertifikat pelatihan"),
}
PARTS = {
    Text.MINUTES: {"about": _l("Anak judul")},
    Text.RECAP: {"about": _l("Anak judul")},
    Text.SCORES: {"about": _l("Anak judul")},
    Text.ATTENDANCE: {"about": _l("Anak judul")},
    Text.INVITATION: {"about": _l("Hal")},
    Text.DUTY: {"recalling": _l("Dasar"), "clauses": _l("Untuk")},
    Text.DECREE: {"clauses": _l("Diktum (KESATU, KEDUA, dan seterusnya)")},
    Text.APPOINTMENT: {"clauses": _l("Diktum (KESATU, KEDUA, dan seterusnya)")},
    Text.AWARD: {"opening": _l("Di atas nama"), "closing": _l("Di bawah penghargaan")},
    Text.TRAINING: {"opening": _l("Di atas nama"), "closing": _l("Di bawah peran")},
    Text.CERTIFICATE: {"opening": _l("Di atas nama"), "closing": _l("Di bawah peran")},
    **{text: {"about": _l("Anak judul"), "clauses": _l("Butir pernyataan")} for text in STATEMENTS},
}
RECIPIENTS = {
    Recipients.JURORS: _l("Dewan juri"),
    Recipients.FINALISTS: _l("Tim finalis"),
    Recipients.TEAMS: _l("Semua tim peserta"),
    Recipients.COMMITTEE: _l("Panitia"),
}
BLANKS = {
    "nama_kegiatan": _l("nama kompetisi"),
    "penyelenggara": _l("instansi pada kop"),
    "tempat_penetapan": _l("tempat penetapan"),
    "tahun": _l("tahun terbit"),
    "tanggal": _l("27 November 2026"),
    "tanggal_panjang": _l("Jumat, 27 November 2026"),
    "tanggal_angka": _l("27-11-2026"),
    "tanggal_terbilang": _l("tanggal terbit dengan kata"),
    "babak": _l("nama babak"),
    "tempat_kegiatan": _l("tempat kompetisi"),
    "berita_acara": _l("berita acara dan nomornya"),
    "ketua_juri": _l("nama ketua dewan juri"),
    "batas_sanggah": _l("akhir masa sanggah"),
    "jumlah_juri": _l("banyaknya juri"),
    "acara": _l("nama acara"),
    "hari_tanggal": _l("hari dan tanggal acara"),
    "waktu": _l("waktu acara"),
    "tempat_acara": _l("tempat acara"),
    "penerima": _l("nama penerima"),
    "nama": _l("nama orang"),
    "jabatan": _l("jabatan"),
    "unit_kerja": _l("perangkat daerah atau instansi"),
    "nama_tim": _l("nama tim"),
    "judul": _l("judul karya"),
    "sebagai": _l("penghargaan atau peran"),
    "karya": _l("judul karya"),
    "jenis_pelatihan": _l("jenis kegiatan pelatihan"),
    "pelatihan": _l("nama kegiatan pelatihan"),
    "penyelenggara_pelatihan": _l("penyelenggara pelatihan"),
    "tanggal_pelatihan": _l("tanggal pelatihan"),
    "jp": _l("banyaknya JP"),
}
AUDIENCES = {
    Audience.WINNERS: _l("Pemenang"),
    Audience.FINALISTS: _l("Finalis"),
    Audience.PARTICIPANTS: _l("Peserta"),
    Audience.JURORS: _l("Dewan juri"),
    Audience.ORGANIZERS: _l("Panitia"),
}
STANDINGS = {
    Standing.VALID: _l("Berlaku"),
    Standing.SUPERSEDED: _l("Digantikan"),
    Standing.REVOKED: _l("Dicabut"),
}
