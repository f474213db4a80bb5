"""Reading a juror's own receipts."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import Select, select

from innovate.core.db import db
from innovate.core.errors import NotFound
from innovate.ideas.models import Idea, IdeaRevision
from innovate.scoring.domain.receipts import show_number
from innovate.scoring.models.ballots import Ballot, BallotState
from innovate.scoring.models.receipts import BallotReceipt
from innovate.scoring.models.rounds import Criterion


class ReceiptRow(NamedTuple):
    """A receipt with its entry; `stands` while it is the ballot's present version."""

    receipt: BallotReceipt
    title: str
    idea_number: int | None
    ballot_state: BallotState
    ballot_version: int
    idea_id: int
    idea_public_id: str
    round_id: int

    @property
    def number(self) -> str:
        """The receipt's number in groups of four."""
        return show_number(self.receipt.public_id)

    @property
    def stands(self) -> bool:
        """Whether this is what counts now."""
        return self.ballot_state is BallotState.SUBMITTED and self.ballot_version == self.receipt.version


def list_receipts(event_id: int, user_id: int) -> list[ReceiptRow]:
    """A juror's receipts in the event, the newest first. One statement."""
    query = _rows().where(BallotReceipt.event_id == event_id, BallotReceipt.user_id == user_id)
    return [ReceiptRow(*row) for row in db.session.execute(query.order_by(BallotReceipt.id.desc()))]


def get_receipt(event_id: int, public_id: str, user_id: int) -> ReceiptRow:
    """The juror's own, or NotFound."""
    query = _rows().where(
        BallotReceipt.event_id == event_id,
        BallotReceipt.public_id == public_id,
        BallotReceipt.user_id == user_id,
    )
    row = db.session.execute(query).one_or_none()
    if row is None:
        raise NotFound
    return ReceiptRow(*row)


def find_last_receipt(ballot_id: int | None) -> str:
    """The number of a ballot's newest receipt, empty where there is none."""
    query = select(BallotReceipt.public_id).where(BallotReceipt.ballot_id == (ballot_id or 0))
    return db.session.scalar(query.order_by(BallotReceipt.id.desc()).limit(1)) or ""


def name_criteria(rubric_id: int) -> dict[str, str]:
    """Names of a rubric's criteria by key as text, in order."""
    query = select(Criterion.id, Criterion.name).where(Criterion.rubric_id == rubric_id)
    return {str(key): name for key, name in db.session.execute(query.order_by(Criterion.position))}


def _rows() -> Select[Any]:
    return (
        select(
            BallotReceipt,
            IdeaRevision.title,
            Idea.number,
            Ballot.state,
            Ballot.version,
            Idea.id,
            Idea.public_id,
            Ballot.round_id,
        )
        .join(Ballot, Ballot.id == BallotReceipt.ballot_id)
        .join(Idea, Idea.id == Ballot.idea_id)
        .join(IdeaRevision, IdeaRevision.id == Ballot.revision_id)
    )
