"""Mails to jurors: ballots were entered in their name, or taken back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from innovate.accounts.models import User
from innovate.events.policy import Actor
from innovate.intake.models import ScoreImport
from innovate.notifications.services import enqueue_mail
from innovate.scoring.models.rounds import Round
from innovate.scoring.queries.ballots import Sheet
from innovate.scoring.queries.jury import list_jurors
from innovate.scoring.services.keyed import KeyedBallot


def tell_imported(
    actor: Actor, found: ScoreImport, round_: Round, done: Sequence[KeyedBallot], *, at: datetime
) -> None:
    """One mail to each juror: how many, by whom, from which files, and where the receipts are."""
    files = ", ".join(file.name for file in found.files)
    counts = Counter(made.sheet.user_id for made in done)
    for juror in _find_jurors(actor, counts):
        words = {"phase": round_.phase.name, "files": files, "count": counts[juror.id]}
        _send("intake_imported", actor, found, juror, words, at)


def tell_undone(actor: Actor, found: ScoreImport, sheets: Sequence[Sheet], *, at: datetime) -> None:
    """One mail to each juror whose ballots no longer count, with the reason."""
    counts = Counter(sheet.user_id for sheet in sheets)
    for juror in _find_jurors(actor, counts):
        words = {"reason": found.undone_reason, "count": counts[juror.id]}
        _send("intake_undone", actor, found, juror, words, at)


def _find_jurors(actor: Actor, counts: Mapping[int, int]) -> list[User]:
    return [row.user for row in list_jurors(actor.event.id) if row.user.id in counts]


def _send(
    template: str, actor: Actor, found: ScoreImport, juror: User, words: Mapping[str, Any], at: datetime
) -> None:
    enqueue_mail(
        template,
        address=juror.email,
        at=at,
        locale=juror.locale or "id",
        user_id=juror.id,
        event_id=actor.event.id,
        cause=f"import:{found.id}:{template}",
        context={
            "name": juror.full_name,
            "event": actor.event.name,
            "clerk": actor.user.full_name if actor.user else "",
            "path": f"/k/{actor.event.slug}/juri/tanda-terima",
            **words,
        },
    )
