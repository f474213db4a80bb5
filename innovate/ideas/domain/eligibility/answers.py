"""What a rule says of an entry: met, not met, or not to be told yet; in codes and numbers, kept as JSON."""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from innovate.events.domain.eligibility import RuleKind


class Outcome(enum.StrEnum):
    """How a rule turns out."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Rule:
    """One thing asked; `parameters` are complete (events/domain/eligibility)."""

    kind: RuleKind
    parameters: Mapping[str, Any]
    blocks: bool = False


@dataclass(frozen=True)
class Answer:
    """One rule's answer. `code` chooses the sentence, `values` fill it, `anchor` is the part of the form to mend."""

    kind: RuleKind
    outcome: Outcome
    code: str
    values: Mapping[str, Any] = field(default_factory=dict)
    anchor: str = ""
    blocks: bool = False

    @property
    def stops(self) -> bool:
        """Whether the entry cannot be handed in: the rule is not met, or waits for something the team can write."""
        open_ = self.outcome is Outcome.UNKNOWN and bool(self.anchor)
        return self.blocks and (self.outcome is Outcome.NOT_MET or open_)


@dataclass(frozen=True)
class Record:
    """What was asked and found when an entry was handed in, counted at the closing day of then."""

    rules: tuple[Rule, ...]
    answers: tuple[Answer, ...]
    closing: date | None

    def as_json(self) -> dict[str, Any]:
        """For the submitted revision."""
        return {
            "closing": self.closing.isoformat() if self.closing else None,
            "rules": [
                {"kind": rule.kind.value, "parameters": dict(rule.parameters), "blocks": rule.blocks}
                for rule in self.rules
            ],
            "answers": [
                {
                    "kind": answer.kind.value,
                    "outcome": answer.outcome.value,
                    "code": answer.code,
                    "values": dict(answer.values),
                    "anchor": answer.anchor,
                    "blocks": answer.blocks,
                }
                for answer in self.answers
            ],
        }


def read_record(kept: Mapping[str, Any] | None) -> Record | None:
    """A record as it was kept; None where none was."""
    if not kept:
        return None
    rules = tuple(Rule(RuleKind(r["kind"]), r["parameters"], r["blocks"]) for r in kept["rules"])
    answers = tuple(
        Answer(RuleKind(a["kind"]), Outcome(a["outcome"]), a["code"], a["values"], a["anchor"], a["blocks"])
        for a in kept["answers"]
    )
    return Record(rules, answers, date.fromisoformat(kept["closing"]) if kept["closing"] else None)


def list_stopping(answers: Sequence[Answer]) -> list[Answer]:
    """What keeps the entry from being handed in."""
    return [answer for answer in answers if answer.stops]
