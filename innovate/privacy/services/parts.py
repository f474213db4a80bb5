"""Every part of somebody's data, in the order in which it is read."""

from __future__ import annotations

from innovate.privacy.queries.sources import (
    account,
    attendance,
    developing,
    judging,
    learning,
    office,
    partners,
    quizzes,
    taking_part,
)


def connect() -> None:
    """Register them all; twice changes nothing."""
    for part in (account, taking_part, partners, learning, attendance, developing, quizzes, judging, office):
        part.connect()
