"""Papers about a ranking as data for their templates, out of the snapshot in force."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import force_locale
from flask_babel import lazy_gettext as _l

from innovate.core.errors import Refused, require
from innovate.documents.domain.dates import spell_date, write_weekday
from innovate.documents.domain.kinds import PaperKind
from innovate.documents.domain.numerals import write_decimal
from innovate.documents.models import PaperSettings
from innovate.documents.queries.papers import find_valid
from innovate.documents.services.letters import Table, write_letter, write_table
from innovate.events.models import Event
from innovate.results.domain.placing import read_decision
from innovate.results.models import StandingRow
from innovate.results.queries.awards import load_laurels
from innovate.results.queries.boards import BoardView
from innovate.results.queries.packs import list_conflicts, name_groups
from innovate.results.queries.snapshots import list_all_rows
from innovate.results.words.places import say_decision
from innovate.scoring.queries.jury import JurorRow, list_jurors
from innovate.scoring.queries.round_jury import find_round_jury
from innovate.scoring.queries.rounds import find_rubric


def write_contents(
    kind: PaperKind, event: Event, view: BoardView, settings: PaperSettings, at: datetime
) -> dict[str, Any]:
    """The data of a paper about the board; Refused where it would say nothing."""
    write = {
        PaperKind.MINUTES: _write_minutes,
        PaperKind.DECREE: _write_decree,
        PaperKind.ANNOUNCEMENT: _write_announcement,
    }[kind]
    with force_locale("id"):
        return write(event, view, settings, at)


def _write_minutes(event: Event, view: BoardView, settings: PaperSettings, at: datetime) -> dict[str, Any]:
    day = at.astimezone(ZoneInfo(event.zone)).date()
    place = event.place or settings.place
    rows = list_all_rows(view.board.snapshot_id or 0) if view.board else []
    jury = _list_jury(view)
    signatures = [["Ketua Dewan Juri" if row.is_chair else "Anggota", row.user.full_name] for row in jury]
    rubric = find_rubric(view.round.rubric_id)
    return {
        **write_letter(event, settings, "Berita Acara Penilaian", with_nip=True),
        "subtitle": f"{event.name}, babak {view.name}",
        "opening": f"Pada hari ini, {spell_date(day)} ({day:%d-%m-%Y}), bertempat di {place}, kami yang bertanda "
        f"tangan di bawah ini, Dewan Juri {event.name}, menyatakan telah melaksanakan penilaian babak {view.name} "
        "dengan susunan, kriteria, dan hasil sebagai berikut.",
        "panel": write_table(
            ["No.", "Nama", "Kedudukan", "Jabatan atau instansi"],
            [
                [str(number), row.user.full_name, "Ketua" if row.is_chair else "Anggota", row.public_title]
                for number, row in enumerate(jury, 1)
            ],
            ["auto", "3", "auto", "4"],
            "rlll",
        ),
        "rubric": write_table(
            ["Kriteria", "Bobot"],
            [[c.name, f"{_plain(c.weight)}%"] for c in (rubric.criteria if rubric else ())],
            ["1", "auto"],
            "lr",
        ),
        "rankings": _write_rankings(event, rows),
        "notes": _list_notes(event, view, rows, jury),
        "closing": "Demikian berita acara ini dibuat dengan sebenarnya untuk dipergunakan sebagaimana mestinya.",
        "signatures": signatures,
    }


def _list_jury(view: BoardView) -> list[JurorRow]:
    """Who serves in the round, the chair first."""
    serving = find_round_jury(view.round)
    rows = [row for row in list_jurors(view.round.event_id) if serving is None or row.user.id in serving]
    return sorted(rows, key=lambda row: not row.is_chair)


def _write_rankings(event: Event, rows: Sequence[StandingRow]) -> list[Table]:
    names = name_groups(event.id)
    heads = ["Peringkat", "No.", "Inovasi dan tim", "Perangkat daerah", "Nilai akhir", "Keterangan"]
    groups: dict[str, list[list[str]]] = {}
    for row in rows:
        line = [
            _rank(row),
            _number(row),
            f"{row.title} ({row.team_name})",
            row.unit_name,
            _score(row),
            row.award,
        ]
        groups.setdefault(row.group_code, []).append(line)
    return [
        write_table(heads, lines, ["auto", "auto", "4", "3", "auto", "2"], "rrllrl", names.get(code, code))
        for code, lines in groups.items()
    ]


def _list_notes(
    event: Event, view: BoardView, rows: Sequence[StandingRow], jury: Sequence[JurorRow]
) -> list[str]:
    """What decided equal scores, and who did not judge what."""
    notes = []
    for row in rows:
        decision = read_decision(row.tie)
        if decision is not None:
            said = say_decision(decision, view.criteria)
            notes.append(f"Nilai sama, {_number(row)} {row.title}: {said}.")
    ranked = {row.number for row in rows}
    serving = {row.user.full_name for row in jury}
    for number, title, juror, _source, _reason, _at, ended_at, *_rest in list_conflicts(event.id):
        if ended_at is None and number in ranked and juror in serving:
            notes.append(f"{juror} tidak menilai {number or 0:03d} {title} karena benturan kepentingan.")
    unranked = sum(1 for row in rows if row.rank is None)
    if unranked:
        notes.append(f"{unranked} karya tidak diperingkat karena penilaiannya belum mencukupi.")
    return notes


def _list_winners(event: Event, view: BoardView) -> list[list[str]]:
    """(award, number, title, team, unit, score), groups apart; Refused where nobody wins anything."""
    laurels = load_laurels(view.board.snapshot_id or 0) if view.board else None
    names = name_groups(event.id)
    won = [(row, row.award) for row in laurels.rows if row.award] if laurels else []
    won += [(each.row, each.award.name) for each in laurels.specials] if laurels else []
    lines = [_winner(row, award, names) for row, award in won]
    none = _l("Belum ada pemenang pada papan ini. Tetapkan penghargaan menurut peringkat atau berikan satu.")
    require(bool(lines), Refused(none))
    return lines


def _winner(row: StandingRow, award: str, names: dict[str, str]) -> list[str]:
    group = names.get(row.group_code, "")
    return [
        f"{award}, {group}" if group else award,
        _number(row),
        row.title,
        row.team_name,
        row.unit_name,
        _score(row),
    ]


def _winners_table(lines: list[list[str]], *, scores: bool) -> Table:
    heads = ["Penghargaan", "No.", "Inovasi", "Tim", "Perangkat daerah", "Nilai akhir"]
    widths, aligns = ["3", "auto", "3", "2", "3", "auto"], "lrlllr"
    cut = None if scores else -1
    return write_table(heads[:cut], [line[:cut] for line in lines], widths[:cut], aligns[:cut])


def _basis(event: Event, view: BoardView) -> str:
    """The minutes the paper rests on, if they were issued."""
    minutes = find_valid(event.id, f"minutes:{view.board.id}") if view.board else None
    if minutes is None:
        return f"hasil penilaian Dewan Juri babak {view.name}"
    return f"Berita Acara Penilaian Nomor {minutes.number}"


def _write_decree(event: Event, view: BoardView, settings: PaperSettings, _at: datetime) -> dict[str, Any]:
    lines = _list_winners(event, view)
    chair = next((row for row in _list_jury(view) if row.is_chair), None)
    letter = write_letter(event, settings, f"Keputusan Dewan Juri {event.name}", with_nip=True)
    if chair is not None:
        letter["signer"] = {"name": chair.user.full_name, "position": "Ketua Dewan Juri", "nip": ""}
    return {
        **letter,
        "about": f"Penetapan Pemenang {event.name}",
        "considering": [
            f"bahwa penilaian {event.name} babak {view.name} telah selesai dilaksanakan;",
            "bahwa pemenang perlu ditetapkan dengan Keputusan Dewan Juri;",
        ],
        "recalling": [
            "Peraturan Pemerintah Nomor 38 Tahun 2017 tentang Inovasi Daerah;",
            f"{_basis(event, view)[0].upper()}{_basis(event, view)[1:]};",
        ],
        "decided": [
            ["KESATU", f"Pemenang {event.name} adalah sebagaimana tercantum dalam Lampiran Keputusan ini."],
            ["KEDUA", "Lampiran merupakan bagian yang tidak terpisahkan dari Keputusan ini."],
            ["KETIGA", "Keputusan ini mulai berlaku pada tanggal ditetapkan."],
        ],
        "winners": _winners_table(lines, scores=True),
    }


def _write_announcement(
    event: Event, view: BoardView, settings: PaperSettings, _at: datetime
) -> dict[str, Any]:
    board = view.board
    until = board.objections_until if board else None
    closing = []
    if until is not None:
        local = until.astimezone(ZoneInfo(event.zone))
        closing.append(
            f"Sanggahan disampaikan melalui laman kompetisi paling lambat {write_weekday(local.date())} "
            f"pukul {local:%H.%M}."
        )
    closing.append("Demikian pengumuman ini disampaikan untuk diketahui.")
    return {
        **write_letter(event, settings, "Pengumuman", with_nip=False),
        "about": f"Pemenang {event.name}",
        "opening": f"Berdasarkan {_basis(event, view)}, dengan ini diumumkan pemenang {event.name} sebagai berikut.",
        "winners": _winners_table(_list_winners(event, view), scores=bool(board and board.shows_scores)),
        "closing": closing,
    }


def _rank(row: StandingRow) -> str:
    return str(row.rank) if row.rank is not None else "–"


def _number(row: StandingRow) -> str:
    return f"{row.number or 0:03d}"


def _score(row: StandingRow) -> str:
    return write_decimal(row.score) if row.score is not None else "–"


def _plain(weight: Any) -> str:
    return write_decimal(weight).rstrip("0").rstrip(",")
