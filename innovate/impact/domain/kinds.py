"""States of an innovation in use, directions of indicators, kinds of measures, states of reports and requests."""

from __future__ import annotations

import enum


class Status(enum.StrEnum):
    """Where an innovation stands after the competition."""

    TRIAL = "trial"
    RUNNING = "running"
    GROWN = "grown"
    REPLICATED = "replicated"
    PAUSED = "paused"
    STOPPED = "stopped"

    @property
    def is_alive(self) -> bool:
        """Whether people use it now."""
        return self not in {Status.PAUSED, Status.STOPPED}

    @property
    def needs_reason(self) -> bool:
        """Whether it is said why."""
        return not self.is_alive


class Direction(enum.StrEnum):
    """Which way an indicator is meant to go."""

    UP = "up"
    DOWN = "down"


class Measure(enum.StrEnum):
    """The measure of reach: one for each innovation, the year of use against the year before."""

    PEOPLE = "people"
    UNITS = "units"
    SAVED = "saved"
    REVENUE = "revenue"
    PRODUCTS = "products"
    TREND = "trend"

    @property
    def compares(self) -> bool:
        """Whether the class is a percentage of the year before."""
        return self in {Measure.SAVED, Measure.REVENUE}


class Check(enum.StrEnum):
    """What became of a reported number."""

    WAITING = "waiting"
    VERIFIED = "verified"
    RETURNED = "returned"


class Asked(enum.StrEnum):
    """A request to adopt an innovation."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
