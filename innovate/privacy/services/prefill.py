"""What an impact record says of an event before anybody edits it. The record is a paper of the city: Indonesian."""

from __future__ import annotations

from innovate.events.domain.kinds import FieldKind
from innovate.events.models import Event
from innovate.privacy.domain.impact import Impact, Risk
from innovate.privacy.domain.retention import DEFAULT_YEARS
from innovate.privacy.queries.impact import count_people, find_settings, list_fields

_RISKS = (
    Risk(
        "Data peserta terbuka kepada yang tidak berhak, misalnya lewat akun panitia yang diambil alih.",
        2,
        4,
        "Hak akses menurut peran, kata sandi kuat dan pembatasan percobaan masuk, log akses data pribadi, "
        "NIP dan telepon tidak pernah tampil untuk umum.",
    ),
    Risk(
        "Penilaian yang tidak adil merugikan peserta.",
        2,
        4,
        "Rubrik terkunci sebelum penilaian, pernyataan benturan kepentingan, beberapa juri untuk setiap karya, "
        "penyetaraan nilai, masa sanggah, dan umpan balik kepada tim.",
    ),
    Risk(
        "Identitas pengusul memengaruhi juri.",
        3,
        3,
        "Babak tanpa nama bila dipilih, deteksi kesamaan unit dan tim, serta jejak pengecualian juri.",
    ),
    Risk(
        "Data disimpan lebih lama daripada yang diperlukan.",
        3,
        2,
        "Masa simpan per kompetisi; sesudahnya peserta yang tidak berkegiatan lain dianonimkan, arsip resmi tetap.",
    ),
    Risk(
        "Usulan memuat data pribadi warga atau pihak lain.",
        3,
        3,
        "Petunjuk pengisian meminta data warga disamarkan; sekretariat memeriksa sebelum usulan dinilai.",
    ),
)


def draft_impact(event: Event) -> Impact:
    """The record's first text, out of the event's own settings."""
    people, others = count_people(event.id)
    fields = list_fields(event.id)
    asked = ", ".join(field.label for field in fields if field.kind is not FieldKind.FILE)
    files = ", ".join(field.label for field in fields if field.kind is FieldKind.FILE)
    settings = find_settings(event.id)
    years = settings.retention_years if settings else DEFAULT_YEARS
    non_asn = (
        f"Kompetisi ini terbuka juga bagi bukan ASN (sekarang {others} orang)." if event.allow_non_asn else ""
    )
    texts = {
        "data": "Akun: nama, gelar, surel, status, unit kerja. Bila diisi: jabatan, telepon, NIP, keahlian. "
        f"Usulan: {asked or 'isian formulir usulan'}."
        + (f" Berkas: {files}." if files else "")
        + " Penjurian: penugasan, pernyataan benturan kepentingan, nilai, dan catatan. "
        "Tidak diminta data pribadi yang bersifat spesifik.",
        "subjects": f"Peserta (sekarang {people} orang), juri, panitia, dan pendamping. {non_asn}".strip(),
        "basis": "Pelaksanaan tugas kepentingan umum dan pelayanan publik, Pasal 20 ayat (2) huruf e Undang-Undang "
        "Nomor 27 Tahun 2022, untuk penyelenggaraan inovasi daerah menurut Peraturan Pemerintah Nomor 38 Tahun 2017. "
        "Foto, kabar kompetisi lain, kontak untuk mitra, dan daftar talenta hanya dengan persetujuan terpisah.",
        "purposes": f"Menyelenggarakan {event.name}: pendaftaran, seleksi administrasi, penilaian, pengumuman, "
        "penerbitan naskah resmi dan sertifikat, serta penyelesaian sanggahan.",
        "recipients": "Panitia dan sekretariat; juri untuk karya yang ditugaskan; auditor kompetisi. Untuk umum: nama "
        "dan jabatan juri, tim dan karya pemenang, nilai akhir sesudah diumumkan, dan karya yang timnya setuju "
        "ditampilkan. Tidak ada pengiriman ke luar negeri.",
        "retention": f"{years} tahun sesudah kompetisi diarsipkan. Sesudah itu peserta tanpa kegiatan lain "
        "dianonimkan. Berita acara, keputusan, pengumuman, dan sertifikat adalah arsip resmi dan disimpan.",
        "opinion": "",
    }
    return Impact(texts, _RISKS)
