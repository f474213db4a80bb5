"""Finding Juara Favorit, taking that back, and letting everybody read it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete

from innovate.core.db import db
from innovate.core.errors import Refused, require
from innovate.events.policy import Actor
from innovate.voting import policy
from innovate.voting.domain.outcome import Outcome
from innovate.voting.domain.stages import BoardStage, PollState, Stage
from innovate.voting.models import Poll, PollWinner
from innovate.voting.queries.laurels import Holders, find_holders
from innovate.voting.queries.totals import digest_votes, load_count
from innovate.voting.services.closing import SHORT
from innovate.voting.services.setup import hold_poll, note


def count_poll(actor: Actor, public_id: str, *, chosen: Collection[str], reason: str, at: datetime) -> Poll:
    """Say who has won. Where entries are level, `chosen` (public ids of entries) says who of them, `reason` why."""
    require(policy.can_run(actor))
    poll = hold_poll(actor, public_id)
    require(poll.stage(at) is Stage.CLOSED, Refused(_l("Suara dihitung setelah pemungutan ditutup.")))
    holders = find_holders(actor.event.id)
    require_ranking(poll, holders)
    count = load_count(poll, holders)
    keys = {e.idea_id for e in count.entrants if e.public_id in set(chosen)}
    _require_decision(count.outcome, keys, reason)
    votes = {row.idea_id: row.votes for row in count.outcome.rows}
    won = count.outcome.winners(keys)
    db.session.add_all(
        PollWinner(poll_id=poll.id, idea_id=idea, place=place, votes=votes[idea])
        for place, idea in enumerate(won, 1)
    )
    poll.state, poll.counted_at, poll.counted_by_id = PollState.COUNTED, at, actor.user_id
    poll.moved_at, poll.tie_reason = at, reason.strip() if count.outcome.tied else ""
    after = {"votes": count.voters, "won": won, "digest": digest_votes(poll.id)}
    note(
        "poll.count", actor, poll, at, after=after | ({"reason": poll.tie_reason} if poll.tie_reason else {})
    )
    return poll


def uncount_poll(actor: Actor, public_id: str, *, reason: str, at: datetime) -> Poll:
    """Take the count back, to void votes or to count again after the ranking has changed."""
    require(policy.can_run(actor))
    poll = hold_poll(actor, public_id)
    require(poll.stage(at) is Stage.COUNTED, Refused(_l("Suara belum dihitung.")))
    require(len(reason.strip()) >= 10, Refused(SHORT, field="reason"))
    db.session.execute(delete(PollWinner).where(PollWinner.poll_id == poll.id))
    poll.state, poll.counted_at, poll.counted_by_id = PollState.OPEN, None, None
    poll.tie_reason, poll.published_at, poll.moved_at = "", None, at
    note("poll.uncount", actor, poll, at, after={"reason": reason})
    return poll


def set_published(actor: Actor, public_id: str, *, published: bool, at: datetime) -> Poll:
    """Let everybody read the outcome before the ranking is announced, where it tells nothing of the ranking."""
    require(policy.can_run(actor))
    poll = hold_poll(actor, public_id)
    require(poll.stage(at) is Stage.COUNTED, Refused(_l("Suara belum dihitung.")))
    stage = find_holders(actor.event.id).stage
    early = _l("Hasil ini menunjukkan siapa yang bukan juara, jadi ia tampil bersama pengumuman peringkat.")
    held = poll.excludes and stage is not BoardStage.NONE
    require(not published or not held, Refused(early))
    if published is (poll.published_at is None):
        poll.published_at, poll.moved_at = at if published else None, at
        note("poll.publish" if published else "poll.unpublish", actor, poll, at)
    return poll


def require_ranking(poll: Poll, holders: Holders) -> None:
    """Other winners can be left out once it is settled who they are."""
    early = _l("Bekukan peringkat babak terakhir lebih dahulu: para juaranya tidak ikut dihitung.")
    waits = poll.excludes and holders.stage is BoardStage.UNSETTLED
    require(not waits, Refused(early))


def _require_decision(outcome: Outcome, keys: Collection[int], reason: str) -> None:
    if not outcome.tied:
        return
    seats = _l("Beberapa karya sama banyak suaranya. Pilih tepat %(n)s di antaranya.", n=outcome.seats)
    require(outcome.accepts(keys), Refused(seats, field="chosen"))
    require(len(reason.strip()) >= 10, Refused(SHORT, field="reason"))
