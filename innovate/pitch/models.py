"""A pitch day, its running order, and every press and change of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from innovate.core.db import Base, enum_type, rel, token_column
from innovate.ideas.models import Idea
from innovate.pitch.domain.schedule import Break
from innovate.pitch.domain.timer import Run, Stage
from innovate.scoring.models.rounds import Round


class PitchDay(Base):
    """The presentations of one round. `version` rises with everything that a screen could show."""

    __tablename__ = "pitch_days"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"), unique=True)
    place: Mapped[str] = mapped_column(String(200), default="")
    starts_at: Mapped[datetime]
    presentation_minutes: Mapped[int] = mapped_column(default=7)
    question_minutes: Mapped[int] = mapped_column(default=13)
    gap_minutes: Mapped[int] = mapped_column(default=0)  # between two teams
    warnings: Mapped[list[Any]] = mapped_column(JSON, default=list)  # seconds before the end of a stage
    breaks: Mapped[list[Any]] = mapped_column(
        JSON, default=list
    )  # [{"after": 6, "minutes": 45, "label": "…"}]
    seed: Mapped[str] = mapped_column(String(80), default="")  # empty: not drawn yet
    by_group: Mapped[bool] = mapped_column(default=False)
    drawn_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    current_id: Mapped[int | None] = mapped_column(ForeignKey("pitch_slots.id", use_alter=True))
    version: Mapped[int] = mapped_column(default=1)

    round: Mapped[Round] = rel()

    @property
    def pauses(self) -> list[Break]:
        """The breaks of the programme."""
        return [Break(row["after"], row["minutes"], row.get("label", "")) for row in self.breaks]

    @property
    def minutes(self) -> int:
        """What one team takes of the programme."""
        return self.presentation_minutes + self.question_minutes + self.gap_minutes

    def limit(self, stage: Stage) -> int:
        """How long a stage may last, in milliseconds: for a team that is ready the presentation, 0 once it is done."""
        minutes = {
            Stage.READY: self.presentation_minutes,
            Stage.PRESENTATION: self.presentation_minutes,
            Stage.QUESTIONS: self.question_minutes,
        }
        return minutes.get(stage, 0) * 60_000


class PitchSlot(Base):
    """One team in the running order, and its time on stage."""

    __tablename__ = "pitch_slots"
    __table_args__ = (UniqueConstraint("day_id", "idea_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = token_column()
    day_id: Mapped[int] = mapped_column(ForeignKey("pitch_days.id"), index=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id"), index=True)
    position: Mapped[int]
    stage: Mapped[Stage] = mapped_column(enum_type(Stage), default=Stage.READY)
    started_at: Mapped[datetime | None]  # since when the stage's clock runs
    carried_ms: Mapped[int] = mapped_column(default=0)
    presentation_ms: Mapped[int] = mapped_column(default=0)
    questions_ms: Mapped[int] = mapped_column(default=0)
    called_at: Mapped[datetime | None]  # when it came on stage
    postponed_at: Mapped[datetime | None]
    postponed_reason: Mapped[str] = mapped_column(default="")

    idea: Mapped[Idea] = rel()

    @property
    def run(self) -> Run:
        """The timer's state."""
        return Run(self.stage, self.started_at, self.carried_ms, self.presentation_ms, self.questions_ms)

    @run.setter
    def run(self, run: Run) -> None:
        self.stage, self.started_at, self.carried_ms = run.stage, run.started_at, run.carried
        self.presentation_ms, self.questions_ms = run.presentation, run.questions


class PitchStep(Base):
    """One press at the console with what was before, so that it can be taken back. Without `before` it cannot."""

    __tablename__ = "pitch_steps"
    __table_args__ = (Index("ix_pitch_steps_day", "day_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    day_id: Mapped[int] = mapped_column(ForeignKey("pitch_days.id"))
    slot_id: Mapped[int | None] = mapped_column(ForeignKey("pitch_slots.id"), index=True)
    what: Mapped[str] = mapped_column(String(20))
    actor_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime]
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    undone_at: Mapped[datetime | None]


class PitchChange(Base):
    """A draw, or a change of the running order by hand, for everybody with access to read."""

    __tablename__ = "pitch_changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    day_id: Mapped[int] = mapped_column(ForeignKey("pitch_days.id"), index=True)
    what: Mapped[str] = mapped_column(String(20))  # draw, move, postpone, add
    label: Mapped[str] = mapped_column(String(40), default="")  # the entry's, empty for a draw
    before: Mapped[int | None]  # place from 1
    after: Mapped[int | None]
    seed: Mapped[str] = mapped_column(String(80), default="")
    reason: Mapped[str] = mapped_column(default="")
    actor_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime]
