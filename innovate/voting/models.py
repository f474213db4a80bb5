"""Public votes, what stands in them, who asked to vote, the votes, and what was voided. No address lies here."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from innovate.accounts.models import User
from innovate.core.db import Base, enum_type, rel, token_column
from innovate.events.models import Event
from innovate.ideas.models import Idea
from innovate.voting.domain.stages import PollState, Pool, Stage, stage_of


class Poll(Base):
    """A vote of the public about entries of one event (or of a group or category of it).

    `cap` is how many entries a person may choose, `winners` how many awards there are. `salt` goes into every hash of
    a voter and is forgotten together with what leads to them.
    """

    __tablename__ = "polls"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = token_column()
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    group_code: Mapped[str] = mapped_column(String(20), default="")
    track_code: Mapped[str] = mapped_column(String(40), default="")
    pool: Mapped[Pool] = mapped_column(enum_type(Pool), default=Pool.ALL)
    cap: Mapped[int] = mapped_column(default=1)
    winners: Mapped[int] = mapped_column(default=1)
    excludes_winners: Mapped[bool] = mapped_column(default=True)
    excludes_specials: Mapped[bool] = mapped_column(default=False)
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    state: Mapped[PollState] = mapped_column(enum_type(PollState), default=PollState.DRAFT)
    salt: Mapped[str] = mapped_column(String(64))
    created_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]
    counted_at: Mapped[datetime | None]
    counted_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    tie_reason: Mapped[str] = mapped_column(default="")
    published_at: Mapped[datetime | None]
    moved_at: Mapped[datetime | None]  # when its outcome was last counted, taken back, shown or hidden
    forgotten_at: Mapped[datetime | None]

    event: Mapped[Event] = rel()

    @property
    def excludes(self) -> bool:
        """Whether holders of other awards are left out, so that its outcome tells who they are."""
        return self.excludes_winners or self.excludes_specials

    def stage(self, at: datetime) -> Stage:
        """Where the vote is at an instant."""
        return stage_of(self.state, self.opens_at, self.closes_at, at)


class PollEntry(Base):
    """An idea that stands in a vote."""

    __tablename__ = "poll_entries"
    __table_args__ = (UniqueConstraint("poll_id", "idea_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = token_column()
    poll_id: Mapped[int] = mapped_column(ForeignKey("polls.id"))
    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id"), index=True)

    idea: Mapped[Idea] = rel()


class VoteRequest(Base):
    """A choice that waits for the press of a button behind a link in a mail, and the voter's way back to the vote.

    `voter`, `network` and `stem` are keyed hashes, `token_hash` that of the link; `domain` is the mail domain.
    """

    __tablename__ = "vote_requests"
    __table_args__ = (Index("ix_vote_requests_network", "poll_id", "network", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    poll_id: Mapped[int] = mapped_column(ForeignKey("polls.id"))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    voter: Mapped[str] = mapped_column(String(64))
    network: Mapped[str] = mapped_column(String(64))
    domain: Mapped[str] = mapped_column(String(254))
    stem: Mapped[str] = mapped_column(String(64))
    choices: Mapped[list[Any]] = mapped_column(JSON)  # keys of entries
    at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class VoteVoid(Base):
    """Votes that the organizer does not count, with the reason. Lifting it counts them again and leaves this row."""

    __tablename__ = "vote_voids"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = token_column()
    poll_id: Mapped[int] = mapped_column(ForeignKey("polls.id"), index=True)
    votes: Mapped[int]  # how many there were
    reason: Mapped[str]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    made_at: Mapped[datetime]
    lifted_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    lifted_at: Mapped[datetime | None]
    lifted_reason: Mapped[str] = mapped_column(default="")

    made_by: Mapped[User] = rel(foreign_keys=[made_by_id])
    lifted_by: Mapped[User | None] = rel(foreign_keys=[lifted_by_id])


class Vote(Base):
    """One person's confirmed vote. It counts while neither withdrawn by its voter nor voided by the organizer."""

    __tablename__ = "votes"
    __table_args__ = (
        UniqueConstraint("poll_id", "voter"),
        Index("ix_votes_poll_at", "poll_id", "confirmed_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = token_column()
    poll_id: Mapped[int] = mapped_column(ForeignKey("polls.id"))
    voter: Mapped[str] = mapped_column(String(64))
    network: Mapped[str] = mapped_column(String(64))
    domain: Mapped[str] = mapped_column(String(254))
    stem: Mapped[str] = mapped_column(String(64))
    confirmed_at: Mapped[datetime]
    changed_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    void_id: Mapped[int | None] = mapped_column(ForeignKey("vote_voids.id"), index=True)

    choices: Mapped[list[VoteChoice]] = rel(order_by="VoteChoice.entry_id")


class VoteChoice(Base):
    """An entry somebody chose."""

    __tablename__ = "vote_choices"

    vote_id: Mapped[int] = mapped_column(ForeignKey("votes.id"), primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("poll_entries.id"), primary_key=True, index=True)


class PollWinner(Base):
    """Who was found to be Juara Favorit when the vote was counted, with the votes of that moment."""

    __tablename__ = "poll_winners"
    __table_args__ = (UniqueConstraint("poll_id", "idea_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    poll_id: Mapped[int] = mapped_column(ForeignKey("polls.id"), index=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id"), index=True)
    place: Mapped[int]
    votes: Mapped[int]
