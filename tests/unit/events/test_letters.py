"""Letters of moved deadlines: which files are taken, and in which direction a deadline went."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovate.events.domain.letters import LetterFault, Move, describe_move, find_letter_fault, letter_name

NOW = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("surat.pdf", b"%PDF-1.4", None),
        ("SURAT.PDF", b"%PDF-1.7 x", None),
        ("surat.pdf", b"", LetterFault.EMPTY),
        ("surat.pdf", b"%PDF-1.4 terlalu panjang", LetterFault.TOO_LARGE),
        ("surat.pdf", b"PK\x03\x04", LetterFault.KIND),
        ("surat.docx", b"%PDF-1.4", LetterFault.KIND),
    ],
)
def test_only_small_pdfs_are_letters(name, content, fault) -> None:
    assert find_letter_fault(name, content, max_bytes=12) is fault


@given(st.text(max_size=300))
def test_any_name_becomes_a_safe_one(name) -> None:
    made = letter_name(name)
    assert made.endswith(".pdf")
    assert len(made) <= 124
    assert not set(made) & set('/\\"\r\n\x00;')


@pytest.mark.parametrize(("days", "way"), [(1, Move.LENGTHENED), (-1, Move.SHORTENED), (0, Move.SHIFTED)])
def test_shortening_is_told_like_lengthening(days, way) -> None:
    change = SimpleNamespace(old_ends_at=NOW, new_ends_at=NOW + timedelta(days=days))
    assert describe_move(change) is way
