"""The codes of surveys in the reader's language."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from innovate.surveys.domain.kinds import Occasion, Part, QuestionKind, Segment, SurveyKind, When
from innovate.surveys.domain.timing import Stage

KINDS = {
    SurveyKind.GENERAL: _l("Survei umum"),
    SurveyKind.REACTION: _l("Kirkpatrick 1: reaksi"),
    SurveyKind.BEHAVIOUR: _l("Kirkpatrick 3: perilaku"),
    SurveyKind.RESULTS: _l("Kirkpatrick 4: hasil"),
    SurveyKind.SKM: _l("Survei Kepuasan Masyarakat"),
    SurveyKind.SKILLS: _l("Penilaian diri keterampilan digital"),
}
QUESTIONS = {
    QuestionKind.SINGLE: _l("Satu pilihan"),
    QuestionKind.SEVERAL: _l("Beberapa pilihan"),
    QuestionKind.SCALE: _l("Skala"),
    QuestionKind.NUMBER: _l("Angka"),
    QuestionKind.SHORT: _l("Jawaban singkat"),
    QuestionKind.LONG: _l("Jawaban panjang"),
    QuestionKind.DATE: _l("Tanggal"),
    QuestionKind.SKILL: _l("Tingkat keterampilan"),
}
SEGMENTS = {
    Segment.PARTICIPANTS: _l("Semua anggota tim"),
    Segment.CAPTAINS: _l("Ketua tim"),
    Segment.JURORS: _l("Dewan juri"),
    Segment.COMMITTEE: _l("Panitia"),
    Segment.ENROLLED: _l("Yang terdaftar pada kegiatan"),
    Segment.ATTENDEES: _l("Yang hadir pada kegiatan"),
    Segment.COORDINATORS: _l("Koordinator unit"),
    Segment.LIST: _l("Daftar alamat surel"),
    Segment.EVERYBODY: _l("Semua orang yang punya akun"),
    Segment.PUBLIC: _l("Siapa saja yang punya tautan"),
}
WHEN = {
    When.NOW: _l("Begitu dibuka"),
    When.AT: _l("Pada waktu tertentu"),
    When.PHASE: _l("Sesudah sebuah tahap berakhir"),
    When.ACTIVITY: _l("Sesudah sesi terakhir kegiatan"),
}
PARTS = {
    Part.ALUMNUS: _l("Alumnus"),
    Part.SUPERIOR: _l("Atasan"),
    Part.PEER: _l("Rekan kerja"),
}
OCCASIONS = {
    Occasion.NONE: _l("Tidak dibandingkan"),
    Occasion.BEFORE: _l("Sebelum kegiatan"),
    Occasion.AFTER: _l("Sesudah kegiatan"),
}
STAGES = {
    Stage.DRAFT: (_l("Draf"), "draft"),
    Stage.WAITING: (_l("Menunggu waktu kirim"), "submitted"),
    Stage.RUNNING: (_l("Dibuka"), "open"),
    Stage.CLOSED: (_l("Ditutup"), "done"),
}
ANSWERS = {
    "missing": _l("Pertanyaan ini wajib dijawab."),
    "unknown": _l("Pilih dari jawaban yang ada."),
    "ambiguous": _l("Tulis angka tanpa titik ribuan, contoh: 1234 atau 88,5."),
    "no_number": _l("Tulis sebuah angka, contoh: 12 atau 88,5."),
    "no_day": _l("Isi tanggal dengan lengkap."),
    "long": _l("Jawaban ini terlalu panjang."),
}
FAULTS = {
    "no_section": _l("Bagian itu sudah tidak ada."),
    "last_section": _l("Survei punya sekurangnya satu bagian."),
    "same_options": _l("Dua pilihan berbunyi sama."),
    "many_questions": _l("Paling banyak 120 pertanyaan."),
    "no_text": _l("Pertanyaan ini belum berbunyi."),
    "few_options": _l("Isi 2 sampai 40 pilihan, satu per baris."),
    "other_kind": _l(
        "Pertanyaan ini sudah dijawab, jadi jenis dan skalanya tetap. Hapus pertanyaan ini lalu tambahkan yang baru."
    ),
    "wrong_scale": _l("Skala berakhir pada 4 atau 5."),
    "depends_later": _l(
        "Pertanyaan yang menentukan harus berupa pilihan atau skala dan berdiri lebih dahulu."
    ),
    "depends_nothing": _l("Pilih jawaban yang membuat pertanyaan ini tampil."),
}
LIMITS = {
    "no_control": _l(
        "Tidak ada kelompok pembanding: perubahan dapat pula disebabkan hal lain dalam waktu yang sama."
    ),
    "self_reported": _l("Ini penilaian diri, bukan pengukuran oleh orang lain."),
    "other_people": _l(
        "Yang menjawab sebelum dan sesudah tidak dapat dipasangkan, jadi mungkin orang yang berbeda."
    ),
    "low_rate": _l("Kurang dari 60 % yang diminta menjawab: yang tidak menjawab mungkin berpendapat lain."),
    "no_interval": _l("Terlalu sedikit jawaban untuk menghitung kisaran."),
    "few": _l("Kurang dari 30 orang: kisarannya hanya perkiraan kasar."),
}
GRADES = {
    "A": _l("Sangat Baik"),
    "B": _l("Baik"),
    "C": _l("Kurang Baik"),
    "D": _l("Tidak Baik"),
}
ELEMENTS = {
    "u1": _l("Persyaratan"),
    "u2": _l("Sistem, mekanisme, dan prosedur"),
    "u3": _l("Waktu penyelesaian"),
    "u4": _l("Biaya/tarif"),
    "u5": _l("Produk layanan"),
    "u6": _l("Kompetensi pelaksana"),
    "u7": _l("Perilaku pelaksana"),
    "u8": _l("Penanganan pengaduan, saran, dan masukan"),
    "u9": _l("Sarana dan prasarana"),
}
