"""Saving an import: every ballot of it or none, in one transaction, at once or by the runner of long work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from flask_babel import force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import insert

from innovate.accounts.models import User
from innovate.audit.services import record
from innovate.core import storage
from innovate.core.db import db, locked, transaction
from innovate.core.errors import NotFound, Refused, require
from innovate.events.models import Event
from innovate.events.policy import Actor
from innovate.events.queries import actor_in
from innovate.intake import policy
from innovate.intake.domain.columns import TO_JURY, TO_TEAM
from innovate.intake.domain.plan import Given, Plan
from innovate.intake.domain.world import World
from innovate.intake.models import ImportedBallot, ImportFile, ImportState, ScoreImport
from innovate.intake.queries.imports import SAVE, find_save_place, get_import, list_contents, subject_of
from innovate.intake.queries.world import load_world
from innovate.intake.services.checks import check_clerk, check_pending, check_round, round_of
from innovate.intake.services.mapping import plan_import
from innovate.intake.services.telling import tell_imported
from innovate.scoring.domain.rubric import Filled
from innovate.scoring.domain.window import Window
from innovate.scoring.models.rounds import Round
from innovate.scoring.queries.ballots import list_sheets, plain
from innovate.scoring.services.judged import ensure_seats
from innovate.scoring.services.keyed import KeyedBallot, OnBehalf, Way, check_seat, submit_keyed_ballots
from innovate.scoring.services.trail import require_reason
from innovate.tasks.models import Task
from innovate.tasks.services import Kind, Work, enqueue_task, register_kind


class Wish(NamedTuple):
    """What the organizer said on the preview.

    `skips`: leave out what stands already. `reason`: why after the round was closed. `stamp`: of the plan as seen.
    """

    skips: bool = False
    reason: str = ""
    stamp: str = ""


def connect() -> None:
    """Offer the saving of large imports to the runner of long work."""
    register_kind(
        Kind(
            name=SAVE,
            title=_l("Menyimpan nilai impor"),
            run=run_save,
            stages={"check": _l("Memeriksa setiap baris"), "write": _l("Menyimpan semuanya sekaligus")},
            may_handle=_may_handle,
            place=find_save_place,
        )
    )


def _may_handle(user_id: int, task: Task) -> bool:
    event, user = db.session.get(Event, task.event_id), db.session.get(User, user_id)
    return event is not None and user is not None and policy.can_import(actor_in(event, user))


def start_save(actor: Actor, found: ScoreImport, wish: Wish, *, locale: str, at: datetime) -> Task:
    """Leave the saving to the runner. What it would refuse now is refused now."""
    check_clerk(actor)
    locked(ScoreImport, found.id)
    check_pending(actor, found)
    found = get_import(actor.event.id, found.public_id, whole=True)
    round_ = round_of(found)
    _check(found, round_, load_world(actor, round_), wish, at)
    return enqueue_task(
        SAVE,
        actor_id=actor.user_id,
        event_id=actor.event.id,
        about=subject_of(found),
        inputs={"import": found.public_id, "locale": locale, **wish._asdict()},
        at=at,
    )


def run_save(work: Work) -> Mapping[str, Any]:
    """Save the import of a task, as whoever asked for it; one that is saved already stays so."""
    event, user = db.session.get_one(Event, work.event_id), db.session.get_one(User, work.actor_id)
    wish = Wish(**{key: work.inputs[key] for key in Wish._fields})
    work.tell(0, 2, "check")
    with force_locale(str(work.inputs["locale"])), transaction():
        actor = actor_in(event, user)
        found = get_import(event.id, str(work.inputs["import"]))
        if found.state is not ImportState.PENDING:
            return {"import": found.public_id}
        work.enter(1, 2, "write")
        save_import(actor, found, wish, at=work.now())
    return {"import": found.public_id}


def save_import(actor: Actor, found: ScoreImport, wish: Wish, *, at: datetime) -> int:
    """Make every complete ballot of a pending import; how many. Refused as a whole while anything is wrong with it."""
    check_clerk(actor)
    require(found.event_id == actor.event.id, NotFound())
    locked(Round, found.round_id)  # two imports at once: the second one finds the ballots of the first
    locked(ScoreImport, found.id)
    check_pending(actor, found)
    found = get_import(actor.event.id, found.public_id, whole=True)
    round_ = round_of(found)
    world = load_world(actor, round_)
    plan = _check(found, round_, world, wish, at)
    pairs = sorted(plan.ready)
    seats, new = ensure_seats(actor, round_, pairs, at=at)
    sheets = {(s.idea_id, s.user_id): s for s in list_sheets(sorted(seats.values()))}
    for pair in pairs:
        check_seat(sheets[pair], barred=pair in world.barred)
    names = dict(enumerate(found.files))
    wanted = [
        OnBehalf(sheets[pair], _fill(plan.ready[pair]), _reason(actor, names, plan.ready[pair], wish))
        for pair in pairs
    ]
    done = submit_keyed_ballots(actor.user_id, wanted, way=Way.IMPORTED, at=at)
    _note_rows(found, names, [plan.ready[pair] for pair in pairs], done, new)
    _close(actor, found, round_, wish, at)
    _record(actor, found, round_, len(done), len(new), at)
    tell_imported(actor, found, round_, done, at=at)
    return len(done)


def _check(found: ScoreImport, round_: Round, world: World, wish: Wish, at: datetime) -> Plan:
    check_round(round_, at)
    if round_.window(at) is Window.CLOSED:
        require_reason(wish.reason)
    plan = plan_import(found, world)
    wrong = _l("Masih ada sel yang salah. Perbaiki berkasnya atau padankan namanya, lalu periksa lagi.")
    require(not plan.faults, Refused(wrong))
    again = _l("Semua penilaian dalam berkas ini sudah ada. Tidak ada yang perlu disimpan.")
    require(not plan.is_done_already, Refused(again))
    nothing = _l("Tidak ada penilaian lengkap yang baru dalam berkas ini.")
    require(bool(plan.ready), Refused(nothing))
    clash = _l("Ada penilaian yang sudah ada di babak ini. Pilih melewatinya, atau keluarkan dari berkas.")
    require(wish.skips or not plan.clashes, Refused(clash, field="skips"))
    moved = _l("Keadaan babak berubah sejak pratinjau ini. Periksa lagi sebelum menyimpan.")
    require(wish.stamp == plan.stamp, Refused(moved))
    return plan


def _fill(given: Given) -> Filled:
    values = {key: plain(value) for key, value in given.values.items()}
    team, jury = given.notes.get(TO_TEAM, ""), given.notes.get(TO_JURY, "")
    return Filled(0, values, comment_team=team, comment_internal=jury)


def _reason(actor: Actor, files: Mapping[int, ImportFile], given: Given, wish: Wish) -> str:
    """Who, from which file and row; and that the juror gave it outside, where no pledge was signed."""
    said = _(
        "Diimpor %(name)s dari %(file)s baris %(row)s (SHA-256 %(digest)s). Dinilai di luar sistem, pada kertas atau "
        "lembar kerja; pakta integritas tidak ditandatangani untuk nilai ini.",
        name=actor.user.name if actor.user else "",
        file=files[given.file].name,
        row=given.row,
        digest=files[given.file].sha256,
    )
    return f"{said} {wish.reason.strip()}".strip()


def _note_rows(
    found: ScoreImport,
    files: Mapping[int, ImportFile],
    given: Sequence[Given],
    done: Sequence[KeyedBallot],
    new: frozenset[int],
) -> None:
    rows = [
        {
            "ballot_id": made.sheet.ballot_id,
            "import_id": found.id,
            "file_id": files[each.file].id,
            "row": each.row,
            "version": made.sheet.version,
            "made_seat": made.sheet.assignment_id in new,
        }
        for each, made in zip(given, done, strict=True)
    ]
    db.session.execute(insert(ImportedBallot), rows)


def _close(actor: Actor, found: ScoreImport, round_: Round, wish: Wish, at: datetime) -> None:
    """The files go to the store for good; what was read of them is not needed any more."""
    for file in list_contents(found):
        file.storage_key = storage.save(file.content or b"").key
        file.content = file.rows = None
    found.state, found.saved_at, found.saved_by_id = ImportState.SAVED, at, actor.user_id
    found.reason = wish.reason.strip() if round_.window(at) is Window.CLOSED else ""
    db.session.flush()


def _record(actor: Actor, found: ScoreImport, round_: Round, ballots: int, seats: int, at: datetime) -> None:
    record(
        "round.import",
        actor_id=actor.user_id,
        at=at,
        object_type="round",
        object_id=round_.id,
        event_id=actor.event.id,
        after={
            "files": [file.name for file in found.files],
            "sha256": [file.sha256 for file in found.files],
            "made": ballots,
            "new_seats": seats,
            "reason": found.reason,
        },
    )
