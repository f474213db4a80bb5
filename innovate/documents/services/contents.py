"""Papers about a ranking as data for their templates, out of the snapshot in force."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import force_locale
from flask_babel import lazy_gettext as _l

from innovate.core.errors import Refused, require
from innovate.documents.domain.dates import write_weekday
from innovate.documents.domain.kinds import FOR_EVERYBODY, PaperKind
from innovate.documents.domain.numerals import write_ordinal
from innovate.documents.domain.texts import text_for
from innovate.documents.models import PaperSettings
from innovate.documents.queries.papers import find_valid
from innovate.documents.queries.texts import read_wording
from innovate.documents.services.letters import Table, list_facts, write_letter, write_table
from innovate.documents.services.recaps import write_recap
from innovate.documents.services.rows import show_number, show_plain, show_rank, show_score
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
) -> tuple[dict[str, Any], str]:
    """The data of a paper about the board and its own number pattern; Refused where it would say nothing."""
    write = {
        PaperKind.MINUTES: _write_minutes,
        PaperKind.RECAP: _write_recap,
        PaperKind.DECREE: _write_decree,
        PaperKind.ANNOUNCEMENT: _write_announcement,
    }[kind]
    wording = read_wording(event.id, text_for(kind))
    with force_locale("id"):
        facts = {**list_facts(event, settings, at), **_list_facts(event, view, settings)}
        letter = write_letter(event, settings, wording, facts, with_nip=kind not in FOR_EVERYBODY)
        return {**letter, **write(event, view, letter)}, wording.pattern


def _list_facts(event: Event, view: BoardView, settings: PaperSettings) -> dict[str, str]:
    """What texts about a board may name beside what all may."""
    until = view.board.objections_until if view.board else None
    local = until.astimezone(ZoneInfo(event.zone)) if until else None
    chair = _find_chair(view)
    return {
        "babak": view.name,
        "tempat_kegiatan": event.place or settings.place,
        "berita_acara": _basis(event, view),
        "ketua_juri": chair.user.full_name if chair else "",
        "batas_sanggah": f"{write_weekday(local.date())} pukul {local:%H.%M}" if local else "",
    }


def _write_minutes(event: Event, view: BoardView, _letter: dict[str, Any]) -> dict[str, Any]:
    rows = list_all_rows(view.board.snapshot_id or 0) if view.board else []
    jury = _list_jury(view)
    rubric = find_rubric(view.round.rubric_id)
    return {
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
            [[c.name, f"{show_plain(c.weight)}%"] for c in (rubric.criteria if rubric else ())],
            ["1", "auto"],
            "lr",
        ),
        "rankings": _write_rankings(event, rows),
        "notes": _list_notes(event, view, rows, jury),
        "signatures": [
            ["Ketua Dewan Juri" if row.is_chair else "Anggota", row.user.full_name] for row in jury
        ],
    }


def _write_recap(event: Event, view: BoardView, letter: dict[str, Any]) -> dict[str, Any]:
    return write_recap(event, view, _list_jury(view)) | _by_chair(view, letter)


def _by_chair(view: BoardView, letter: dict[str, Any]) -> dict[str, Any]:
    """The chair of the jury signs unless the organizer has named who does."""
    chair = _find_chair(view)
    if letter["named"] or chair is None:
        return {}
    return {
        "signers": [{"name": chair.user.full_name, "behalf": "", "position": "Ketua Dewan Juri", "nip": ""}]
    }


def _find_chair(view: BoardView) -> JurorRow | None:
    return next((row for row in _list_jury(view) if row.is_chair), None)


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
            show_rank(row),
            show_number(row.number),
            f"{row.title} ({row.team_name})",
            row.unit_name,
            show_score(row.score),
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
            said = say_decision(decision, view.criteria).rstrip(".")
            notes.append(f"Nilai sama, {show_number(row.number)} {row.title}: {said}.")
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
        show_number(row.number),
        row.title,
        row.team_name,
        row.unit_name,
        show_score(row.score),
    ]


def show_winners(lines: list[list[str]], *, scores: bool) -> Table:
    """Winners as a table, with or without their scores."""
    heads = ["Penghargaan", "No.", "Inovasi", "Tim", "Perangkat daerah", "Nilai akhir"]
    widths, aligns = ["3", "auto", "3", "2", "3", "auto"], "lrlllr"
    cut = None if scores else -1
    return write_table(heads[:cut], [line[:cut] for line in lines], widths[:cut], aligns[:cut])


def _basis(event: Event, view: BoardView) -> str:
    """The minutes the paper rests on, if they were issued."""
    minutes = find_valid(event.id, f"minutes:{view.board.id}") if view.board else None
    if minutes is None:
        return f"Hasil Penilaian Dewan Juri Babak {view.name}"
    return f"Berita Acara Penilaian Nomor {minutes.number}"


def _write_decree(event: Event, view: BoardView, letter: dict[str, Any]) -> dict[str, Any]:
    return {
        **_by_chair(view, letter),
        "clauses": number_clauses(letter["clauses"]),
        "annex": show_winners(_list_winners(event, view), scores=True),
    }


def number_clauses(clauses: Sequence[str]) -> list[list[str]]:
    """What a decree decides, each with its KESATU, KEDUA …."""
    return [[write_ordinal(n), clause] for n, clause in enumerate(clauses, 1)]


def _write_announcement(event: Event, view: BoardView, _letter: dict[str, Any]) -> dict[str, Any]:
    board = view.board
    lines = _list_winners(event, view)
    return {"winners": show_winners(lines, scores=bool(board and board.shows_scores))}
