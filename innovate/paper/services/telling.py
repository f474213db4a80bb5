"""Mails about sheets of paper: to the juror whose it is, and to those who lead the jury."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from innovate.accounts.models import User
from innovate.events.models import Event
from innovate.notifications.services import enqueue_mail
from innovate.paper.models import PaperSheet
from innovate.scoring.domain.receipts import show_number
from innovate.scoring.queries.late import list_deciders
from innovate.scoring.services.keyed import KeyedBallot


def tell_juror(event: Event, paper: PaperSheet, done: KeyedBallot, at: datetime) -> None:
    """What was typed in the juror's name, value by value, with the receipt's number and fingerprint."""
    sheet, receipt = done
    words: dict[str, Any] = {
        "values": "\n".join(f"{c.name}: {sheet.text_of(key)}" for key, c in sheet.criteria.items()),
        "total": float(receipt.total),
        "number": show_number(receipt.public_id),
        "digest": receipt.digest,
    }
    _send("paper_keyed", event, paper, paper.user, at, **words)


def tell_leaders(event: Event, paper: PaperSheet, at: datetime) -> None:
    """A juror says that the paper was read wrongly."""
    seat = paper.assignment or paper.entries[-1].assignment
    for user in list_deciders(event.id, seat.idea_id, paper.user_id):
        _send("paper_objection", event, paper, user, at, room=True, words=paper.objection)


def tell_answer(event: Event, paper: PaperSheet, at: datetime) -> None:
    """The answer to a juror's objection."""
    _send("paper_answer", event, paper, paper.user, at, words=paper.answer)


def _send(
    template: str,
    event: Event,
    paper: PaperSheet,
    user: User,
    at: datetime,
    *,
    room: bool = False,
    **words: Any,
) -> None:
    place = "kelola/kertas/lembar" if room else "juri/kertas"
    enqueue_mail(
        template,
        address=user.email,
        user_id=user.id,
        locale=user.locale or "id",
        event_id=event.id,
        cause=f"paper:{paper.id}:{template}",
        context={
            "name": user.full_name,
            "event": event.name,
            "juror": paper.user.name,
            "title": _title(paper),
            "path": f"/k/{event.slug}/{place}/{paper.public_id}",
            **words,
        },
        at=at,
    )


def _title(paper: PaperSheet) -> str:
    revision = paper.assignment.idea.submitted_revision if paper.assignment else None
    return revision.title if revision else ""
