"""The sheets of the committee's pack, each gathered when its turn comes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from innovate.audit import queries as audit
from innovate.audit.domain.choice import TrailFilter
from innovate.audit.exports.lines import read_lines
from innovate.core.workbooks import Sheet
from innovate.events.models import Event
from innovate.ideas.exports import say_item
from innovate.ideas.queries.profiles import asks_for_profile, list_profiles
from innovate.results.domain.placing import read_decision
from innovate.results.domain.ties.rules import TieRule
from innovate.results.queries import packs
from innovate.results.queries.boards import BoardView
from innovate.results.queries.snapshots import list_all_rows
from innovate.results.words.places import say_decision
from innovate.scoring.queries.rounds import find_rubric
from innovate.voting.queries.packs import iter_totals, iter_voids

Rows = list[Sequence[Any]]
_STATES = {"submitted": _l("dihitung"), "excluded": _l("dikecualikan")}
_SOURCES = {
    "declared": _l("dinyatakan"),
    "unit": _l("unit kerja"),
    "team": _l("tim"),
    "abstained": _l("mundur"),
}
_OVERRIDES = {
    "exclude": _l("dikecualikan"),
    "include": _l("dihitung kembali"),
    "reopen": _l("dibuka kembali"),
    "late": _l("diterima terlambat"),
    "rubric": _l("rubrik diubah"),
    "unchosen": _l("pilihan dibatalkan"),
}
_BROUGHT = {"keyed": _l("dari kertas"), "imported": _l("dari lembar kerja")}
_OUTCOMES = {
    "accepted": _l("Diterima"),
    "partly": _l("Diterima sebagian"),
    "rejected": _l("Ditolak"),
    "None": _l("belum dijawab"),
}


@dataclass(frozen=True)
class Book:
    """The sheets of one workbook, each written when its turn comes."""

    event: Event
    boards: Sequence[BoardView]

    @property
    def makers(self) -> tuple[Callable[[], Sheet], ...]:
        return (
            self.ranking,
            *((self.profiles,) if asks_for_profile(self.event.id) else ()),
            self.scores,
            self.weights,
            self.comments,
            self.conflicts,
            self.overrides,
            self.brought,
            self.ties,
            self.rulings,
            self.objections,
            self.votes,
            self.voids,
            self.trail,
        )

    def _each(self, rows: Callable[[BoardView], Any]) -> Rows:
        return [(view.name, *self._plain(row)) for view in self.boards for row in rows(view)]

    def _plain(self, row: Sequence[Any]) -> Sequence[Any]:
        return [_cell(value, ZoneInfo(self.event.zone)) for value in row]

    def ranking(self) -> Sheet:
        heads = [_("Babak"), _("Kelompok"), _("Peringkat"), _("Kategori"), _("Peringkat dalam kategori")]
        heads += [_("Nomor"), _("Judul"), _("Tim"), _("Unit kerja tim"), _("Rata-rata"), _("Nilai akhir")]
        return Sheet(_("Peringkat"), [*heads, _("Jumlah penilaian"), _("Penghargaan")], self._each(_ranking))

    def profiles(self) -> Sheet:
        found = list_profiles(self.event.id)
        rows = [
            (
                row.idea.number,
                row.revision.title,
                *(say_item(row.profile.get(each)) for each in found.meanings),
            )
            for row in found.rows
        ]
        return Sheet(_("Profil"), [_("Nomor"), _("Judul"), *found.meanings.values()], rows)

    def scores(self) -> Sheet:
        heads = [*_entry(), _("Juri"), _("Keadaan"), _("Nilai akhir"), _("Diajukan"), _("Kriteria")]
        rows = self._each(lambda view: _worded(packs.iter_scores(view), 3, _STATES))
        return Sheet(_("Nilai"), [*heads, _("Nilai")], rows)

    def weights(self) -> Sheet:
        heads = [_("Babak"), _("Bobot babak"), _("Kriteria"), _("Bobot")]
        return Sheet(_("Bobot"), [*heads, _("Nilai terendah"), _("Nilai tertinggi")], self._each(_weights))

    def comments(self) -> Sheet:
        heads = [*_entry(), _("Juri"), _("Kriteria"), _("Catatan untuk tim"), _("Catatan untuk juri")]
        return Sheet(_("Catatan"), heads, self._each(packs.list_comments))

    def conflicts(self) -> Sheet:
        heads = [_("Nomor"), _("Judul"), _("Juri"), _("Sumber"), _("Alasan"), _("Waktu")]
        heads += [_("Berakhir"), _("Diakhiri oleh"), _("Alasan berakhir")]
        rows = _worded(packs.list_conflicts(self.event.id), 3, _SOURCES)
        return Sheet(_("Benturan kepentingan"), heads, [self._plain(row) for row in rows])

    def overrides(self) -> Sheet:
        heads = [*_entry(), _("Juri"), _("Tindakan"), _("Alasan"), _("Oleh"), _("Waktu")]
        rows = self._each(lambda view: _worded(packs.list_changes(view, _OVERRIDES), 3, _OVERRIDES))
        return Sheet(_("Pengecualian"), heads, rows)

    def brought(self) -> Sheet:
        heads = [*_entry(), _("Juri"), _("Asal"), _("Keterangan"), _("Oleh"), _("Waktu")]
        rows = self._each(lambda view: _worded(packs.list_changes(view, _BROUGHT), 3, _BROUGHT))
        return Sheet(_("Nilai dari luar sistem"), heads, rows)

    def ties(self) -> Sheet:
        heads = [_("Babak"), _("Perihal"), _("Putusan"), _("Alasan"), _("Oleh"), _("Waktu")]
        rows = [*self._each(_shared), *self._each(_decided), *self._each(packs.list_verdicts)]
        return Sheet(_("Nilai sama"), heads, rows)

    def rulings(self) -> Sheet:
        heads = [_("Babak"), _("Urutan"), _("Alasan"), _("Oleh"), _("Waktu")]
        heads += [_("Dicabut"), _("Dicabut oleh"), _("Alasan dicabut")]
        return Sheet(_("Putusan sidang"), heads, self._each(packs.list_rulings))

    def objections(self) -> Sheet:
        heads = [
            _("Babak"),
            _("Sanggahan"),
            _("Nomor"),
            _("Judul"),
            _("Tim"),
            _("Alasan"),
            _("Oleh"),
            _("Waktu"),
        ]
        heads += [_("Lampiran"), _("Hasil"), _("Jawaban"), _("Dijawab oleh"), _("Dijawab")]
        rows = self._each(lambda view: _worded(packs.list_objections(view), 8, _OUTCOMES))
        return Sheet(_("Sanggahan"), heads, rows)

    def votes(self) -> Sheet:
        heads = [_("Pemungutan suara"), _("Nomor"), _("Judul"), _("Suara"), _("Menang")]
        heads += [_("Tidak ikut karena"), _("Alasan bila sama banyak"), _("Jumlah pemilih")]
        rows = ((*row[:4], _("ya") if row[4] else "", *row[5:]) for row in iter_totals(self.event.id))
        return Sheet(_("Suara publik"), heads, list(rows))

    def voids(self) -> Sheet:
        heads = [_("Pemungutan suara"), _("Suara"), _("Alasan"), _("Oleh"), _("Waktu")]
        heads += [_("Dihitung kembali"), _("Oleh"), _("Alasan")]
        return Sheet(_("Suara dibatalkan"), heads, [self._plain(row) for row in iter_voids(self.event.id)])

    def trail(self) -> Sheet:
        heads = [_("Nomor"), _("Waktu"), _("Pelaku"), _("Tindakan"), _("Perubahan")]
        return Sheet(_("Jejak papan"), heads, list(_trail(self.event, ZoneInfo(self.event.zone))))


def _entry() -> list[str]:
    return [_("Babak"), _("Nomor"), _("Judul")]


def _ranking(view: BoardView) -> Iterator[Sequence[Any]]:
    for row in list_all_rows(view.board.snapshot_id or 0) if view.board else ():
        place = (row.group_code, row.rank, row.track_code, row.track_rank, row.number, row.title)
        yield (*place, row.team_name, row.unit_name, row.raw, row.score, row.ballots, row.award)


def _weights(view: BoardView) -> Iterator[Sequence[Any]]:
    rubric = find_rubric(view.round.rubric_id)
    for criterion in rubric.criteria if rubric else ():
        limits = (criterion.minimum, criterion.maximum)
        yield (view.round.weight, criterion.name, criterion.weight, *limits)


def _shared(view: BoardView) -> Iterator[Sequence[Any]]:
    """Places that several entries share, as announced."""
    rows = list_all_rows(view.board.snapshot_id or 0) if view.board else []
    ranked = [row for row in rows if row.rank is not None]
    count = Counter((row.group_code, row.rank) for row in ranked)
    for row in ranked:
        if count[row.group_code, row.rank] > 1:
            yield (row.title, _("berbagi peringkat %(rank)s", rank=row.rank), "", "", None)


def _decided(view: BoardView) -> Iterator[Sequence[Any]]:
    """Equal scores that a rule told apart."""
    for row in list_all_rows(view.board.snapshot_id or 0) if view.board else ():
        decision = read_decision(row.tie)
        if decision is not None and decision.rule is not TieRule.SHARED and row.rank is not None:
            yield (row.title, say_decision(decision, view.criteria), "", "", None)


def _trail(event: Event, zone: ZoneInfo) -> Iterator[Sequence[Any]]:
    for chunk in audit.list_in_chunks(TrailFilter(kind="board"), event_id=event.id):
        for line in read_lines(chunk, event.zone):
            changes = "; ".join(
                f"{each.label}: {' → '.join(side for side in (each.before, each.after) if side)}"
                for each in line.changes
            )
            yield (line.number, line.at.astimezone(zone), line.actor, line.sentence, changes)


def _worded(rows: Any, column: int, words: Mapping[str, Any]) -> Iterator[Sequence[Any]]:
    for row in rows:
        yield (*row[:column], str(words.get(str(row[column]), row[column])), *row[column + 1 :])


def _cell(value: Any, zone: ZoneInfo) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(zone)
    return value if value is None or isinstance(value, int | float | str) else _number(value)


def _number(value: Any) -> Any:
    try:
        return float(value)
    except (TypeError, ValueError):
        return str(value)
