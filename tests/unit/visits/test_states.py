"""The checklist of a visit: what is kept, and what is still open."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from innovate.visits.domain.states import DEFAULT_ITEMS, Verdict, list_unanswered, merge_answers

KEYS = st.lists(st.text("abcdef", min_size=1, max_size=4), unique=True, max_size=8)
GIVEN = st.dictionaries(
    st.text("abcdef", min_size=1, max_size=4),
    st.tuples(st.none() | st.sampled_from(Verdict), st.text(max_size=9)),
)


@given(KEYS, GIVEN)
def test_every_point_is_kept_once_in_its_order_and_no_other(keys, answers) -> None:
    kept = merge_answers([(key, key.upper()) for key in keys], answers)
    assert [each["item"] for each in kept] == keys
    for each in kept:
        verdict, note = answers.get(each["item"], (None, ""))
        assert (each["verdict"], each["note"]) == (verdict or "", note)


@given(KEYS, GIVEN)
def test_open_are_exactly_the_points_without_a_verdict(keys, answers) -> None:
    kept = merge_answers([(key, key.upper()) for key in keys], answers)
    judged = [key for key in keys if answers.get(key, (None, ""))[0] is not None]
    assert len(list_unanswered(kept)) == len(keys) - len(judged)


def test_the_default_list_asks_for_evidence_beneficiaries_and_sustainability() -> None:
    words = " ".join(label for label, _hint in DEFAULT_ITEMS).lower()
    assert all(word in words for word in ("bukti dukung", "penerima manfaat", "keberlanjutan"))
    assert all(len(label) <= 200 and len(hint) <= 300 for label, hint in DEFAULT_ITEMS)
