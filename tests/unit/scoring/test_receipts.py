"""A receipt's number and fingerprint; a ballot as a device sends it."""

import hashlib
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovate.scoring.domain.receipts import canonical, digest_of, show_number
from innovate.scoring.forms.ballot import read_parcel

TEXTS = st.dictionaries(st.text(max_size=8), st.text(max_size=20), max_size=5)


def test_the_fingerprint_is_that_of_the_text_shown():
    content = {"total": "65.000000", "values": {"2": "4", "1": "3"}, "comment_team": "Rapi – baik"}
    text = '{"comment_team":"Rapi – baik","total":"65.000000","values":{"1":"3","2":"4"}}'
    assert canonical(content) == text
    assert digest_of(content) == hashlib.sha256(text.encode()).hexdigest()


@given(TEXTS, TEXTS)
def test_contents_have_one_fingerprint_exactly_when_they_are_equal(one, other):
    assert (digest_of({"notes": one}) == digest_of({"notes": other})) == (one == other)


@given(TEXTS)
def test_the_order_in_which_it_was_written_does_not_matter(content):
    assert digest_of(dict(reversed(content.items()))) == digest_of(content)


def test_a_number_is_read_in_groups_of_four():
    assert show_number("k3m9x2p4qwtr") == "K3M9-X2P4-QWTR"


def test_a_parcel_keeps_every_criterion_it_was_typed_on():
    sent = {"key": "perangkat-1", "version": "3", "handed_in": "1", "nilai-7": " 4 ", "catatan-9": "a\r\nb"}
    parcel = read_parcel(sent | {"written_at": "2026-11-23T02:30:00.000Z", "words": " Sinyal "})
    assert (parcel.filled.version, parcel.handed_in, parcel.words) == (3, True, "Sinyal")
    assert (parcel.filled.values, parcel.filled.notes) == ({7: "4", 9: ""}, {7: "", 9: "a\nb"})
    assert parcel.written_at == datetime(2026, 11, 23, 2, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "text", ["", "kemarin", "2026-11-23", "2026-11-23T02:30", "1970-01-01T00:00:00Z", "9999-01-01T00:00:00Z"]
)
def test_an_instant_without_a_zone_or_out_of_time_is_not_known(text):
    assert read_parcel({"written_at": text}).written_at is None
