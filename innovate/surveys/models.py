"""Surveys with their versions, who was asked, and what was answered."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from innovate.accounts.models import Unit, User
from innovate.core.db import Base, enum_type, rel, token_column
from innovate.events.models import Event, Phase
from innovate.learning.models import Activity
from innovate.surveys.domain.kinds import Occasion, Part, Segment, SurveyKind, SurveyState, When
from innovate.surveys.domain.questionnaire import Questionnaire, Text, unpack
from innovate.surveys.domain.timing import Stage, stage_of


class Survey(Base):
    """A survey of an event, or of the site's organizers (`event_id` None).

    `anonymous`: nothing leads from an answer to who gave it. `days`: after what it follows. `open_days`: how long it
    takes answers where `closes_at` was not set. `asked_at`: the first answer came; from then on `anonymous` is fixed.
    """

    __tablename__ = "surveys"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = token_column()
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id"), index=True)
    activity_id: Mapped[int | None] = mapped_column(ForeignKey("activities.id"), index=True)
    kind: Mapped[SurveyKind] = mapped_column(enum_type(SurveyKind), default=SurveyKind.GENERAL)
    state: Mapped[SurveyState] = mapped_column(enum_type(SurveyState), default=SurveyState.DRAFT)
    title: Mapped[str] = mapped_column(String(160))
    title_en: Mapped[str] = mapped_column(String(160), default="")
    intro: Mapped[str] = mapped_column(default="")
    intro_en: Mapped[str] = mapped_column(default="")
    anonymous: Mapped[bool] = mapped_column(default=True)
    occasion: Mapped[Occasion] = mapped_column(enum_type(Occasion), default=Occasion.NONE)
    number: Mapped[int] = mapped_column(default=1)  # of the version in force
    segment: Mapped[Segment] = mapped_column(enum_type(Segment), default=Segment.PUBLIC)
    people: Mapped[list[str]] = mapped_column(default=list)  # addresses, where the segment is a list
    sends: Mapped[When] = mapped_column(enum_type(When), default=When.NOW)
    send_at: Mapped[datetime | None]
    phase_id: Mapped[int | None] = mapped_column(ForeignKey("phases.id"), index=True)
    days: Mapped[int] = mapped_column(default=0)
    open_days: Mapped[int] = mapped_column(default=14)
    reminders: Mapped[int] = mapped_column(default=2)
    remind_every: Mapped[int] = mapped_column(default=3)
    reminded: Mapped[int] = mapped_column(default=0)  # rounds of reminders that went out
    created_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    answered: Mapped[int] = mapped_column(default=0)
    removed_at: Mapped[datetime | None]

    event: Mapped[Event | None] = rel()
    activity: Mapped[Activity | None] = rel()
    phase: Mapped[Phase | None] = rel()
    version: Mapped[SurveyVersion] = rel(
        primaryjoin="and_(Survey.id == SurveyVersion.survey_id, Survey.number == SurveyVersion.number)",
        foreign_keys="[SurveyVersion.survey_id, SurveyVersion.number]",
        viewonly=True,
        uselist=False,
    )

    def stage(self, at: datetime) -> Stage:
        """Where it stands at an instant."""
        return stage_of(self.state, self.sent_at, self.closes_at, at)

    @property
    def name(self) -> Text:
        """The title in both languages."""
        return Text(self.title, self.title_en)

    @property
    def opening(self) -> Text:
        """The words before the first question, in both languages."""
        return Text(self.intro, self.intro_en)

    @property
    def zone(self) -> str:
        """The zone its instants are shown in."""
        return self.event.zone if self.event else "Asia/Pontianak"


class SurveyVersion(Base):
    """What is asked. Once somebody answered it, it never changes: a change is the next version."""

    __tablename__ = "survey_versions"
    __table_args__ = (UniqueConstraint("survey_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("surveys.id"))
    number: Mapped[int]
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    made_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    made_at: Mapped[datetime]

    @property
    def whole(self) -> Questionnaire:
        """The questionnaire as the rules know it."""
        return unpack(self.content)


class Invitation(Base):
    """Somebody who was asked: a person with an account, or an address. `token` is their personal link.

    In an anonymous survey `answered` is all that is known: no time, and no way to the answers.
    """

    __tablename__ = "survey_invitations"
    __table_args__ = (
        UniqueConstraint("survey_id", "email"),
        Index("ix_survey_invitations_user_id", "user_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("surveys.id"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    email: Mapped[str] = mapped_column(String(254))
    name: Mapped[str] = mapped_column(String(200), default="")
    locale: Mapped[str] = mapped_column(String(5), default="id")
    token: Mapped[str] = mapped_column(String(40), unique=True)
    part: Mapped[Part | None] = mapped_column(enum_type(Part))
    named_by_id: Mapped[int | None] = mapped_column(ForeignKey("survey_invitations.id"), index=True)
    answered: Mapped[bool] = mapped_column(default=False)

    survey: Mapped[Survey] = rel()
    user: Mapped[User | None] = rel()
    named_by: Mapped[Invitation | None] = rel(remote_side="Invitation.id")


class SurveyResponse(Base):
    """One filled-in survey, in the version that was asked. Answers stand by the question's key.

    `slip` is drawn for the page, so that a form sent twice counts once. Who (`invitation_id`), from which unit and when
    are known in named surveys only.
    """

    __tablename__ = "survey_responses"
    __table_args__ = (UniqueConstraint("survey_id", "slip"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("surveys.id"))
    number: Mapped[int]  # of the version
    slip: Mapped[str] = mapped_column(String(40))
    answers: Mapped[dict[str, Any]] = mapped_column(JSON)
    part: Mapped[Part | None] = mapped_column(enum_type(Part))
    invitation_id: Mapped[int | None] = mapped_column(ForeignKey("survey_invitations.id"), unique=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"), index=True)
    at: Mapped[datetime | None]

    invitation: Mapped[Invitation | None] = rel()
    unit: Mapped[Unit | None] = rel()
