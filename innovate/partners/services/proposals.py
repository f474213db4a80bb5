"""Mentors and prizes that organisations bring to an event."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from flask_babel import lazy_gettext as _l

from innovate.accounts.models import User
from innovate.accounts.queries import find_user
from innovate.core.db import db, locked
from innovate.core.errors import NotFound, Refused, require
from innovate.events.domain.kinds import EventState, Role
from innovate.events.models import Event, Prize
from innovate.events.policy import Actor
from innovate.events.queries import get_row
from innovate.events.services import people
from innovate.events.services.changes import require_change
from innovate.partners import policy
from innovate.partners.domain.kinds import Stage, Support
from innovate.partners.models.dealings import Proposal
from innovate.partners.models.organisations import Organisation
from innovate.partners.queries.dealings import list_proposals
from innovate.partners.queries.organisations import find_membership
from innovate.partners.services.organisations import require_manager
from innovate.partners.services.trail import note, tell, tell_organizers

_ANSWERED = _l("Usulan ini sudah dijawab.")


def propose_mentor(
    user: User, organisation: Organisation, event: Event, person_id: str, *, text: str, at: datetime
) -> Proposal:
    """Propose one of the organisation's members as a mentor of an event."""
    require_manager(user, organisation)
    person = find_user(person_id)
    member = find_membership(organisation.id, person.id) if person else None
    require(
        person is not None and policy.is_member(member),
        Refused(_l("Pilih salah satu anggota organisasi."), field="person"),
    )
    assert person is not None  # noqa: S101  said above
    return _propose(
        user, organisation, event, Support.MENTOR, text, at, what=person.full_name, user_id=person.id
    )


def propose_prize(
    user: User, organisation: Organisation, event: Event, prize_id: str, *, text: str, at: datetime
) -> Proposal:
    """Offer to give one of the event's prizes."""
    require_manager(user, organisation)
    prize = get_row(Prize, event.id, prize_id)
    return _propose(user, organisation, event, Support.PRIZE, text, at, what=prize.name, prize_id=prize.id)


def _propose(
    user: User,
    organisation: Organisation,
    event: Event,
    kind: Support,
    text: str,
    at: datetime,
    *,
    what: str,
    user_id: int | None = None,
    prize_id: int | None = None,
) -> Proposal:
    require(
        event.state is EventState.PUBLISHED, Refused(_l("Pilih kompetisi yang sedang terbit."), field="event")
    )
    locked(Organisation, organisation.id)
    standing = list_proposals(
        Stage.PENDING, Stage.ACCEPTED, organisation_id=organisation.id, event_id=event.id
    )
    require(
        all((row.user_id, row.prize_id) != (user_id, prize_id) for row in standing),
        Refused(_l("Hal ini sudah diusulkan dan menunggu jawaban, atau sudah diterima.")),
    )
    row = Proposal(
        organisation_id=organisation.id,
        event_id=event.id,
        kind=kind,
        user_id=user_id,
        prize_id=prize_id,
        note=text,
        proposed_by_id=user.id,
        proposed_at=at,
    )
    db.session.add(row)
    db.session.flush()
    _announce(row, organisation, event, what, at)
    return row


def _announce(row: Proposal, organisation: Organisation, event: Event, what: str, at: datetime) -> None:
    after = {"organisation": organisation.name}
    note(
        "partner_proposal.propose",
        row.proposed_by_id,
        row,
        at,
        event_id=event.id,
        after=after,
        subject_id=row.user_id,
    )
    tell_organizers(
        event,
        at,
        what=what,
        cause=f"partner_proposal:{row.id}",
        path=f"/k/{event.slug}/kelola/mitra",
        organisation=organisation.name,
    )


def withdraw_proposal(user: User, organisation: Organisation, proposal: Proposal, *, at: datetime) -> None:
    """Take it back while nobody has answered; what was accepted is the organizer's to end."""
    require_manager(user, organisation)
    row = locked(Proposal, proposal.id)
    require(row.organisation_id == organisation.id, NotFound())
    require(row.state is Stage.PENDING, Refused(_ANSWERED))
    row.state = Stage.WITHDRAWN
    note("partner_proposal.withdraw", user.id, row, at, event_id=row.event_id, subject_id=row.user_id)


def answer_proposal(
    actor: Actor,
    proposal: Proposal,
    *,
    accept: bool,
    reason: str = "",
    message_url: Callable[[str], str],
    at: datetime,
) -> Proposal:
    """The organizer takes it or declines with a reason. A mentor is then invited as any other. Ending an accepted
    prize is declining it, too.
    """
    require_change(actor)
    row = locked(Proposal, proposal.id)
    require(row.event_id == actor.event.id, NotFound())
    ends = row.state is Stage.ACCEPTED and row.kind is Support.PRIZE and not accept
    require(row.state is Stage.PENDING or ends, Refused(_ANSWERED))
    require(
        accept or bool(reason.strip()),
        Refused(_l("Tuliskan alasannya; pengusul membacanya."), field="reason"),
    )
    if accept and row.kind is Support.MENTOR:
        _invite_mentor(actor, row, message_url, at)
    row.state, row.reason = (Stage.ACCEPTED, "") if accept else (Stage.DECLINED, reason.strip())
    row.decided_by_id, row.decided_at = actor.user_id, at
    action = "partner_proposal.accept" if accept else "partner_proposal.decline"
    note(
        action,
        actor.user_id,
        row,
        at,
        event_id=actor.event.id,
        after={"reason": row.reason},
        subject_id=row.user_id,
    )
    _answer(actor, row, at)
    return row


def _invite_mentor(actor: Actor, row: Proposal, message_url: Callable[[str], str], at: datetime) -> None:
    person = db.session.get_one(User, row.user_id)
    member = find_membership(row.organisation_id, person.id)
    require(policy.is_member(member), Refused(_l("Orang ini tidak lagi menjadi anggota organisasi itu.")))
    words = {"email": person.email, "name": person.full_name}
    people.invite(actor, Role.MENTOR, **words, message_url=message_url, at=at)


def _answer(actor: Actor, row: Proposal, at: datetime) -> None:
    organisation = db.session.get_one(Organisation, row.organisation_id)
    tell(
        "partner_event_answer",
        [db.session.get_one(User, row.proposed_by_id)],
        at,
        cause=f"partner_proposal:{row.id}:{row.state.value}",
        path=f"/mitra/{organisation.slug}/kelola",
        event_id=actor.event.id,
        subject=organisation.name,
        event=actor.event.name,
        accepted=row.state is Stage.ACCEPTED,
        reason=row.reason,
    )
