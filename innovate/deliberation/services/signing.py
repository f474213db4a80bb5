"""Jurors agree to the outcome of a round, and are asked to."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from innovate.audit.services import record
from innovate.core.db import db, locked
from innovate.core.errors import NotFound, Refused, Stale, require
from innovate.deliberation import policy
from innovate.deliberation.models import SignOff
from innovate.deliberation.queries.sessions import find_session, list_signers, load_stamps
from innovate.events.policy import Actor
from innovate.notifications.queries import last_sent_by_user
from innovate.notifications.services import enqueue_mail
from innovate.scoring.domain.quiet import may_remind
from innovate.scoring.models.ballots import Ballot, BallotState
from innovate.scoring.models.jury import Assignment, AssignmentState
from innovate.scoring.models.rounds import Round


def sign_outcome(actor: Actor, round_: Round, *, stamp: str, at: datetime) -> SignOff:
    """Agree to the round's ballots as `stamp` says they were when the page was read; Stale if one changed since."""
    require(policy.can_sit(actor))
    session = find_session(round_)
    if session is None:
        raise NotFound
    locked(Round, round_.id)
    mine = next((each for each in list_signers(round_) if each.user.id == actor.user_id), None)
    if mine is None:
        raise Refused(_l("Anda tidak menilai karya pada babak ini, jadi tidak ada yang perlu disahkan."))
    changed = _l("Ada nilai yang berubah sejak halaman ini dibuka. Periksa dahulu, lalu setujui lagi.")
    require(load_stamps([round_.id])[round_.id] == stamp, Stale(changed))
    require(not mine.holds, Refused(_l("Anda sudah menyetujui hasil ini.")))
    open_ = _l("Ajukan dahulu nilai Anda yang belum diajukan, lalu setujui hasilnya.")
    require(not _has_drafts(round_, actor.user_id), Refused(open_))
    row = SignOff(deliberation_id=session.id, round_id=round_.id, user_id=actor.user_id, stamp=stamp, at=at)
    db.session.add(row)
    db.session.flush()
    record(
        "deliberation.sign",
        actor_id=actor.user_id,
        at=at,
        object_type="round",
        object_id=round_.id,
        event_id=actor.event.id,
        after={"stamp": stamp},
        subject_id=actor.user_id,
    )
    return row


def _has_drafts(round_: Round, user_id: int) -> bool:
    query = select(Ballot.id).join(Assignment, Assignment.id == Ballot.assignment_id)
    query = query.where(Ballot.round_id == round_.id, Ballot.user_id == user_id)
    query = query.where(Ballot.state == BallotState.DRAFT, Assignment.state == AssignmentState.ACTIVE)
    return db.session.scalar(query.limit(1)) is not None


def remind_signers(actor: Actor, round_: Round, *, at: datetime) -> int:
    """Ask everyone whose signature is missing or outdated; how many. Nobody hears of it twice in the quiet period."""
    require(policy.can_lead(actor))
    require(find_session(round_) is not None, NotFound())
    left = [each for each in list_signers(round_) if not each.holds]
    require(bool(left), Refused(_l("Semua juri sudah mengesahkan.")))
    last = last_sent_by_user("deliberation_sign", actor.event.id)
    left = [each for each in left if may_remind(last.get(each.user.id), at)]
    require(bool(left), Refused(_l("Juri yang belum mengesahkan sudah diingatkan dalam 12 jam terakhir.")))
    for each in left:
        enqueue_mail(
            "deliberation_sign",
            address=each.user.email,
            user_id=each.user.id,
            locale=each.user.locale or "id",
            event_id=actor.event.id,
            cause=f"round:{round_.id}:sign:{each.user.id}",
            context={
                "name": each.user.full_name,
                "event": actor.event.name,
                "phase": round_.phase.name,
                "path": f"/k/{actor.event.slug}/juri/sidang/{round_.number}",
            },
            at=at,
        )
    record(
        "reminder.sign_off",
        actor_id=actor.user_id,
        at=at,
        object_type="round",
        object_id=round_.id,
        event_id=actor.event.id,
        after={"user_ids": [each.user.id for each in left]},
    )
    return len(left)
