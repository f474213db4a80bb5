"""Reading what an event's papers say: the newest version of each text over the house's words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from innovate.core.db import db
from innovate.documents.domain.texts import FORMS, Form, Text
from innovate.documents.models import PaperText

HOUSE = 0  # the version of a text nobody has written
_MOST_VERSIONS = 1_000_000


@dataclass(frozen=True)
class Wording:
    """A text in force. `parts`: every part it has; `signers`: up to three, none for the event's own."""

    text: Text
    version: int
    parts: Mapping[str, str]
    signers: Sequence[Mapping[str, str]] = field(default_factory=tuple)
    is_house: bool = True

    @property
    def form(self) -> Form:
        """Which parts and placeholders it has."""
        return FORMS[self.text]

    @property
    def pattern(self) -> str:
        """Its own number pattern; empty for the event's."""
        return self.parts.get("pattern", "")


def wording_of(text: Text, version: int, kept: Mapping[str, Any]) -> Wording:
    """What was kept over the house's words."""
    form = FORMS[text]
    parts = {name: str(kept.get(name, form.house.get(name, ""))) for name in form.editable}
    return Wording(text, version, parts, tuple(kept.get("signers", ())), is_house=not kept)


def read_wording(event_id: int, text: Text) -> Wording:
    """The text in force."""
    row = find_text(event_id, text)
    return wording_of(text, row.version, row.parts) if row else wording_of(text, HOUSE, {})


def find_text(event_id: int, text: Text, version: int | None = None) -> PaperText | None:
    """A version of a text, or its newest; None where there is none."""
    query = select(PaperText).where(PaperText.event_id == event_id, PaperText.text == text)
    if version is not None:
        if not 0 < version < _MOST_VERSIONS:
            return None
        query = query.where(PaperText.version == version)
    return db.session.scalar(query.order_by(PaperText.version.desc()).limit(1))


def list_versions(event_id: int, text: Text) -> list[PaperText]:
    """Every version of a text with who wrote it, the newest first."""
    query = select(PaperText).where(PaperText.event_id == event_id, PaperText.text == text)
    return list(
        db.session.scalars(query.options(joinedload(PaperText.created_by)).order_by(PaperText.version.desc()))
    )


def map_versions(event_id: int) -> dict[Text, tuple[int, bool]]:
    """The newest version of each text that was ever written, and whether it is the house's again."""
    newest = select(func.max(PaperText.id)).where(PaperText.event_id == event_id).group_by(PaperText.text)
    rows = db.session.scalars(select(PaperText).where(PaperText.id.in_(newest)))
    return {row.text: (row.version, not row.parts) for row in rows}
