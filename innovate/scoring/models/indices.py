"""Rounds whose criteria are the indicators of an index of maturity."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from innovate.core.db import Base


class RoundIndex(Base):
    """The index a round verifies: its name, and the bands of its points, the highest first."""

    __tablename__ = "round_indices"

    round_id: Mapped[int] = mapped_column(
        ForeignKey("rounds.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    name: Mapped[str] = mapped_column(String(120))
    bands: Mapped[list[Any]] = mapped_column(
        JSON, default=list
    )  # [{"name": …, "above": 60} or {"from": 35} or {}]
