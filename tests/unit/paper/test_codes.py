"""The code on a sheet notices what hands do to it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovate.paper.domain.codes import ALPHABET, LENGTH, check_letter, draw_code, read_code, show_code

bodies = st.text(ALPHABET, min_size=LENGTH - 1, max_size=LENGTH - 1)
places = st.integers(0, LENGTH - 1)


def test_the_worked_example() -> None:
    # docs/algorithms/paper.md: K 17, 7 5, Q 21, M 18, 4 2, X 28, A 8: 495, and 495 + 1 = 16 x 31
    assert check_letter("K7QM4XA") == "3"
    assert read_code("k7qm-4xa3") == "K7QM4XA3"
    assert show_code("K7QM4XA3") == "K7QM-4XA3"


def test_the_alphabet_is_prime_and_has_no_twins() -> None:
    assert len(set(ALPHABET)) == 31
    assert not set("01OIL") & set(ALPHABET)


@given(bodies)
def test_what_is_drawn_reads_back_however_it_is_typed(body: str) -> None:
    code = body + check_letter(body)
    for typed in (code, code.lower(), show_code(code), f"  {code[:2]} {code[2:5]}–{code[5:]} "):
        assert read_code(typed) == code


@given(bodies, places, st.sampled_from(ALPHABET))
def test_one_wrong_character_is_noticed(body: str, place: int, wrong: str) -> None:
    code = body + check_letter(body)
    changed = code[:place] + wrong + code[place + 1 :]
    assert (read_code(changed) is None) == (changed != code)


@given(bodies, places, places)
def test_two_characters_exchanged_are_noticed_wherever_they_stand(body: str, a: int, b: int) -> None:
    code = list(body + check_letter(body))
    changed = code.copy()
    changed[a], changed[b] = code[b], code[a]
    assert (read_code("".join(changed)) is None) == (changed != code)


@pytest.mark.parametrize(
    "typed", ["", "K7QM4XA", "K7QM4XA33", "K7QM4XA0", "K7QM4XÀS", "١٢٣٤٥٦٧٨", "' OR 1=1"]
)
def test_what_can_be_no_code(typed: str) -> None:
    assert read_code(typed) is None


def test_a_drawn_code_is_one() -> None:
    codes = {draw_code() for _ in range(200)}
    assert len(codes) == 200
    assert all(read_code(code) == code for code in codes)
