"""The committee's workbook: asked for, made by the runner of long work, kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from innovate.accounts.models import User
from innovate.audit import queries as audit
from innovate.audit.domain.choice import TrailFilter
from innovate.audit.exports.lines import read_lines
from innovate.core import storage
from innovate.core.db import db, transaction
from innovate.core.errors import Refused, require
from innovate.core.workbooks import Sheet, write_workbook
from innovate.events.models import Event
from innovate.events.policy import Actor
from innovate.events.queries import actor_in
from innovate.results import policy
from innovate.results.models import CommitteePack
from innovate.results.queries import packs
from innovate.results.queries.boards import BoardView, list_public_boards
from innovate.results.queries.snapshots import list_all_rows
from innovate.scoring.queries.rounds import find_rubric
from innovate.tasks.models import Task
from innovate.tasks.services import Kind, Work, enqueue_task, register_kind
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


def connect() -> None:
    """Offer the workbook to the runner of long work."""
    register_kind(
        Kind(
            name=packs.PACK,
            title=_l("Menyusun berkas panitia"),
            run=run_pack,
            stages={"gather": _l("Mengumpulkan nilai dan catatan"), "write": _l("Menulis berkas")},
            may_handle=_may_handle,
            place=packs.find_pack_place,
        )
    )


def _may_handle(user_id: int, task: Task) -> bool:
    event, user = db.session.get(Event, task.event_id), db.session.get(User, user_id)
    return event is not None and user is not None and policy.can_enter_results(actor_in(event, user))


def start_pack(actor: Actor, *, locale: str, at: datetime) -> Task:
    """Ask for the workbook of the announced results, in the asker's language. Refused before the announcement."""
    require(policy.can_enter_results(actor))
    sealed = Refused(_l("Berkas panitia disusun sesudah hasil diumumkan."))
    require(bool(list_public_boards(actor.event)), sealed)
    return enqueue_task(
        packs.PACK,
        actor_id=actor.user_id,
        event_id=actor.event.id,
        about=packs.subject_of(actor.event.id),
        inputs={"locale": locale},
        at=at,
    )


def run_pack(work: Work) -> Mapping[str, Any]:
    """Gather, write and keep the workbook; doing it twice makes a second one."""
    event = db.session.get_one(Event, work.event_id)
    boards = list_public_boards(event)
    require(bool(boards), Refused(_l("Berkas panitia disusun sesudah hasil diumumkan.")))
    with force_locale(str(work.inputs.get("locale") or "id")):
        makers = _Book(event, boards).makers
        sheets = []
        for done, make in enumerate(makers):
            work.tell(done, len(makers) + 1, "gather")
            sheets.append(make())
        work.tell(len(makers), len(makers) + 1, "write")
        content = write_workbook(_("Berkas panitia %(event)s", event=event.name), sheets)
    stored = storage.save(content)
    with transaction():
        pack = CommitteePack(
            event_id=event.id,
            storage_key=stored.key,
            size=stored.size,
            sha256=stored.sha256,
            made_by_id=work.actor_id,
            made_at=work.now(),
        )
        db.session.add(pack)
    return {"sha256": stored.sha256}


@dataclass(frozen=True)
class _Book:
    """The sheets of one workbook, each written when its turn comes."""

    event: Event
    boards: Sequence[BoardView]

    @property
    def makers(self) -> tuple[Callable[[], Sheet], ...]:
        return (
            self.ranking,
            self.scores,
            self.weights,
            self.comments,
            self.conflicts,
            self.overrides,
            self.ties,
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
        rows = self._each(lambda view: _worded(packs.list_overrides(view), 3, _OVERRIDES))
        return Sheet(_("Pengecualian"), heads, rows)

    def ties(self) -> Sheet:
        heads = [_("Babak"), _("Perihal"), _("Putusan"), _("Alasan"), _("Oleh"), _("Waktu")]
        rows = [*self._each(_shared), *self._each(packs.list_verdicts)]
        return Sheet(_("Nilai sama"), heads, rows)

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
