"""The draw: asked for, done by the runner, looked at, applied exactly as seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from innovate.accounts.models import User
from innovate.audit.services import record
from innovate.core.db import db, locked
from innovate.core.errors import Refused, require
from innovate.events.models import Event, Phase
from innovate.events.policy import Actor
from innovate.events.queries import actor_in
from innovate.scoring import policy
from innovate.scoring.domain.assignment.draw import STAGES, draw
from innovate.scoring.domain.assignment.places import Draw, DrawInputs
from innovate.scoring.domain.assignment.plan import LARGEST_SEED
from innovate.scoring.domain.assignment.stored import draw_as_json, fingerprint
from innovate.scoring.models.ballots import Ballot, BallotState
from innovate.scoring.models.jury import Assignment, AssignmentState
from innovate.scoring.models.rounds import Round
from innovate.scoring.queries.draws import list_serving, load_draw
from innovate.scoring.queries.jury import list_jurors
from innovate.scoring.queries.previews import DRAW, Preview, find_place, subject_of
from innovate.scoring.services.assignment import remove_assignment
from innovate.scoring.services.groups import note_accepted
from innovate.scoring.services.jurors import ensure_jurors
from innovate.scoring.services.telling import enqueue_assigned
from innovate.tasks.models import Task
from innovate.tasks.services import Kind, Work, enqueue_task, register_kind

PREVIEWS_KEPT = timedelta(days=30)  # what was applied is in the trail, inputs and all


def connect() -> None:
    """Offer the draw to the runner of long work."""
    register_kind(
        Kind(
            name=DRAW,
            title=_l("Menyusun undian penugasan"),
            run=run_draw,
            stages=dict(
                zip(
                    STAGES,
                    (
                        _l("Memilih calon juri setiap karya"),
                        _l("Membagi tempat secara merata"),
                        _l("Memasang jembatan antarkategori"),
                        _l("Mengukur hasilnya"),
                    ),
                    strict=True,
                )
            ),
            may_handle=_may_lead,
            place=find_place,
            kept=PREVIEWS_KEPT,
        )
    )


def _may_lead(user_id: int, task: Task) -> bool:
    event, user = db.session.get(Event, task.event_id), db.session.get(User, user_id)
    return event is not None and user is not None and policy.can_lead(actor_in(event, user))


def start_draw(actor: Actor, round_: Round, *, seed: int, silent: Collection[str] = (), at: datetime) -> Task:
    """Ask for a preview. `silent` jurors (addresses) give back what they have not handed in, and get nothing new."""
    require(policy.can_lead(actor))
    wrong = Refused(_l("Isi angka dari 0 sampai %(most)s.", most=LARGEST_SEED), field="seed")
    require(0 <= seed <= LARGEST_SEED, wrong)
    known = {row.user.public_id: row.user.id for row in list_serving(round_)}
    strange = Refused(_l("Juri yang dipilih tidak lagi menjadi juri kegiatan ini."), field="silent")
    require(set(silent) <= set(known), strange)
    chosen = sorted(known[public_id] for public_id in silent)
    inputs = load_draw(round_, silent=chosen)
    require(bool(inputs.ideas), Refused(_l("Belum ada karya yang dinilai pada babak ini.")))
    require(bool(inputs.jurors), Refused(_l("Belum ada juri. Undang juri lebih dahulu.")))
    return enqueue_task(
        DRAW,
        actor_id=actor.user_id,
        event_id=actor.event.id,
        about=subject_of(round_),
        inputs={"seed": seed, "silent": chosen, "seen": fingerprint(inputs), "draw": inputs.as_json()},
        at=at,
    )


def run_draw(work: Work) -> Mapping[str, Any]:
    """Compute the draw of a task; reads and writes nothing else."""

    def tell(stage: str) -> None:
        work.tell(STAGES.index(stage), len(STAGES), stage)

    inputs = DrawInputs.from_json(work.inputs["draw"])
    return draw_as_json(draw(inputs, seed=work.inputs["seed"], tell=tell))


def apply_draw(
    actor: Actor, round_: Round, preview: Preview, *, confirmed: bool = False, at: datetime
) -> Draw:
    """Write the draw that was previewed; refused if its inputs changed since.

    A panel of several groups, which cannot be compared with each other, must be `confirmed`.
    """
    require(policy.can_lead(actor))
    round_ = locked(Round, round_.id)
    found = preview.draw
    require(found is not None, Refused(_l("Pratinjau ini belum selesai.")))
    if found is None:
        raise AssertionError
    changed = _l(
        "Juri, karya, atau benturan berubah sejak pratinjau. Susun pratinjau baru sebelum menerapkannya."
    )
    require(fingerprint(load_draw(round_, silent=preview.silent)) == preview.seen, Refused(changed))
    require(bool(found.pairs), Refused(_l("Tidak ada penugasan yang perlu ditambahkan.")))
    split = _l(
        "Juri terbagi dalam %(n)s kelompok yang tidak dapat dibandingkan. Nyatakan bahwa Anda menerimanya.",
        n=found.components,
    )
    accepted = confirmed or found.components <= round_.accepted_groups
    require(accepted, Refused(split, field="confirmed"))
    if confirmed:
        note_accepted(round_, found.components)
    freed = _free_silent(actor, round_, preview.silent, at)
    ensure_jurors(actor.event.id, sorted({juror for _, juror in found.pairs}))
    db.session.add_all(
        Assignment(round_id=round_.id, idea_id=idea, user_id=juror, by_draw=True, created_at=at)
        for idea, juror in found.pairs
    )
    db.session.flush()
    _tell_jurors(actor, round_, Counter(juror for _, juror in found.pairs), at)
    record(
        "round.draw",
        actor_id=actor.user_id,
        at=at,
        object_type="round",
        object_id=round_.id,
        event_id=actor.event.id,
        after={
            "seed": preview.seed,
            "inputs": preview.inputs.as_json(),
            "pairs": [list(pair) for pair in found.pairs],
            "least": found.least,
            "most": found.most,
            "efficiency": round(found.efficiency, 6),
            "components": found.components,
            "freed": freed,
        },
    )
    return found


def _free_silent(actor: Actor, round_: Round, silent: Collection[int], at: datetime) -> int:
    """Take back what silent jurors have not handed in; a draft is kept and does not count."""
    handed_in = select(Ballot.assignment_id).where(
        Ballot.round_id == round_.id, Ballot.state == BallotState.SUBMITTED
    )
    query = select(Assignment.public_id).where(
        Assignment.round_id == round_.id,
        Assignment.user_id.in_(silent),
        Assignment.state == AssignmentState.ACTIVE,
        Assignment.id.not_in(handed_in),
    )
    seats = db.session.scalars(query.order_by(Assignment.id)).all() if silent else []
    reason = str(_l("Dialihkan karena lama tidak dibuka"))
    for public_id in seats:
        remove_assignment(actor, public_id, reason=reason, at=at)
    return len(seats)


def _tell_jurors(actor: Actor, round_: Round, counts: Mapping[int, int], at: datetime) -> None:
    """One mail to each juror with how many entries came to them."""
    phase = db.session.get_one(Phase, round_.phase_id)
    for row in list_jurors(actor.event.id):
        if row.user.id not in counts:
            continue
        enqueue_assigned(actor.event, round_, phase, row.user, counts[row.user.id], at=at)
