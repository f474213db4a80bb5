"""Letters of the committee: the decree that names the jury, invitations, letters of duty, lists of attendance."""

from __future__ import annotations

APPOINTMENT = {
    "title": "Keputusan Ketua Panitia {{ nama_kegiatan }}",
    "about": "Pembentukan Dewan Juri {{ nama_kegiatan }}",
    "considering": (
        "bahwa untuk menilai karya peserta {{ nama_kegiatan }} secara objektif dan akuntabel diperlukan Dewan Juri;\n"
        "bahwa mereka yang namanya tercantum dalam Lampiran Keputusan ini dinilai cakap dan memenuhi syarat sebagai "
        "Dewan Juri;\n"
        "bahwa berdasarkan pertimbangan sebagaimana dimaksud dalam huruf a dan huruf b perlu ditetapkan Keputusan "
        "tentang Pembentukan Dewan Juri {{ nama_kegiatan }};"
    ),
    "recalling": (
        "Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah sebagaimana telah beberapa kali diubah, "
        "terakhir dengan Undang-Undang Nomor 6 Tahun 2023;\n"
        "Peraturan Pemerintah Nomor 38 Tahun 2017 tentang Inovasi Daerah;"
    ),
    "clauses": (
        "Membentuk Dewan Juri {{ nama_kegiatan }} dengan susunan sebagaimana tercantum dalam Lampiran Keputusan ini.\n"
        "Dewan Juri bertugas menilai karya peserta menurut kriteria dan bobot yang ditetapkan, melaksanakan sidang "
        "pleno, dan menuangkan hasilnya dalam berita acara.\n"
        "Dalam melaksanakan tugasnya Dewan Juri bersikap objektif dan mandiri, menjaga kerahasiaan, serta "
        "menyatakan setiap benturan kepentingan.\n"
        "Biaya yang timbul akibat ditetapkannya Keputusan ini dibebankan pada anggaran penyelenggara.\n"
        "Keputusan ini mulai berlaku pada tanggal ditetapkan."
    ),
}
INVITATION = {
    "title": "Undangan",
    "about": "Undangan {{ acara }}",
    "opening": (
        "Dengan hormat,\n"
        "Dalam rangka pelaksanaan {{ nama_kegiatan }}, kami mengundang Bapak/Ibu untuk hadir pada:"
    ),
    "closing": (
        "Mengingat pentingnya acara tersebut, kami mengharapkan kehadiran Bapak/Ibu tepat pada waktunya.\n"
        "Demikian undangan ini disampaikan. Atas perhatian dan kehadiran Bapak/Ibu, kami ucapkan terima kasih."
    ),
}
DUTY = {
    "title": "Surat Tugas",
    "recalling": (
        "Peraturan Pemerintah Nomor 38 Tahun 2017 tentang Inovasi Daerah;\n"
        "Petunjuk teknis {{ nama_kegiatan }} yang diselenggarakan oleh {{ penyelenggara }};"
    ),
    "clauses": (
        "mengikuti {{ acara }} dalam rangka {{ nama_kegiatan }} sebagai {{ nama_tim }} dengan karya {{ judul }}, "
        "pada {{ hari_tanggal }}, bertempat di {{ tempat_acara }};\n"
        "melaksanakan tugas ini dengan penuh tanggung jawab; dan\n"
        "melaporkan hasil pelaksanaan tugas kepada pimpinan unit kerja masing-masing."
    ),
    "closing": "Demikian surat tugas ini dibuat untuk dilaksanakan sebagaimana mestinya.",
}
ATTENDANCE = {"title": "Daftar Hadir", "about": "{{ nama_kegiatan }}"}
