"""How many proposals a unit may send."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from innovate.endorsement.domain.quota import Full, Place, Quotas, find_full

units = st.sampled_from([None, 1, 2, 3])
groups = st.sampled_from([None, 10, 20])
places = st.builds(Place, units, groups)
quotas = st.builds(
    Quotas, st.none() | st.integers(0, 3), st.dictionaries(st.sampled_from([10, 20]), st.integers(0, 2))
)


def test_a_unit_and_its_groups():
    rules = Quotas(3, {20: 1})
    taken = [Place(1, 10), Place(1, 20), Place(2, 20)]
    assert find_full(rules, taken, Place(1, 10)) is None
    assert find_full(rules, taken, Place(1, 20)) == Full(1, 20)
    assert find_full(rules, [*taken, Place(1, 10)], Place(1, 10)) == Full(3, None)
    assert find_full(rules, taken, Place(3, 20)) is None


def test_no_unit_has_no_quota_and_zero_lets_nobody_in():
    assert find_full(Quotas(0), [], Place(None, 10)) is None
    assert find_full(Quotas(0), [], Place(1, 10)) == Full(0, None)
    assert not Quotas().limits
    assert Quotas(None, {10: 1}).limits


@given(quotas, st.lists(places, max_size=30))
def test_letting_in_one_by_one_never_passes_a_limit(rules, wishes):
    taken = []
    for wish in wishes:
        if find_full(rules, taken, wish) is None:
            taken.append(wish)
    per_unit = Counter(place.unit_id for place in taken if place.unit_id)
    per_group = Counter(place for place in taken if place.unit_id)
    assert all(rules.per_unit is None or count <= rules.per_unit for count in per_unit.values())
    for place, count in per_group.items():
        assert count <= rules.per_group.get(place.group_id, len(wishes))


@given(quotas, st.lists(places, max_size=20), places)
def test_only_the_unit_itself_counts(rules, taken, wish):
    own = [place for place in taken if place.unit_id == wish.unit_id]
    assert find_full(rules, taken, wish) == find_full(rules, own, wish)
