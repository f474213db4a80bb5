"""The committee's minutes as data for their template: what stands in the workbook, and who, how and by which rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from flask_babel import get_locale
from flask_babel import gettext as _

from innovate.core.web.localisation import show_datetime, show_number, show_short_date, show_time
from innovate.core.workbooks import Sheet
from innovate.events.models import Event
from innovate.results.domain.volumes import Slice, divide
from innovate.results.queries import packs
from innovate.results.queries.boards import BoardView
from innovate.results.queries.snapshots import list_all_rows
from innovate.results.words.method import METHODS, TIES
from innovate.scoring.queries.jury import list_jurors
from innovate.scoring.queries.round_jury import find_round_jury
from innovate.scoring.queries.rounds import find_rubric

Table = dict[str, Any]
_WIDE = 9  # columns beyond which a table is set smaller
MOST_LINES = (
    4_000  # of scores and records in a volume: a tagged document of so many takes six seconds and 600 MB
)
_SHORT = 8  # characters of a column that is as narrow as it can be


def write_minutes(
    event: Event, boards: Sequence[BoardView], sheets: Sequence[Sheet], at: datetime
) -> list[Mapping[str, Any]]:
    """By volume everything `templates/papers/minutes.typ` prints. `sheets` are those of the workbook beside it."""
    told = {_("Peringkat"), _("Nilai"), _("Bobot")}  # by round, in forms of their own
    shown = {*told, _("Profil")}  # and the profile belongs to the proposals, not to the minutes
    stamps = [view.board.snapshot.sha256 for view in boards if view.board and view.board.snapshot]
    tables = [_matrix(view) for view in boards]
    tables += [_write_sheet(sheet, event) for sheet in sheets if sheet.name not in shown]
    volumes = divide([len(table["rows"]) for table in tables], MOST_LINES)
    common = {
        "lang": str(get_locale() or "id"),
        "event": event.name,
        "host": event.host or _("Panitia"),
        "made": _("Disusun %(at)s", at=show_datetime(at, event.zone)),
        "words": _words(stamps),
        "signatures": [
            [who, _("Nama, tempat, dan tanggal")]
            for who in (_("Ketua juri"), _("Penyelenggara"), _("Auditor"))
        ],
    }
    return [
        {
            **common,
            **_entitle(number, len(volumes)),
            "rounds": [_write_round(event, view) for view in boards] if number == 1 else [],
            "sections": [_cut(tables[part.table], part) for part in parts],
        }
        for number, parts in enumerate(volumes, 1)
    ]


def _words(stamps: Sequence[str]) -> dict[str, str]:
    return {
        "page": _("Halaman"),
        "of": _("dari"),
        "none": _("Tidak ada."),
        "panel": _("Dewan juri"),
        "rubric": _("Rubrik dan bobot"),
        "rules": _("Cara penilaian dan urutan penentu nilai sama"),
        "signatures": _("Tanda tangan"),
        "fingerprint": _("Sidik peringkat (SHA-256): %(stamps)s", stamps=", ".join(stamps)),
    }


def _entitle(number: int, total: int) -> dict[str, str]:
    title = _("Berita acara penilaian")
    if total > 1:
        title = _("Berita acara penilaian, jilid %(number)s dari %(total)s", number=number, total=total)
    return {"title": title, "running": title}


def _cut(table: Table, part: Slice) -> Table:
    total = len(table["rows"])
    if part.stop - part.start == total:
        return table
    note = _(
        "Baris %(first)s sampai %(last)s dari %(total)s; selebihnya di jilid lain.",
        first=show_number(part.start + 1),
        last=show_number(part.stop),
        total=show_number(total),
    )
    return {**table, "rows": table["rows"][part.start : part.stop], "note": note}


def _write_round(event: Event, view: BoardView) -> dict[str, Any]:
    board = view.board
    snapshot = board.snapshot if board else None
    facts = [
        [_("Diumumkan"), show_datetime(board.announced_at if board else None, event.zone)],
        [_("Dibekukan"), show_datetime(snapshot.taken_at if snapshot else None, event.zone)],
        [_("Sidik peringkat (SHA-256)"), snapshot.sha256 if snapshot else ""],
        [_("Bobot babak"), f"{show_number(view.round.weight)} %"],
    ]
    return {
        "title": view.name,
        "facts": [fact for fact in facts if fact[1]],
        "panel": _panel(view),
        "rubric": _rubric(view),
        "rules": _rules(view),
        "rankings": _rankings(event, view),
    }


def _panel(view: BoardView) -> Table:
    serving = find_round_jury(view.round)
    rows = [
        [row.user.full_name, _("Ketua") if row.is_chair else _("Anggota"), row.public_title]
        for row in list_jurors(view.round.event_id)
        if serving is None or row.user.id in serving
    ]
    return _table("", [_("Nama"), _("Kedudukan"), _("Jabatan")], rows, ["1", "auto", "1"], "lll")


def _rubric(view: BoardView) -> Table:
    rubric = find_rubric(view.round.rubric_id)
    rows = [
        [c.name, f"{show_number(c.weight)} %", show_number(c.minimum), show_number(c.maximum)]
        for c in (rubric.criteria if rubric else ())
    ]
    heads = [_("Kriteria"), _("Bobot"), _("Nilai terendah"), _("Nilai tertinggi")]
    return _table("", heads, rows, ["1", "auto", "auto", "auto"], "lrrr")


def _rules(view: BoardView) -> list[str]:
    rules = view.rules
    lines = [_("Cara menghitung: %(method)s", method=METHODS[rules.method])]
    lines.append(_("Penilaian paling sedikit: %(n)s", n=rules.minimum_ballots))
    if rules.passing is not None:
        lines.append(_("Nilai kelulusan: %(mark)s", mark=show_number(rules.passing)))
    order = "; ".join(str(TIES[rule]) for rule in rules.tie_order)
    lines.append(_("Bila nilai sama: %(order)s", order=order))
    return lines


def _rankings(event: Event, view: BoardView) -> list[Table]:
    names = packs.name_groups(event.id)
    groups: dict[str, list[list[str]]] = {}
    for row in list_all_rows(view.board.snapshot_id or 0) if view.board else ():
        rank = str(row.rank) if row.rank is not None else "–"
        title = f"{row.number or 0:03d} {row.title}"
        team = ", ".join(filter(None, (row.team_name, row.unit_name)))
        marks = [show_number(row.raw, 2), show_number(row.score, 2), str(row.ballots)]
        groups.setdefault(row.group_code, []).append([rank, title, team, *marks, row.award])
    heads = [
        _("Peringkat"),
        _("Karya"),
        _("Tim"),
        _("Rata-rata"),
        _("Nilai akhir"),
        _("Penilaian"),
        _("Penghargaan"),
    ]
    widths = ["auto", "3", "3", "auto", "auto", "auto", "2"]
    return [
        _table(_ranking_title(names.get(code, code)), heads, rows, widths, "rllrrrl")
        for code, rows in groups.items()
    ]


def _ranking_title(group: str) -> str:
    return _("Peringkat %(group)s", group=group) if group else _("Peringkat")


def _matrix(view: BoardView) -> Table:
    """A line for each ballot with its values in the order of the rubric; those of an older rubric follow."""
    rubric = find_rubric(view.round.rubric_id)
    names = [c.name for c in rubric.criteria] if rubric else []
    lines: dict[tuple[Any, ...], dict[str, str]] = {}
    for number, title, juror, state, total, at, criterion, value in packs.iter_scores(view):
        lines.setdefault((number, title, juror, str(state), total, at), {})[criterion] = show_number(value)
        if criterion not in names:
            names.append(criterion)
    rows = [
        [
            f"{number or 0:03d} {title}",
            juror,
            *(given.get(name, "–") for name in names),
            show_number(total, 2),
            _("dikecualikan") if state == "excluded" else _("dihitung"),
        ]
        for (number, title, juror, state, total, _at), given in lines.items()
    ]
    heads = [_("Karya"), _("Juri"), *names, _("Nilai akhir"), _("Keadaan")]
    widths = ["3", "2", *["1"] * len(names), "auto", "auto"]
    title = _("Nilai setiap juri, %(round)s", round=view.name)
    return _table(title, heads, rows, widths, "ll" + "r" * (len(names) + 1) + "l")


def _write_sheet(sheet: Sheet, event: Event) -> Table:
    rows = [[_say(cell, event) for cell in row] for row in sheet.rows]
    heads = list(sheet.heads)
    longest = [max([len(head), *(len(row[n]) for row in rows)]) for n, head in enumerate(heads)]
    widths = ["auto" if most <= _SHORT else str(min(6, 1 + most // 40)) for most in longest]
    return _table(sheet.name, heads, rows, widths, "l" * len(heads))


def _say(cell: Any, event: Event) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return f"{show_short_date(cell, event.zone)} {show_time(cell, event.zone)}"
    return show_number(cell) if isinstance(cell, int | float) else str(cell)


def _table(
    title: str, heads: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[str], aligns: str
) -> Table:
    return {
        "title": title,
        "heads": list(heads),
        "rows": [list(row) for row in rows],
        "widths": list(widths),
        "aligns": list(aligns),
        "note": "",
        "size": 7 if len(heads) > _WIDE else 8,
    }
