"""Boards, their immutable snapshots, what proves them, and what people say about them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from innovate.accounts.models import User
from innovate.core.db import Base, enum_type, rel, token_column
from innovate.events.domain.seal import BoardState
from innovate.events.models import Event, Prize
from innovate.ideas.models import Idea
from innovate.results.domain.awards import Succession
from innovate.results.domain.bundle.inputs import Publication
from innovate.results.domain.method import Method, ScoringRules
from innovate.results.domain.objections import OBJECTION_DAYS, Outcome
from innovate.results.domain.ties.rules import TieRule
from innovate.scoring.models.rounds import Round

_JSON = JSON(none_as_null=True)


class Board(Base):
    """The ranking of one round. Its standing is computed while open and served from a snapshot once frozen."""

    __tablename__ = "boards"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"), unique=True)
    state: Mapped[BoardState] = mapped_column(enum_type(BoardState), default=BoardState.COLLECTING)
    announce_at: Mapped[datetime | None]  # the time set for announcing a board that is signed off
    announce_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    objection_days: Mapped[int] = mapped_column(default=OBJECTION_DAYS, server_default=str(OBJECTION_DAYS))
    objections_until: Mapped[datetime | None]  # the one that is enforced
    snapshot_id: Mapped[int | None] = mapped_column(ForeignKey("snapshots.id", use_alter=True))
    shows_scores: Mapped[bool] = mapped_column(default=True)
    minimum_ballots: Mapped[int] = mapped_column(default=1)
    announced_at: Mapped[datetime | None]
    publication: Mapped[Publication | None] = mapped_column(
        enum_type(Publication)
    )  # of the bundle; None: by the size of the jury

    event: Mapped[Event] = rel()
    round: Mapped[Round] = rel()
    snapshot: Mapped[Snapshot | None] = rel(foreign_keys=[snapshot_id], post_update=True)


class ObjectionExtension(Base):
    """A window for objections that was made longer, or opened where there was none: public, with its reason."""

    __tablename__ = "objection_extensions"

    id: Mapped[int] = mapped_column(primary_key=True)
    board_id: Mapped[int] = mapped_column(ForeignKey("boards.id"), index=True)
    snapshot_id: Mapped[int] = mapped_column(ForeignKey("snapshots.id"))  # the announcement it belongs to
    old_until: Mapped[datetime | None]
    new_until: Mapped[datetime]
    reason: Mapped[str]
    actor_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime]


class RoundRules(Base):
    """How a round is ranked, chosen before the event's first ballot; without a row it is by the plain mean."""

    __tablename__ = "round_rules"

    round_id: Mapped[int] = mapped_column(
        ForeignKey("rounds.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    method: Mapped[Method] = mapped_column(enum_type(Method), default=Method.FAIR)
    tie_order: Mapped[list[str]] = mapped_column(JSON)
    minimum_ballots: Mapped[int] = mapped_column(default=1)
    passing: Mapped[float | None]  # 0..100
    quota: Mapped[int | None]  # of each group
    joint: Mapped[bool] = mapped_column(default=False)

    def read(self) -> ScoringRules:
        """The rules as the mathematics takes them."""
        order = tuple(TieRule(code) for code in self.tie_order)
        return ScoringRules(self.method, order, self.minimum_ballots, self.passing, self.quota, self.joint)


class TieRuling(Base):
    """What the jury decided in session about entries with equal scores. Taken back, it stays readable."""

    __tablename__ = "tie_rulings"

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"), index=True)
    order: Mapped[list[int]] = mapped_column(JSON)  # ideas, the first first
    reason: Mapped[str]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    made_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    withdrawn_reason: Mapped[str] = mapped_column(default="")


class Snapshot(Base):
    """A frozen ranking; never changed. A correction makes a new one and marks this superseded."""

    __tablename__ = "snapshots"
    __table_args__ = (UniqueConstraint("board_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    board_id: Mapped[int] = mapped_column(ForeignKey("boards.id"), index=True)
    number: Mapped[int]
    method: Mapped[str] = mapped_column(String(20), default="raw")
    sha256: Mapped[str] = mapped_column(String(64))
    taken_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    taken_at: Mapped[datetime]
    superseded_at: Mapped[datetime | None]
    superseded_reason: Mapped[str] = mapped_column(default="")
    rules: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))  # as they were
    fits: Mapped[list[dict[str, Any]] | None] = mapped_column(
        JSON(none_as_null=True)
    )  # of each round: queries/computed.write_fits
    notes: Mapped[list[dict[str, Any]] | None] = mapped_column(
        JSON(none_as_null=True)
    )  # code and values, without names
    criteria: Mapped[list[str] | None] = mapped_column(
        JSON(none_as_null=True)
    )  # the heaviest first, for decisions of ties
    seed: Mapped[int | None]  # of the draws of ranks
    top: Mapped[int | None]  # the K of p_top


class StandingRow(Base):
    """One idea's place in a snapshot, with the names as they were."""

    __tablename__ = "standing_rows"
    __table_args__ = (Index("ix_standing_rows_place", "snapshot_id", "group_code", "position"),)

    snapshot_id: Mapped[int] = mapped_column(ForeignKey("snapshots.id"), primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id"), primary_key=True)
    position: Mapped[int]  # order of the list within the group, from 1
    rank: Mapped[int | None]  # shared ranks 1-1-3; None: not ranked (too few ballots)
    track_rank: Mapped[int | None]
    group_code: Mapped[str] = mapped_column(String(20), default="")
    track_code: Mapped[str] = mapped_column(String(40), default="")
    raw: Mapped[float | None]  # weighted mean 0..100
    score: Mapped[float | None]  # what ranks; equals raw while the method is "raw"
    ballots: Mapped[int] = mapped_column(default=0)
    award: Mapped[str] = mapped_column(String(120), default="")
    idea_public_id: Mapped[str] = mapped_column(String(12))
    number: Mapped[int | None]
    title: Mapped[str] = mapped_column(String(160))
    team_name: Mapped[str] = mapped_column(String(120))
    unit_name: Mapped[str] = mapped_column(String(200), default="")
    in_gallery: Mapped[bool] = mapped_column(default=False)
    pool: Mapped[int] = mapped_column(default=0, server_default="0")  # part of the group ranked by itself
    raw_rank: Mapped[int | None]
    se: Mapped[float | None]  # standard error of the score by itself
    low: Mapped[float | None]  # of the score against its group
    high: Mapped[float | None]
    rank_low: Mapped[int | None]
    rank_high: Mapped[int | None]
    p_top: Mapped[float | None]  # chance to be among the first snapshot.top
    near_low: Mapped[int | None]  # first and last rank it cannot be told apart from
    near_high: Mapped[int | None]
    tie: Mapped[dict[str, Any] | None] = mapped_column(
        JSON(none_as_null=True)
    )  # domain/placing.write_decision
    passed: Mapped[bool | None]
    working: Mapped[list[dict[str, Any]] | None] = mapped_column(
        JSON(none_as_null=True), deferred=True
    )  # domain/scored/working

    idea: Mapped[Idea] = rel()


class FrozenResult(Base):
    """What a snapshot was computed from, kept as a file so that later ballots change nothing of its proof."""

    __tablename__ = "frozen_results"

    snapshot_id: Mapped[int] = mapped_column(
        ForeignKey("snapshots.id"), primary_key=True, autoincrement=False
    )
    storage_key: Mapped[str] = mapped_column(String(200))  # domain/bundle/inputs.FrozenResult.as_bytes
    root: Mapped[str] = mapped_column(String(64))
    ballots: Mapped[int]
    jurors: Mapped[int]
    checkpoint: Mapped[int | None]  # number of the trail's checkpoint that closed it


class ResultBundle(Base):
    """One archive that lets anybody recompute a snapshot; made once for each kind and checkpoint."""

    __tablename__ = "result_bundles"
    __table_args__ = (UniqueConstraint("snapshot_id", "publication", "checkpoint"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    snapshot_id: Mapped[int] = mapped_column(ForeignKey("snapshots.id"), index=True)
    publication: Mapped[Publication] = mapped_column(enum_type(Publication))
    checkpoint: Mapped[int]
    storage_key: Mapped[str] = mapped_column(String(200))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime]


class BoardChange(Base):
    """One step in a board's life, with who, when and (for every way back) why."""

    __tablename__ = "board_changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    board_id: Mapped[int] = mapped_column(ForeignKey("boards.id"), index=True)
    before: Mapped[BoardState] = mapped_column(enum_type(BoardState))
    after: Mapped[BoardState] = mapped_column(enum_type(BoardState))
    reason: Mapped[str] = mapped_column(default="")
    actor_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime]


class FeedbackRelease(Base):
    """The teams' feedback, from opening to closing; it may be opened again, then it has another row."""

    __tablename__ = "feedback_releases"
    __table_args__ = (
        Index(
            "uq_feedback_releases_standing",
            "event_id",
            unique=True,
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    opened_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    opened_at: Mapped[datetime]
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    closed_at: Mapped[datetime | None]
    closed_reason: Mapped[str] = mapped_column(default="")

    @property
    def is_open(self) -> bool:
        """Whether teams read their feedback."""
        return self.closed_at is None


class CommitteePack(Base):
    """A workbook and minutes with everything behind a competition's results, for the committee and its auditors."""

    __tablename__ = "committee_packs"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    storage_key: Mapped[str] = mapped_column(String(200))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    volumes: Mapped[int] = mapped_column(default=1, server_default="1")  # more than one lie in a ZIP
    minutes_key: Mapped[str] = mapped_column(String(200), default="", server_default="")  # "": from before
    minutes_size: Mapped[int] = mapped_column(default=0, server_default="0")
    minutes_sha256: Mapped[str] = mapped_column(String(64), default="", server_default="")
    made_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    made_at: Mapped[datetime]


class BoardSignOff(Base):
    """Somebody answers for one snapshot: the chair, or the organizer with a reason where there is no chair."""

    __tablename__ = "board_sign_offs"

    id: Mapped[int] = mapped_column(primary_key=True)
    board_id: Mapped[int] = mapped_column(ForeignKey("boards.id"), index=True)
    snapshot_id: Mapped[int] = mapped_column(ForeignKey("snapshots.id"))
    sha256: Mapped[str] = mapped_column(String(64))  # of the snapshot, as it was read
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    is_chair: Mapped[bool]
    reason: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]

    user: Mapped[User] = rel()
    snapshot: Mapped[Snapshot] = rel()


class Objection(Base):
    """What a team has against an announced result, with the answer. Numbered within the event, never changed."""

    __tablename__ = "objections"
    __table_args__ = (
        UniqueConstraint("event_id", "number"),
        Index("ix_objections_idea_id_board_id", "idea_id", "board_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = token_column()
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    number: Mapped[int]
    board_id: Mapped[int] = mapped_column(ForeignKey("boards.id"), index=True)
    snapshot_id: Mapped[int] = mapped_column(ForeignKey("snapshots.id"))
    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id"))
    reason: Mapped[str]
    filed_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    filed_at: Mapped[datetime]
    filename: Mapped[str] = mapped_column(String(200), default="")  # "": nothing attached
    media_type: Mapped[str] = mapped_column(String(100), default="")
    size: Mapped[int] = mapped_column(default=0)
    sha256: Mapped[str] = mapped_column(String(64), default="")
    storage_key: Mapped[str] = mapped_column(String(200), default="")
    outcome: Mapped[Outcome | None] = mapped_column(enum_type(Outcome))
    answer: Mapped[str] = mapped_column(default="")
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    answered_at: Mapped[datetime | None]

    board: Mapped[Board] = rel()
    idea: Mapped[Idea] = rel()
    filed_by: Mapped[User] = rel(foreign_keys=[filed_by_id])
    answered_by: Mapped[User | None] = rel(foreign_keys=[answered_by_id])


class SpecialAward(Base):
    """A prize without a rank, given by hand to one entry. Taking it back leaves the row with its reason."""

    __tablename__ = "special_awards"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = token_column()
    board_id: Mapped[int] = mapped_column(ForeignKey("boards.id"), index=True)
    prize_id: Mapped[int] = mapped_column(ForeignKey("prizes.id"))
    name: Mapped[str] = mapped_column(String(120))  # of the prize, as it was given
    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id"))
    reason: Mapped[str]
    given_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    given_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    revoked_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    revoked_reason: Mapped[str] = mapped_column(default="")

    prize: Mapped[Prize] = rel()


class AwardWithdrawal(Base):
    """An announced award was taken away by a decree. The award as it was stays in the snapshot it was announced with.

    `reason` is the committee's and the team's; everybody reads `public_reason` alone. Taken back, the row stays.
    """

    __tablename__ = "award_withdrawals"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = token_column()
    board_id: Mapped[int] = mapped_column(ForeignKey("boards.id"), index=True)
    snapshot_id: Mapped[int] = mapped_column(ForeignKey("snapshots.id"))  # the one that gave it
    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id"), index=True)
    award: Mapped[str] = mapped_column(String(120))
    title: Mapped[str] = mapped_column(String(160))  # of the entry, as it was announced
    team_name: Mapped[str] = mapped_column(String(120))
    succession: Mapped[Succession] = mapped_column(enum_type(Succession))
    decree: Mapped[str] = mapped_column(String(120))  # its number
    day: Mapped[date]  # of the decree
    reason: Mapped[str]
    public_reason: Mapped[str] = mapped_column(default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    ended_reason: Mapped[str] = mapped_column(default="")

    by: Mapped[User] = rel(foreign_keys=[by_id])
