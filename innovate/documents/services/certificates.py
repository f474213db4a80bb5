"""Certificates: one for each person, kind and award, however often they are asked for."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from innovate.core.db import db, locked
from innovate.core.errors import Refused, require
from innovate.documents import policy
from innovate.documents.domain.kinds import Audience, PaperKind
from innovate.documents.models import Document, PaperSettings
from innovate.documents.queries.holders import Holder, list_holders
from innovate.documents.queries.settings import read_settings
from innovate.documents.services.issuing import NOT_PUBLIC, ask_to_set
from innovate.documents.services.letters import write_letter
from innovate.documents.services.numbered import Draft, hold_numbers, issue_all
from innovate.events.models import Event
from innovate.events.policy import Actor
from innovate.results.models import Board
from innovate.results.queries.boards import BoardView, list_boards
from innovate.tasks.models import Task

NOBODY = _l("Belum ada orang yang berhak atas sertifikat ini.")


def ask_for_certificates(actor: Actor, audience: Audience, *, site: str, at: datetime) -> Task:
    """Have the runner issue what is missing of an audience. Refused while the results it tells are sealed."""
    require(policy.can_issue(actor))
    require(bool(draft_certificates(actor.event, audience)), Refused(NOBODY))
    inputs = {"audience": audience.value, "site": site}
    return ask_to_set(actor.event.id, actor.user_id, at=at, inputs=inputs)


def issue_missing(event: Event, audience: Audience, *, site: str, actor_id: int, at: datetime) -> int:
    """Number and freeze the certificates that nobody holds yet; how many. Doing it again issues nothing."""
    hold_numbers(event)
    drafts = draft_certificates(event, audience)
    held = set(db.session.scalars(select(Document.subject).where(Document.event_id == event.id)))
    missing = [draft for draft in drafts if draft.subject not in held]
    if missing:
        issue_all(event, missing, site=site, actor_id=actor_id, at=at)
    return len(missing)


def draft_certificates(event: Event, audience: Audience) -> list[Draft]:
    """Everybody's certificate as it would be now; Refused while the seal does not allow it."""
    view = _find_board(event) if audience.tells_results else None
    if audience.tells_results:
        require(view is not None, Refused(NOT_PUBLIC))
    settings = read_settings(event)
    return [_draft(event, settings, audience, view, each) for each in list_holders(event, audience, view)]


def _find_board(event: Event) -> BoardView | None:
    """The last round's board, held, if it is public."""
    view = next((each for each in list_boards(event) if each.is_last), None)
    if view is None or view.board is None:
        return None
    return view if locked(Board, view.board.id).state.is_public else None


def _draft(
    event: Event, settings: PaperSettings, audience: Audience, view: BoardView | None, holder: Holder
) -> Draft:
    board = view.board if view else None
    return Draft(
        PaperKind.CERTIFICATE,
        f"{audience.value}:{holder.user.id}:{holder.key}",
        _write(event, settings, audience, holder),
        user_id=holder.user.id,
        holder=holder.user.full_name,
        board_id=board.id if board else None,
        snapshot_id=board.snapshot_id if board else None,
    )


def _write(event: Event, settings: PaperSettings, audience: Audience, holder: Holder) -> dict[str, Any]:
    title = "Piagam Penghargaan" if audience is Audience.WINNERS else "Sertifikat"
    return {
        **write_letter(event, settings, title, with_nip=False),
        "holder": holder.user.full_name,
        "unit": holder.unit,
        "called": holder.called,
        "work": holder.work,
    }
