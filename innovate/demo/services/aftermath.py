"""Around the announcement: a special prize, and two teams that object, one of them answered."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from innovate.demo.domain.papers import make_pdf
from innovate.demo.services.competition import CHAIR, Competition
from innovate.events.models import Prize
from innovate.events.services.lists import add_row
from innovate.results.domain.objections import Outcome
from innovate.results.models import Objection, StandingRow
from innovate.results.queries.awards import list_special_prizes
from innovate.results.queries.boards import get_board
from innovate.results.queries.objections import get_objection
from innovate.results.queries.snapshots import list_all_rows
from innovate.results.services.awards import give_award
from innovate.results.services.objections import Attachment, answer_objection, file_objection

FINAL = 2  # the number of the final's board
_PRIZE = "Inovasi Paling Mudah Ditiru"
_PRIZE_TEXT = (
    "Diberikan dewan juri kepada inovasi yang paling cepat dapat dijalankan unit lain, di luar peringkat."
)
_PRIZE_REASON = "Tiga unit lain sudah menjalankannya sendiri dari panduan dua halaman, tanpa biaya tambahan."
_ANSWERED = """\
Pada lembar nilai yang kami terima setelah pengumuman, kriteria Penyampaian dan tanya jawab terbaca jauh di bawah lima \
kriteria lain. Giliran kami dimulai sebelas menit terlambat karena layar padam, dan tanya jawab dihentikan pada menit \
kedelapan. Mohon diperiksa apakah gangguan itu sudah diperhitungkan.

Terlampir catatan waktu dari petugas meja kami."""
_ANSWER = """\
Jejak panggung mencatat layar padam pada menit ketiga dan waktu Anda diulang dari awal sesudahnya, sehingga paparan \
berlangsung tujuh menit penuh. Tanya jawab memang berhenti dua menit lebih cepat; hal itu dibahas dalam sidang pleno \
dan dua juri sudah menaikkan nilainya sebelum pengesahan. Peringkat tidak berubah.

Catatan waktu Anda kami simpan bersama berita acara, dan jeda cadangan ditambahkan pada penyelenggaraan berikutnya."""
_OPEN = """\
Nilai proposal kami pada babak pertama lebih tinggi daripada dua karya yang kini berada di atas kami. Juknis menyebut \
nilai kedua babak digabung menurut bobot. Mohon dijelaskan perhitungan gabungannya untuk karya kami."""


def add_prize(played: Competition, at: datetime) -> None:
    """A prize that no rank wins."""
    add_row(played.on.organizer, Prize, {"name": _PRIZE, "description": _PRIZE_TEXT, "rank": None}, at=at)


def plan_aftermath(played: Competition, signed: datetime, announced: datetime) -> None:
    """The special prize an hour after the signature; the objections on the two days of the announcement."""
    played.plan(signed + timedelta(hours=1), partial(_give, played))
    played.plan(announced + timedelta(hours=4, minutes=10), partial(_object, played))
    played.plan(announced + timedelta(hours=30, minutes=5), partial(_object_too, played))


def _rows(played: Competition, group: str) -> list[StandingRow]:
    board = get_board(played.on.event, FINAL).board
    rows = list_all_rows(board.snapshot_id or 0) if board else []
    return [row for row in rows if row.group_code == group]


def _give(played: Competition, at: datetime) -> None:
    actor = played.on.organizer
    prize = next(p for p in list_special_prizes(actor.event.id) if p.name == _PRIZE)
    row = _rows(played, "B")[3]
    values = {"prize_id": prize.public_id, "idea_id": row.idea_public_id, "reason": _PRIZE_REASON}
    give_award(actor, FINAL, **values, at=at)


def _file(
    played: Competition, row: StandingRow, words: str, attachment: Attachment | None, at: datetime
) -> Objection:
    entry = next(entry for entry in played.entries if entry.idea and entry.idea.id == row.idea_id)
    key = entry.members[0]
    return file_objection(
        played.on.actor(key), FINAL, row.idea_public_id, reason=words, attachment=attachment, at=at
    )


def _object(played: Competition, at: datetime) -> None:
    row = _rows(played, "A")[-1]
    notes = [
        "Catatan waktu petugas meja.",
        "Layar padam pada menit ketiga, menyala lagi sesudah sebelas menit.",
    ]
    paper = Attachment("Catatan waktu.pdf", make_pdf(f"Catatan waktu {row.title}", notes), 1_000_000)
    filed = _file(played, row, _ANSWERED, paper, at)
    played.plan(at + timedelta(hours=19, minutes=10), partial(_answer, played, filed.public_id))


def _answer(played: Competition, public_id: str, at: datetime) -> None:
    objection = get_objection(played.on.event.id, public_id)
    answer_objection(played.on.actor(CHAIR), objection, outcome=Outcome.PARTLY, answer=_ANSWER, at=at)


def _object_too(played: Competition, at: datetime) -> None:
    _file(played, _rows(played, "B")[4], _OPEN, None, at)
