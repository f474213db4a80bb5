"""Reading pacts of integrity: what is to be signed, and who signed what when."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from innovate.core.db import db
from innovate.core.errors import NotFound
from innovate.scoring.domain.pact import HOUSE, Wording
from innovate.scoring.models.integrity import PactSignature, PactText
from innovate.scoring.models.rounds import Round


def get_wording(event_id: int) -> Wording:
    """The text in force: the event's newest, or the house's."""
    row = find_text(event_id)
    return Wording(row.version, row.body, row.body_en) if row else HOUSE


def find_text(event_id: int) -> PactText | None:
    """The event's newest text; None while the house's serves and nobody signed it."""
    query = select(PactText).where(PactText.event_id == event_id).order_by(PactText.version.desc())
    return db.session.scalar(query.limit(1))


def list_texts(event_id: int) -> list[PactText]:
    """Every version, the newest first."""
    query = select(PactText).where(PactText.event_id == event_id).order_by(PactText.version.desc())
    return list(db.session.scalars(query))


class Signed(NamedTuple):
    """One signature with the exact text that was signed."""

    public_id: str
    round_id: int
    user_id: int
    name: str
    position: str
    at: datetime
    wording: Wording


def _signatures(event_id: int) -> list[Signed]:
    query = (
        select(
            PactSignature.public_id,
            PactSignature.round_id,
            PactSignature.user_id,
            PactSignature.name,
            PactSignature.position,
            PactSignature.at,
            PactText.version,
            PactText.body,
            PactText.body_en,
        )
        .join(PactText, PactText.id == PactSignature.text_id)
        .where(PactText.event_id == event_id)
        .order_by(PactSignature.name)
    )
    rows = db.session.execute(query)
    return [Signed(*row[:6], *[Wording(*row[6:])]) for row in rows]


def list_event_signatures(event_id: int) -> list[Signed]:
    """Everybody's signatures for every round, by name."""
    return _signatures(event_id)


def list_signatures(event_id: int, round_id: int) -> dict[int, Signed]:
    """Who signed for a round, by user."""
    return {row.user_id: row for row in _signatures(event_id) if row.round_id == round_id}


def find_signature(round_: Round, user_id: int) -> Signed | None:
    """A person's signature for a round."""
    return list_signatures(round_.event_id, round_.id).get(user_id)


def get_signature(event_id: int, public_id: str) -> Signed:
    """One signature of the event, or NotFound."""
    found = [row for row in _signatures(event_id) if row.public_id == public_id]
    if not found:
        raise NotFound
    return found[0]


def list_signed_rounds(user_id: int, event_id: int) -> frozenset[int]:
    """Rounds of the event the person signed for."""
    query = select(PactSignature.round_id).join(Round, Round.id == PactSignature.round_id)
    query = query.where(PactSignature.user_id == user_id, Round.event_id == event_id)
    return frozenset(db.session.scalars(query))
