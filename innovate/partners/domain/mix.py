"""Mixed teams: how many people of which kind an event asks for."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from innovate.partners.domain.kinds import MixKind, OrganisationKind

MOST = 50
_BY_EMPLOYMENT = {
    "pns": MixKind.ASN,
    "cpns": MixKind.ASN,
    "pppk": MixKind.ASN,
    "pppk_pw": MixKind.ASN,
    "student": MixKind.STUDENT,
    "academic": MixKind.ACADEMIC,
    "private": MixKind.COMPANY,
    "community": MixKind.COMMUNITY,
}
_BY_ORGANISATION = {
    OrganisationKind.COMPANY: MixKind.COMPANY,
    OrganisationKind.COMMUNITY: MixKind.COMMUNITY,
}


@dataclass(frozen=True)
class MixRule:
    """At least and at most so many members of a kind; `at_most` None: no upper limit."""

    kind: MixKind
    at_least: int
    at_most: int | None = None


@dataclass(frozen=True)
class Counted:
    """A rule beside how many the team has."""

    rule: MixRule
    has: int

    @property
    def missing(self) -> int:
        """How many more are needed."""
        return max(0, self.rule.at_least - self.has)

    @property
    def surplus(self) -> int:
        """How many are too many."""
        return max(0, self.has - self.rule.at_most) if self.rule.at_most is not None else 0

    @property
    def is_met(self) -> bool:
        """Whether the team keeps the rule."""
        return not self.missing and not self.surplus


def kinds_of(employment: str, organisations: Iterable[OrganisationKind]) -> frozenset[MixKind]:
    """Every kind a person counts as: by what they said of themselves, and by where they are a verified member."""
    known = list(organisations)
    found = {_BY_ORGANISATION[kind] for kind in known if kind in _BY_ORGANISATION}
    if employment in _BY_EMPLOYMENT:
        found.add(_BY_EMPLOYMENT[employment])
    if known:
        found.add(MixKind.PARTNER)
    return frozenset(found)


def count(rules: Iterable[MixRule], people: Collection[frozenset[MixKind]]) -> list[Counted]:
    """Each rule with the number of people it counts."""
    return [Counted(rule, sum(rule.kind in kinds for kinds in people)) for rule in rules]


def find_rule_problem(rules: Collection[MixRule], team_max: int) -> MixKind | None:
    """The first kind whose rule no team can keep, or None."""
    for rule in rules:
        top = rule.at_most
        if not 0 <= rule.at_least <= min(MOST, team_max) or (
            top is not None and not rule.at_least <= top <= MOST
        ):
            return rule.kind
    return None
