"""Every part of somebody's data, in the order in which it is read."""

from __future__ import annotations

from innovate.privacy.queries.sources import (
    account,
    attendance,
    developing,
    impact,
    judging,
    learning,
    office,
    partners,
    quizzes,
    taking_part,
)

PARTS = (account, taking_part, partners, learning, attendance, developing, quizzes, judging, impact, office)


def connect() -> None:
    """Register them all; twice changes nothing."""
    for part in PARTS:
        part.connect()
