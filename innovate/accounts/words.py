"""What the log of accesses calls what was seen."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

SEEN = {
    "person": _l("halaman akun"),
    "people": _l("daftar orang di seluruh situs"),
    "mails": _l("daftar surel beserta alamatnya"),
    "roles": _l("daftar panitia, juri, dan undangan"),
    "teams": _l("daftar tim dan anggotanya"),
    "team": _l("halaman tim beserta kontak anggotanya"),
    "paper": _l("naskah resmi atas nama seseorang"),
    "papers": _l("semua sertifikat sebagai berkas"),
    "survey_answers": _l("jawaban survei bernama"),
    "trail": _l("jejak audit sebagai berkas"),
    "pack": _l("berkas panitia"),
    "case": _l("permintaan tentang data pribadi"),
    "consents": _l("daftar yang memberi persetujuan"),
    "retention": _l("daftar yang akan dianonimkan"),
}
