"""How people come into a team and leave it. The team's row is held while its size is checked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from innovate.accounts.models import User
from innovate.accounts.services.people import hold_person
from innovate.audit.services import record
from innovate.core.db import db, locked
from innovate.core.errors import NotFound, Refused, require
from innovate.events.domain.kinds import EventState, PhaseKind, Role
from innovate.events.domain.phases import is_kind_open
from innovate.events.models import Event
from innovate.events.policy import Actor
from innovate.events.queries import actor_in
from innovate.notifications.services import enqueue_mail
from innovate.teams import policy, queries
from innovate.teams.domain.membership import Candidate, Obstacle, Roster, find_obstacle, is_locked
from innovate.teams.models import JoinRequest, Membership, RequestState, Team, TeamInvitation

REASONS: dict[Obstacle, Any] = {
    Obstacle.CLOSED: _l(
        "Masa pendaftaran dan pengajuan sudah ditutup, jadi anggota tim tidak dapat berubah."
    ),
    Obstacle.LOCKED: _l("Usulan tim ini sudah diajukan, jadi anggotanya dikunci. Panitia dapat membukanya."),
    Obstacle.UNVERIFIED: _l("Verifikasi dahulu alamat surel Anda lewat tautan yang kami kirim."),
    Obstacle.COMMITTEE: _l("Panitia dan juri tidak dapat menjadi peserta di kompetisi yang sama."),
    Obstacle.NOT_ASN: _l("Kompetisi ini khusus ASN. Perbarui status kepegawaian di profil bila keliru."),
    Obstacle.ALREADY_HERE: _l("Orang ini sudah menjadi anggota tim."),
    Obstacle.IN_OTHER_TEAM: _l("Satu orang hanya boleh berada di satu tim, dan orang ini sudah punya tim."),
    Obstacle.FULL: _l("Tim ini sudah penuh."),
}


_CAPTAIN_STAYS = _l("Serahkan dahulu peran ketua kepada anggota lain, atau bubarkan tim.")

# Features above append functions here: a new member may make conflicts of interest.
after_member_added: list[Callable[[Event, Team, int, datetime], None]] = []  # event, team, person, when


def membership_is_open(event: Event, at: datetime) -> bool:
    """Whether the calendar lets members change: while registering or submitting."""
    kinds = (PhaseKind.REGISTRATION, PhaseKind.SUBMISSION)
    return event.state is EventState.PUBLISHED and any(is_kind_open(event.phases, kind, at) for kind in kinds)


def team_is_locked(event: Event, team: Team) -> bool:
    """Whether the team's members are fixed."""
    return is_locked(
        submitted=team.locked_at is not None,
        event_open=event.membership_open,
        team_unlocked=team.membership_unlocked,
    )


def find_join_obstacle(actor: Actor, team: Team, at: datetime) -> Obstacle | None:
    """Why the person behind `actor` cannot join the team now, or None."""
    user = actor.user
    if user is None:
        return None
    event = actor.event
    person = Candidate(
        is_verified=user.email_verified_at is not None,
        is_asn=user.employment.is_asn,
        is_committee=not policy.can_be_participant(actor),
        is_here=policy.is_member(actor, team),
        is_elsewhere=queries.is_in_a_team(event.id, user.id, except_team=team.id),
    )
    # The organizer opens one team after its submission: then neither lock nor calendar stands in the way.
    roster = Roster(
        size=queries.count_members(team.id),
        is_open=team.membership_unlocked or membership_is_open(event, at),
        is_locked=team_is_locked(event, team),
    )
    return find_obstacle(queries.rules_of(event), roster, person)


def admit(actor: Actor, team: Team, *, at: datetime) -> Membership:
    """Make the person behind `actor` a member: hold team and person, check again, write. Refused says why not."""
    held = locked(Team, team.id)
    require(held.disbanded_at is None, NotFound())
    obstacle = find_join_obstacle(hold_actor(actor), team, at)
    require(obstacle is None, Refused(REASONS[obstacle or Obstacle.FULL]))
    return add_member(actor.event, team, actor.user_id, at=at)


def hold_actor(actor: Actor) -> Actor:
    """The person held against taking a role in this same moment, with the roles they have now."""
    hold_person(actor.user_id)
    return actor_in(actor.event, actor.user)


def add_member(event: Event, team: Team, user_id: int, *, at: datetime) -> Membership:
    """Write a membership; the database's own rule stops a second team taken in another window at the same moment."""
    sole = event.id if event.one_team_per_person else None
    membership = Membership(
        team_id=team.id, user_id=user_id, event_id=event.id, sole_event_id=sole, joined_at=at, part=""
    )
    try:
        with db.session.begin_nested():
            db.session.add(membership)
    except IntegrityError as error:
        raise Refused(REASONS[Obstacle.IN_OTHER_TEAM]) from error
    for listener in after_member_added:
        listener(event, team, user_id, at)
    return membership


def refuse_participant(event: Event, user: User, role: Role) -> None:
    """The same rule from the other side: whoever competes takes no seat in the committee, not even by a link."""
    require(
        role not in policy.RUNS_OR_JUDGES or not queries.is_in_a_team(event.id, user.id),
        Refused(
            _l(
                "Anda anggota tim di kompetisi ini. Peserta tidak dapat menjadi panitia atau juri di dalamnya."
            )
        ),
    )


def join_by_link(actor: Actor, nonce: str, *, at: datetime) -> Team:
    """Join with the team's link."""
    team = queries.get_team_by_link(actor.event.id, nonce)
    admit(actor, team, at=at)
    _record("team.join", actor, team, at, after={"by": "link"})
    return team


def answer_invitation(actor: Actor, nonce: str, *, accept: bool, at: datetime) -> Team:
    """Take or decline a mail invitation. Whoever holds the link may use it: people have several addresses."""
    found = queries.get_invitation(actor.event.id, nonce)
    team, invitation = found.team, locked(TeamInvitation, found.id)
    require(
        invitation.state is RequestState.PENDING,
        Refused(_l("Undangan ini sudah dijawab atau dibatalkan. Mintalah undangan baru kepada ketua tim.")),
    )
    if accept:
        admit(actor, team, at=at)
    invitation.state = RequestState.ACCEPTED if accept else RequestState.DECLINED
    invitation.decided_at = at
    _record("team.join" if accept else "team.decline", actor, team, at, after={"by": "invitation"})
    return team


def ask_to_join(actor: Actor, team: Team, *, message: str, at: datetime) -> JoinRequest:
    """Ask the captain for a place."""
    require(policy.can_see_team(actor, team) and team.is_listed, NotFound())
    obstacle = find_join_obstacle(actor, team, at)
    require(obstacle is None, Refused(REASONS[obstacle or Obstacle.FULL]))
    require(
        queries.find_join_request(team.id, actor.user_id) is None,
        Refused(_l("Permintaan Anda sudah terkirim dan menunggu jawaban ketua tim.")),
    )
    request = JoinRequest(team_id=team.id, user_id=actor.user_id, message=message, created_at=at)
    db.session.add(request)
    db.session.flush()
    captain = db.session.get_one(User, team.captain_id)
    _mail("team_join_request", captain, actor, team, at, cause=f"join:{request.id}", message=message)
    _record("team.ask", actor, team, at)
    return request


def answer_request(actor: Actor, team: Team, request_id: int, *, accept: bool, at: datetime) -> JoinRequest:
    """The captain takes a person in or declines."""
    require(policy.can_lead(actor, team), NotFound())
    found = {request.id for request in queries.list_join_requests(team.id)}
    require(request_id in found, Refused(_l("Permintaan ini sudah dijawab.")))
    request = locked(JoinRequest, request_id)
    asker = db.session.get_one(User, request.user_id)
    if accept:
        admit(actor_in(actor.event, asker), team, at=at)
    request.state = RequestState.ACCEPTED if accept else RequestState.DECLINED
    request.decided_at, request.decided_by_id = at, actor.user_id
    name = "team_request_accepted" if accept else "team_request_declined"
    _mail(name, asker, actor, team, at, cause=f"join:{request.id}:answer")
    _record("team.accept" if accept else "team.refuse", actor, team, at, subject_id=asker.id)
    return request


def leave_team(actor: Actor, team: Team, *, at: datetime) -> None:
    """Leave; the captain hands over first, so that no team is left without one."""
    require(policy.is_member(actor, team), NotFound())
    require(
        not policy.is_captain(actor, team),
        Refused(_CAPTAIN_STAYS),
    )
    _end_membership(actor, team, actor.user_id, "left", at)
    captain = db.session.get_one(User, team.captain_id)
    _mail("team_member_left", captain, actor, team, at, cause=f"team:{team.id}:left:{actor.user_id}")


def remove_member(actor: Actor, team: Team, user_public_id: str, *, at: datetime) -> User:
    """The captain removes a member; the person is told."""
    require(policy.can_lead(actor, team), NotFound())
    person = next((m.user for m in team.memberships if m.user.public_id == user_public_id), None)
    if person is None:
        raise NotFound
    require(person.id != team.captain_id, Refused(_l("Ketua tim tidak dapat mengeluarkan dirinya sendiri.")))
    _end_membership(actor, team, person.id, "removed", at)
    _mail("team_member_removed", person, actor, team, at, cause=f"team:{team.id}:removed:{person.id}")
    return person


def _end_membership(actor: Actor, team: Team, user_id: int, reason: str, at: datetime) -> None:
    held = locked(Team, team.id)
    event = actor.event
    require(held.membership_unlocked or membership_is_open(event, at), Refused(REASONS[Obstacle.CLOSED]))
    require(not team_is_locked(event, held), Refused(REASONS[Obstacle.LOCKED]))
    require(held.captain_id != user_id, Refused(_CAPTAIN_STAYS))  # made captain in this very moment
    row = next(m for m in team.memberships if m.user_id == user_id)
    membership = locked(Membership, row.id)
    require(membership.left_at is None, NotFound())
    membership.left_at, membership.left_reason = at, reason
    _record(f"team.{'leave' if reason == 'left' else 'remove'}", actor, team, at, subject_id=user_id)


def _record(action: str, actor: Actor, team: Team, at: datetime, **more: Any) -> None:
    record(
        action,
        actor_id=actor.user_id,
        at=at,
        object_type="team",
        object_id=team.id,
        event_id=actor.event.id,
        **more,
    )


def _mail(
    template: str, to: User, actor: Actor, team: Team, at: datetime, *, cause: str, **context: Any
) -> None:
    enqueue_mail(
        template,
        address=to.email,
        user_id=to.id,
        locale=to.locale or "id",
        event_id=actor.event.id,
        cause=cause,
        at=at,
        context={
            "name": to.full_name,
            "person": actor.user.full_name if actor.user else "",
            "team": team.name,
            "event": actor.event.name,
            "path": f"/k/{actor.event.slug}/tim/{team.public_id}",
            **context,
        },
    )
