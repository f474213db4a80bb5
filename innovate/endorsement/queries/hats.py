"""What a person is to a proposal in its unit: its coordinator, the secretariat in their stead, or nobody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from innovate.accounts.models import User
from innovate.endorsement import policy
from innovate.endorsement.domain.reach import nearest, path_up
from innovate.endorsement.queries.chains import find_chain, find_paper, is_shown, list_revision_files
from innovate.endorsement.queries.coordinators import list_acting, list_reach, map_parents
from innovate.events import policy as events
from innovate.events.policy import Actor
from innovate.ideas import policy as ideas
from innovate.ideas.models import Idea


@dataclass(frozen=True)
class Holders:
    """Who can act for the proposal's unit: everybody up the tree, and those nearest to it, who are told."""

    everybody: Sequence[User] = ()
    told: Sequence[User] = ()

    @property
    def is_vacant(self) -> bool:
        """Whether there is nobody, so that the secretariat stands in."""
        return not self.everybody


@dataclass(frozen=True)
class Hat:
    """`reads`: sees what was shown to the unit. `acts`: comments, returns, endorses, hands in. `stands_in`: as the
    secretariat, for a unit without anybody or for what came on paper.
    """

    reads: bool = False
    acts: bool = False
    stands_in: bool = False


def list_holders(idea: Idea) -> Holders:
    """Who can act for the unit of a proposal now: nobody of its own team. Two queries; the team must be loaded."""
    path = path_up(idea.team.unit_id, map_parents())
    members = {membership.user_id for membership in idea.team.memberships}
    held: dict[int, list[User]] = defaultdict(list)
    for unit, user in list_acting(idea.event_id, path) if path else ():
        if user.id not in members:
            held[unit].append(user)
    everybody = {user.id: user for users in held.values() for user in users}
    return Holders(tuple(everybody.values()), tuple(nearest(path, held)))


def coordinates(actor: Actor, idea: Idea) -> bool:
    """Whether the person answers for the unit the team belongs to now."""
    if not policy.may_coordinate(actor) or idea.team.unit_id is None or not events.can_see(actor):
        return False
    return idea.team.unit_id in list_reach(actor.user_id)


def find_hat(actor: Actor, idea: Idea) -> Hat:
    """What the person may do about a proposal. Nothing where a conflict of interest keeps them from it."""
    if actor.user is None or not actor.event.asks_endorsement or ideas.is_kept_from(actor, idea):
        return Hat()
    is_own = ideas.is_member(actor, idea)
    if coordinates(actor, idea):
        return Hat(reads=True, acts=not is_own)
    if events.can_judge(actor) or not events.can_read_screening(actor):
        return Hat()
    vacant = list_holders(idea).is_vacant or find_paper(idea.id) is not None
    may = vacant and events.can_screen(actor) and not is_own
    return Hat(reads=vacant, acts=may, stands_in=may)


def reads_for_unit(actor: Actor, idea: Idea) -> bool:
    """A coordinator reads what was handed in, as the screening room does."""
    return coordinates(actor, idea)


def list_shown_files(actor: Actor, idea: Idea) -> frozenset[int] | None:
    """Files of the revision that was shown to the unit, for whoever answers for it."""
    if actor.user is None or not actor.event.asks_endorsement:
        return None
    chain = find_chain(idea.id)
    if chain is None or not is_shown(chain) or not find_hat(actor, idea).reads:
        return None
    return list_revision_files(chain.revision)


def writes_paper(actor: Actor, idea: Idea) -> bool:
    """Those who screen write what came on paper, unless they belong to it."""
    return policy.can_enter_paper(actor) and find_paper(idea.id) is not None
