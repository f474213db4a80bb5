"""The part results have in templates: how each round is ranked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from innovate.core.db import db
from innovate.events.domain.shapes import (
    Fault,
    Key,
    broken,
    flag,
    listed,
    mapped,
    number,
    one_of,
    optional,
    whole,
)
from innovate.events.models import Event
from innovate.events.services import creation
from innovate.events.services.creation import Creation
from innovate.events.services.parts import Line, Part, add_part
from innovate.events.services.template_words import RULES
from innovate.results.domain.method import Method, ScoringRules
from innovate.results.domain.ties.rules import HOUSE_ORDER, TieRule
from innovate.results.models import RoundRules
from innovate.results.services.rules import fill_rules, is_order
from innovate.results.words.method import METHODS
from innovate.scoring.domain.rubric_shape import match_rounds
from innovate.scoring.queries.rounds import list_rounds

_ROW = mapped(
    {
        "phase": Key(one_of(("judging", "final"))),
        "method": optional(one_of([method.value for method in Method]), Method.FAIR.value),
        "ties": optional(
            listed(one_of([rule.value for rule in TieRule]), len(TieRule), 1), list(HOUSE_ORDER)
        ),
        "minimum_ballots": optional(whole(1, 50), 1),
        "passing": optional(number(0, 100)),
        "quota": optional(whole(1, 10_000)),
        "joint": optional(flag, default=False),
    }
)


def connect() -> None:
    """Add the part; once more changes nothing."""
    add_part(Part("round_rules", optional(listed(_ROW, 20)), read_rules, _tell, _review))
    RULES["ties"] = _l(
        "%(place)s: setiap aturan satu kali, undian hanya sebelum yang terakhir, terakhir shared."
    )
    if bring_rules not in creation.after_creation:
        creation.after_creation.append(bring_rules)


def read_rules(event: Event) -> list[dict[str, Any]] | None:
    """The rules of each round as rows of a template."""
    rounds = list_rounds(event.id)
    query = select(RoundRules).where(RoundRules.round_id.in_([round_.id for round_ in rounds]))
    rules = {row.round_id: row for row in db.session.scalars(query)}
    return [{"phase": each.phase.kind.value, **_plain(rules.get(each.id))} for each in rounds] or None


def _plain(rules: RoundRules | None) -> dict[str, Any]:
    if rules is None:  # from before there was a choice
        return {"method": Method.RAW.value, "ties": [TieRule.SHARED.value]}
    return {
        "method": rules.method.value,
        "ties": list(rules.tie_order),
        "minimum_ballots": rules.minimum_ballots,
        "passing": rules.passing,
        "quota": rules.quota,
        "joint": rules.joint,
    }


def bring_rules(new: Creation) -> None:
    """A new event's rounds are ranked as its template says; scoring has made them by now."""
    wanted = (new.template.parts.get("round_rules") or ()) if new.template else ()
    rounds = list_rounds(new.event.id) if wanted else []
    for round_, row in zip(rounds, match_rounds(wanted, [r.phase.kind.value for r in rounds]), strict=True):
        rules = db.session.get(RoundRules, round_.id)
        if row is not None and rules is not None:
            fill_rules(rules, _read(row))
    db.session.flush()


def _read(row: Mapping[str, Any]) -> ScoringRules:
    return ScoringRules(
        method=Method(row.get("method") or Method.FAIR),
        tie_order=tuple(TieRule(code) for code in row.get("ties") or HOUSE_ORDER),
        minimum_ballots=row.get("minimum_ballots") or 1,
        passing=row.get("passing"),
        quota=row.get("quota"),
        joint=bool(row.get("joint")),
    )


def _review(document: Mapping[str, Any]) -> Iterator[Fault]:
    kinds = [phase["kind"] for phase in document["phases"]]
    for place, row in enumerate(document.get("round_rules") or ()):
        if not is_order([TieRule(code) for code in row["ties"]]):
            yield broken(("round_rules", place, "ties"), "ties")
        if row["phase"] not in kinds:
            yield broken(("round_rules", place, "phase"), "no_phase")


def _tell(rows: Sequence[Mapping[str, Any]]) -> Sequence[Line]:
    told: list[Line] = []
    for row in rows:
        told.append((_l("Cara memeringkat"), METHODS[Method(row.get("method") or Method.FAIR)]))
        if row.get("passing") is not None:
            told.append((_l("Ambang batas"), f"{row['passing']:g}"))
    return told
