"""Rankings of files as a table for people, CSV for spreadsheets, JSON for programs."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import click
from flask_babel import gettext as _

from innovate.pairwise.domain.files import Notice
from innovate.pairwise.domain.files import Ranking as VoteRanking
from innovate.results.domain.fair.codes import Note, NoteCode
from innovate.results.domain.filed.ranked import RankedIdea, Ranking
from innovate.results.domain.ties.rules import Decision, TieRule
from innovate.results.exports.boards import harmless
from innovate.results.words.notes import say_flag, say_note
from innovate.results.words.numbers import number, percent
from innovate.results.words.places import say_decision

PLACES = 10  # decimals of a number in JSON and CSV


def print_ranking(ranking: Ranking, form: str) -> None:
    """The ranking to standard output; as a table or CSV its notes to standard error."""
    if form == "json":
        click.echo(json.dumps(as_json(ranking), ensure_ascii=False, allow_nan=False, indent=1))
        return
    rows = [_idea(row, ranking.criteria) for row in ranking.ideas]
    click.echo(as_csv(rows) if form == "csv" else _table(ranking), nl=False)
    _tell([*map(say_note, ranking.notes), *map(say_flag, ranking.flags)])


def print_votes(ranking: VoteRanking, form: str) -> None:
    """The same for comparisons."""
    told = votes_as_json(ranking)
    if form == "json":
        click.echo(json.dumps(told, ensure_ascii=False, allow_nan=False, indent=1))
        return
    if form == "csv":
        click.echo(as_csv(told["items"]), nl=False)
    else:
        heads = [_("Peringkat"), _("Karya"), _("Kemampuan"), _("Galat terhadap yang pertama")]
        best = sorted(ranking.items, key=lambda row: row.rank)
        lines = [
            [str(row.rank), row.item, number(row.ability, 3), number(row.se_to_first, 3)] for row in best
        ]
        click.echo(_columns(heads, lines), nl=False)
    _tell([note["text"] for note in told["notes"]])


def votes_as_json(ranking: VoteRanking) -> dict[str, Any]:
    """What was compared as JSON values."""
    notes = [Note(NoteCode.PRIOR)] if Notice.PRIOR in ranking.notices else []
    return {
        "items": [{key: _plain(value) for key, value in asdict(row).items()} for row in ranking.items],
        "notes": [_note(note) for note in notes],
    }


def as_json(ranking: Ranking) -> dict[str, Any]:
    """The ranking as JSON values; what cannot be computed is None."""
    agreed = ranking.reliability
    return {
        "method": ranking.method.value,
        "ideas": [_idea(row, ranking.criteria) for row in ranking.ideas],
        "jurors": [
            {
                "juror": row.juror,
                "ballots": row.ballots,
                "severity": _plain(row.severity),
                "se": _plain(row.error),
                "mean": _plain(row.mean),
            }
            for row in ranking.jurors
        ],
        "sd_juror": _plain(ranking.sd_juror),
        "sd_residual": _plain(ranking.sd_residual),
        "severity_share": _plain(ranking.severity_share),
        "components": ranking.components,
        "reliability": {
            **{name: _plain(value) for name, value in asdict(agreed.icc).items()},
            "alpha_interval": _plain(agreed.alpha_interval),
            "alpha_ordinal": _plain(agreed.alpha_ordinal),
            "kendall_w": _plain(agreed.concordance.w),
            "kendall_w_p": _plain(agreed.concordance.p),
        },
        "flags": [
            {
                "code": flag.code.value,
                "juror": flag.juror,
                "idea": flag.idea,
                **{name: _plain(value) for name, value in flag.values.items()},
                "text": say_flag(flag),
            }
            for flag in ranking.flags
        ],
        "notes": [_note(note) for note in ranking.notes],
    }


def _note(note: Note) -> dict[str, Any]:
    return {
        "code": note.code.value,
        **{name: _plain(value) for name, value in note.values.items()},
        "text": say_note(note),
    }


def _idea(row: RankedIdea, criteria: Sequence[str]) -> dict[str, Any]:
    return {
        "idea": row.idea,
        "track": row.track or None,
        "rank": row.rank,
        "raw_rank": row.raw_rank,
        "raw": _plain(row.raw),
        "score": _plain(row.score),
        "se": _plain(row.error),
        "low": _plain(row.low),
        "high": _plain(row.high),
        "rank_low": _whole(row.rank_low),
        "rank_high": _whole(row.rank_high),
        "p_top": _plain(row.p_top),
        "ballots": row.ballots,
        "tie_rule": _rule(row.decision, criteria),
    }


def _rule(decision: Decision | None, criteria: Sequence[str]) -> str | None:
    """`heaviest_criterion:Kebaruan`, `count_back:90`, `shared`: the rule and what it looked at."""
    if decision is None:
        return None
    if decision.rule in (TieRule.HEAVIEST, TieRule.NEXT):
        return f"{decision.rule}:{criteria[int(decision.step or 0)]}"
    return decision.rule.value if decision.step is None else f"{decision.rule}:{decision.step:g}"


def _plain(value: Any) -> Any:
    """A value for JSON: numbers rounded, NaN as None."""
    if isinstance(value, float):
        return round(float(value), PLACES) + 0.0 if math.isfinite(value) else None
    return value


def _whole(value: float) -> int | None:
    return int(value) if math.isfinite(value) else None


def as_csv(rows: Sequence[dict[str, Any]]) -> str:
    """Rows with the same keys, the keys as head; text that a spreadsheet would run is made harmless."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows({key: harmless(value) for key, value in row.items()} for row in rows)
    return out.getvalue()


def _table(ranking: Ranking) -> str:
    heads = [_("Peringkat"), _("Karya"), _("Nilai akhir"), _("Rentang nilai"), _("Rentang peringkat")]
    heads += [_("Masuk atas"), _("Rata-rata"), _("Penilaian"), _("Penentu")]
    tracks: dict[str, list[RankedIdea]] = {}
    for row in ranking.ideas:
        tracks.setdefault(row.track, []).append(row)
    parts = []
    for track, rows in tracks.items():
        title = f"{track}\n" if track else ""
        parts.append(title + _columns(heads, [_line(row, ranking.criteria) for row in rows]))
    return "\n".join(parts)


def _line(row: RankedIdea, criteria: Sequence[str]) -> list[str]:
    def shown(value: float, places: int = 2) -> str:
        return number(value, places, places) if math.isfinite(value) else "–"

    known, ranked = math.isfinite(row.low), math.isfinite(row.rank_low)
    return [
        str(row.rank or "–"),
        row.idea,
        shown(row.score),
        f"{shown(row.low)}–{shown(row.high)}" if known else "–",
        f"{row.rank_low:.0f}–{row.rank_high:.0f}" if ranked else "–",
        percent(row.p_top) if ranked else "–",
        shown(row.raw),
        str(row.ballots),
        say_decision(row.decision, criteria) if row.decision else "",
    ]


def _columns(heads: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    rows = [heads, *([" ".join(cell.split()) for cell in line] for line in lines)]  # one line each
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() + "\n"
        for row in rows
    )


def _tell(sentences: Sequence[str]) -> None:
    for sentence in sentences:
        click.echo(f"• {sentence}", err=True)
