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


def test_decisions_are_numbered_without_gaps_and_listed() -> None:
    place = ROOT / "docs" / "decisions"
    names = sorted(path.name for path in place.glob("[0-9]*.md"))
    assert [name[:4] for name in names] == [f"{n:04}" for n in range(1, len(names) + 1)]
    assert re.findall(r"\]\((\d{4}-[^)]+)\)", (place / "README.md").read_text()) == names


def test_decisions_named_in_documents_exist() -> None:
    known = {path.name[:4] for path in (ROOT / "docs" / "decisions").glob("[0-9]*.md")}
    named = {n for document in DOCUMENTS for n in re.findall(r"decisions/(\d{4})", document.read_text())}
    assert named
    assert named <= known
