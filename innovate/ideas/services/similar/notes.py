"""Somebody looked at a pair and says why it may stand."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _l

from innovate.core.db import db, locked
from innovate.core.errors import NotFound, Refused, Stale, require
from innovate.events import policy as events
from innovate.events.domain.kinds import EventState
from innovate.events.policy import Actor
from innovate.ideas import policy
from innovate.ideas.domain.deadline import Reason
from innovate.ideas.models import SimilarNote, SimilarPair
from innovate.ideas.queries.similar.pairs import get_pair, seen_of
from innovate.ideas.services import trail
from innovate.ideas.services.reasons import TEXTS


def note_pair(actor: Actor, public_id: str, *, seen: str, reason: str, at: datetime) -> SimilarNote:
    """Record that a pair was looked at, by whom and with what result. It decides nothing about either idea.

    `seen` names the revisions that were read: of newer ones the note would say nothing.
    """
    view = get_pair(actor, public_id)
    require(events.can_screen(actor), NotFound())
    own = any(policy.is_member(actor, side.idea) for side in view.sides)
    require(
        not own, Refused(_l("Anda anggota salah satu tim, jadi pasangan ini harus diperiksa orang lain."))
    )
    require(actor.event.state is not EventState.ARCHIVED, Refused(TEXTS[Reason.ARCHIVED]))
    pair = locked(SimilarPair, view.pair.id)
    require(
        seen_of(pair) == seen and pair.ended_at is None,
        Stale(_l("Salah satu usulan berubah sejak Anda membukanya. Baca yang terbaru, lalu catat lagi.")),
    )
    require(bool(reason.strip()), Refused(_l("Tuliskan hasil pemeriksaannya."), field="reason"))
    note = SimilarNote(
        pair_id=pair.id,
        first_revision_id=pair.first_revision_id,
        second_revision_id=pair.second_revision_id,
        reason=reason.strip(),
        by_id=actor.user_id,
        at=at,
    )
    db.session.add(note)
    db.session.flush()
    trail.record("idea.similar", actor, view.here.idea, at, after={"reason": note.reason})
    return note
