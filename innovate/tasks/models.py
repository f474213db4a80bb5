"""Long work, asked for by somebody."""

from __future__ import annotations

import enum
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from innovate.core.db import Base, enum_type, token_column


class TaskState(enum.StrEnum):
    """queued: waits for a runner; running: a runner holds its lease; the others are ends."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen to it."""
        return self not in {TaskState.QUEUED, TaskState.RUNNING}


class Task(Base):
    """One piece of work. `about` names what it concerns ("round:12"); `attempts` counts who took it up.

    `inputs` and `result` may be large: a query that needs them undefers them by name.
    """

    __tablename__ = "tasks"
    __table_args__ = (
        Index("ix_tasks_due", "state", "lease_until"),
        Index("ix_tasks_about", "about", "kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = token_column()
    kind: Mapped[str] = mapped_column(String(60))
    about: Mapped[str] = mapped_column(String(80), default="")
    event_id: Mapped[int | None] = mapped_column(index=True)
    actor_id: Mapped[int] = mapped_column(index=True)
    inputs: Mapped[dict[str, Any]] = mapped_column(JSON, deferred=True, deferred_raiseload=True)
    state: Mapped[TaskState] = mapped_column(enum_type(TaskState), default=TaskState.QUEUED)
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    stage: Mapped[str] = mapped_column(String(40), default="")
    result: Mapped[dict[str, Any] | None] = mapped_column(JSON, deferred=True, deferred_raiseload=True)
    error: Mapped[str] = mapped_column(default="")
    attempts: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    lease_until: Mapped[datetime | None]
