"""What the documents point at is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from innovate.core.serving import ROOT

DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_and_picture_exists(document: Path) -> None:
    targets = re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", document.read_text())
    assert [target for target in targets if not (document.parent / target).exists()] == []


def test_every_picture_is_shown() -> None:
    text = "".join(document.read_text() for document in DOCUMENTS)
    pictures = [path.name for path in (ROOT / "docs" / "images").glob("*.png")]
    assert pictures
    assert [name for name in pictures if name not in text] == []
