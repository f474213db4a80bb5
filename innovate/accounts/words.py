"""What the log of accesses calls what was seen."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

SEEN = {
    "person": _l("halaman akun"),
    "people": _l("daftar orang di seluruh situs"),
    "mails": _l("daftar surel beserta alamatnya"),
    "roles": _l("daftar panitia, juri, dan undangan"),
    "teams": _l("daftar tim dan anggotanya"),
    "enrolled": _l("daftar peserta pelatihan"),
    "team": _l("halaman tim beserta kontak anggotanya"),
    "skills": _l("keterampilan orang"),
    "clinics": _l("daftar klinik sebagai berkas"),
    "attendance": _l("daftar hadir pelatihan"),
    "paper": _l("naskah resmi atas nama seseorang"),
    "papers": _l("semua sertifikat sebagai berkas"),
    "survey_answers": _l("jawaban survei bernama"),
    "trail": _l("jejak audit sebagai berkas"),
    "pack": _l("berkas panitia"),
    "case": _l("permintaan tentang data pribadi"),
    "consents": _l("daftar yang memberi persetujuan"),
    "retention": _l("daftar yang akan dianonimkan"),
    "partners": _l("daftar organisasi yang menunggu persetujuan"),
    "partner_members": _l("anggota organisasi mitra"),
    "acceptances": _l("daftar persetujuan pernyataan anggota"),
    "quiz_results": _l("hasil tes peserta pelatihan"),
}
