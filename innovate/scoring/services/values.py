"""Reading the numbers of a scorecard as its juror typed them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from flask_babel import lazy_gettext as _l

from innovate.core.errors import Refused
from innovate.scoring.domain import rubric
from innovate.scoring.domain.rubric import Filled
from innovate.scoring.queries.ballots import CriterionRow, plain


def read_values(criteria: Mapping[int, CriterionRow], filled: Filled) -> dict[int, Decimal]:
    """The values typed, by criterion; those left empty are absent.

    Refused with `details["errors"]` (text by criterion) for what is no number or not on its scale.
    """
    values: dict[int, Decimal] = {}
    errors: dict[str, str] = {}
    for key, criterion in criteria.items():
        try:
            value = rubric.parse_value(filled.values.get(key, ""))
        except ValueError:
            errors[str(key)] = str(_l("Tulis angka seperti 88 atau 88,5."))
            continue
        problem = rubric.check_value(criterion, value) if value is not None else None
        if problem:
            errors[str(key)] = _scale_text(problem, criterion)
        elif value is not None:
            values[key] = value
    if errors:
        names = ", ".join(criteria[int(key)].name for key in errors)
        text = _l("Periksa nilai pada %(names)s.", names=names)
        raise Refused(text, details={"errors": errors})
    return values


def _scale_text(problem: str, criterion: rubric.Scale) -> str:
    if problem == "range":
        low, high = _comma(criterion.minimum), _comma(criterion.maximum)
        return str(_l("Nilai dari %(low)s sampai %(high)s.", low=low, high=high))
    return str(_l("Nilai naik per %(step)s.", step=_comma(criterion.step)))


def _comma(value: Decimal) -> str:
    return plain(value).replace(".", ",")
