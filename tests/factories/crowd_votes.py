"""One more of everything a public vote has."""

from __future__ import annotations

from innovate.ideas.models import Idea
from innovate.voting.models import Poll, PollEntry
from tests.factories.build import add
from tests.factories.votes import count_by_hand, entries_of, make_poll, make_request, make_void, make_vote
from tests.factories.world import World


def add_to_the_votes(world: World, idea: Idea, n: int) -> None:
    """`idea` joins every vote there is and is voted for; another vote was counted."""
    organizer = world.users["organizer"]
    idea.in_gallery = True
    polls: list[Poll] = [world.values["poll"], world.values["closed_poll"]]
    for poll in polls:
        entry = add(PollEntry(poll_id=poll.id, idea_id=idea.id))
        for k in range(3):  # a series of addresses
            make_vote(poll, entry, address=f"peserta{n}{k}@lomba{n}.example")
        make_request(poll, [entry], f"menunggu{n}@contoh.example", f"{poll.public_id}-{n}")
        make_void(poll, organizer, make_vote(poll, entry))
    more = make_poll(world.event, organizer, world.idea, idea, name=f"Favorit {n}")
    make_vote(more, entries_of(more)[1])
    count_by_hand(more, idea)
