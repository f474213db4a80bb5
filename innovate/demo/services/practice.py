"""Practice before the judging: one entry that everybody scored, and one that waits for its jurors."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from random import Random

from innovate.calibration.queries import find_practice, load_criteria
from innovate.calibration.services.practice import open_practice, show_practice, write_practice
from innovate.calibration.services.sheets import save_sheet
from innovate.demo.services.competition import Competition
from innovate.demo.services.jury import round_of
from innovate.events.domain.kinds import PhaseKind
from innovate.scoring.domain.rubric import Filled
from innovate.scoring.models.rounds import Round
from innovate.scoring.queries.ballots import plain

_TITLE = "PINTU AIR — Pantau Intensif Tinggi Air"
_BODY = """
Karya ini disusun panitia untuk latihan. Namanya tidak berhubungan dengan tim mana pun.

## Masalah

Pintu air di tiga parit dibuka dan ditutup berdasarkan telepon warga. Pada musim pasang, keputusan terlambat dua sampai
tiga jam, dan petugas mencatat tinggi air di buku yang baru dibaca akhir bulan.

## Gagasan

Papan ukur diberi kode bergambar. Petugas memotretnya dari ponsel, aplikasi membaca tinggi air, lalu menyarankan kapan
pintu dibuka. Warga di hilir menerima pesan singkat satu jam sebelumnya. Tanpa sensor baru dan tanpa biaya langganan.

## Yang sudah dicoba

Dua pekan di satu parit: 61 pembacaan, 4 di antaranya salah karena papan tertutup lumut. Belum ada angka genangan
sebelum dan sesudah uji coba. Satu petugas merangkap dua parit sehingga pembacaan malam sering kosong.

## Rencana

Enam parit dalam satu tahun, dirawat Dinas Pekerjaan Umum. Kebutuhan: papan ukur baru dan pelatihan delapan petugas.
"""
_REMARKS = (
    "Gagasannya sederhana dan murah, tetapi manfaatnya belum diukur.",
    "Uji coba dua pekan terlalu pendek untuk menilai keberlanjutan.",
    "Kuat pada kemudahan ditiru, lemah pada bukti.",
    "",
)


def plan_practice(played: Competition, shown: datetime) -> None:
    """The first judged round practised before it began; the final's practice is open and waits for its jurors."""
    played.plan(shown - timedelta(hours=20), partial(_rehearse, played))
    played.plan(shown, lambda at: show_practice(played.on.organizer, _judged(played), at=at))
    final = partial(_begin, played, PhaseKind.FINAL)
    played.plan(shown + timedelta(hours=3), final)


def _judged(played: Competition) -> Round:
    return round_of(played.on, PhaseKind.JUDGING)


def _begin(played: Competition, kind: PhaseKind, at: datetime) -> None:
    round_ = round_of(played.on, kind)
    write_practice(played.on.organizer, round_, title=_TITLE, body=_BODY.strip(), at=at)
    open_practice(played.on.organizer, round_, at=at)


def _rehearse(played: Competition, at: datetime) -> None:
    _begin(played, PhaseKind.JUDGING, at)
    for place, key in enumerate(played.panel.keys):
        played.plan(at + timedelta(hours=8, minutes=35 * place), partial(_score, played, key, place))


def _score(played: Competition, key: str, place: int, at: datetime) -> None:
    round_ = _judged(played)
    practice = find_practice(round_)
    if practice is None:
        return
    draw = Random(f"{key}:{practice.id}")
    values = {}
    for criterion in load_criteria(practice, round_):
        steps = int((criterion.maximum - criterion.minimum) / criterion.step)
        given = min(steps, max(0, round(steps * (0.55 + draw.gauss(0, 0.2)))))
        values[criterion.id] = plain(criterion.minimum + given * criterion.step)
    filled = Filled(0, values, comment_internal=_REMARKS[place % len(_REMARKS)])
    save_sheet(played.on.actor(key), round_, practice, filled, hand_in=True, at=at)
