"""Canonical JSON and signatures against RFC 8785, RFC 8032 and independent implementations."""

import json
from pathlib import Path

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from innovate.audit.domain import jcs
from innovate.core import keys
from innovate.results.domain.bundle.verifier import proofs

ORACLE = json.loads((Path(__file__).parents[2] / "oracles" / "jcs_rfc8785_ed25519_rfc8032.json").read_text())
CASES = ORACLE["ed25519"]["cases"]
texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=8)
plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)
ascii_keys = st.dictionaries(
    st.text(st.characters(codec="ascii"), max_size=5), texts | st.integers(0, 9), max_size=6
)


def test_the_referee_writes_what_the_standard_says() -> None:
    value = json.loads(ORACLE["jcs"]["input_json"])
    assert rfc8785.dumps(value).hex() == ORACLE["jcs"]["expected_hex"]
    del value["numbers"]  # floating point has no place in our files
    assert jcs.dumps(value) == rfc8785.dumps(value)


@given(plain)
def test_values_without_floating_point_are_written_as_the_referee_does(value) -> None:
    assert jcs.dumps(value) == rfc8785.dumps(value)


@given(ascii_keys)
def test_the_verifier_writes_the_same_without_sharing_code(value) -> None:
    assert proofs.canonical(value) == rfc8785.dumps(value)


@pytest.mark.parametrize("value", [1.5, {"a": [0.1]}, {1: 2}, {1, 2}, b"a", float("nan")])
def test_what_has_no_one_form_is_refused(value) -> None:
    with pytest.raises(TypeError):
        jcs.dumps(value)


def test_numbers_that_not_every_language_reads_are_refused() -> None:
    with pytest.raises(ValueError, match="9007199254740992"):
        jcs.dumps([2**53])
    with pytest.raises(ValueError, match="floating"):
        proofs.parse(b'{"a":0.5}')


@pytest.mark.parametrize("case", CASES, ids=["1", "2", "3"])
def test_signatures_are_those_of_the_standard(case) -> None:
    seed, message = bytes.fromhex(case["sk"]), bytes.fromhex(case["msg"])
    public, signature = bytes.fromhex(case["pk"]), bytes.fromhex(case["sig"])
    assert keys.public_of(seed) == public
    assert keys.sign(seed, message) == signature
    assert keys.is_signed(public, message, signature)
    assert proofs.is_signed(public, message, signature)


@given(st.binary(min_size=32, max_size=32), st.binary(max_size=80), st.integers(0, 511))
def test_both_verifiers_refuse_one_turned_bit(seed, message, bit) -> None:
    public, signature = keys.public_of(seed), keys.sign(seed, message)
    turned = bytearray(signature)
    turned[bit // 8] ^= 1 << bit % 8
    assert proofs.is_signed(public, message, signature)
    for is_signed in (proofs.is_signed, keys.is_signed):
        assert not is_signed(public, message, bytes(turned))
        assert not is_signed(public, message + b"!", signature)
        assert not is_signed(bytes(32), message, signature[:-1])
