"""Reading the gallery: entries whose teams agree to be shown."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import aliased

from innovate.core.db import db
from innovate.core.errors import NotFound
from innovate.core.paging import Page, paginate
from innovate.events.domain.kinds import FieldKind
from innovate.events.domain.seal import BoardState
from innovate.events.models import Event
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.ideas.domain.reading import Entry, lay_out, lay_out_profile
from innovate.ideas.models import Idea
from innovate.ideas.queries.revisions import get_judged_revision
from innovate.results.models import Board, Snapshot, SpecialAward, StandingRow
from innovate.results.queries.favorites import is_favorite
from innovate.results.queries.snapshots import Filter, mentions

_Winner = aliased(StandingRow)
LEFT = (IdeaState.WITHDRAWN, IdeaState.DISQUALIFIED)  # taken out after they were announced
_AWARD = func.coalesce(_Winner.award, "")


def _gallery(snapshot_id: int, awards_from: int) -> Select[tuple[StandingRow, str]]:
    """Rows that may be shown, each with its award. The team's consent counts as it is now, not as it was frozen."""
    return (
        select(StandingRow, _AWARD)
        .join(Idea, Idea.id == StandingRow.idea_id)
        .outerjoin(_Winner, (_Winner.idea_id == StandingRow.idea_id) & (_Winner.snapshot_id == awards_from))
        .where(StandingRow.snapshot_id == snapshot_id, Idea.in_gallery, Idea.state.not_in(LEFT))
    )


def list_gallery(snapshot_id: int, awards_from: int, chosen: Filter) -> Page[tuple[StandingRow, str]]:
    """Entries whose teams agree to be shown, with their awards in the snapshot `awards_from`.

    Winners first, in the order they were announced in, then by number, never by a sealed score.
    """
    query = _gallery(snapshot_id, awards_from)
    if chosen.group:
        query = query.where(StandingRow.group_code == chosen.group)
    if chosen.track:
        query = query.where(StandingRow.track_code == chosen.track)
    if chosen.search:
        query = query.where(mentions(chosen.search))
    won = case((_AWARD != "", _Winner.position), else_=0)
    special = _is_special(awards_from)
    first = case((_AWARD != "", 0), (special | is_favorite(awards_from), 1), else_=2)
    order = (first, StandingRow.group_code, won, func.coalesce(StandingRow.number, 0))
    return paginate(query.order_by(*order), page=chosen.page, size=24, scalars=False)


def _is_special(awards_from: int) -> ColumnElement[bool]:
    """Condition on a row: its entry holds a special prize of the board that `awards_from` is a snapshot of."""
    board = select(Snapshot.board_id).where(Snapshot.id == awards_from).scalar_subquery()
    query = select(SpecialAward.id).where(SpecialAward.idea_id == StandingRow.idea_id)
    return query.where(SpecialAward.board_id == board, SpecialAward.revoked_at.is_(None)).exists()


def get_gallery_row(snapshot_id: int, awards_from: int, idea_public_id: str) -> tuple[StandingRow, str]:
    """One entry of the gallery with its award, or NotFound if it is not there or its team does not agree."""
    query = _gallery(snapshot_id, awards_from).where(StandingRow.idea_public_id == idea_public_id)
    found = db.session.execute(query).first()
    if found is None:
        raise NotFound
    return found[0], found[1]


def read_gallery_entry(event: Event, row: StandingRow) -> Entry:
    """An entry of the gallery as it was judged, without its attachments: those were meant for the jury."""
    revision, fields = get_judged_revision(row.idea_id)
    shown = [field for field in fields if field.kind is not FieldKind.FILE]
    return Entry(
        public_id=row.idea_public_id,
        number=row.number,
        title=row.title,
        group=next((group.name for group in event.groups if group.code == row.group_code), ""),
        track=next((track.name for track in event.tracks if track.code == row.track_code), ""),
        sections=lay_out(shown, revision.answers, ()),
        profile=lay_out_profile(shown, revision.answers),
    )


def list_shown_ideas(idea_ids: Collection[int]) -> set[int]:
    """Which of these ideas stand in a gallery now."""
    public = [state for state in BoardState if state.is_public]
    query = (
        select(Idea.id)
        .join(Idea.event)
        .join(StandingRow, StandingRow.idea_id == Idea.id)
        .join(Board, Board.snapshot_id == StandingRow.snapshot_id)
        .where(Idea.id.in_(idea_ids), Idea.in_gallery, Idea.state.not_in(LEFT))
        .where(Event.gallery_enabled, Event.deleted_at.is_(None))
        .where(Board.state.in_(public))
    )
    return set(db.session.scalars(query)) if idea_ids else set()
