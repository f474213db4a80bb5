"""The questionnaires that come with the product (`data/*.yaml`), and the one made from the framework of skills."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import select

from innovate.core.db import db
from innovate.skills.models import Skill
from innovate.surveys.domain.editing import check
from innovate.surveys.domain.kinds import QuestionKind, Segment, SurveyKind, When
from innovate.surveys.domain.questionnaire import Option, Question, Questionnaire, Section, Text, unpack

FOLDER = Path(__file__).resolve().parents[1] / "data"
KEYS = ("reaksi", "perilaku", "hasil", "skm", "keterampilan")
MOST_SKILLS = 60
_LEVELS = (
    Text("Belum bisa", "Not yet"),
    Text("Bisa dengan bantuan", "With help"),
    Text("Bisa sendiri", "On my own"),
    Text("Mahir", "Proficient"),
    Text("Dapat mengajari orang lain", "Can teach others"),
)


@dataclass(frozen=True)
class ReadyMade:
    """A questionnaire to begin with, and how it is usually sent."""

    key: str
    kind: SurveyKind
    title: Text
    about: Text
    intro: Text
    anonymous: bool
    segment: Segment
    sends: When
    days: int
    open_days: int
    whole: Questionnaire


@cache
def load_ready_made() -> dict[str, ReadyMade]:
    """All of them, by key, in their order."""
    return {key: _read(key) for key in KEYS}


def _read(key: str) -> ReadyMade:
    data: dict[str, Any] = yaml.safe_load((FOLDER / f"{key}.yaml").read_text(encoding="utf-8"))
    return ReadyMade(
        key=key,
        kind=SurveyKind(data["kind"]),
        title=_text(data["title"]),
        about=_text(data["about"]),
        intro=_text(data["intro"]),
        anonymous=data["anonymous"],
        segment=Segment(data["segment"]),
        sends=When(data["sends"]),
        days=data["days"],
        open_days=data["open_days"],
        whole=check(unpack(data)),
    )


def _text(value: dict[str, str]) -> Text:
    return Text(value["id"], value["en"])


def ask_skills() -> Questionnaire:
    """A question for each skill of the framework, a section for each area. Needs at least one skill."""
    query = select(Skill).where(Skill.retired_at.is_(None)).order_by(Skill.position, Skill.id)
    areas: dict[str, list[Question]] = {}
    for skill in db.session.scalars(query.limit(MOST_SKILLS)):
        words = [Text(each) for each in skill.levels[: len(_LEVELS)]]
        levels = [*words, *_LEVELS[len(words) :]]
        areas.setdefault(skill.area, []).append(
            Question(
                key=f"k{skill.id}",
                kind=QuestionKind.SKILL,
                text=Text(skill.name),
                help=Text(skill.description),
                skill=skill.code,
                options=tuple(Option(str(n), text) for n, text in enumerate(levels)),
            )
        )
    sections = (
        Section(f"s{n}", Text(area or "Keterampilan", "" if area else "Skills"), questions=tuple(rows))
        for n, (area, rows) in enumerate(areas.items(), 1)
    )
    return Questionnaire(tuple(sections))
