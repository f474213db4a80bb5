"""Objections to an announced result: filed by captains in time, answered by organizers and the chair."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from innovate.accounts.models import User
from innovate.audit.services import record
from innovate.core import storage
from innovate.core.db import db, locked
from innovate.core.errors import NotFound, Refused, Stale, require
from innovate.events.domain.kinds import EventState, Role
from innovate.events.policy import Actor
from innovate.events.queries import list_people
from innovate.ideas.domain.uploads import Upload, inspect
from innovate.ideas.models import Idea
from innovate.ideas.queries.ideas import get_idea
from innovate.ideas.services.reasons import UPLOAD_TEXTS
from innovate.notifications.services import enqueue_mail
from innovate.results import policy
from innovate.results.domain.objections import MOST_OBJECTIONS, Outcome, is_open, receipt_of
from innovate.results.models import Board, Objection
from innovate.results.queries.boards import get_board
from innovate.results.queries.objections import count_of_entry, find_twin, is_on_board, lock_last_number
from innovate.scoring.queries.conflicts import is_barred, list_hidden
from innovate.teams.policy import is_captain
from innovate.teams.queries import list_members


@dataclass(frozen=True)
class Attachment:
    """A file as it was sent, and how large one may be."""

    filename: str
    content: bytes
    max_bytes: int

    @property
    def sha256(self) -> str:
        """As the store names it."""
        return hashlib.sha256(self.content).hexdigest()


def file_objection(
    actor: Actor,
    number: int,
    idea_id: str,
    *,
    reason: str,
    attachment: Attachment | None = None,
    at: datetime,
) -> Objection:
    """Object to the announced ranking of round `number` for an entry of one's own; a numbered receipt goes out.

    NotFound unless the result is public, the entry stands in it and the person leads its team. Refused when the window
    is not open at `at`, the server's own time.
    """
    view = get_board(actor.event, number)
    idea = get_idea(actor.event.id, idea_id)
    mine = actor.user is not None and is_captain(actor, idea.team)
    require(view.state.is_public and view.board is not None and mine, NotFound())
    board = locked(Board, view.board.id if view.board else 0)
    require(board.state.is_public and is_on_board(board, idea.id), NotFound())  # read again while held
    twin = find_twin(board, idea.id, actor.user_id, reason, attachment.sha256 if attachment else "")
    if twin is not None:  # a button pressed twice is one objection
        return twin
    _require_open(actor, board, idea, at)
    upload = _inspect(attachment) if attachment else None
    row = Objection(
        event_id=actor.event.id,
        number=lock_last_number(actor.event.id) + 1,
        board_id=board.id,
        snapshot_id=board.snapshot_id,
        idea_id=idea.id,
        reason=reason,
        filed_by_id=actor.user_id,
        filed_at=at,
        **(_stored(upload, attachment) if upload and attachment else {}),
    )
    db.session.add(row)
    db.session.flush()
    said = {"number": row.number, "idea": idea.id, "reason": reason, "sha256": row.sha256}
    _record("objection.file", actor, row, at, said)
    _acknowledge(actor, row, idea, at)
    _tell_committee(actor, row, idea, at)
    return row


def _require_open(actor: Actor, board: Board, idea: Idea, at: datetime) -> None:
    require(actor.event.state is not EventState.ARCHIVED, Refused(_l("Kompetisi ini sudah diarsipkan.")))
    none = _l("Panitia tidak membuka masa sanggah untuk hasil ini.")
    require(board.objections_until is not None, Refused(none))
    late = _l(
        "Masa sanggah sudah berakhir menurut jam peladen, jadi sanggahan ini tidak diterima. "
        "Tulisan Anda masih ada di bawah; salin bila perlu."
    )
    require(is_open(board.objections_until, at), Refused(late))
    most = _l("Karya ini sudah mengajukan %(n)s sanggahan, jumlah terbanyak.", n=MOST_OBJECTIONS)
    require(count_of_entry(board, idea.id) < MOST_OBJECTIONS, Refused(most))


def _inspect(attachment: Attachment) -> Upload:
    found = inspect(attachment.filename, attachment.content, max_bytes=attachment.max_bytes)
    if not isinstance(found, Upload):
        raise Refused(UPLOAD_TEXTS[found], field="attachment", details={"fault": found.value})
    return found


def _stored(upload: Upload, attachment: Attachment) -> dict[str, Any]:
    kept = storage.save(attachment.content)
    return {
        "filename": upload.filename,
        "media_type": upload.media_type,
        "size": kept.size,
        "sha256": kept.sha256,
        "storage_key": kept.key,
    }


def answer_objection(
    actor: Actor, objection: Objection, *, outcome: Outcome, answer: str, at: datetime
) -> Objection:
    """Decide an objection once and for all, in words that its team reads."""
    require(policy.can_answer_objections(actor))
    require(objection.idea_id not in list_hidden(actor), NotFound())
    row = locked(Objection, objection.id)
    answered = _l("Orang lain baru saja menjawab sanggahan ini. Muat ulang halaman untuk membacanya.")
    require(row.answered_at is None, Stale(answered))
    row.outcome, row.answer, row.answered_by_id, row.answered_at = outcome, answer, actor.user_id, at
    _record("objection.answer", actor, row, at, {"outcome": outcome, "answer": answer})
    db.session.flush()
    for user in list_members(objection.idea.team_id):
        context = {"title": objection.idea.title, "words": answer, "outcome": outcome.value}
        _mail("results_objection_answered", actor, row, user, context, f"sanggahan/{row.public_id}", at)
    return row


def _record(action: str, actor: Actor, row: Objection, at: datetime, after: dict[str, Any]) -> None:
    record(
        action,
        actor_id=actor.user_id,
        at=at,
        object_type="objection",
        object_id=row.id,
        event_id=actor.event.id,
        after=after,
    )


def _acknowledge(actor: Actor, row: Objection, idea: Idea, at: datetime) -> None:
    """The receipt, to everybody in the team."""
    context = {"title": idea.title, "at": at.isoformat(), "zone": actor.event.zone, "words": row.reason}
    for user in list_members(idea.team_id):
        _mail("results_objection_filed", actor, row, user, context, f"sanggahan/{row.public_id}", at)


def _tell_committee(actor: Actor, row: Objection, idea: Idea, at: datetime) -> None:
    """Organizers, and chairs for whom the entry exists; each person once."""
    told: set[int] = set()
    for role in list_people(actor.event.id, Role.ORGANIZER, Role.CHAIR):
        kept = role.role is Role.CHAIR and is_barred(actor.event.id, idea.id, role.user_id)
        if kept or role.user_id in told:
            continue
        told.add(role.user_id)
        path = f"kelola/sanggahan/{row.public_id}"
        _mail("results_objection_arrived", actor, row, role.user, {"title": idea.title}, path, at)


def _mail(
    template: str, actor: Actor, row: Objection, user: User, context: dict[str, Any], path: str, at: datetime
) -> None:
    event = actor.event
    common = {"name": user.full_name, "event": event.name, "number": receipt_of(row.number)}
    enqueue_mail(
        template,
        address=user.email,
        user_id=user.id,
        locale=user.locale or "id",
        event_id=event.id,
        cause=f"objection:{row.id}",
        context={**common, **context, "path": f"/k/{event.slug}/{path}"},
        at=at,
    )
