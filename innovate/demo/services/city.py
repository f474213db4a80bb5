"""The city's own competition, from the call to the winners: 49 proposals, 12 finalists, one announced leaderboard."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial
from random import Random
from typing import Any

from innovate.demo.domain.papers import make_pdf
from innovate.demo.domain.profiles import profile_of
from innovate.demo.services import entries, hall, stage
from innovate.demo.services.aftermath import add_prize, plan_aftermath
from innovate.demo.services.clinics import plan_clinics
from innovate.demo.services.competition import SECRETARIAT, Competition
from innovate.demo.services.documents import issue_papers
from innovate.demo.services.entries import Entry
from innovate.demo.services.history import ZONE, Days
from innovate.demo.services.material import read_proposals
from innovate.demo.services.privacy import sign_record
from innovate.demo.services.sitting import plan_sitting
from innovate.demo.services.stage import Outline, Stage, World
from innovate.demo.services.visiting import plan_visits
from innovate.demo.services.voting import plan_decided_vote
from innovate.events.domain.kinds import PhaseKind, Role
from innovate.events.domain.seal import BoardState
from innovate.events.services.letters import LetterFile
from innovate.events.services.timetable import Grounds
from innovate.ideas.domain.lifecycle import Decision

ANNOUNCED_DAYS_AGO = 2  # less than the working days for objections: its window is open
FINALISTS = 6  # of each group
JURORS = (
    "burhanuddin-salim",
    "tigor-marulam",
    "widya-kencanasari",
    "hendrikus-laban",
    "cynthia-wirawan",
    "mahfud-effendy",
)
_SCREENERS = (SECRETARIAT, "dewi-sartika")
_ANNOUNCEMENT = 67  # days are counted from the first day of registration
_SPANS = (
    (PhaseKind.REGISTRATION, "Pendaftaran", 0, 26),
    (PhaseKind.SUBMISSION, "Pengajuan Proposal", 0, 26),
    (PhaseKind.SCREENING, "Seleksi Administrasi", 32, 36),
    (PhaseKind.JUDGING, "Penilaian Proposal", 37, 52),
    (PhaseKind.FINAL, "Presentasi dan Wawancara", 62, 63),
    (PhaseKind.ANNOUNCEMENT, "Pengumuman Pemenang", _ANNOUNCEMENT, _ANNOUNCEMENT),
)
_SHIFT = Grounds(
    "Jaringan di Balai Kota terganggu dua hari berturut-turut pada pekan terakhir, sehingga banyak unit belum dapat "
    "mengunggah bukti dukung. Batas waktu semua peserta digeser tiga hari; tahap lain tidak berubah.",
    number="400.10.11/0871/ORG",
    letter=LetterFile(
        "Surat perpanjangan.pdf", make_pdf("Perpanjangan pengajuan", ["Nomor 400.10.11/0871/ORG."]), 10**6
    ),
    letter_is_public=True,
)
_FINALIST_REASON = "Enam teratas di kelompoknya; urutan nilai yang sama diputuskan dalam sidang pleno juri."
_RETURNED = {
    9: (1, "Surat dukungan belum ditandatangani kepala unit. Mohon unggah surat yang sudah ditandatangani."),
    31: (1, "Surat dukungan menyebut judul yang lain. Mohon unggah surat dengan judul yang sama."),
    40: (1, "Surat dukungan belum bertanggal. Mohon lengkapi, lalu ajukan kembali."),
}
_DESCRIPTION = """\
Kompetisi tahunan bagi inovasi yang **sudah berjalan** di lingkungan Pemerintah Kota Pontianak. Setiap unit boleh
mengajukan lebih dari satu inovasi: yang besar maupun kecil, digital maupun tidak, asal manfaatnya dapat dibuktikan.

Peserta terbagi dalam dua kelompok yang dinilai terpisah. **Kelompok A** untuk perangkat daerah, kecamatan, dan BUMD;
**Kelompok B** untuk UPT, puskesmas, dan kelurahan. Juri seluruhnya dari luar pemerintah kota.

Enam usulan terbaik dari setiap kelompok diundang memaparkan inovasinya. Semua usulan yang timnya setuju dapat dibaca di
galeri setelah pengumuman.
"""


def year_of(today: date) -> int:
    """The year of the competition: that of its first day."""
    return _first_day(today).year


def _first_day(today: date) -> date:
    return today - timedelta(days=ANNOUNCED_DAYS_AGO + _ANNOUNCEMENT)


def plan(world: World, today: date) -> None:
    """Plan the whole competition so that it was announced two days ago."""
    days = Days(_first_day(today), ZONE)
    world.history.plan(days.at(-16, 9, 10), partial(_begin, world, days))


def _begin(world: World, days: Days, at: datetime) -> None:
    year = days.first.year
    outline = Outline(
        slug=f"inovasi-kota-{year}",
        name=f"Kompetisi Inovasi Kota Pontianak {year}",
        template="kota",
        tagline="Karya unit kerja yang membuat layanan kota lebih mudah, cepat, dan ramah.",
        description=_DESCRIPTION,
        timetable=[days.span(*values) for values in _SPANS],
        resources=[
            {
                "title": "Petunjuk teknis kompetisi",
                "url": "https://inovasi.pontianak.example/petunjuk-teknis.pdf",
                "description": "PDF, 24 halaman: tahapan, syarat, cara penilaian, dan hak peserta.",
            },
            {
                "title": "Contoh surat dukungan kepala unit",
                "url": "https://inovasi.pontianak.example/surat-dukungan.docx",
                "description": "Isi nama inovasi dan unit, lalu mintakan tanda tangan sebelum mengajukan.",
            },
            {
                "title": "Rekaman bimbingan teknis menulis proposal",
                "url": "https://inovasi.pontianak.example/bimtek",
                "description": "Dua jam, dengan tanya jawab per bagian proposal.",
            },
        ],
        settings={
            "contact": "Sekretariat Kompetisi, Bagian Organisasi, inovasi@pontianak.example",
            "place": "Balai Kota Pontianak",
            "allow_non_asn": True,  # people of the city's companies are no ASN
        },
    )
    city = City(stage.found(world, days, outline, at=at))
    city.invite_committee(at + timedelta(days=1), jurors=JURORS, more={_SCREENERS[1]: Role.SECRETARIAT})
    city.plan_calendar()
    city.plan_entries()
    city.plan_judging()


class City(Competition):
    """The competition being played."""

    def __init__(self, on: Stage) -> None:
        super().__init__(on, Random("kota"), [*_read("A", "a"), *_read("B", "b")])

    def plan_calendar(self) -> None:
        """Publication, and the deadline that moved once."""
        days = self.on.days
        self.plan(days.at(-7, 10), partial(add_prize, self))
        self.plan(days.at(-6, 10), partial(stage.publish, self.on))
        self.plan(days.at(-5, 9), partial(sign_record, self.on))
        until = days.at(29, 23, 59)
        ends = {PhaseKind.REGISTRATION: until, PhaseKind.SUBMISSION: until}
        self.plan(days.at(24, 15, 20), partial(stage.move_ends, self.on, ends, _SHIFT))

    def plan_entries(self) -> None:
        """Every team registers, writes, attaches and hands in, many of them in the last days."""
        order = self.draw.sample(self.entries, len(self.entries))
        for number, entry in enumerate(order):
            day = 1 + number * 20 // len(order)
            handed = max(day + 3, min(29, 8 + round(22 * (number / len(order)) ** 0.5)))
            hour, minute = self.draw.randint(8, 15), self.draw.randint(0, 59)
            registered, submitted = (
                self.on.days.at(day, hour, minute),
                self.on.days.at(handed, hour + 5, minute),
            )
            self.plan_entry(entry, registered, submitted=submitted)
            self._plan_screening(number, entry)

        early = order[:6]
        plan_clinics(self, early, self.on.days.at(12, 9), self.on.days.at(15, 8), count=8, weeks=1)

    def _plan_screening(self, number: int, entry: Entry) -> None:
        days, by = self.on.days, _SCREENERS[number % 2]
        decided = days.at(32 + number // 14, 8 + (number % 14) // 2, 12 + 30 * (number % 2))
        passing = partial(entries.screen, self.on, entry, by=by)
        if number not in _RETURNED:
            self.plan(decided, lambda at: passing(at=at))
            return
        missing, reason = _RETURNED[number]
        back = partial(passing, decision=Decision.RETURN, reason=reason, missing=missing)
        self.plan(decided, lambda at: back(at=at, until=days.at(36, 12)))
        self.plan(decided + timedelta(hours=20), lambda at: self._mend(entry, at))
        self.plan(days.at(36, 9, 5 + number), lambda at: passing(at=at))

    def _mend(self, entry: Entry, at: datetime) -> None:
        entries.replace_paper(self.on, entry, "surat_dukungan", at=at)
        self.plan(at + timedelta(minutes=6), partial(self.hand_in, entry))

    def plan_judging(self) -> None:
        """Three jurors for every proposal, then the panel for every finalist; both boards are announced."""
        days = self.on.days
        self.plan(days.at(37, 8, 30), self._judge_proposals)
        self.plan_boards(
            1,
            (days.at(53, 9), BoardState.PROVISIONAL),
            (days.at(53, 14), BoardState.FROZEN),
            (days.at(53, 16, 20), BoardState.SIGNED),
            (days.at(54, 10), BoardState.ANNOUNCED),
        )
        self.plan(days.at(54, 10, 15), self._judge_finalists)
        plan_decided_vote(self, days.at(56, 8), days.at(64, 20), days.at(65, 16, 30))
        self.plan(days.at(64, 7), lambda at: plan_sitting(self, PhaseKind.FINAL, at + timedelta(minutes=30)))
        self.plan_boards(
            2,
            (days.at(64, 9), BoardState.PROVISIONAL),
            (days.at(65, 13, 30), BoardState.FROZEN),
            (days.at(65, 15, 45), BoardState.SIGNED),
            (days.at(_ANNOUNCEMENT, 10), BoardState.ANNOUNCED),
        )
        plan_aftermath(self, days.at(65, 15, 45), days.at(_ANNOUNCEMENT, 10))
        self.plan(days.at(_ANNOUNCEMENT, 11, 30), partial(issue_papers, self))

    def _judge_proposals(self, at: datetime) -> None:
        seats = self.draw_seats(PhaseKind.JUDGING, self.entries, at)
        self.plan_declarations(seats, self.on.days.at(37, 10))
        for place, key in enumerate(self.panel.keys):
            for nth, seat in enumerate(seat for seat in seats if seat.juror == key):
                day, hour = 38 + (nth * 2 + place) % 15, 8 + (nth * 5 + place) % 13
                self.plan_score(seat, self.on.days.at(day, hour, self.draw.randint(0, 59)))

    def _open_hall(self, chosen: list[Entry], at: datetime) -> None:
        """The finalists' stands on the eve of the presentations; every juror compares while walking through."""
        opened = hall.open_hall(
            self.panel, PhaseKind.FINAL, chosen, name="Aula pameran finalis", cut=FINALISTS, at=at
        )
        walks = dict.fromkeys(self.panel.keys, 20)
        hall.plan_walks(self.panel, opened, chosen, walks, at=at + timedelta(minutes=15))
        self.plan(at + timedelta(hours=4), partial(hall.close_hall, self.panel, opened))

    def _judge_finalists(self, at: datetime) -> None:
        chosen = self.advance(FINALISTS, _FINALIST_REASON, at)
        self.plan(self.on.days.at(61, 13), lambda at: self._open_hall(chosen, at))
        ahead = self.on.days.at(_ANNOUNCEMENT + ANNOUNCED_DAYS_AGO + 6, 9)
        plan_visits(self, chosen, self.on.days.at(58, 9), ahead)
        seats = self.draw_seats(PhaseKind.FINAL, chosen, at)
        self.plan_declarations(seats, self.on.days.at(61, 9))
        for seat in seats:
            number = chosen.index(seat.entry)
            day, hour = 62 + number // FINALISTS, 9 + number % FINALISTS
            self.plan_score(seat, self.on.days.at(day, hour, 20 + 2 * self.panel.keys.index(seat.juror)))


def _read(group: str, file: str) -> list[Entry]:
    return [_entry(group, row) for row in read_proposals(file)]


def _entry(group: str, row: dict[str, Any]) -> Entry:
    answers = {
        "kepanjangan": row["expansion"],
        "mulai_uji_coba": row["start_trial"].isoformat(),
        "mulai_penerapan": row["start_use"].isoformat(),
        **({"asal": _origin(row["origin"])} if row.get("origin") else {}),
        **row["answers"],
        **profile_of(row["unit"], row["track"], row["answers"]),
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
        in_gallery=row["key"] not in {"suluh-kapuas", "lentera-tepi", "racik-dulu", "jejak-usul"},
    )


def _origin(text: str) -> str:
    """The form knows one choice for every leadership training; the year is told in the proposal."""
    return "Aksi perubahan pelatihan kepemimpinan" if text.startswith("Aksi perubahan") else text
