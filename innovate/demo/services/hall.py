"""Expo halls of the demo: jurors who walk from stand to stand and compare, through the services their screens use."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial

from innovate.demo.services.entries import Entry
from innovate.demo.services.jury import Panel, round_of
from innovate.events.domain.kinds import PhaseKind
from innovate.pairwise.domain.plan import Plan
from innovate.pairwise.models import Contest, ContestKind
from innovate.pairwise.queries.desk import load_desk
from innovate.pairwise.services import setup, voting
from innovate.pairwise.services.publishing import set_published
from innovate.pairwise.services.voting import Answer

SPREAD = 1.6  # logits between entries one standard deviation of strength apart
_PACE = timedelta(minutes=4)


def open_hall(
    panel: Panel, kind: PhaseKind, entries: Sequence[Entry], *, name: str, cut: int, at: datetime
) -> Contest:
    """An expo hall beside the round of a phase, opened at once."""
    plan = Plan(
        name=name,
        cut=cut,
        entries={entry.begun.public_id: str(number) for number, entry in enumerate(entries, 1)},
        jurors=frozenset(panel.stage.world.people[key].public_id for key in panel.keys),
    )
    organizer = panel.stage.organizer
    contest = setup.create_contest(organizer, round_of(panel.stage, kind), ContestKind.HALL, plan, at=at)
    return setup.open_contest(organizer, contest.public_id, at=at + timedelta(minutes=5))


def plan_walks(
    panel: Panel, contest: Contest, entries: Sequence[Entry], votes: Mapping[str, int], *, at: datetime
) -> None:
    """Let each juror (key: how many comparisons) walk through the hall, one answer every few minutes."""
    strength = {entry.idea_id: entry.strength for entry in entries}
    for place, (key, count) in enumerate(votes.items()):
        for step in range(count + 2):  # taken to the first entry, seen, then compared
            when = at + timedelta(seconds=20 * place) + _PACE * step
            panel.stage.world.history.plan(when, partial(_step, panel, contest, key, strength))


def _step(panel: Panel, contest: Contest, key: str, strength: Mapping[int, float], at: datetime) -> None:
    actor = panel.stage.actor(key)
    desk = load_desk(contest, actor.user_id, at)
    if desk.offered is None:
        voting.take_entry(actor, contest.public_id, at=at)
        return
    said = Answer.SEEN
    if desk.seen is not None:
        apart = SPREAD * (strength[desk.offered.idea_id] - strength[desk.seen.idea_id])
        said = Answer.BETTER if panel.draw.random() < 1 / (1 + math.exp(-apart)) else Answer.WORSE
    voting.answer(actor, contest.public_id, token=desk.seat.token, said=said, at=at)


def close_hall(panel: Panel, contest: Contest, at: datetime) -> None:
    """End the walk; everybody may read its outcome with the announcement."""
    setup.close_contest(panel.stage.organizer, contest.public_id, at=at)
    set_published(panel.stage.organizer, contest.public_id, published=True, at=at)
