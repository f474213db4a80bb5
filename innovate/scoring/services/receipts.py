"""Receipts: each handing in leaves one with the juror, on a page and in a mail."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from innovate.accounts.models import User
from innovate.core.db import db, new_public_id
from innovate.events.models import Event
from innovate.ideas.models import IdeaRevision
from innovate.notifications.services import enqueue_mail
from innovate.scoring.domain.leaves import leaf_of, write_line
from innovate.scoring.domain.receipts import digest_of, show_number
from innovate.scoring.models.receipts import BallotReceipt
from innovate.scoring.queries.ballots import Sheet, plain
from innovate.scoring.services.leaves import ensure_secret


def issue_receipt(juror: User, sheet: Sheet, *, at: datetime, mailed: bool = True) -> BallotReceipt:
    """The receipt of a ballot just handed in. Not `mailed` where the caller writes to the juror itself."""
    (receipt,) = issue_receipts([(juror, sheet)], at=at)
    if mailed:
        _mail(juror, sheet, receipt)
    return receipt


def issue_receipts(handed_in: Sequence[tuple[User, Sheet]], *, at: datetime) -> list[BallotReceipt]:
    """The receipts of many ballots of one event, each with its juror; the caller writes to them."""
    secret = ensure_secret(handed_in[0][1].event_id)
    receipts = [_write(juror, sheet, secret, at) for juror, sheet in handed_in]
    db.session.add_all(receipts)
    db.session.flush()
    return receipts


def _write(juror: User, sheet: Sheet, secret: str, at: datetime) -> BallotReceipt:
    key = new_public_id()
    content = {
        "receipt": key,
        "sheet": sheet.public_id,
        "rubric": sheet.rubric_id,
        "revision": sheet.revision_id,
        "version": sheet.version,
        "values": {str(k): plain(value) for k, value in sheet.values.items()},
        "notes": {str(k): note for k, note in sheet.notes.items() if note},
        "comment_team": sheet.comment_team,
        "comment_internal": sheet.comment_internal,
        "notes_internal": {str(k): note for k, note in sheet.notes_internal.items() if note},
        "total": f"{sheet.total:.6f}",
        "at": at.isoformat(),
    }
    return BallotReceipt(
        public_id=key,
        event_id=sheet.event_id,
        ballot_id=sheet.ballot_id,
        user_id=juror.id,
        version=sheet.version,
        total=sheet.total,
        content=content,
        digest=digest_of(content),
        leaf=leaf_of(_write_line(juror, sheet, secret)),
        at=at,
    )


def _write_line(juror: User, sheet: Sheet, secret: str) -> bytes:
    return write_line(
        secret,
        ballot_id=sheet.ballot_id or 0,
        user_id=juror.id,
        idea=sheet.idea_public_id,
        round_id=sheet.round_id,
        rubric_id=sheet.rubric_id,
        revision_id=sheet.revision_id,
        values=sheet.values,
    )


def _mail(juror: User, sheet: Sheet, receipt: BallotReceipt) -> None:
    event = db.session.get_one(Event, sheet.event_id)
    title = db.session.scalar(select(IdeaRevision.title).where(IdeaRevision.id == sheet.revision_id))
    enqueue_mail(
        "scoring_receipt",
        address=juror.email,
        at=receipt.at,
        locale=juror.locale or "id",
        user_id=juror.id,
        event_id=event.id,
        cause=f"ballot:{receipt.ballot_id}:receipt:{receipt.version}",
        context={
            "name": juror.full_name,
            "event": event.name,
            "title": title,
            "number": show_number(receipt.public_id),
            "total": float(receipt.total),
            "digest": receipt.digest,
            "leaf": receipt.leaf,
            "at": receipt.at.isoformat(),
            "zone": event.zone,
            "path": f"/k/{event.slug}/juri/tanda-terima/{receipt.public_id}",
        },
    )
