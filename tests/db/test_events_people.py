"""Invitations and roles, on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from innovate.accounts.models import SiteRole, User
from innovate.core import db as database
from innovate.core.db import db
from innovate.core.errors import NotAllowed, Refused
from innovate.events import queries
from innovate.events.domain.kinds import EventState, Role
from innovate.events.domain.template import propose_timetable
from innovate.events.models import EventRole
from innovate.events.services import creation, people
from innovate.events.services.templates import find_template
from innovate.notifications.models import OutboxMail
from tests.factories.build import NOW, give_role, make_event, make_team, make_user


@pytest.fixture
def actor(db_session):
    event = make_event()
    user = make_user(name="Sari Wulandari")
    give_role(event, user, Role.ORGANIZER)
    return queries.get_actor(event.slug, user)


def path(nonce: str) -> str:
    return f"/undangan/peran/{nonce}"


def invite(actor, role=Role.JUROR, **values):
    return people.invite(actor, role, message_url=path, at=NOW, **{"email": "juri@untan.ac.id", **values})


def test_an_address_gets_a_mail_with_the_link(actor):
    invitation = invite(actor, email=" Juri@Untan.ac.id ")
    (mail,) = db.session.query(OutboxMail).all()
    assert (mail.template, mail.address) == ("event_role_invitation", "juri@untan.ac.id")
    assert mail.context["path"] == path(invitation.nonce)
    assert mail.context["role"] == "juror"


def test_without_an_address_there_is_only_the_link(actor):
    invite(actor, email="", name="Ibu Lina")
    assert db.session.query(OutboxMail).count() == 0
    with pytest.raises(Refused):
        invite(actor, email="", name=" ")


def test_the_same_person_is_not_asked_twice_for_the_same_role(actor):
    invite(actor)
    with pytest.raises(Refused, match="sudah diundang"):
        invite(actor)
    invite(actor, Role.MENTOR)
    held = make_user(email="ada@pontianak.go.id")
    give_role(actor.event, held, Role.SECRETARIAT)
    with pytest.raises(Refused, match="sudah memegang"):
        invite(actor, Role.SECRETARIAT, email="ada@pontianak.go.id")


def test_accepting_gives_the_role_once_and_tells_the_features_above(actor):
    invitation, user = invite(actor), make_user()
    heard = []

    def listen(row, at):
        heard.append((row.user_id, row.role, at))

    people.after_role_given.append(listen)
    try:
        people.accept_invitation(user, invitation, at=NOW)
    finally:
        people.after_role_given.remove(listen)
    assert queries.roles_in(actor.event.id, user.id) == {Role.JUROR}
    assert heard == [(user.id, Role.JUROR, NOW)]
    with pytest.raises(Refused, match="sudah dipakai"):
        people.accept_invitation(make_user(), invitation, at=NOW)
    assert queries.list_invitations(actor.event.id) == []


def test_accepting_a_role_one_holds_keeps_one_row(actor):
    user = make_user()
    give_role(actor.event, user, Role.JUROR)
    people.accept_invitation(user, invite(actor), at=NOW)
    assert db.session.query(EventRole).filter_by(user_id=user.id).count() == 1


def test_dead_links_open_nothing(actor):
    late = invite(actor)
    with pytest.raises(Refused, match="tidak berlaku"):
        people.accept_invitation(make_user(), late, at=NOW + people.LIFETIME)
    people.revoke_invitation(actor, late, at=NOW)
    with pytest.raises(Refused, match="tidak berlaku"):
        people.accept_invitation(make_user(), late, at=NOW)
    rotated = invite(actor, Role.MENTOR)
    old = rotated.nonce
    people.rotate_invitation(actor, rotated, at=NOW)
    assert queries.find_invitation(old) is None
    assert queries.find_invitation(rotated.nonce) is rotated


def test_nobody_joins_an_archived_event(actor):
    invitation = invite(actor)
    actor.event.state = EventState.ARCHIVED
    db.session.flush()
    with pytest.raises(Refused, match="diarsipkan"):
        people.accept_invitation(make_user(), invitation, at=NOW)


def test_resending_mails_again_and_prolongs(actor):
    invitation = invite(actor)
    people.resend_invitation(actor, invitation, message_url=path, at=NOW + timedelta(days=20))
    assert db.session.query(OutboxMail).count() == 2
    assert invitation.expires_at == NOW + timedelta(days=20) + people.LIFETIME
    with pytest.raises(Refused):
        people.resend_invitation(
            actor, invite(actor, Role.MENTOR, email="", name="Lina"), message_url=path, at=NOW
        )


def test_the_last_organizer_stays_any_other_role_ends_without_loss(actor):
    (mine,) = queries.list_people(actor.event.id, Role.ORGANIZER)
    with pytest.raises(Refused, match="terakhir"):
        people.remove_role(actor, mine, at=NOW)
    juror = make_user()
    row = give_role(actor.event, juror, Role.JUROR)
    people.remove_role(actor, row, at=NOW)
    assert queries.roles_in(actor.event.id, juror.id) == frozenset()
    assert db.session.get_one(EventRole, row.id).revoked_at == NOW
    give_role(actor.event, make_user(), Role.ORGANIZER)
    people.remove_role(actor, mine, at=NOW)
    assert queries.roles_in(actor.event.id, actor.user_id) == frozenset()


def test_a_role_may_be_given_again_after_it_ended(actor):
    user = make_user()
    row = give_role(actor.event, user, Role.MENTOR)
    people.remove_role(actor, row, at=NOW)
    people.accept_invitation(user, invite(actor, Role.MENTOR), at=NOW)
    assert queries.roles_in(actor.event.id, user.id) == {Role.MENTOR}


def test_the_public_jury_lists_each_person_once_chair_first(actor):
    chair, juror = make_user(name="Zubaidah"), make_user(name="Andreas")
    give_role(actor.event, juror, Role.JUROR)
    give_role(actor.event, chair, Role.CHAIR)
    row = EventRole(event_id=actor.event.id, user_id=chair.id, role=Role.JUROR, created_at=NOW)
    db.session.add(row)
    db.session.flush()
    people.set_public_title(actor, row, " Ombudsman ", at=NOW)
    jury = queries.list_jury(actor.event.id)
    assert [(r.user.name, r.role, r.public_line) for r in jury] == [
        ("Zubaidah", Role.CHAIR, "Ombudsman"),
        ("Andreas", Role.JUROR, ""),
    ]


def test_auditors_invite_nobody(actor):
    auditor = make_user()
    give_role(actor.event, auditor, Role.AUDITOR)
    with pytest.raises(NotAllowed):
        invite(queries.get_actor(actor.event.slug, auditor))


# -- at the same moment -------------------------------------------------------------------------------------------


def test_one_link_opened_by_many_serves_one(committing_app):
    with committing_app.app_context(), database.transaction():
        event, chief = make_event(), make_user()
        give_role(event, chief, Role.ORGANIZER)
        invitation = invite(queries.get_actor(event.slug, chief))
        guests = [make_user().id for _ in range(6)]
        nonce, event_id = invitation.nonce, event.id

    def accept(user_id: int) -> bool:
        with committing_app.app_context():
            try:
                with database.transaction():
                    found = queries.find_invitation(nonce)
                    assert found is not None
                    people.accept_invitation(db.session.get_one(User, user_id), found, at=NOW)
            except Refused:
                return False
            return True

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(accept, guests)) == 1
    with committing_app.app_context():
        assert len(queries.list_people(event_id, Role.JUROR)) == 1


def test_two_organizers_who_remove_each_other_leave_one(committing_app):
    with committing_app.app_context(), database.transaction():
        event = make_event()
        chiefs = [make_user() for _ in range(2)]
        rows = [give_role(event, chief, Role.ORGANIZER).id for chief in chiefs]
        slug, event_id, users = event.slug, event.id, [chief.id for chief in chiefs]

    def remove(pair: tuple[int, int]) -> bool:
        user_id, row_id = pair
        with committing_app.app_context():
            try:
                with database.transaction():
                    actor = queries.get_actor(slug, db.session.get_one(User, user_id))
                    people.remove_role(actor, db.session.get_one(EventRole, row_id), at=NOW)
            except (Refused, NotAllowed):
                return False
            return True

    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(remove, zip(users, reversed(rows), strict=True)))
    assert sum(results) == 1
    with committing_app.app_context():
        assert len(queries.list_people(event_id, Role.ORGANIZER)) == 1


def test_two_events_with_one_address_leave_one(committing_app):
    with committing_app.app_context(), database.transaction():
        users = [make_user(site_role=SiteRole.ORGANIZER).id for _ in range(4)]

    def create(user_id: int) -> bool:
        template = find_template("empty")
        assert template is not None
        timetable = propose_timetable(template.phases, date(2027, 3, 1), ZoneInfo("Asia/Pontianak"))
        with committing_app.app_context():
            try:
                with database.transaction():
                    creation.create_from_template(
                        db.session.get_one(User, user_id),
                        template,
                        creation.NewEvent("Lomba", "lomba", timetable),
                        at=NOW,
                    )
            except Refused:
                return False
            return True

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(create, users)) == 1


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.MENTOR])
def test_whoever_competes_takes_no_seat_in_the_committee(actor, role):
    captain = make_user()
    make_team(actor.event, captain)
    invitation = invite(actor, role)
    with pytest.raises(Refused, match="Anda anggota tim"):
        people.accept_invitation(captain, invitation, at=NOW)
    assert invitation.accepted_at is None
    assert queries.roles_in(actor.event.id, captain.id) == frozenset()


def test_a_participant_may_mentor_and_judge_elsewhere(actor):
    captain = make_user()
    make_team(make_event(slug="lain"), captain)
    people.accept_invitation(captain, invite(actor), at=NOW)
    make_team(actor.event, mentor := make_user())
    people.accept_invitation(mentor, invite(actor, Role.MENTOR), at=NOW)
    assert queries.roles_in(actor.event.id, captain.id) == {Role.JUROR}
    assert queries.roles_in(actor.event.id, mentor.id) == {Role.MENTOR}
