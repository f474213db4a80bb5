"""Choosing who serves in a round."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, insert, select

from innovate.accounts.models import User
from innovate.audit.services import record
from innovate.core.db import db, locked
from innovate.core.errors import Refused, require
from innovate.events.policy import Actor
from innovate.scoring import policy
from innovate.scoring.models.jury import Assignment, AssignmentState
from innovate.scoring.models.rounds import Round, RoundJuror
from innovate.scoring.queries.jury import list_jurors


def set_round_jury(actor: Actor, round_: Round, user_ids: Collection[int], *, at: datetime) -> None:
    """Let these jurors of the event serve in the round; all of them mean the whole jury, later jurors too.

    Whoever holds an entry in the round stays until it is taken back: a ballot is never left without its juror.
    """
    require(policy.can_set_up(actor))
    locked(Round, round_.id)
    everyone = {row.user.id for row in list_jurors(actor.event.id)}
    wanted = set(user_ids) & everyone
    require(bool(wanted), Refused(_l("Pilih paling sedikit satu juri."), field="chosen"))
    if wanted == everyone:
        wanted = set()
    before = set(db.session.scalars(select(RoundJuror.user_id).filter_by(round_id=round_.id)))
    if wanted == before:
        return
    if wanted:
        _refuse_seated(round_, everyone - wanted)
    db.session.execute(delete(RoundJuror).where(RoundJuror.round_id == round_.id))
    if wanted:
        rows = [{"round_id": round_.id, "user_id": user_id} for user_id in sorted(wanted)]
        db.session.execute(insert(RoundJuror), rows)
    record(
        "round.jury",
        actor_id=actor.user_id,
        at=at,
        object_type="round",
        object_id=round_.id,
        event_id=actor.event.id,
        before={"jurors": sorted(before)},
        after={"jurors": sorted(wanted)},
    )


def _refuse_seated(round_: Round, gone: Collection[int]) -> None:
    seated = (
        select(User.name)
        .join(Assignment, Assignment.user_id == User.id)
        .where(
            Assignment.round_id == round_.id,
            Assignment.state == AssignmentState.ACTIVE,
            User.id.in_(gone),
        )
        .distinct()
        .order_by(User.name)
    )
    names = db.session.scalars(seated).all()
    text = _l(
        "Masih memegang karya pada babak ini: %(names)s. Cabut penugasannya dahulu.", names=", ".join(names)
    )
    require(not names, Refused(text, field="chosen"))
