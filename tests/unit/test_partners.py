"""How mixed teams are counted, and whose address belongs where."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovate.partners.domain.addresses import belongs, find_wrong_domain, read_domains
from innovate.partners.domain.kinds import MixKind, OrganisationKind
from innovate.partners.domain.mix import MixRule, count, find_rule_problem, kinds_of
from innovate.scoring.domain.conflicts import EntryTies, JurorTies, Reason, Tie, detect, detect_all

KINDS = st.sampled_from(list(MixKind))
PEOPLE = st.lists(st.frozensets(KINDS), max_size=8)


@st.composite
def rules(draw) -> MixRule:
    least = draw(st.integers(0, 6))
    return MixRule(draw(KINDS), least, draw(st.none() | st.integers(least, 8)))


@pytest.mark.parametrize(
    ("employment", "places", "kinds"),
    [
        ("pns", [], {"asn"}),
        ("pppk_pw", [], {"asn"}),
        ("student", [OrganisationKind.UNIVERSITY], {"student", "partner"}),
        ("non_asn", [OrganisationKind.COMPANY], {"company", "partner"}),
        ("pns", [OrganisationKind.COMMUNITY], {"asn", "community", "partner"}),
        ("non_asn", [], set()),
    ],
)
def test_what_a_person_counts_as(employment, places, kinds) -> None:
    assert {kind.value for kind in kinds_of(employment, places)} == kinds


def test_one_student_is_asked_for_and_found() -> None:
    rule = MixRule(MixKind.STUDENT, 1, 2)
    student = frozenset({MixKind.STUDENT})
    none, two, three = (count([rule], [student] * n)[0] for n in (0, 2, 3))
    assert (none.missing, none.is_met) == (1, False)
    assert two.is_met
    assert (three.surplus, three.is_met) == (1, False)


@given(st.lists(rules(), max_size=6), PEOPLE)
def test_missing_and_surplus_are_what_it_takes_to_keep_the_rule(asked, people) -> None:
    for counted in count(asked, people):
        kind = counted.rule.kind
        assert counted.has == sum(kind in person for person in people)
        assert not (counted.missing and counted.surplus)
        assert counted.is_met == (counted.missing == counted.surplus == 0)
        mended = [*people, *[frozenset({kind})] * counted.missing]
        for _ in range(counted.surplus):
            mended.remove(next(person for person in mended if kind in person))
        assert count([counted.rule], mended)[0].is_met


@given(rules(), PEOPLE, st.randoms())
def test_the_order_of_people_changes_nothing(rule, people, random) -> None:
    other = list(people)
    random.shuffle(other)
    assert count([rule], people) == count([rule], other)


@given(rules(), st.integers(1, 9))
def test_a_rule_that_passes_can_be_kept_by_a_team_of_its_size(rule, team_max) -> None:
    if find_rule_problem([rule], team_max) is None:
        assert count([rule], [frozenset({rule.kind})] * rule.at_least)[0].is_met
        assert rule.at_least <= team_max
    else:
        assert rule.at_least > team_max or (rule.at_most is not None and rule.at_most < rule.at_least)


@pytest.mark.parametrize(
    ("email", "is_theirs"),
    [
        ("ani@contoh.ac.id", True),
        ("ani@Student.Contoh.ac.id", True),
        ("ani@bukancontoh.ac.id", False),
        ("ani@contoh.ac.id.jahat.test", False),
        ("tanpa-tanda", False),
    ],
)
def test_whose_address_it_is(email, is_theirs) -> None:
    assert belongs(email, ["contoh.ac.id"]) is is_theirs


def test_domains_as_typed() -> None:
    assert read_domains("@Contoh.ac.id, contoh.ac.id\nlab.test.") == ["contoh.ac.id", "lab.test"]
    assert find_wrong_domain(["contoh.ac.id", "gmail.com"]) == "gmail.com"
    assert find_wrong_domain(["satu"]) == "satu"
    assert find_wrong_domain(["contoh.ac.id"]) is None


def test_an_owner_of_the_challenge_must_not_judge_its_entries() -> None:
    mine = EntryTies(1, frozenset(), frozenset({5}), owner_ids=frozenset({7}), challenge_id=3)
    other = EntryTies(2, frozenset(), frozenset({6}))
    assert detect(JurorTies(7, None), mine, {}) == [Tie(Reason.CHALLENGE, "challenge:3")]
    assert detect_all([JurorTies(7, None), JurorTies(8, None)], [mine, other], {}).keys() == {(1, 7)}
