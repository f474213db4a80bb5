"""The part scoring has in templates: rounds with their rubrics, and the index a round may verify."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_ngettext as _ln

from innovate.events.domain.shapes import optional, whole
from innovate.events.models import Event
from innovate.events.services.parts import Line, Part, add_part
from innovate.events.services.template_words import RULES
from innovate.scoring.domain.rubric_shape import MOST_BALLOTS, RUBRICS, review_rubrics
from innovate.scoring.models.indices import RoundIndex
from innovate.scoring.models.rounds import Criterion, Round, Rubric
from innovate.scoring.queries.maturity import list_indexed
from innovate.scoring.queries.rounds import list_rounds, list_rubrics_in_force
from innovate.scoring.services.round_rows import COLUMNS
from innovate.scoring.services.rubrics import PROBLEMS


def connect() -> None:
    """Add the part; once more changes nothing."""
    add_part(Part("rubrics", optional(RUBRICS), read_rubrics, _tell, review_rubrics))
    add_part(
        Part("ballots_per_idea", optional(whole(1, MOST_BALLOTS)), lambda _event: None, lambda _value: ())
    )
    RULES["no_phase"] = _l("%(place)s: tidak ada tahap penilaian untuk rubrik ini.")
    RULES["bands"] = _l("%(place)s: urutkan predikat dari batas tertinggi; yang terakhir tanpa batas.")
    for code, text in PROBLEMS.items():
        RULES[f"rubric_{code}"] = _Placed(text)


class _Placed:
    """A sentence of the rubric room with its place before it."""

    def __init__(self, text: Any) -> None:
        self._text = text

    def __str__(self) -> str:
        return "%(place)s: " + str(self._text).replace("%", "%%")


def read_rubrics(event: Event) -> list[dict[str, Any]] | None:
    """The rounds of an event as rows of a template."""
    rubrics = {round_.id: rubric for round_, rubric in list_rubrics_in_force(event.id)}
    indices = list_indexed(event.id)
    rounds = list_rounds(event.id)
    return [_row(each, rubrics.get(each.id), indices.get(each.id)) for each in rounds] or None


def _row(round_: Round, rubric: Rubric | None, index: RoundIndex | None) -> dict[str, Any]:
    row: dict[str, Any] = {"phase": round_.phase.kind.value}
    row |= {key: _plain(getattr(round_, column)) for key, column in COLUMNS.items()}
    if index is not None:
        row["index"] = {"name": index.name, "bands": index.bands}
    row["criteria"] = [_criterion(each) for each in (rubric.criteria if rubric else ())]
    return row


def _criterion(criterion: Criterion) -> dict[str, Any]:
    return {
        "name": criterion.name,
        "key": criterion.key,
        "description": criterion.description,
        "weight": _plain(criterion.weight),
        "min": _plain(criterion.minimum),
        "max": _plain(criterion.maximum),
        "step": _plain(criterion.step),
        "levels": [{**level, "value": _plain(Decimal(str(level["value"])))} for level in criterion.levels],
    }


def _plain(value: Any) -> Any:
    if not isinstance(value, Decimal):
        return value
    return int(value) if value == value.to_integral_value() else float(value)


def _tell(rows: Sequence[Mapping[str, Any]]) -> Sequence[Line]:
    return [
        (
            _l("Rubrik penilaian") if row["phase"] == "judging" else _l("Rubrik babak akhir"),
            _ln(
                "%(num)s kriteria: %(names)s",
                "%(num)s kriteria: %(names)s",
                len(row["criteria"]),
                names=_names(row),
            ),
        )
        for row in rows
    ]


def _names(row: Mapping[str, Any]) -> str:
    return ", ".join(criterion["name"] for criterion in row["criteria"])
