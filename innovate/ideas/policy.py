"""Who may do what with an idea. The idea's team and its memberships must be loaded."""

from __future__ import annotations

from collections.abc import Callable, Collection

from innovate.events import policy as events
from innovate.events.domain.kinds import EventState
from innovate.events.policy import Actor
from innovate.ideas.models import Idea

# Features above say who else may read an idea (an assigned juror, a mentor) by appending here in their init_app.
readers: list[Callable[[Actor, Idea], bool]] = []
# … and who must not, whatever committee they sit in (a juror with a conflict of interest).
barriers: list[Callable[[Actor, Idea], bool]] = []
# … and to whom files are given without a name in them (a juror of a blind round).
masks: list[Callable[[Actor, Idea], bool]] = []
# … and which files of an idea that is not handed in somebody may have, because its team has shown them a revision of
# it (the unit's coordinator); None: they may not read it.
previews: list[Callable[[Actor, Idea], frozenset[int] | None]] = []
# … and who writes in a team's stead (the secretariat, what came on paper).
writers: list[Callable[[Actor, Idea], bool]] = []
# … and which ideas, of those with these keys, everybody may read now (the gallery).
showcases: list[Callable[[Collection[int]], set[int]]] = []


def is_member(actor: Actor, idea: Idea) -> bool:
    """Whether the person belongs to the idea's team now."""
    return actor.user is not None and any(
        membership.user_id == actor.user.id for membership in idea.team.memberships
    )


def is_handed_in(idea: Idea) -> bool:
    """Whether it was ever submitted; drafts are nobody's business but the team's."""
    return idea.number is not None


def can_read(actor: Actor, idea: Idea) -> bool:
    """The team; committee and auditors once it was submitted; whoever a feature above lets in."""
    may = can_see_own(actor, idea) or can_read_as_committee(actor, idea) or can_read_as_guest(actor, idea)
    return may or list_previewed(actor, idea) is not None


def can_see_own(actor: Actor, idea: Idea) -> bool:
    """Members see all of their own idea, its history and its mails."""
    return is_member(actor, idea) or writes_for(actor, idea)


def can_edit(actor: Actor, idea: Idea) -> bool:
    """Members write; whether now is the time is a rule of `domain.deadline`."""
    return is_member(actor, idea) or writes_for(actor, idea)


def writes_for(actor: Actor, idea: Idea) -> bool:
    """Whether the person writes for a team that cannot, without belonging to it."""
    return any(writer(actor, idea) for writer in writers)


def list_previewed(actor: Actor, idea: Idea) -> frozenset[int] | None:
    """Keys of the files the person may have although nothing was handed in; None: they may not read the idea."""
    shown = [files for preview in previews if (files := preview(actor, idea)) is not None]
    if not shown or is_kept_from(actor, idea):
        return None
    return frozenset().union(*shown)


def can_read_as_committee(actor: Actor, idea: Idea) -> bool:
    """Organizers, secretariat and auditors read what was submitted."""
    return is_handed_in(idea) and events.can_read_screening(actor) and not is_kept_from(actor, idea)


def can_read_as_guest(actor: Actor, idea: Idea) -> bool:
    """Readers admitted by a feature above: only what was submitted, and nothing they are kept from."""
    may = is_handed_in(idea) and any(reader(actor, idea) for reader in readers)
    return may and not is_kept_from(actor, idea)


def can_screen(actor: Actor, idea: Idea) -> bool:
    """Those who screen, but never their own team's idea."""
    may = is_handed_in(idea) and events.can_screen(actor) and not is_member(actor, idea)
    return may and not is_kept_from(actor, idea)


def can_disqualify(actor: Actor, idea: Idea) -> bool:
    """Organizers put an entry out and take it back in, never one of their own team."""
    return can_screen(actor, idea) and events.can_manage(actor)


def is_kept_from(actor: Actor, idea: Idea) -> bool:
    """Whether a feature above says that this idea does not exist for the person."""
    return any(barrier(actor, idea) for barrier in barriers)


def reads_masked(actor: Actor, idea: Idea) -> bool:
    """Whether the person must not learn from a file whose idea it is."""
    return not is_member(actor, idea) and any(mask(actor, idea) for mask in masks)


def can_compare(actor: Actor, there: Actor, idea: Idea) -> bool:
    """Whether a passage of the idea may be laid beside another for somebody who screens `actor.event`.

    `there` is the same person in the idea's own event: what keeps them from it there keeps them from it here. Ideas of
    another event must belong to an edition that is over, unless the person screens that one, too.
    """
    is_over = idea.event_id == actor.event.id or there.event.state is EventState.ARCHIVED
    may = is_handed_in(idea) and events.can_read_screening(actor) and not is_kept_from(there, idea)
    return may and (is_over or events.can_read_screening(there))


def list_shown(idea_ids: Collection[int]) -> set[int]:
    """Which of these ideas everybody may read."""
    return {shown for showcase in showcases for shown in showcase(idea_ids)}
