"""NIP: the tables of valid and invalid numbers."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovate.accounts.domain.nip import Nip, NipFault, NipWarning, list_warnings, normalise, parse

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "shown", "label"),
    [
        ("198609262015051001", "19860926 201505 1 001", "NIP"),
        ("200012312024211001", "20001231 2024 21 1 001", "NI PPPK"),
        ("19860926 201505 1 001", "19860926 201505 1 001", "NIP"),
        ("20001231.2024-21.1.001", "20001231 2024 21 1 001", "NI PPPK"),
        ("199002282019122999", "19900228 201912 2 999", "NIP"),
        ("199602292021292001", "19960229 2021 29 2 001", "NI PPPK"),
    ],
)
def test_valid(text: str, shown: str, label: str) -> None:
    nip = parse(text)
    assert isinstance(nip, Nip)
    assert (nip.shown, nip.label) == (shown, label)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("198609262015131001", NipFault.KIND),
        ("198609262015201001", NipFault.KIND),
        ("198609262015301001", NipFault.KIND),
        ("198609262015001001", NipFault.KIND),
        ("198613262015051001", NipFault.BIRTH_DATE),
        ("199502292021211001", NipFault.BIRTH_DATE),
        ("198609262015053001", NipFault.SEX),
        ("198609262015050001", NipFault.SEX),
        ("198609262015051000", NipFault.SERIAL),
        ("19860926201505100", NipFault.LENGTH),
        ("1986092620150510012", NipFault.LENGTH),
        ("", NipFault.LENGTH),
        ("19860926201505100A", NipFault.CHARACTERS),
        ("١٩٨٦٠٩٢٦٢٠١٥٠٥١٠٠١", NipFault.CHARACTERS),
    ],
)
def test_invalid(text: str, fault: NipFault) -> None:
    assert parse(text) is fault


@pytest.mark.parametrize(
    ("text", "is_pppk", "warnings"),
    [
        ("198609262015051001", False, []),
        ("200012312024211001", True, []),
        ("198609262015051001", None, []),
        ("198609262015051001", True, [NipWarning.STATUS_DIFFERS]),
        ("200012312024211001", False, [NipWarning.STATUS_DIFFERS]),
        ("200609262015051001", False, [NipWarning.AGE]),
        ("195009262015051001", False, [NipWarning.AGE]),
        ("199709262015051001", False, []),
        ("195709262015051001", False, []),
        ("199609262027051001", False, [NipWarning.FUTURE]),
        ("199009262018211001", True, [NipWarning.TOO_EARLY_PPPK]),
    ],
)
def test_warnings(text: str, is_pppk: bool | None, warnings: list[NipWarning]) -> None:
    nip = parse(text)
    assert isinstance(nip, Nip)
    assert list_warnings(nip, is_pppk=is_pppk, today=TODAY) == warnings


@given(st.text(max_size=30))
def test_any_text_is_judged_and_what_is_kept_reads_back(text: str) -> None:
    nip = parse(text)
    if isinstance(nip, Nip):
        assert parse(nip.shown) == nip
        assert normalise(nip.shown) == nip.digits
