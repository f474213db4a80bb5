"""Signing the pact of integrity, and writing what is signed."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from innovate.audit.services import record
from innovate.core.db import db, locked
from innovate.core.errors import Refused, Stale, require
from innovate.events import policy as event_policy
from innovate.events.models import Event
from innovate.events.policy import Actor
from innovate.scoring import policy
from innovate.scoring.domain.pact import HOUSE
from innovate.scoring.models.integrity import PactSignature, PactText
from innovate.scoring.models.rounds import Round
from innovate.scoring.queries.pact import find_text
from innovate.scoring.services.opening import ask_gates
from innovate.scoring.services.trail import require_reason

MAX_TEXT = 20000


def sign_pact(actor: Actor, round_: Round, *, version: int, at: datetime) -> PactSignature:
    """The juror signs the text they were shown (`version`) for one round. A second click signs nothing anew."""
    require(event_policy.can_judge(actor))
    locked(Event, actor.event.id)  # the text must not change between reading and signing
    query = select(PactSignature).filter_by(round_id=round_.id, user_id=actor.user_id)
    known = db.session.scalar(query)
    if known is not None:
        return known
    ask_gates(actor.event.id)
    text = _ensure_text(actor.event.id, at)
    changed = _l("Naskah pakta baru saja diubah. Baca naskah yang berlaku sekarang, lalu tanda tangani.")
    require(text.version == version, Stale(changed))
    user = actor.user
    signature = PactSignature(
        round_id=round_.id,
        user_id=actor.user_id,
        text_id=text.id,
        name=user.full_name if user else "",
        position=", ".join(part for part in (user.position, user.organization) if part) if user else "",
        at=at,
    )
    db.session.add(signature)
    db.session.flush()
    record(
        "pact.sign",
        actor_id=actor.user_id,
        at=at,
        object_type="round",
        object_id=round_.id,
        event_id=actor.event.id,
        after={"version": text.version, "name": signature.name},
        subject_id=actor.user_id,
    )
    return signature


def _ensure_text(event_id: int, at: datetime) -> PactText:
    """The text in force as a row; the house's becomes the event's first version when it is first signed."""
    text = find_text(event_id)
    if text is None:
        text = PactText(
            event_id=event_id, version=HOUSE.version, body=HOUSE.body, body_en=HOUSE.body_en, created_at=at
        )
        db.session.add(text)
        db.session.flush()
    return text


def save_text(actor: Actor, *, body: str, body_en: str, reason: str, at: datetime) -> PactText:
    """A new version of the text. Who signed keeps the version signed; who has not signed yet signs this one."""
    require(policy.can_set_up(actor))
    locked(Event, actor.event.id)
    before = _ensure_text(actor.event.id, at)
    body, body_en = (_tidy(part) for part in (body, body_en))
    require(len(body) >= 40, Refused(_l("Naskah pakta paling sedikit satu kalimat utuh."), field="body"))
    too_long = _l("Naskah paling panjang %(most)d huruf.", most=MAX_TEXT)
    require(max(len(body), len(body_en)) <= MAX_TEXT, Refused(too_long, field="body"))
    if (body, body_en) == (before.body, before.body_en):
        return before
    text = PactText(
        event_id=actor.event.id,
        version=before.version + 1,
        body=body,
        body_en=body_en,
        reason=require_reason(reason),
        created_by_id=actor.user_id,
        created_at=at,
    )
    db.session.add(text)
    db.session.flush()
    record(
        "pact.text",
        actor_id=actor.user_id,
        at=at,
        object_type="event",
        object_id=actor.event.id,
        event_id=actor.event.id,
        before={"version": before.version},
        after={"version": text.version, "reason": text.reason},
    )
    return text


def _tidy(text: str) -> str:
    """One kind of line end, and exactly one at the end of a text."""
    text = text.replace("\r\n", "\n").strip()
    return f"{text}\n" if text else ""
