"""Forms of skills."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectChoice, StringField, TextAreaField
from wtforms.validators import Optional

from innovate.core.web.forms import Form, length, required
from innovate.skills.domain.levels import LEVELS, SkillText
from innovate.skills.models import Skill

_PREFIX = "tingkat_"


class RateForm(Form):
    """Levels of every skill in use (fields of `rate_form`), other words, and whether captains may find the person."""

    others = StringField(
        _l("Keterampilan lain"),
        [length(500)],
        description=_l("Yang tidak ada dalam kerangka di atas. Pisahkan dengan koma, paling banyak 12."),
    )
    is_shown = BooleanField(_l("Tampilkan keterampilan saya saat mencari tim"))

    def levels(self) -> dict[str, int]:
        """What was chosen, by the skill's public id."""
        found = {}
        for name, field in self._fields.items():
            if name.startswith(_PREFIX) and field.data:
                found[name.removeprefix(_PREFIX)] = int(field.data)
        return found

    def words(self) -> list[str]:
        """Words between commas, each once."""
        words = (" ".join(word.split()) for word in (self.others.data or "").split(","))
        return list(dict.fromkeys(word for word in words if word))

    def field_of(self, skill: Skill) -> Any:
        """The radio buttons of a skill."""
        return self._fields[_PREFIX + skill.public_id]


def rate_form(skills: Sequence[Skill], levels: dict[int, int | None], **stored: Any) -> RateForm:
    """The form with one group of radio buttons for each skill; `levels` by the skill's key."""
    fields: dict[str, Any] = {}
    for skill in skills:
        choices = [SelectChoice(str(n), f"{n} · {text}") for n, text in enumerate(skill.levels)]
        fields[_PREFIX + skill.public_id] = RadioField(skill.name, [Optional()], choices=choices)
        level = levels.get(skill.id)
        stored[_PREFIX + skill.public_id] = None if level is None else str(level)
    form: RateForm = type("RateForm", (RateForm,), fields)(data=stored)
    return form


class SkillForm(Form):
    """One skill of the framework."""

    name = StringField(_l("Nama keterampilan"), [required(), length(120, 3)])
    area = StringField(_l("Bidang"), [length(80)])
    description = TextAreaField(_l("Keterangan"), [length(400)])
    level_0 = StringField(_l("Tingkat 0"), [required(), length(200)])
    level_1 = StringField(_l("Tingkat 1"), [required(), length(200)])
    level_2 = StringField(_l("Tingkat 2"), [required(), length(200)])
    level_3 = StringField(_l("Tingkat 3"), [required(), length(200)])
    level_4 = StringField(_l("Tingkat 4"), [required(), length(200)])
    words = StringField(
        _l("Kata lain"),
        [length(400)],
        description=_l("Kata yang dipakai orang untuk keterampilan ini. Pisahkan dengan koma."),
    )

    def text(self) -> SkillText:
        """What was typed."""
        return SkillText(
            name=self.name.data or "",
            area=self.area.data or "",
            description=self.description.data or "",
            levels=[self._fields[f"level_{n}"].data or "" for n in range(LEVELS)],
            words=(self.words.data or "").split(","),
        )


def stored_text(skill: Skill) -> dict[str, Any]:
    """What stands in the form of a skill that exists."""
    levels = {f"level_{n}": text for n, text in enumerate(skill.levels)}
    return {
        "name": skill.name,
        "area": skill.area,
        "description": skill.description,
        "words": ", ".join(skill.words),
        **levels,
    }
