"""What an event asks of its entries: rules that are put in force, changed and taken away by its organizer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from innovate.core.db import db
from innovate.core.errors import Refused, require
from innovate.events import queries
from innovate.events.domain.eligibility import RuleKind, complete_parameters, find_parameter_problem
from innovate.events.domain.kinds import FieldKind
from innovate.events.models import EligibilityRule, FormField
from innovate.events.policy import Actor
from innovate.events.services.changes import change, note, require_change

_PROBLEMS = {
    "months": _l("Isi angka dari 1 sampai 240."),
    "years": _l("Isi angka dari 1 sampai 20."),
    "ranks": _l("Isi angka dari 1 sampai 10."),
    "least_words": _l("Isi angka dari 1 sampai 500."),
    "since": _l("Pilih salah satu."),
    "fields": _l("Pilih sekurang-kurangnya satu isian berkas."),
}


def set_rule(
    actor: Actor, kind: RuleKind, parameters: Mapping[str, Any], *, blocks: bool, at: datetime
) -> EligibilityRule:
    """Ask this of every entry that is handed in from now on; what was handed in before keeps what was found then."""
    require_change(actor)
    whole = complete_parameters(kind, parameters)
    problem = find_parameter_problem(kind, whole)
    if problem is not None:
        raise Refused(_PROBLEMS[problem], field=problem)
    if "fields" in whole:
        rows = queries.list_rows(FormField, actor.event.id)
        known = {row.key for row in rows if row.kind is FieldKind.FILE and row.removed_at is None}
        require(set(whole["fields"]) <= known, Refused(_PROBLEMS["fields"], field="fields"))
    rule = queries.find_rule(actor.event.id, kind)
    if rule is not None:
        change(actor, rule, {"parameters": whole, "blocks": blocks}, action="eligibility_rule.update", at=at)
        return rule
    position = list(RuleKind).index(kind)
    rule = EligibilityRule(
        event_id=actor.event.id, kind=kind, parameters=whole, blocks=blocks, position=position
    )
    db.session.add(rule)
    db.session.flush()
    after = {"kind": kind.value, "parameters": whole, "blocks": blocks}
    note(actor, "eligibility_rule.add", rule, at=at, after=after)
    return rule


def remove_rule(actor: Actor, rule: EligibilityRule, *, at: datetime) -> None:
    """Ask this no longer."""
    require_change(actor)
    before = {"kind": rule.kind.value, "parameters": rule.parameters, "blocks": rule.blocks}
    note(actor, "eligibility_rule.remove", rule, at=at, before=before)
    db.session.delete(rule)
