"""Who may see, run and attend an activity. An activity's event must be loaded."""

from __future__ import annotations

from dataclasses import dataclass

from innovate.accounts.models import User
from innovate.events import policy as events
from innovate.events.domain.kinds import EventState
from innovate.events.policy import Actor
from innovate.learning.domain.kinds import ActivityState
from innovate.learning.models import Activity, LearningSession


@dataclass(frozen=True)
class Guest:
    """A person (or a visitor: `user` None) before one activity; `actor` is who they are in its event, if it has one."""

    activity: Activity
    user: User | None
    actor: Actor | None = None

    @property
    def user_id(self) -> int:
        """The person's key; only after a policy has let a signed-in person in."""
        if self.user is None:
            raise ValueError("a visitor has no key")
        return self.user.id


def can_make_free(user: User | None) -> bool:
    """Organizers and administrators of the site put up what belongs to no event."""
    return events.can_create_events(user)


def can_run(guest: Guest) -> bool:
    """Organizers of its event, until that is archived; without one, those of the site."""
    if guest.actor is None:
        return can_make_free(guest.user)
    return events.can_edit(guest.actor)


def can_read_people(guest: Guest) -> bool:
    """Who enrolled and attended: those who run it, and the readers of its event."""
    return can_run(guest) or (guest.actor is not None and events.can_read_all(guest.actor))


def can_see(guest: Guest) -> bool:
    """What was published once is public where its event is; drafts belong to those who run them."""
    if can_read_people(guest):
        return True
    public = guest.actor is None or guest.actor.event.state is not EventState.DRAFT
    return guest.activity.state is not ActivityState.DRAFT and public


def speaks(guest: Guest, session: LearningSession) -> bool:
    """Whether the person speaks in this session, whose speakers must be loaded."""
    return guest.user is not None and any(each.user_id == guest.user.id for each in session.speakers)


def can_record(guest: Guest, session: LearningSession) -> bool:
    """Attendance is recorded by those who run the activity and by who speaks in the session."""
    return can_run(guest) or (speaks(guest, session) and takes_people(guest))


def can_edit(guest: Guest) -> bool:
    """Those who run it change it until it is cancelled."""
    return can_run(guest) and guest.activity.state is not ActivityState.CANCELLED


def takes_people(guest: Guest) -> bool:
    """Whether it is held and its event, if it has one, is public and not archived."""
    lives = guest.actor is None or guest.actor.event.state is EventState.PUBLISHED
    return guest.activity.state is ActivityState.PUBLISHED and lives


def is_speaker(guest: Guest) -> bool:
    """Whether the person speaks in one of its sessions, which must be loaded with their speakers."""
    return any(speaks(guest, session) for session in guest.activity.sessions)
