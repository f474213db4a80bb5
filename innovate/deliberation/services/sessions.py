"""A session of the jury: opened, spoken in, closed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from innovate.audit.services import record
from innovate.core.db import db, locked
from innovate.core.errors import NotFound, Refused, require
from innovate.deliberation import policy
from innovate.deliberation.models import Deliberation, DeliberationNote
from innovate.deliberation.queries.sessions import count_handed_in, find_session, list_signers
from innovate.events.policy import Actor
from innovate.notifications.services import enqueue_mail_once
from innovate.scoring.models.rounds import Round
from innovate.scoring.queries.seal import is_settled
from innovate.scoring.services.rounds import set_peers

MAX_NOTE = 1000


def open_session(actor: Actor, round_: Round, *, reason: str = "", at: datetime) -> Deliberation:
    """Let the jury see each other's scores and amend their own; every juror with work in the round gets a mail.

    While ballots are missing a reason is needed. Refused once the ranking is frozen.
    """
    require(policy.can_lead(actor))
    locked(Round, round_.id)
    settled = _l(
        "Peringkat babak ini sudah dibekukan. Kembalikan dahulu ke peringkat sementara di ruang hasil sebelum membuka "
        "sidang."
    )
    require(not is_settled(round_), Refused(settled))
    before = find_session(round_)
    require(before is None or not before.is_open, Refused(_l("Sidang babak ini sudah dibuka.")))
    counted = count_handed_in(round_)
    require(counted.done > 0, Refused(_l("Belum ada nilai yang diajukan, jadi belum ada yang disidangkan.")))
    if counted.missing:
        few = _l("%(n)s nilai belum diajukan. Tulis mengapa sidang tetap dibuka.", n=counted.missing)
        require(len(reason.strip()) >= 5, Refused(few, field="reason"))
    values = {"event_id": actor.event.id, "round_id": round_.id, "opened_by_id": actor.user_id}
    kept = reason.strip() if counted.missing else ""
    session = Deliberation(**values, opened_at=at, missing=counted.missing, reason=kept)
    db.session.add(session)
    db.session.flush()
    set_peers(actor, round_, opened=True, reason=kept, at=at)
    _record(actor, "deliberation.open", session, at, missing=counted.missing, reason=kept)
    for signer in list_signers(round_):
        enqueue_mail_once(
            "deliberation_opened",
            address=signer.user.email,
            user_id=signer.user.id,
            locale=signer.user.locale or "id",
            event_id=actor.event.id,
            cause=f"deliberation:{session.id}:opened",
            context={
                "name": signer.user.full_name,
                "event": actor.event.name,
                "phase": round_.phase.name,
                "path": f"/k/{actor.event.slug}/juri/sidang/{round_.number}",
            },
            at=at,
        )
    return session


def close_session(actor: Actor, round_: Round, *, at: datetime) -> Deliberation:
    """Hide the scores from each other again. Whoever began to amend may finish; others can no longer begin."""
    require(policy.can_lead(actor))
    locked(Round, round_.id)
    session = find_session(round_)
    if session is None or not session.is_open:
        raise Refused(_l("Sidang babak ini tidak sedang dibuka."))
    session.closed_at, session.closed_by_id = at, actor.user_id
    db.session.flush()
    set_peers(actor, round_, opened=False, at=at)
    _record(actor, "deliberation.close", session, at)
    return session


def add_note(
    actor: Actor, session: Deliberation, idea_id: int, *, text: str, at: datetime
) -> DeliberationNote:
    """Say something about an entry; the caller made sure that it exists for the actor."""
    require(policy.can_sit(actor) or policy.can_lead(actor), NotFound())
    session = locked(Deliberation, session.id)
    require(session.is_open, Refused(_l("Sidang sudah ditutup, jadi catatan tidak bertambah lagi.")))
    text = text.strip()
    empty = Refused(_l("Tulis catatannya, paling panjang %(most)s huruf.", most=MAX_NOTE), field="text")
    require(0 < len(text) <= MAX_NOTE, empty)
    note = DeliberationNote(
        deliberation_id=session.id, idea_id=idea_id, author_id=actor.user_id, text=text, at=at
    )
    db.session.add(note)
    db.session.flush()
    _record(actor, "deliberation.note", session, at, idea=idea_id, text=text)
    return note


def _record(actor: Actor, action: str, session: Deliberation, at: datetime, **after: Any) -> None:
    record(
        action,
        actor_id=actor.user_id,
        at=at,
        object_type="round",
        object_id=session.round_id,
        event_id=actor.event.id,
        after=after,
        subject_id=actor.user_id,
    )
