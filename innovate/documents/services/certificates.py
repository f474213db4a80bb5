"""Certificates: one for each person, kind and award, however often they are asked for."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from innovate.core.db import locked
from innovate.core.errors import Refused, require
from innovate.documents import policy
from innovate.documents.domain.kinds import Audience, PaperKind
from innovate.documents.domain.texts import text_for
from innovate.documents.queries.holders import Holder, list_holders
from innovate.documents.queries.settings import read_settings
from innovate.documents.queries.texts import read_wording
from innovate.documents.services.issuing import NOT_PUBLIC, ask_to_set
from innovate.documents.services.letters import list_facts, write_letter
from innovate.documents.services.numbered import Draft, hold_numbers, issue_new
from innovate.events.models import Event
from innovate.events.policy import Actor
from innovate.results.models import Board
from innovate.results.queries.boards import BoardView, list_boards
from innovate.tasks.models import Task

NOBODY = _l("Belum ada orang yang berhak atas sertifikat ini.")


def ask_for_certificates(actor: Actor, audience: Audience, *, site: str, at: datetime) -> Task:
    """Have the runner issue what is missing of an audience. Refused while the results it tells are sealed."""
    require(policy.can_issue(actor))
    require(bool(draft_certificates(actor.event, audience, at=at)), Refused(NOBODY))
    inputs = {"audience": audience.value, "site": site}
    return ask_to_set(actor.event.id, actor.user_id, at=at, inputs=inputs)


def issue_missing(event: Event, audience: Audience, *, site: str, actor_id: int, at: datetime) -> int:
    """Number and freeze the certificates that nobody holds yet; how many. Doing it again issues nothing."""
    hold_numbers(event)
    drafts = draft_certificates(event, audience, at=at)
    return issue_new(event, drafts, site=site, actor_id=actor_id, at=at)


def draft_certificates(event: Event, audience: Audience, *, at: datetime) -> list[Draft]:
    """Everybody's certificate as it would be now; Refused while the seal does not allow it."""
    view = _find_board(event) if audience.tells_results else None
    if audience.tells_results:
        require(view is not None, Refused(NOT_PUBLIC))
    desk = _Desk(event, audience, view, at)
    return [desk.draft(each) for each in list_holders(event, audience, view)]


def _find_board(event: Event) -> BoardView | None:
    """The last round's board, held, if it is public."""
    view = next((each for each in list_boards(event) if each.is_last), None)
    if view is None or view.board is None:
        return None
    return view if locked(Board, view.board.id).state.is_public else None


class _Desk:
    """What all certificates of an audience share."""

    def __init__(self, event: Event, audience: Audience, view: BoardView | None, at: datetime) -> None:
        self.event, self.audience = event, audience
        self.board = view.board if view else None
        self.settings = read_settings(event)
        self.wording = read_wording(event.id, text_for(PaperKind.CERTIFICATE, audience))
        self.facts = list_facts(event, self.settings, at)

    def draft(self, holder: Holder) -> Draft:
        return Draft(
            PaperKind.CERTIFICATE,
            f"{self.audience.value}:{holder.user.id}:{holder.key}",
            self._write(holder),
            user_id=holder.user.id,
            holder=holder.user.full_name,
            pattern=self.wording.pattern,
            board_id=self.board.id if self.board else None,
            snapshot_id=self.board.snapshot_id if self.board else None,
        )

    def _write(self, holder: Holder) -> dict[str, Any]:
        own = {
            "nama": holder.user.full_name,
            "unit_kerja": holder.unit,
            "sebagai": holder.called,
            "karya": holder.work,
        }
        letter = write_letter(self.event, self.settings, self.wording, {**self.facts, **own}, with_nip=False)
        said = {"holder": holder.user.full_name, "unit": holder.unit, "called": holder.called}
        return {**letter, **said, "work": holder.work}
