"""Terms, consents, risks and retention."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovate.privacy.domain.cases import CaseKind, CaseState, due_at, hours_left, is_late, may_ask
from innovate.privacy.domain.impact import SECTIONS, Grade, Impact, Risk, digest, find_gap, read_impact
from innovate.privacy.domain.purposes import Purpose, is_given
from innovate.privacy.domain.retention import ends_at, is_due, is_needed

NOW = datetime(2026, 11, 23, 2, 30, tzinfo=UTC)
whole = Impact(dict.fromkeys(SECTIONS, "Ada."), (Risk("Bocor", 2, 4, "Dijaga."),))


def test_three_days_to_the_second() -> None:
    due = due_at(NOW)
    assert due - NOW == timedelta(days=3)
    assert not is_late(CaseState.OPEN, due, due)
    assert is_late(CaseState.OPEN, due, due + timedelta(seconds=1))
    assert not is_late(CaseState.DONE, due, due + timedelta(days=9))
    assert [hours_left(due, NOW + timedelta(hours=h)) for h in (0, 71, 72, 73)] == [72, 1, 0, -1]


@given(st.frozensets(st.sampled_from(CaseKind)), st.sampled_from(CaseKind), st.booleans())
def test_one_request_of_a_kind_at_a_time(open_kinds, kind, restricted) -> None:
    allowed = may_ask(kind, open_kinds, restricted=restricted)
    assert not (allowed and kind in open_kinds)
    assert not (allowed and kind is CaseKind.RESTRICT and restricted)
    assert not (allowed and kind is CaseKind.LIFT and not restricted)
    assert allowed or kind in open_kinds or kind in {CaseKind.RESTRICT, CaseKind.LIFT}


@given(st.lists(st.tuples(st.sampled_from(Purpose), st.booleans())))
def test_the_last_answer_to_a_purpose_counts(answers) -> None:
    history = [SimpleNamespace(purpose=purpose, given=given) for purpose, given in answers]
    for purpose in Purpose:
        own = [given for asked, given in answers if asked is purpose]
        assert is_given(history, purpose) is (bool(own) and own[-1])


@pytest.mark.parametrize(
    ("likelihood", "impact", "grade"),
    [(1, 5, Grade.LOW), (2, 3, Grade.MEDIUM), (3, 4, Grade.MEDIUM), (3, 5, Grade.HIGH), (5, 5, Grade.HIGH)],
)
def test_risks_are_likelihood_times_impact(likelihood, impact, grade) -> None:
    assert Risk("x", likelihood, impact).grade is grade


def test_a_record_is_signed_whole() -> None:
    assert find_gap(whole) is None
    for key in SECTIONS:
        assert find_gap(Impact({**whole.texts, key: "  "}, whole.risks)) == key
    assert find_gap(Impact(whole.texts, ())) == "risks"
    assert find_gap(Impact(whole.texts, (Risk("Bocor", 3, 4),))) == "measures"
    assert find_gap(Impact(whole.texts, (Risk("Kecil", 1, 2),))) is None


@given(
    st.dictionaries(st.sampled_from(SECTIONS), st.text()),
    st.lists(st.builds(Risk, st.text(), st.integers(1, 5), st.integers(1, 5), st.text())),
)
def test_a_record_is_kept_as_it_was(texts, risks) -> None:
    kept = Impact(texts, tuple(risks)).as_json()
    again = read_impact(kept)
    assert (again.as_json(), digest(again.as_json())) == (kept, digest(kept))
    changed = Impact({**texts, "data": texts.get("data", "") + "x"}, tuple(risks)).as_json()
    assert digest(changed) != digest(kept)


def test_periods_end_on_the_same_day() -> None:
    leap = datetime(2028, 2, 29, 5, tzinfo=UTC)
    assert ends_at(leap, 1) == datetime(2029, 3, 1, 5, tzinfo=UTC)
    assert ends_at(leap, 4) == datetime(2032, 2, 29, 5, tzinfo=UTC)
    assert not is_due(None, 5, NOW)
    assert is_due(NOW.replace(year=2021), 5, NOW)
    assert not is_due(NOW.replace(year=2021) + timedelta(seconds=1), 5, NOW)


@given(st.booleans(), st.booleans(), st.integers(0, 800))
def test_who_is_needed_elsewhere_stays(elsewhere, role, days) -> None:
    needed = is_needed(elsewhere=elsewhere, has_site_role=role, last_seen=NOW - timedelta(days=days), now=NOW)
    assert needed is (elsewhere or role or days < 365)
