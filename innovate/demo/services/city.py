"""The city's own competition, from the call to the winners: 49 proposals, 12 finalists, one announced leaderboard."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from innovate.demo.services import entries, jury, stage
from innovate.demo.services.entries import Entry
from innovate.demo.services.history import Act, Days
from innovate.demo.services.jury import Seat
from innovate.demo.services.material import read_proposals
from innovate.demo.services.stage import ORGANIZER, Outline, Span, Stage, World
from innovate.events.domain.kinds import PhaseKind, Role
from innovate.events.domain.seal import BoardState
from innovate.ideas.domain.lifecycle import Decision
from innovate.results import queries as results
from innovate.results.services import move_board

ANNOUNCED_DAYS_AGO = 21
CHAIR = "anastasia-merry"
JURORS = (
    "burhanuddin-salim",
    "tigor-marulam",
    "widya-kencanasari",
    "hendrikus-laban",
    "cynthia-wirawan",
    "mahfud-effendy",
)
SECRETARIAT = ("maria-klarentina", "dewi-sartika")
AUDITOR = "zulfadli-arif"
MENTOR = "ratu-ayu"
FINALISTS = 6  # of each group

_ANNOUNCEMENT = 67  # the day of the announcement, counted from the first day of registration
_SPANS = (
    Span(PhaseKind.REGISTRATION, "Pendaftaran", 0, 26),
    Span(PhaseKind.SUBMISSION, "Pengajuan Proposal", 0, 26),
    Span(PhaseKind.SCREENING, "Seleksi Administrasi", 32, 36),
    Span(PhaseKind.JUDGING, "Penilaian Proposal", 37, 52),
    Span(PhaseKind.FINAL, "Presentasi dan Wawancara", 62, 63),
    Span(PhaseKind.ANNOUNCEMENT, "Pengumuman Pemenang", _ANNOUNCEMENT, _ANNOUNCEMENT),
)
_SHIFT_REASON = (
    "Jaringan di Balai Kota terganggu dua hari berturut-turut pada pekan terakhir, sehingga banyak unit belum dapat "
    "mengunggah bukti dukung. Batas waktu semua peserta digeser tiga hari; tahap lain tidak berubah."
)
_RETURNED = {
    9: (1, "Surat dukungan belum ditandatangani kepala unit. Mohon unggah surat yang sudah ditandatangani."),
    31: (4, "Dua lampiran bukti dukung tidak dapat dibuka. Mohon unggah ulang dalam bentuk PDF."),
    40: (6, "Daftar hadir memuat nomor telepon warga. Mohon tutup data pribadi, lalu ajukan kembali."),
}
_DESCRIPTION = """\
Kompetisi tahunan bagi inovasi yang **sudah berjalan** di lingkungan Pemerintah Kota Pontianak. Setiap unit boleh
mengajukan lebih dari satu inovasi: yang besar maupun kecil, digital maupun tidak, asal manfaatnya dapat dibuktikan.

Peserta terbagi dalam dua kelompok yang dinilai terpisah. **Kelompok A** untuk perangkat daerah, kecamatan, dan BUMD;
**Kelompok B** untuk UPT, puskesmas, dan kelurahan. Juri seluruhnya dari luar pemerintah kota.

Enam usulan terbaik dari setiap kelompok diundang memaparkan inovasinya. Semua usulan yang timnya setuju dapat dibaca di
galeri setelah pengumuman.
"""


def plan(world: World, today: date) -> None:
    """Plan the whole competition so that it was announced three weeks ago."""
    days = Days(today - timedelta(days=ANNOUNCED_DAYS_AGO + _ANNOUNCEMENT), ZoneInfo("Asia/Pontianak"))
    world.history.plan(days.at(-16, 9, 10), partial(_begin, world, days))


def _begin(world: World, days: Days, at: datetime) -> None:
    year = days.first.year
    outline = Outline(
        slug=f"inovasi-kota-{year}",
        name=f"Kompetisi Inovasi Kota Pontianak {year}",
        template="kota",
        tagline="Karya unit kerja yang membuat layanan kota lebih mudah, cepat, dan ramah.",
        description=_DESCRIPTION,
        contact="Sekretariat Kompetisi, Bagian Organisasi, inovasi@pontianak.example",
        place="Balai Kota Pontianak",
        values={"allow_non_asn": True},  # people of the city's companies are no ASN
    )
    city = City(stage.found(world, days, outline, _SPANS, at=at), Random("kota"))
    city.plan_committee(at)
    city.plan_entries()
    city.plan_judging()


class City:
    """The competition being played."""

    def __init__(self, on: Stage, draw: Random) -> None:
        self.on, self.draw = on, draw
        self.entries = [*_read("A", "a"), *_read("B", "b")]
        jury.open_rounds(on, at=on.event.created_at)

    def plan_committee(self, at: datetime) -> None:
        """Roles and jury before publication; the deadline is moved once."""
        for number, key in enumerate(SECRETARIAT):
            stage.give_role(self.on, key, Role.SECRETARIAT, at=at + timedelta(hours=number + 1))
        stage.give_role(self.on, AUDITOR, Role.AUDITOR, at=at + timedelta(hours=4))
        stage.give_role(self.on, MENTOR, Role.MENTOR, at=at + timedelta(hours=5))
        self.panel = jury.seat_panel(self.on, CHAIR, JURORS, self.draw, at=at + timedelta(days=2))
        days = self.on.days
        self._plan(days.at(-6, 10), partial(stage.publish, self.on))
        self._plan(days.at(24, 15, 20), self._move_deadlines)

    def _move_deadlines(self, at: datetime) -> None:
        for kind in (PhaseKind.REGISTRATION, PhaseKind.SUBMISSION):
            stage.move_deadline(self.on, kind, self.on.days.at(29, 23, 59), _SHIFT_REASON, at=at)

    def plan_entries(self) -> None:
        """Every team registers, writes, attaches and hands in, many of them in the last hours."""
        order = self.draw.sample(self.entries, len(self.entries))
        for number, entry in enumerate(order):
            day = 1 + number * 20 // len(order)
            handed = max(day + 3, min(29, 8 + round(22 * (number / len(order)) ** 0.5)))
            hour, minute = self.draw.randint(8, 15), self.draw.randint(0, 59)
            days = self.on.days
            self._plan(days.at(day, hour, minute), partial(entries.register, self.on, entry))
            self._plan(days.at(day + 1, hour, minute), partial(entries.write, self.on, entry))
            self._plan(days.at(day + 2, hour, minute), partial(entries.attach, self.on, entry))
            self._plan(days.at(handed, hour + 5, minute), partial(entries.submit, self.on, entry))
            self._plan_screening(number, entry)

    def _plan_screening(self, number: int, entry: Entry) -> None:
        day, days = 32 + number // 14, self.on.days
        by = SECRETARIAT[number % 2]
        at = days.at(day, 8 + (number % 14) // 2, 12 + 30 * (number % 2))
        if number not in _RETURNED:
            self._plan(at, lambda at: entries.screen(self.on, entry, at, by=by))
            return
        missing, reason = _RETURNED[number]
        back = partial(
            entries.screen, self.on, entry, by=by, decision=Decision.RETURN, reason=reason, missing=missing
        )
        self._plan(at, lambda at: back(at, until=days.at(36, 12)))
        self._plan(at + timedelta(hours=20), lambda at: self._mend(entry, at))
        self._plan(days.at(36, 9, 5 + number), lambda at: entries.screen(self.on, entry, at, by=by))

    def _mend(self, entry: Entry, at: datetime) -> None:
        entries.replace_paper(self.on, entry, "surat_dukungan", at=at)
        entries.submit(self.on, entry, at + timedelta(minutes=6))

    def plan_judging(self) -> None:
        """Three jurors for every proposal, then the panel for every finalist; both boards are announced."""
        days = self.on.days
        self._plan(days.at(37, 8, 30), self._judge_proposals)
        self._plan_board(1, days.at(53, 9), days.at(53, 14), days.at(54, 10))
        self._plan(days.at(54, 10, 15), self._judge_finalists)
        self._plan_board(2, days.at(64, 9), days.at(65, 13, 30), days.at(_ANNOUNCEMENT, 10))

    def _judge_proposals(self, at: datetime) -> None:
        round_ = jury.round_of(self.on, PhaseKind.JUDGING)
        seats = jury.draw_seats(self.panel, round_, self.entries, at=at)
        for place, key in enumerate(self.panel.keys):
            self._plan(self.on.days.at(37, 10 + place), self._declaring(key, seats))
            for nth, seat in enumerate(seat for seat in seats if seat.juror == key):
                day = 38 + (nth * 2 + place) % 15
                when = self.on.days.at(day, 8 + (nth * 5 + place) % 13, self.draw.randint(0, 59))
                self._plan(when, self._scoring(seat))

    def _judge_finalists(self, at: datetime) -> None:
        view = results.get_board(self.on.event, 1)
        rows = results.list_all_rows(view.board.snapshot_id if view.board and view.board.snapshot_id else 0)
        by_id = {entry.idea_id: entry for entry in self.entries}
        chosen = [by_id[row.idea_id] for row in rows if row.position <= FINALISTS]
        final = jury.round_of(self.on, PhaseKind.FINAL)
        reason = "Enam teratas di kelompoknya; urutan nilai yang sama diputuskan dalam sidang pleno juri."
        jury.advance(self.on, final, chosen, reason=reason, at=at)
        seats = jury.draw_seats(self.panel, final, chosen, each=len(self.panel.keys), at=at)
        for place, key in enumerate(self.panel.keys):
            self._plan(self.on.days.at(61, 9 + place), self._declaring(key, seats))
        for seat in seats:
            number = chosen.index(seat.entry)
            day, hour = 62 + number // FINALISTS, 9 + number % FINALISTS
            minute = 20 + 2 * self.panel.keys.index(seat.juror)
            self._plan(self.on.days.at(day, hour, minute), self._scoring(seat))

    def _plan_board(self, number: int, closed: datetime, frozen: datetime, announced: datetime) -> None:
        steps = (
            (closed, BoardState.COLLECTING, BoardState.PROVISIONAL),
            (frozen, BoardState.PROVISIONAL, BoardState.FROZEN),
            (announced, BoardState.FROZEN, BoardState.ANNOUNCED),
        )
        for when, before, after in steps:
            self._plan(when, partial(self._move, number, before, after))

    def _move(self, number: int, before: BoardState, after: BoardState, at: datetime) -> None:
        move_board(self.on.actor(ORGANIZER), number, after, expected=before, at=at)

    def _declaring(self, key: str, seats: list[Seat]) -> Act:
        return lambda at: jury.declare(self.panel, key, seats, at=at)

    def _scoring(self, seat: Seat) -> Act:
        return lambda at: jury.score(self.panel, seat, at=at)

    def _plan(self, at: datetime, act: Act) -> None:
        self.on.world.history.plan(at, act)


def _read(group: str, file: str) -> list[Entry]:
    return [_entry(group, row) for row in read_proposals(file)]


def _entry(group: str, row: dict[str, Any]) -> Entry:
    answers = {
        "kepanjangan": row["expansion"],
        "mulai_uji_coba": row["start_trial"].isoformat(),
        "mulai_penerapan": row["start_use"].isoformat(),
        **({"asal": _origin(row["origin"])} if row.get("origin") else {}),
        **row["answers"],
        **({"video": row["video"]} if row.get("video") else {}),
    }
    return Entry(
        key=row["key"],
        title=row["title"],
        team_name=row["team_name"],
        members=row["members"],
        answers=answers,
        unit=row["unit"],
        group=group,
        track=row["track"],
        strength=row["quality"],
        papers={"bukti_dukung": "Bukti dukung", "surat_dukungan": "Surat dukungan"},
        comments=row["juror_comments"],
        internal_comments=row["internal_comments"],
        description=row.get("summary", ""),
        in_gallery=not row["key"].endswith(("tenang", "rukun")),
    )


def _origin(text: str) -> str:
    """The form knows one choice for every leadership training; the year is told in the proposal."""
    return "Aksi perubahan pelatihan kepemimpinan" if text.startswith("Aksi perubahan") else text
