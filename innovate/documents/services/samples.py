"""A text as it would be printed, with invented names and figures: nothing of the event's people or results."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from innovate.documents.domain.kinds import FOR_EVERYBODY
from innovate.documents.domain.sessions import Session
from innovate.documents.domain.texts import STATEMENTS, Text
from innovate.documents.queries.guests import Guest, Person
from innovate.documents.queries.settings import read_settings
from innovate.documents.queries.texts import Wording
from innovate.documents.services.contents import number_clauses, show_winners
from innovate.documents.services.correspondence import (
    list_guest_facts,
    write_duty,
    write_invitation,
    write_jury,
)
from innovate.documents.services.letters import list_facts, write_letter, write_table
from innovate.documents.services.lists import attendance, score_sheets, write_scores
from innovate.documents.services.statements import Desk
from innovate.documents.services.trainings.drafting import write_materi
from innovate.events.models import Event

_PEOPLE = (
    Person(1, "Dr. Nama Ketua Contoh, S.T., M.T.", "Dinas Contoh", "Analis Kebijakan Ahli Muda", ""),
    Person(2, "Nama Anggota Contoh, S.Kom.", "Dinas Contoh", "Pranata Komputer", ""),
)
_TEAM = Guest("", "Tim Contoh", "Dinas Contoh", _PEOPLE, title="Judul Karya Contoh")
_JURY = [
    ["Prof. Nama Juri Satu, Ph.D.", "Universitas Contoh", "Ketua merangkap anggota"],
    ["Nama Juri Dua, M.Si.", "Lembaga Contoh", "Anggota"],
]
_ENTRY = ["Judul Karya Contoh", "Tim Contoh", "Dinas Contoh", "88,31"]


def write_sample(event: Event, wording: Wording, *, at: datetime) -> dict[str, Any]:
    """The data of a sample for the text's template."""
    text = wording.text
    day = at.astimezone(ZoneInfo(event.zone)).date()
    session = _session(event, day)
    if text is Text.ATTENDANCE:
        return attendance(event, wording, session, _PEOPLE, 8, at)
    if text is Text.SCORES:
        return score_sheets(event, wording, "Penilaian Proposal", [_score_sheet()], at)
    if text in STATEMENTS:
        desk = Desk(event, text, at, wording=wording)
        return desk.write([desk.sheet(_TEAM)])
    settings = read_settings(event)
    facts = {**list_facts(event, settings, at), **session.list_facts(event.zone), **_facts(event)}
    letter = write_letter(event, settings, wording, facts, with_nip=wording.form.kind not in FOR_EVERYBODY)
    return {**letter, **_content(text, letter, session.list_rows(event.zone))}


def _session(event: Event, day: date) -> Session:
    return Session("Presentasi dan Wawancara", day, day, event.place or "Aula Contoh", "09:00", "")


def _facts(event: Event) -> dict[str, str]:
    return {
        **list_guest_facts(_TEAM),
        "babak": "Penilaian Proposal",
        "tempat_kegiatan": event.place or "Aula Contoh",
        "berita_acara": "Berita Acara Penilaian Nomor 000/CONTOH",
        "ketua_juri": _JURY[0][0],
        "batas_sanggah": "Senin, 1 Januari 2029 pukul 16.00",
        "jumlah_juri": "2",
        "nama": _PEOPLE[0].name,
        "sebagai": "Juara I",
        "karya": _TEAM.title,
        "jenis_pelatihan": "bimbingan teknis",
        "pelatihan": "Judul Pelatihan Contoh",
        "penyelenggara_pelatihan": "Dinas Contoh",
        "tanggal_pelatihan": "1 Januari 2029",
        "jp": "4",
    }


def _content(text: Text, letter: Mapping[str, Any], session: list[list[str]]) -> dict[str, Any]:
    if text is Text.INVITATION:
        return {**write_invitation(_TEAM, [_TEAM]), "session": session}
    if text is Text.DUTY:
        return {**write_duty(_TEAM, with_nip=True), "session": session}
    if text is Text.APPOINTMENT:
        return {"clauses": number_clauses(letter["clauses"]), "annex": write_jury(_JURY)}
    if text in {Text.AWARD, Text.CERTIFICATE}:
        called = "Juara I" if text is Text.AWARD else "Peserta"
        return {"holder": _PEOPLE[0].name, "unit": "Dinas Contoh", "called": called, "work": _TEAM.title}
    if text is Text.TRAINING:
        materi = write_materi([["1", "Judul materi contoh", _JURY[0][0], "1 Januari 2029", "180"]], 180, 4)
        said = {"holder": _PEOPLE[0].name, "unit": "Dinas Contoh", "called": "Peserta", "work": ""}
        return {**said, "materi": materi}
    winners = show_winners([["Juara I", "001", *_ENTRY], ["Juara II", "002", *_ENTRY]], scores=True)
    if text is Text.DECREE:
        return {"clauses": number_clauses(letter["clauses"]), "annex": winners}
    return {"winners": winners} if text is Text.ANNOUNCEMENT else _judged(text)


def _judged(text: Text) -> dict[str, Any]:
    row = ["1", "001", "Judul Karya Contoh (Tim Contoh)", "Dinas Contoh"]
    ranked = ["Peringkat", "No.", "Inovasi dan tim", "Perangkat daerah"]
    if text is Text.RECAP:
        return {
            "rankings": [
                write_table(
                    [*ranked, "J1", "J2", "Rata-rata", "Nilai akhir"],
                    [[*row, "88,00", "88,62", "88,31", "88,31"]],
                    ["auto", "auto", "4", "3", "auto", "auto", "auto", "auto"],
                    "rrllrrrr",
                )
            ],
            "legend": write_table(
                ["Kolom", "Nama", "Kedudukan"],
                [["J1", _JURY[0][0], "Ketua"], ["J2", _JURY[1][0], "Anggota"]],
                ["auto", "3", "2"],
                "lll",
            ),
        }
    return {
        "panel": write_table(
            ["No.", "Nama", "Kedudukan", "Jabatan atau instansi"],
            [["1", _JURY[0][0], "Ketua", _JURY[0][1]], ["2", _JURY[1][0], "Anggota", _JURY[1][1]]],
            ["auto", "3", "auto", "4"],
            "rlll",
        ),
        "rubric": write_table(
            ["Kriteria", "Bobot"], [["Kebaruan", "60%"], ["Manfaat", "40%"]], ["1", "auto"], "lr"
        ),
        "rankings": [
            write_table(
                [*ranked, "Nilai akhir", "Keterangan"],
                [[*row, "88,31", "Juara I"]],
                ["auto", "auto", "4", "3", "auto", "2"],
                "rrllrl",
            )
        ],
        "notes": [],
        "signatures": [["Ketua Dewan Juri", _JURY[0][0]], ["Anggota", _JURY[1][0]]],
    }


def _score_sheet() -> dict[str, Any]:
    lines = [
        ["1", "Kebaruan", "60%", "4", "45,00", "Gagasannya baru bagi unit ini."],
        ["2", "Manfaat", "40%", "5", "40,00", ""],
    ]
    return {
        "facts": [
            ["Babak", "Penilaian Proposal"],
            ["Juri", _JURY[0][0]],
            ["Karya", "001 Judul Karya Contoh"],
        ],
        "table": write_scores([*lines, ["", "Jumlah", "", "", "85,00", ""]]),
        "remark": "",
        "handed_in": "Diajukan 1 Januari 2029 pukul 10.00",
        "juror": _JURY[0][0],
    }
