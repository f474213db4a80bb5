"""Telling jurors of entries that were given to them by hand. The seats themselves say who is yet to hear of what."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from innovate.accounts.models import User
from innovate.core.db import db
from innovate.events.domain.kinds import EventState
from innovate.events.models import Event, Phase
from innovate.notifications.services import enqueue_mail
from innovate.scoring.domain.telling import is_time
from innovate.scoring.domain.window import Window
from innovate.scoring.models.jury import Assignment, AssignmentState
from innovate.scoring.models.rounds import Round


def tell_jurors(*, at: datetime) -> int:
    """One mail to each juror whose burst of assignments has become quiet; how many. Safe to run twice at once.

    What was taken back, declared on, or closed meanwhile needs no mail any more.
    """
    told = 0
    for _key, group in groupby(_list_untold(), key=lambda seat: (seat.user_id, seat.round_id)):
        seats = list(group)
        if not is_time([seat.untold_since for seat in seats if seat.untold_since], at):
            continue
        news = [seat for seat in seats if _is_news(seat)]
        for seat in seats:
            seat.untold_since = None
        round_, juror = seats[0].round, seats[0].user
        if news and _may_judge(round_, juror, at):
            enqueue_assigned(round_.event, round_, round_.phase, juror, len(news), at=at)
            told += 1
    return told


def enqueue_assigned(
    event: Event, round_: Round, phase: Phase, juror: User, count: int, *, at: datetime
) -> None:
    """The mail that says how many entries came to a juror, by hand or by draw."""
    enqueue_mail(
        "scoring_assigned",
        address=juror.email,
        at=at,
        locale=juror.locale or "id",
        user_id=juror.id,
        event_id=event.id,
        cause=f"round:{round_.id}:assigned:{juror.id}",
        context={
            "name": juror.full_name,
            "event": event.name,
            "phase": phase.name,
            "assigned": count,
            "deadline": phase.ends_at.isoformat(),
            "zone": event.zone,
            "path": f"/k/{event.slug}/juri",
        },
    )


def _is_news(seat: Assignment) -> bool:
    """Still the juror's, and not opened since it was given."""
    known = (
        seat.cleared_at is not None and seat.untold_since is not None and seat.cleared_at >= seat.untold_since
    )
    return seat.state is AssignmentState.ACTIVE and not known


def _may_judge(round_: Round, juror: User, at: datetime) -> bool:
    is_public = round_.event.state is EventState.PUBLISHED
    return is_public and juror.is_active and round_.window(at) is not Window.CLOSED


def _list_untold() -> Sequence[Assignment]:
    """Seats of which the juror is yet to hear, held; those of one juror in one round stand together."""
    query = (
        select(Assignment)
        .join(Assignment.round)
        .join(Round.event)
        .join(Round.phase)
        .join(Assignment.user)
        .where(Assignment.untold_since.is_not(None))
        .options(
            contains_eager(Assignment.round).options(
                contains_eager(Round.event), contains_eager(Round.phase)
            ),
            contains_eager(Assignment.user),
        )
        .order_by(Assignment.user_id, Assignment.round_id, Assignment.id)
        .with_for_update(of=Assignment)
        .execution_options(populate_existing=True)
    )
    return db.session.scalars(query).all()
