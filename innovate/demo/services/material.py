"""The written material of the demo and the product's own tables, read from YAML."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from innovate.demo.domain.writing import Vocabulary

PACKAGE = Path(__file__).resolve().parents[2]
_DATA = PACKAGE / "demo" / "data"
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_units() -> list[dict[str, Any]]:
    """Work units, parents before children."""
    return _rows(PACKAGE / "accounts" / "data" / "units.yaml")


def read_people() -> list[dict[str, Any]]:
    """Invented people by key."""
    return _rows(_DATA / "people.yaml")


def read_proposals(group: str) -> list[dict[str, Any]]:
    """The written proposals of group `a` or `b`."""
    return [row for path in sorted(_DATA.glob(f"proposals_{group}*.yaml")) for row in _rows(path)]


def read_other_events() -> list[dict[str, Any]]:
    """The competitions beside the city's own, each with its entries."""
    return [row for path in sorted(_DATA.glob("event_*.yaml")) for row in _rows(path)]


def read_activities() -> list[dict[str, Any]]:
    """Trainings of the year, with their sessions."""
    return _rows(_DATA / "learning.yaml")


def read_past_editions() -> str:
    """Entries of past editions as a sheet."""
    return (_DATA / "past_editions.csv").read_text(encoding="utf-8")


def read_bank() -> bytes:
    """A sheet of questions about reading data, as its maker would bring it."""
    return (_DATA / "bank_soal.csv").read_bytes()


def read_past_years() -> list[dict[str, Any]]:
    """Past years with the entries of the city's competition."""
    return _rows(_DATA / "past_years.yaml")


def read_past_trainings() -> list[dict[str, Any]]:
    """Past years with what was taught."""
    return _rows(_DATA / "past_trainings.yaml")


def read_vocabulary() -> Vocabulary:
    """Sentences and words for events of any size."""
    return Vocabulary(**_parse(_DATA / "writing.yaml"))


def _rows(path: Path) -> list[dict[str, Any]]:
    return list(_parse(path))


def _parse(path: Path) -> Any:
    return yaml.load(path.read_bytes(), Loader=_Loader)  # noqa: S506 - a safe loader, in C where there is one
