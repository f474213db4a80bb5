"""What is on the agenda, its sessions and speakers, who enrolled and who attended."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from innovate.accounts.models import Unit, User
from innovate.core.db import Base, enum_type, rel, token_column
from innovate.events.models import Event
from innovate.learning.domain.kinds import ActivityKind, ActivityState, Audience, EnrolmentState, Method
from innovate.skills.models import Skill


class Activity(Base):
    """Something to learn from, of an event or free-standing (`event_id` None: the site's organizers run it).

    `capacity` None: no limit. `min_share`: percent of its JP that must be attended for the certificate.
    """

    __tablename__ = "activities"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = token_column()
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id"), index=True)
    kind: Mapped[ActivityKind] = mapped_column(enum_type(ActivityKind))
    state: Mapped[ActivityState] = mapped_column(enum_type(ActivityState), default=ActivityState.DRAFT)
    title: Mapped[str] = mapped_column(String(160))
    summary: Mapped[str] = mapped_column(String(240), default="")
    description: Mapped[str] = mapped_column(default="")
    host: Mapped[str] = mapped_column(String(200), default="")
    contact: Mapped[str] = mapped_column(String(200), default="")
    zone: Mapped[str] = mapped_column(String(40), default="Asia/Pontianak")
    audience: Mapped[Audience] = mapped_column(enum_type(Audience), default=Audience.ALL)
    capacity: Mapped[int | None]
    opens_at: Mapped[datetime | None]  # enrolment; None: from publication
    closes_at: Mapped[datetime | None]  # enrolment; None: until the first session begins
    gives_certificate: Mapped[bool] = mapped_column(default=True)
    min_share: Mapped[int] = mapped_column(default=80)
    version: Mapped[int] = mapped_column(default=1)  # counts changes of time and place: calendars ask
    created_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    cancelled_reason: Mapped[str] = mapped_column(default="")

    event: Mapped[Event | None] = rel()
    created_by: Mapped[User] = rel()
    sessions: Mapped[list[LearningSession]] = rel(
        order_by="LearningSession.starts_at",
        primaryjoin="and_(Activity.id == LearningSession.activity_id, LearningSession.removed_at.is_(None))",
        viewonly=True,
    )
    units: Mapped[list[Unit]] = rel(secondary="activity_units", order_by="Unit.name")
    skills: Mapped[list[Skill]] = rel(secondary="activity_skills", order_by="Skill.position")


class ActivityUnit(Base):
    """A unit (with those below it) whose people may enrol."""

    __tablename__ = "activity_units"

    activity_id: Mapped[int] = mapped_column(ForeignKey("activities.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), primary_key=True, index=True)


class ActivitySkill(Base):
    """A skill that an activity teaches."""

    __tablename__ = "activity_skills"

    activity_id: Mapped[int] = mapped_column(ForeignKey("activities.id"), primary_key=True)
    skill_id: Mapped[int] = mapped_column(ForeignKey("skills.id"), primary_key=True, index=True)


class LearningSession(Base):
    """A span of an activity that is attended as one: `starts_at` < `ends_at`, less `pause` minutes of breaks."""

    __tablename__ = "learning_sessions"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = token_column()
    activity_id: Mapped[int] = mapped_column(ForeignKey("activities.id"), index=True)
    title: Mapped[str] = mapped_column(String(160))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    pause: Mapped[int] = mapped_column(default=0)
    room: Mapped[str] = mapped_column(String(200), default="")
    link: Mapped[str] = mapped_column(String(500), default="")  # for who enrolled only
    removed_at: Mapped[datetime | None]

    activity: Mapped[Activity] = rel()
    speakers: Mapped[list[Speaker]] = rel(order_by="Speaker.position")


class Speaker(Base):
    """Who speaks in a session; with an account (`user_id`) they may record attendance."""

    __tablename__ = "speakers"

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("learning_sessions.id"), index=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    name: Mapped[str] = mapped_column(String(160))
    title: Mapped[str] = mapped_column(String(160), default="")
    position: Mapped[int] = mapped_column(default=0)

    user: Mapped[User | None] = rel()


class Enrolment(Base):
    """A person's place in an activity, or in its waiting list by `asked_at`. Giving up keeps the row."""

    __tablename__ = "enrolments"
    __table_args__ = (
        Index(
            "uq_enrolments_active",
            "activity_id",
            "user_id",
            unique=True,
            sqlite_where=text("withdrawn_at IS NULL"),
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = token_column()
    activity_id: Mapped[int] = mapped_column(ForeignKey("activities.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    state: Mapped[EnrolmentState] = mapped_column(enum_type(EnrolmentState))
    unit_id: Mapped[int | None] = mapped_column(
        ForeignKey("units.id"), index=True
    )  # the person's, at that time
    asked_at: Mapped[datetime]
    placed_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    activity: Mapped[Activity] = rel()
    user: Mapped[User] = rel(foreign_keys=[user_id])
    unit: Mapped[Unit | None] = rel()


class Attendance(Base):
    """Somebody was in a session. Taking it back keeps the row with its reason. `at`: the server's instant."""

    __tablename__ = "attendances"
    __table_args__ = (
        Index(
            "uq_attendances_active",
            "session_id",
            "user_id",
            unique=True,
            sqlite_where=text("removed_at IS NULL"),
            postgresql_where=text("removed_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("learning_sessions.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    method: Mapped[Method] = mapped_column(enum_type(Method))
    at: Mapped[datetime]
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    removed_at: Mapped[datetime | None]
    removed_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    removed_reason: Mapped[str] = mapped_column(String(300), default="")

    session: Mapped[LearningSession] = rel()
    user: Mapped[User] = rel(foreign_keys=[user_id])
