"""A juror says that their paper was read wrongly, and somebody who leads the jury answers."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _l

from innovate.audit.services import record
from innovate.core.db import locked
from innovate.core.errors import NotFound, Refused, require
from innovate.events.domain.kinds import EventState
from innovate.events.policy import Actor
from innovate.paper import policy
from innovate.paper.models import PaperSheet
from innovate.paper.queries.sheets import get_paper
from innovate.paper.services.telling import tell_answer, tell_leaders

MAX_WORDS = 1000


def object_to(actor: Actor, paper: PaperSheet, *, words: str, at: datetime) -> None:
    """Flag a ballot typed from the juror's own paper; the chair gets a mail. The ballot itself stays as it is."""
    require(policy.can_own(actor) and paper.user_id == actor.user_id and paper.state.is_ballot, NotFound())
    require(actor.event.state is not EventState.ARCHIVED, Refused(_l("Kompetisi ini sudah diarsipkan.")))
    locked(PaperSheet, paper.id)
    waiting = _l("Keberatan Anda sudah disampaikan dan menunggu jawaban.")
    require(not paper.has_open_objection, Refused(waiting))
    paper.objection, paper.objected_at = _said(words), at
    paper.answer, paper.answered_at, paper.answered_by_id = "", None, None
    _record(actor, "paper.object", paper, at, paper.objection)
    tell_leaders(actor.event, get_paper(actor.event.id, paper.public_id), at)


def answer_objection(actor: Actor, paper: PaperSheet, *, words: str, at: datetime) -> None:
    """Answer it; the juror gets a mail. Whoever objected does not answer themselves."""
    require(policy.can_answer(actor))
    require(paper.event_id == actor.event.id, NotFound())
    locked(PaperSheet, paper.id)
    require(paper.has_open_objection, Refused(_l("Tidak ada keberatan yang menunggu jawaban.")))
    own = _l("Keberatan Anda sendiri dijawab orang lain.")
    require(paper.user_id != actor.user_id, Refused(own))
    paper.answer, paper.answered_at, paper.answered_by_id = _said(words), at, actor.user_id
    _record(actor, "paper.answer", paper, at, paper.answer)
    tell_answer(actor.event, get_paper(actor.event.id, paper.public_id), at)


def _said(words: str) -> str:
    words = words.strip()
    text = _l("Tulis 5 sampai %(most)s huruf.", most=MAX_WORDS)
    require(5 <= len(words) <= MAX_WORDS, Refused(text, field="words"))
    return words


def _record(actor: Actor, action: str, paper: PaperSheet, at: datetime, words: str) -> None:
    record(
        action,
        actor_id=actor.user_id,
        at=at,
        object_type="paper_sheet",
        object_id=paper.id,
        event_id=paper.event_id,
        after={"words": words},
        subject_id=paper.user_id,
    )
