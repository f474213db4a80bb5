"""The README of a bundle, in plain Indonesian and English."""

from __future__ import annotations

from innovate.results.domain.bundle.inputs import FrozenResult, Publication

_CONTENT = {
    Publication.FULL: (
        "Berkas ini **lengkap**: `ballots.ndjson` memuat setiap penilaian. Nama juri diganti nama samaran.",
        "This bundle is **full**: `ballots.ndjson` holds every ballot. Jurors appear under pseudonyms.",
    ),
    Publication.SUMMARY: (
        """Berkas ini **ringkasan**: penilaian satu per satu tidak ada di dalamnya, karena pada dewan juri yang kecil
orang dapat menebak siapa memberi nilai berapa. Nilai tiap babak karena itu tidak dapat dihitung ulang dari berkas
ini; auditor memegang berkas lengkap.""",
        """This bundle is a **summary**: single ballots are not in it, because in a small jury people could guess who
gave what. The scores of each round can therefore not be recomputed from it; the auditor holds the full one.""",
    ),
}
_TEXT = """# {name}

Bukti hasil babak {round}, potret {snapshot} ({taken_at}). English below.

{id}

## Memeriksa

1. Ambil kunci publik dari halaman "Kunci tanda tangan" situs penyelenggara, atau dari orang yang Anda percaya, dan
   simpan sebagai `kunci.txt`.
2. Pasang Python 3.11 atau lebih baru, lalu `pip install numpy scipy`.
3. Jalankan `python verify.py BERKAS.zip --key kunci.txt` (`verify.py` ada di dalam berkas ini; salin keluar dulu).

Program itu menyebut apa saja yang sudah dicocokkan. Bila ada satu hal saja yang berbeda, hal itu disebut namanya.
Bila Anda tidak percaya kepada program ini, tulislah sendiri: caranya diuraikan lengkap di `docs/algorithms/bundle.md`
pada sumber Innovate.

## Isi

| Berkas | Isi |
|---|---|
| `manifest.json` | rubrik, bobot, penentu nilai sama, cara hitung, pengecualian beserta alasan, sidik berkas |
| `leaderboard.json` | peringkat dan nilai sebagaimana diumumkan |
| `ballots.ndjson` | satu baris tiap penilaian (hanya pada berkas lengkap) |
| `log.ndjson` | catatan jejak audit kompetisi ini, tanpa data pribadi |
| `log-proof.json` | sidik yang menghubungkan catatan itu dengan jejak audit seluruh situs |
| `audit-checkpoint.txt` | titik periksa jejak audit yang ditandatangani |
| `checkpoint.txt` | titik periksa hasil ini yang ditandatangani |
| `verify.py` | program pemeriksa |

---

# {name} (English)

Proof of the result of round {round}, snapshot {snapshot} ({taken_at}).

{en}

## Checking

1. Take the public key from the page of signing keys of the organizer's site, or from somebody you trust, and save it as
   `key.txt`.
2. Install Python 3.11 or newer, then `pip install numpy scipy`.
3. Run `python verify.py BUNDLE.zip --key key.txt` (`verify.py` is in this archive; copy it out first).

It says what it compared. If one single thing differs it is named. If you do not trust the program, write your own: the
method is described in full in `docs/algorithms/bundle.md` of Innovate's source.
"""


def write_readme(result: FrozenResult, publication: Publication) -> str:
    """What the archive is and how to check it."""
    indonesian, english = _CONTENT[publication]
    return _TEXT.format(
        name=" ".join(result.name.split()),
        round=result.round,
        snapshot=result.snapshot,
        taken_at=result.taken_at,
        id=indonesian,
        en=english,
    )
