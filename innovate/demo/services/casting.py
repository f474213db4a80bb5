"""Who is in which team of the smaller competitions: colleagues of one unit, or people of one organization."""

from __future__ import annotations

from random import Random
from typing import Any

from innovate.demo.domain.cast import BY_KEY
from innovate.demo.domain.profiles import profile_of
from innovate.demo.services.entries import Entry
from innovate.demo.services.people import Register
from innovate.events.domain.kinds import FieldKind
from innovate.events.domain.template import Template

_PLAYERS = ("ketua.tim", "anggota")  # of those who can be signed in as, only these compete; the first leads


class Casting:
    """Fills the teams of one competition; nobody is in two of them."""

    def __init__(self, register: Register, template: Template, draw: Random) -> None:
        self.register, self.template, self.draw = register, template, draw
        self._busy: set[str] = set()

    def make_entry(self, row: dict[str, Any]) -> Entry:
        """An entry written in data/event_*.yaml, with its team."""
        owner = row["unit"] or row["organization"]
        return Entry(
            key=row["title"],
            title=row["title"],
            team_name=row["team_name"],
            members=self._pick(owner),
            answers=self._answers(row, owner),
            unit=owner,
            group=row["group"] or "",
            track=row["track"] or "",
            strength=row["quality"],
            papers=self._papers(),
            comments=row.get("juror_comments", ()),
            description=row["expansion"],
        )

    def _answers(self, row: dict[str, Any], owner: str) -> dict[str, str | list[str]]:
        """What is written, with the profile where the form asks for one; drafts leave it for later."""
        given = {key: _as_typed(value) for key, value in row["answers"].items()}
        asked = {field["key"] for field in self.template.form}
        if "tahapan" not in asked or not (row["state"] == "submitted" or row.get("in_unit")):
            return given
        return {"kepanjangan": row["expansion"], **profile_of(owner, row["track"] or "", given), **given}

    def _pick(self, owner: str) -> list[str]:
        smallest, largest = self.template.team["min"], self.template.team["max"]
        size = self.draw.randint(max(2, smallest), min(4, largest))
        free = [key for key in self.register.by_owner.get(owner, ()) if self._may_play(key)]
        chosen = sorted(free, key=lambda key: _rank(key, free))[:size]
        while len(chosen) < size:
            chosen.append(self.register.invent(owner, self.draw))
        self._busy.update(chosen)
        return chosen

    def _may_play(self, key: str) -> bool:
        sign_in = BY_KEY.get(key)
        is_outsider_with_a_part = sign_in is None and key in self.register.outside
        return (
            key not in self._busy
            and not is_outsider_with_a_part
            and (sign_in is None or sign_in.name in _PLAYERS)
        )

    def _papers(self) -> dict[str, str]:
        required = [f for f in self.template.form if f["kind"] == FieldKind.FILE.value and f.get("required")]
        return {field["key"]: field["label"] for field in required}


def _rank(key: str, free: list[str]) -> tuple[int, int]:
    sign_in = BY_KEY.get(key)
    return (_PLAYERS.index(sign_in.name) if sign_in else len(_PLAYERS), free.index(key))


def _as_typed(value: Any) -> str | list[str]:
    """What a person would have typed or ticked: dates and numbers as text."""
    return [str(item) for item in value] if isinstance(value, list) else str(value)
