"""Teams and who belongs to them."""

from __future__ import annotations

import enum
from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from innovate.accounts.models import Unit, User
from innovate.core.db import Base, enum_type, rel, token_column
from innovate.events.models import Event, Group


class RequestState(enum.StrEnum):
    """Life of an invitation or a request to join."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    CANCELLED = "cancelled"


class Team(Base):
    """A team in one event. `invite_nonce` is part of the invitation link; a new one ends the old."""

    __tablename__ = "teams"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = token_column()
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    description: Mapped[str] = mapped_column(default="")
    group_id: Mapped[int | None] = mapped_column(ForeignKey("groups.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"), index=True)
    organization: Mapped[str] = mapped_column(String(160), default="")
    captain_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    invite_nonce: Mapped[str] = token_column()
    is_listed: Mapped[bool] = mapped_column(default=True)  # others may find it and ask to join
    locked_at: Mapped[datetime | None]  # set when an idea is submitted: members are then fixed
    membership_unlocked: Mapped[bool] = mapped_column(
        default=False
    )  # opened by the organizer after submission
    named_members: Mapped[list[str]] = mapped_column(
        default=list, server_default="[]"
    )  # who takes part without an account, as a paper entry names them
    created_at: Mapped[datetime]
    disbanded_at: Mapped[datetime | None]

    event: Mapped[Event] = rel()
    group: Mapped[Group | None] = rel()
    unit: Mapped[Unit | None] = rel()
    captain: Mapped[User] = rel()
    memberships: Mapped[list[Membership]] = rel(
        back_populates="team",
        order_by="Membership.joined_at",
        primaryjoin="and_(Team.id == Membership.team_id, Membership.left_at.is_(None))",
        viewonly=True,
    )
    open_roles: Mapped[list[OpenRole]] = rel(back_populates="team", order_by="OpenRole.id")

    @property
    def size(self) -> int:
        """How many take part; memberships must be loaded."""
        return len(self.memberships) + len(self.named_members)

    @property
    def member_names(self) -> list[str]:
        """Who takes part, with and without an account; memberships and their users must be loaded."""
        return [*(membership.user.full_name for membership in self.memberships), *self.named_members]


class Membership(Base):
    """A person in a team; leaving sets `left_at` and keeps the row, because it makes conflicts of interest."""

    __tablename__ = "memberships"
    __table_args__ = (
        Index(
            "uq_memberships_active",
            "team_id",
            "user_id",
            unique=True,
            sqlite_where=text("left_at IS NULL"),
            postgresql_where=text("left_at IS NULL"),
        ),
        Index(
            "uq_memberships_sole",
            "sole_event_id",
            "user_id",
            unique=True,
            sqlite_where=text("left_at IS NULL"),
            postgresql_where=text("left_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    sole_event_id: Mapped[
        int | None
    ]  # = event_id where the event allows one team per person: the database then holds the rule
    part: Mapped[str] = mapped_column(String(80), default="")  # what the member does in the team
    joined_at: Mapped[datetime]
    left_at: Mapped[datetime | None]
    left_reason: Mapped[str] = mapped_column(String(20), default="")  # left, removed

    team: Mapped[Team] = rel(back_populates="memberships", viewonly=True)
    user: Mapped[User] = rel()


class TeamMentor(Base):
    """A mentor of the event accompanies a team. The row is kept when that ends: it makes conflicts of interest."""

    __tablename__ = "team_mentors"
    __table_args__ = (
        Index(
            "uq_team_mentors_active",
            "team_id",
            "user_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = token_column()
    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    named_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    named_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    user: Mapped[User] = rel(foreign_keys=[user_id])


class JoinRequest(Base):
    """A person asks to join a team."""

    __tablename__ = "join_requests"

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    message: Mapped[str] = mapped_column(default="")
    state: Mapped[RequestState] = mapped_column(enum_type(RequestState), default=RequestState.PENDING)
    created_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    team: Mapped[Team] = rel()
    user: Mapped[User] = rel(foreign_keys=[user_id])


class TeamInvitation(Base):
    """A mail that asks one person into a team. `found_id`: whom the captain found by skills and knows by name alone."""

    __tablename__ = "team_invitations"

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id"), index=True)
    email: Mapped[str] = mapped_column(String(254))
    nonce: Mapped[str] = token_column()
    state: Mapped[RequestState] = mapped_column(enum_type(RequestState), default=RequestState.PENDING)
    invited_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    found_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]

    team: Mapped[Team] = rel()
    found: Mapped[User | None] = rel(foreign_keys=[found_id])


class OpenRole(Base):
    """What a team still looks for."""

    __tablename__ = "open_roles"

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id"), index=True)
    title: Mapped[str] = mapped_column(String(80))
    skills: Mapped[list[str]] = mapped_column(default=list)
    created_at: Mapped[datetime]

    team: Mapped[Team] = rel(back_populates="open_roles")
