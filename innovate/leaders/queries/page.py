"""The sections of the page in their order, each one shape out of what the database counts."""

from __future__ import annotations

from collections.abc import Callable

from innovate.leaders.domain.shapes import Section
from innovate.leaders.queries.frame import Frame
from innovate.leaders.queries.sections.hours import read_hours
from innovate.leaders.queries.sections.impact import read_impact
from innovate.leaders.queries.sections.participation import read_participation
from innovate.leaders.queries.sections.partners import read_partners
from innovate.leaders.queries.sections.pipeline import read_pipeline
from innovate.leaders.queries.sections.satisfaction import read_satisfaction
from innovate.leaders.queries.sections.skills import read_skills
from innovate.leaders.queries.sections.winners import read_winners

SECTIONS: tuple[Callable[[Frame], Section | None], ...] = (
    read_participation,
    read_pipeline,
    read_winners,
    read_hours,
    read_skills,
    read_impact,
    read_satisfaction,
    read_partners,
)


def read_sections(frame: Frame) -> list[Section]:
    """Every section that has something to say."""
    return [section for read in SECTIONS if (section := read(frame)) is not None] if frame.year else []
