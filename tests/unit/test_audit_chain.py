"""The chain of entries: whatever is done to a row other than the newest is found."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from innovate.audit.domain.chain import GENESIS, Link, find_fault, hash_details, hash_link

texts = st.text(max_size=12)
steps = st.lists(
    st.tuples(texts, texts, texts, st.none() | st.integers(1, 99), st.none() | st.integers(1, 9)),
    min_size=2,
    max_size=12,
)


def chain(rows):
    entries, previous = [], GENESIS
    for number, (action, kind, object_id, actor, event) in enumerate(rows, 1):
        link = Link(number, f"2026-11-23T02:30:{number:02}+00:00", actor, action, kind, object_id, event, "d")
        own = hash_link(link, previous)
        entries.append((link, previous, own))
        previous = own
    return entries


@given(steps)
def test_a_chain_as_written_holds(rows) -> None:
    assert find_fault(chain(rows)) is None


@given(steps, st.data())
def test_any_changed_field_of_any_row_is_found_there(rows, data) -> None:
    entries = chain(rows)
    at = data.draw(st.integers(0, len(entries) - 1))
    link, previous, own = entries[at]
    field = data.draw(
        st.sampled_from(["at", "actor_id", "action", "object_type", "object_id", "event_id", "details_hash"])
    )
    old = getattr(link, field)
    new = data.draw(
        (st.integers(100, 200) if field in {"actor_id", "event_id"} else texts).filter(lambda v: v != old)
    )
    entries[at] = (replace(link, **{field: new}), previous, own)
    assert find_fault(entries).number == at + 1


@given(steps, st.data())
def test_a_changed_row_whose_own_hash_was_made_anew_is_found_at_the_next(rows, data) -> None:
    entries = chain(rows)
    at = data.draw(st.integers(0, len(entries) - 2))
    link, previous, _own = entries[at]
    forged = replace(link, action=link.action + "x")
    entries[at] = (forged, previous, hash_link(forged, previous))
    assert find_fault(entries).number == at + 2


@given(steps, st.data())
def test_a_removed_row_is_found(rows, data) -> None:
    entries = chain(rows)
    at = data.draw(st.integers(0, len(entries) - 2))
    del entries[at]
    fault = find_fault(entries)
    assert (fault.number, fault.reason) == (at + 1, "missing")


@given(steps, st.data())
def test_a_removed_row_hidden_by_numbering_anew_is_found(rows, data) -> None:
    entries = chain(rows)
    at = data.draw(st.integers(0, len(entries) - 2))
    del entries[at]
    renumbered = [(replace(e[0], number=n), e[1], e[2]) for n, e in enumerate(entries, 1)]
    assert find_fault(renumbered).number == at + 1


@given(steps, st.data())
def test_two_rows_in_exchanged_order_are_found(rows, data) -> None:
    entries = chain(rows)
    first = data.draw(st.integers(0, len(entries) - 2))
    second = data.draw(st.integers(first + 1, len(entries) - 1))
    entries[first], entries[second] = entries[second], entries[first]
    assert find_fault(entries).number == first + 1


@given(steps, st.data())
def test_an_inserted_row_is_found(rows, data) -> None:
    entries = chain(rows)
    at = data.draw(st.integers(0, len(entries) - 1))
    previous = entries[at][1]
    link = replace(entries[at][0], action="inserted")
    inserted = [*entries[:at], (link, previous, hash_link(link, previous)), *entries[at:]]
    renumbered = [(replace(e[0], number=n), e[1], e[2]) for n, e in enumerate(inserted, 1)]
    assert find_fault(inserted).number in {at + 1, at + 2}
    assert find_fault(renumbered).number in {at + 1, at + 2}


json_values = st.dictionaries(texts, st.none() | st.booleans() | st.integers() | texts, max_size=4)


@given(json_values, json_values, texts)
def test_other_values_or_another_salt_give_another_hash(values, others, salt) -> None:
    assert hash_details(salt, values) == hash_details(salt, dict(reversed(values.items())))
    if values != others:
        assert hash_details(salt, values) != hash_details(salt, others)
    assert hash_details(salt, values) != hash_details(salt + "x", values)


def test_a_number_is_not_the_text_of_it() -> None:
    assert hash_details("s", {"a": 1}) != hash_details("s", {"a": "1"})
