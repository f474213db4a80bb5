"""Telephone numbers as people write them."""

import pytest

from innovate.accounts.domain.phone import normalise, show


@pytest.mark.parametrize(
    ("written", "kept", "shown"),
    [
        ("0812-3456-7890", "+6281234567890", "0812-3456-7890"),
        ("081234567890", "+6281234567890", "0812-3456-7890"),
        ("+62 812 3456 7890", "+6281234567890", "0812-3456-7890"),
        ("6281234567890", "+6281234567890", "0812-3456-7890"),
        ("(0561) 733041", "+62561733041", "(0561) 733041"),
        ("0561.733041", "+62561733041", "(0561) 733041"),
        ("021 5550123", "+62215550123", "(021) 5550123"),
        ("+65 6123 4567", "+6561234567", "+6561234567"),
    ],
)
def test_kept_with_country_code_and_shown_as_written(written: str, kept: str, shown: str) -> None:
    assert normalise(written) == kept
    assert show(kept) == shown
    assert normalise(shown) == kept


@pytest.mark.parametrize(
    "written",
    [
        "",
        "12345",
        "0812",
        "+620812345678",
        "0812-3456-7890-1234-5",
        "08x23456789",
        "00812345678",
        "+1",
        "++6281",
    ],
)
def test_not_a_number(written: str) -> None:
    assert normalise(written) is None
