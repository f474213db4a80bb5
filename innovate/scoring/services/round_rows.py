"""What a row of a template sets on a round."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from innovate.core.db import db
from innovate.scoring.models.indices import RoundIndex
from innovate.scoring.models.rounds import Round

COLUMNS = {
    "ballots": "ballots_per_idea",
    "weight": "weight",
    "takes_all": "takes_all",
    "carries": "carries",
    "blind": "is_blind",
    "chair_sees": "chair_sees",
}


def settings_of(row: Mapping[str, Any]) -> dict[str, Any]:
    """Columns of a round that a row of a template sets."""
    found = {column: row[key] for key, column in COLUMNS.items() if row.get(key) is not None}
    if "weight" in found:
        found["weight"] = Decimal(str(found["weight"]))
    return found


def begin_index(round_: Round, row: Mapping[str, Any]) -> None:
    """The index a template gives to a round."""
    if index := row.get("index"):
        db.session.add(RoundIndex(round_id=round_.id, name=index["name"], bands=list(index["bands"])))


def copy_index(source: Round, round_: Round) -> None:
    """A copied event verifies the same index."""
    index = db.session.get(RoundIndex, source.id)
    if index is not None:
        db.session.add(RoundIndex(round_id=round_.id, name=index.name, bands=list(index.bands)))
