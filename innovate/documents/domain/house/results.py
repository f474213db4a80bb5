"""Papers about results: minutes, recapitulation, decree, announcement, certificates, score sheets."""

from __future__ import annotations

MINUTES = {
    "title": "Berita Acara Penilaian",
    "about": "{{ nama_kegiatan }}, babak {{ babak }}",
    "opening": (
        "Pada hari ini, {{ tanggal_terbilang }} ({{ tanggal_angka }}), bertempat di {{ tempat_kegiatan }}, kami yang "
        "bertanda tangan di bawah ini, Dewan Juri {{ nama_kegiatan }}, menyatakan telah melaksanakan penilaian babak "
        "{{ babak }} dengan susunan, kriteria, dan hasil sebagai berikut."
    ),
    "closing": "Demikian berita acara ini dibuat dengan sebenarnya untuk dipergunakan sebagaimana mestinya.",
}
RECAP = {
    "title": "Rekapitulasi Nilai",
    "about": "{{ nama_kegiatan }}, babak {{ babak }}",
    "opening": (
        "Rekapitulasi nilai setiap juri pada babak {{ babak }} {{ nama_kegiatan }}, sebagaimana ditetapkan Dewan Juri."
    ),
    "closing": "Rekapitulasi ini merupakan bagian yang tidak terpisahkan dari {{ berita_acara }}.",
}
DECREE = {
    "title": "Keputusan Dewan Juri {{ nama_kegiatan }}",
    "about": "Penetapan Pemenang {{ nama_kegiatan }}",
    "considering": (
        "bahwa penilaian {{ nama_kegiatan }} babak {{ babak }} telah selesai dilaksanakan;\n"
        "bahwa pemenang perlu ditetapkan dengan Keputusan Dewan Juri;"
    ),
    "recalling": "Peraturan Pemerintah Nomor 38 Tahun 2017 tentang Inovasi Daerah;\n{{ berita_acara }};",
    "clauses": (
        "Pemenang {{ nama_kegiatan }} adalah sebagaimana tercantum dalam Lampiran Keputusan ini.\n"
        "Lampiran merupakan bagian yang tidak terpisahkan dari Keputusan ini.\n"
        "Keputusan ini mulai berlaku pada tanggal ditetapkan."
    ),
}
ANNOUNCEMENT = {
    "title": "Pengumuman",
    "about": "Pemenang {{ nama_kegiatan }}",
    "opening": "Berdasarkan {{ berita_acara }}, dengan ini diumumkan pemenang {{ nama_kegiatan }} sebagai berikut.",
    "closing": (
        "Sanggahan disampaikan melalui laman kompetisi paling lambat {{ batas_sanggah }}.\n"
        "Demikian pengumuman ini disampaikan untuk diketahui."
    ),
}
AWARD = {
    "title": "Piagam Penghargaan",
    "opening": "diberikan kepada",
    "closing": "dengan karya {{ karya }}\ndalam {{ nama_kegiatan }}",
}
CERTIFICATE = {
    "title": "Sertifikat",
    "opening": "diberikan kepada",
    "closing": "dengan karya {{ karya }}\ndalam {{ nama_kegiatan }}",
}
TRAINING = {
    "title": "Sertifikat",
    "opening": "diberikan kepada",
    "closing": (
        "{{ pelatihan }}\n"
        "yang diselenggarakan oleh {{ penyelenggara_pelatihan }}\n"
        "pada {{ tanggal_pelatihan }}\n"
        "selama {{ jp }} jam pelajaran (JP)"
    ),
}
SCORES = {
    "title": "Lembar Penilaian",
    "about": "{{ nama_kegiatan }}, babak {{ babak }}",
    "closing": "Nilai ini diberikan secara objektif dan mandiri menurut rubrik yang ditetapkan.",
}
