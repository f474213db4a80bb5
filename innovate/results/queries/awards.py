"""Reading who wins what: places with prizes from the snapshot, special prizes as they stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select

from innovate.accounts.models import User
from innovate.core.db import db
from innovate.core.errors import NotFound
from innovate.events.models import Prize
from innovate.results.domain.awards import Place, list_places, shared_ranks
from innovate.results.models import Board, BoardSignOff, Snapshot, SpecialAward, StandingRow
from innovate.results.queries.favorites import Favorite, list_favorites


def map_prizes(event_id: int) -> dict[int, str]:
    """Names of the prizes that ranks win, by rank."""
    query = select(Prize.rank, Prize.name).where(Prize.event_id == event_id, Prize.rank.is_not(None))
    return {
        int(rank): name for rank, name in db.session.execute(query.order_by(Prize.position.desc())) if rank
    }


@dataclass(frozen=True)
class Special:
    """A special prize with the entry it went to, as the snapshot names it."""

    award: SpecialAward | Favorite
    row: StandingRow


@dataclass(frozen=True)
class Laurels:
    """Everybody who won something: rows with a prize by their rank, and special prizes, Juara Favorit last."""

    rows: Sequence[StandingRow]
    specials: Sequence[Special]

    @property
    def shared(self) -> frozenset[int]:
        """Ideas whose prize another idea holds as well, because they share its rank."""
        ranks = shared_ranks(self.rows)
        return frozenset(row.idea_id for row in self.rows if (row.group_code, row.rank) in ranks)

    @property
    def by_idea(self) -> Mapping[int, Sequence[str]]:
        """Names of special prizes by idea."""
        found: dict[int, list[str]] = {}
        for each in self.specials:
            found.setdefault(each.row.idea_id, []).append(each.award.name)
        return found


def load_laurels(snapshot_id: int, *, upto: int = 0) -> Laurels:
    """Who won something by a snapshot, with `upto` everybody up to that rank too. Two queries."""
    board = select(Snapshot.board_id).where(Snapshot.id == snapshot_id).scalar_subquery()
    held = (SpecialAward.idea_id == StandingRow.idea_id) & (SpecialAward.board_id == board)
    query = (
        select(StandingRow, SpecialAward)
        .outerjoin(SpecialAward, held & SpecialAward.revoked_at.is_(None))
        .where(StandingRow.snapshot_id == snapshot_id)
        .where(or_(StandingRow.award != "", StandingRow.rank <= upto, SpecialAward.id.is_not(None)))
        .order_by(StandingRow.group_code, StandingRow.position, SpecialAward.id)
    )
    found: list[tuple[StandingRow, SpecialAward | None]] = [
        (row, award) for row, award in db.session.execute(query)
    ]
    given = sorted(((award, row) for row, award in found if award is not None), key=_given)
    specials = [Special(award, row) for award, row in given]
    specials += [Special(favorite, row) for favorite, row in list_favorites(snapshot_id)]
    return Laurels(list(dict.fromkeys(row for row, _award in found)), specials)


def _given(special: tuple[SpecialAward, StandingRow]) -> int:
    return special[0].id


def list_winning_places(event_id: int, laurels: Laurels, *, upto: int | None = None) -> list[Place]:
    """Every group's places with a prize (or up to a rank), from first to last."""
    return list_places(laurels.rows, map_prizes(event_id), upto=upto)


def list_revoked(board: Board) -> list[tuple[SpecialAward, User]]:
    """Special prizes that were taken back, with who did it."""
    query = select(SpecialAward, User).join(User, User.id == SpecialAward.revoked_by_id)
    query = query.where(SpecialAward.board_id == board.id).order_by(SpecialAward.revoked_at.desc())
    return [(award, user) for award, user in db.session.execute(query)]


def list_special_prizes(event_id: int) -> Sequence[Prize]:
    """Prizes without a rank: they are given by hand."""
    query = select(Prize).where(Prize.event_id == event_id, Prize.rank.is_(None))
    return list(db.session.scalars(query.order_by(Prize.position, Prize.id)))


def get_special_prize(event_id: int, public_id: str) -> Prize | None:
    """A prize of the event that is given by hand."""
    return db.session.scalar(
        select(Prize).where(Prize.event_id == event_id, Prize.public_id == public_id, Prize.rank.is_(None))
    )


def get_special(board_id: int, public_id: str) -> SpecialAward:
    """One special prize of a board, or NotFound."""
    query = select(SpecialAward).where(SpecialAward.board_id == board_id, SpecialAward.public_id == public_id)
    found = db.session.scalar(query)
    if found is None:
        raise NotFound
    return found


def find_row(board: Board, idea_public_id: str) -> StandingRow | None:
    """An entry of the snapshot in force by its address."""
    return db.session.scalar(
        select(StandingRow).where(
            StandingRow.snapshot_id == (board.snapshot_id or 0), StandingRow.idea_public_id == idea_public_id
        )
    )


def map_entries(board: Board) -> Mapping[str, str]:
    """Every entry of the snapshot in force: address to number and title, for choosing one."""
    query = select(StandingRow.idea_public_id, StandingRow.number, StandingRow.title)
    query = query.where(StandingRow.snapshot_id == (board.snapshot_id or 0))
    rows = db.session.execute(query.order_by(StandingRow.group_code, StandingRow.number, StandingRow.title))
    return {public_id: f"{number or 0:03d} {title}" for public_id, number, title in rows}


def find_sign_off(board: Board) -> tuple[BoardSignOff, User] | None:
    """Who signed the snapshot in force, if the signature holds."""
    query = (
        select(BoardSignOff, User)
        .join(User, User.id == BoardSignOff.user_id)
        .where(BoardSignOff.snapshot_id == (board.snapshot_id or 0), BoardSignOff.withdrawn_at.is_(None))
        .order_by(BoardSignOff.id.desc())
        .limit(1)
    )
    found = db.session.execute(query).first()
    return (found[0], found[1]) if found else None
