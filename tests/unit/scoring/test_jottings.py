"""Private notes typed in two places lose nothing."""

from hypothesis import given
from hypothesis import strategies as st

from innovate.scoring.domain.jottings import join_notes


@given(st.text(), st.text())
def test_both_texts_are_in_what_is_kept(standing: str, sent: str) -> None:
    joined = join_notes(standing, sent)
    assert standing in joined
    assert sent in joined
    assert join_notes(joined, sent) == joined  # the same sent twice changes nothing
