"""Registering, joining and leading teams."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from innovate.accounts.models import Employment, User
from innovate.audit.models import AuditEntry
from innovate.core import db as database
from innovate.core.db import db
from innovate.core.errors import NotFound, Refused
from innovate.events.domain.kinds import Role
from innovate.events.models import Event
from innovate.events.policy import Actor
from innovate.events.queries import actor_in, get_actor
from innovate.notifications.models import OutboxMail
from innovate.teams import queries
from innovate.teams.models import Membership, Team
from innovate.teams.services import joining, leading
from tests.factories.build import NOW, give_role, make_event, make_team, make_user


def acting(event: Event, user: User | None) -> Actor:
    db.session.flush()
    db.session.expire(event)
    return get_actor(event.slug, user)


def whole(team: Team) -> Team:
    db.session.flush()
    db.session.expire(team)
    return queries.get_team(team.event_id, team.public_id)


def mails(template: str) -> list[OutboxMail]:
    return list(db.session.scalars(select(OutboxMail).where(OutboxMail.template == template)))


VALUES = {"name": "Tim Parit Kita", "description": "", "group_id": None, "unit_id": None}


def test_registering_makes_the_person_captain_and_leaves_a_trace(db_session) -> None:
    event, user = make_event(), make_user()
    team = leading.register_team(acting(event, user), values=VALUES, at=NOW)
    team = whole(team)
    assert team.captain_id == user.id
    assert [m.user_id for m in team.memberships] == [user.id]
    entry = db.session.scalar(select(AuditEntry).where(AuditEntry.action == "team.register"))
    assert (entry.actor_id, entry.object_id, entry.event_id) == (user.id, str(team.id), event.id)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"employment": Employment.STUDENT}, "khusus ASN"),
        ({"email_verified_at": None}, "Verifikasi dahulu"),
    ],
)
def test_who_may_not_register(db_session, changes, words) -> None:
    event = make_event()
    actor = acting(event, make_user(**changes))
    with pytest.raises(Refused, match=words):
        leading.register_team(actor, values=VALUES, at=NOW)


def test_jurors_do_not_compete_and_registration_ends(db_session) -> None:
    event, juror = make_event(), make_user()
    give_role(event, juror, Role.JUROR)
    with pytest.raises(Refused, match="Panitia dan juri"):
        leading.register_team(acting(event, juror), values=VALUES, at=NOW)
    with pytest.raises(Refused, match="sudah ditutup"):
        leading.register_team(acting(event, make_user()), values=VALUES, at=NOW + timedelta(days=10))


def test_one_team_per_person_and_one_name_per_event(db_session) -> None:
    event, user = make_event(), make_user()
    leading.register_team(acting(event, user), values=VALUES, at=NOW)
    with pytest.raises(Refused, match="satu tim"):
        leading.register_team(acting(event, user), values={**VALUES, "name": "Tim Lain"}, at=NOW)
    with pytest.raises(Refused, match="sudah dipakai") as refusal:
        leading.register_team(acting(event, make_user()), values={**VALUES, "name": "TIM parit kita"}, at=NOW)
    assert refusal.value.field == "name"


def test_a_person_may_join_several_teams_where_the_event_allows(db_session) -> None:
    event = make_event(one_team_per_person=False)
    user, team = make_user(), None
    leading.register_team(acting(event, user), values=VALUES, at=NOW)
    team = make_team(event)
    joining.join_by_link(acting(event, user), team.invite_nonce, at=NOW)
    assert len(queries.list_teams_of(event.id, user.id)) == 2


def test_the_link_lets_in_until_it_is_replaced_or_the_team_is_full(db_session) -> None:
    event = make_event(team_max=2)
    team = make_team(event)
    captain = db.session.get(User, team.captain_id)
    old = team.invite_nonce
    leading.rotate_link(acting(event, captain), whole(team), at=NOW)
    with pytest.raises(NotFound):
        joining.join_by_link(acting(event, make_user()), old, at=NOW)
    team = whole(team)
    joining.join_by_link(acting(event, make_user()), team.invite_nonce, at=NOW)
    with pytest.raises(Refused, match="sudah penuh"):
        joining.join_by_link(acting(event, make_user()), team.invite_nonce, at=NOW)
    assert queries.count_members(team.id) == 2


def test_a_mail_invitation_is_used_once_and_the_same_address_is_asked_once(db_session) -> None:
    event = make_event()
    team = make_team(event)
    captain = acting(event, db.session.get(User, team.captain_id))
    invitation = leading.invite_by_mail(captain, whole(team), email="Baru@Pontianak.go.id ", at=NOW)
    (mail,) = mails("team_invitation")
    assert mail.address == "baru@pontianak.go.id"
    assert mail.context["path"].endswith(f"/undangan-tim/{invitation.nonce}")
    with pytest.raises(Refused, match="menunggu jawaban"):
        leading.invite_by_mail(captain, whole(team), email="baru@pontianak.go.id", at=NOW)
    guest = make_user()
    joining.answer_invitation(acting(event, guest), invitation.nonce, accept=True, at=NOW)
    with pytest.raises(Refused, match="sudah dijawab"):
        joining.answer_invitation(acting(event, make_user()), invitation.nonce, accept=True, at=NOW)
    assert guest.id in {m.user_id for m in whole(team).memberships}


def test_a_request_is_asked_once_and_answered_once(db_session) -> None:
    event = make_event()
    team, asker = make_team(event), make_user()
    request = joining.ask_to_join(acting(event, asker), whole(team), message="Saya analis data.", at=NOW)
    with pytest.raises(Refused, match="menunggu jawaban"):
        joining.ask_to_join(acting(event, asker), whole(team), message="", at=NOW)
    captain = acting(event, db.session.get(User, team.captain_id))
    joining.answer_request(captain, whole(team), request.id, accept=True, at=NOW)
    with pytest.raises(Refused, match="sudah dijawab"):
        joining.answer_request(captain, whole(team), request.id, accept=False, at=NOW)
    assert asker.id in {m.user_id for m in whole(team).memberships}
    assert [m.user_id for m in mails("team_request_accepted")] == [asker.id]


def test_a_request_cannot_be_accepted_once_the_person_has_a_team(db_session) -> None:
    event = make_event()
    team, asker = make_team(event), make_user()
    request = joining.ask_to_join(acting(event, asker), whole(team), message="", at=NOW)
    make_team(event, asker)
    captain = acting(event, db.session.get(User, team.captain_id))
    with pytest.raises(Refused, match="sudah punya tim"):
        joining.answer_request(captain, whole(team), request.id, accept=True, at=NOW)


def test_the_captain_hands_over_before_leaving(db_session) -> None:
    event, member = make_event(), make_user()
    team = make_team(event, None, member)
    captain = db.session.get(User, team.captain_id)
    with pytest.raises(Refused, match="Serahkan dahulu"):
        joining.leave_team(acting(event, captain), whole(team), at=NOW)
    leading.transfer_captaincy(acting(event, captain), whole(team), member.public_id, at=NOW)
    joining.leave_team(acting(event, captain), whole(team), at=NOW)
    team = whole(team)
    assert team.captain_id == member.id
    assert [m.user_id for m in team.memberships] == [member.id]
    left = db.session.scalar(select(Membership).where(Membership.user_id == captain.id))
    assert (left.left_at, left.left_reason) == (NOW, "left")


def test_only_the_captain_removes_and_the_person_is_told(db_session) -> None:
    event, member, other = make_event(), make_user(), make_user()
    team = make_team(event, None, member, other)
    with pytest.raises(NotFound):
        joining.remove_member(acting(event, member), whole(team), other.public_id, at=NOW)
    captain = db.session.get(User, team.captain_id)
    joining.remove_member(acting(event, captain), whole(team), other.public_id, at=NOW)
    assert other.id not in {m.user_id for m in whole(team).memberships}
    assert [m.user_id for m in mails("team_member_removed")] == [other.id]


def test_members_are_fixed_after_submission_until_the_organizer_opens_the_team(db_session) -> None:
    event, member, organizer = make_event(), make_user(), make_user()
    give_role(event, organizer, Role.ORGANIZER)
    team = make_team(event, None, member)
    leading.lock_membership(team.id, at=NOW)
    late = NOW + timedelta(days=12)  # registration and submission are over as well
    with pytest.raises(Refused, match="dikunci"):
        joining.leave_team(acting(event, member), whole(team), at=NOW)
    with pytest.raises(Refused, match="alasan"):
        leading.set_membership_unlocked(
            acting(event, organizer), whole(team), unlocked=True, reason=" ", at=late
        )
    leading.set_membership_unlocked(
        acting(event, organizer), whole(team), unlocked=True, reason="Mutasi", at=late
    )
    joining.join_by_link(acting(event, make_user()), whole(team).invite_nonce, at=late)
    joining.leave_team(acting(event, member), whole(team), at=late)
    assert queries.count_members(team.id) == 2


def test_disbanding_frees_the_members_and_a_submitted_team_stays(db_session) -> None:
    event, member = make_event(), make_user()
    team = make_team(event, None, member)
    captain = db.session.get(User, team.captain_id)
    leading.lock_membership(team.id, at=NOW)
    with pytest.raises(Refused, match="tidak dapat dibubarkan"):
        leading.disband_team(acting(event, captain), whole(team), at=NOW)
    leading.release_membership(team.id)
    leading.disband_team(acting(event, captain), whole(team), at=NOW)
    assert queries.list_teams_of(event.id, member.id) == []
    leading.register_team(acting(event, member), values=VALUES, at=NOW)


def test_counts_of_the_funnel(db_session) -> None:
    event = make_event(team_min=2)
    make_team(event)
    make_team(event, None, make_user())
    make_team(event, None, make_user(), disbanded_at=NOW)
    assert queries.count_teams(event) == queries.TeamCounts(registered=2, complete=1)


def test_the_size_limit_holds_when_many_click_at_once(committing_app) -> None:
    """Eight people open the link of a team with two free places at the same moment."""
    with committing_app.app_context(), database.transaction():
        event = make_event(team_max=3)
        team = make_team(event)
        people = [make_user().id for _ in range(8)]
        event_id, team_id, nonce = event.id, team.id, team.invite_nonce

    def click(user_id: int) -> bool:
        with committing_app.app_context():
            try:
                with database.transaction():
                    event = get_actor(db.session.get(Event, event_id).slug, None).event
                    joining.join_by_link(actor_in(event, db.session.get(User, user_id)), nonce, at=NOW)
            except Refused:
                return False
            return True

    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(click, people))
    assert sum(results) == 2
    with committing_app.app_context():
        query = select(func.count()).where(Membership.team_id == team_id, Membership.left_at.is_(None))
        assert db.session.scalar(query) == 3


def test_one_team_per_person_holds_for_two_links_opened_at_once(committing_app) -> None:
    with committing_app.app_context(), database.transaction():
        event = make_event()
        nonces = [make_team(event).invite_nonce for _ in range(4)]
        event_id, user_id = event.id, make_user().id

    def click(nonce: str) -> bool:
        with committing_app.app_context():
            try:
                with database.transaction():
                    event = get_actor(db.session.get(Event, event_id).slug, None).event
                    joining.join_by_link(actor_in(event, db.session.get(User, user_id)), nonce, at=NOW)
            except Refused:
                return False
            return True

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(click, nonces)) == 1
