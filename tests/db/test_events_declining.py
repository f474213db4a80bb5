"""Declining an offered role, and being asked again."""

import threading
from datetime import timedelta

import pytest

from innovate.audit.models import AuditEntry
from innovate.core.db import db, transaction
from innovate.core.errors import NotAllowed, Refused
from innovate.events import queries
from innovate.events.domain.kinds import EventState, Role
from innovate.events.models import EventRole, RoleInvitation
from innovate.events.services import answers, people
from innovate.notifications.models import OutboxMail
from tests.factories.build import NOW, give_role, make_event, make_user

LATER = NOW + timedelta(days=3)


def path(nonce: str) -> str:
    return f"/undangan/peran/{nonce}"


@pytest.fixture
def actor(db_session):
    event, organizer = make_event(), make_user(name="Sari Wulandari", locale="en")
    give_role(event, organizer, Role.ORGANIZER)
    return queries.get_actor(event.slug, organizer)


@pytest.fixture
def offer(actor):
    return people.invite(
        actor, Role.JUROR, email="juri@untan.ac.id", name="Prof. Ngadi", message_url=path, at=NOW
    )


def actions() -> list[tuple[str, int | None]]:
    return [(e.action, e.actor_id) for e in db.session.query(AuditEntry).order_by(AuditEntry.id)]


def mails(template: str) -> list[OutboxMail]:
    return db.session.query(OutboxMail).filter_by(template=template).order_by(OutboxMail.id).all()


def test_saying_no_is_recorded_and_told_to_who_invited(actor, offer) -> None:
    person = make_user()
    answers.decline_invitation(person, offer, at=LATER)
    assert (offer.declined_at, offer.declined_by_id) == (LATER, person.id)
    assert actions()[-1] == ("role_invitation.decline", person.id)
    (mail,) = mails("event_role_declined")
    assert (mail.address, mail.locale) == (actor.user.email, "en")
    assert mail.context["person"] == "Prof. Ngadi"
    assert db.session.query(EventRole).filter_by(role=Role.JUROR).count() == 0


def test_the_link_alone_is_enough(actor, offer) -> None:
    answers.decline_invitation(None, offer, at=LATER)
    assert offer.declined_by_id is None
    assert actions()[-1] == ("role_invitation.decline", None)


def test_no_is_an_answer(actor, offer) -> None:
    answers.decline_invitation(None, offer, at=NOW)
    assert queries.list_invitations_to("juri@untan.ac.id", NOW) == []
    with pytest.raises(Refused, match="sudah ditolak"):
        answers.decline_invitation(None, offer, at=NOW)
    with pytest.raises(Refused, match="sudah ditolak"):
        people.accept_invitation(make_user(), offer, at=NOW)
    for change in (
        lambda: people.rotate_invitation(actor, offer, at=NOW),
        lambda: people.resend_invitation(actor, offer, message_url=path, at=NOW),
    ):
        with pytest.raises(Refused, match="Undang lagi"):
            change()
    assert len(mails("event_role_declined")) == 1


def test_what_is_over_cannot_be_declined(actor, offer) -> None:
    with pytest.raises(Refused, match="tidak berlaku"):
        answers.decline_invitation(None, offer, at=NOW + people.LIFETIME)
    people.revoke_invitation(actor, offer, at=NOW)
    with pytest.raises(Refused, match="tidak berlaku"):
        answers.decline_invitation(None, offer, at=NOW)
    accepted = people.invite(actor, Role.MENTOR, name="Lina", message_url=path, at=NOW)
    people.accept_invitation(make_user(), accepted, at=NOW)
    with pytest.raises(Refused, match="sudah dipakai"):
        answers.decline_invitation(None, accepted, at=NOW)
    assert mails("event_role_declined") == []


def test_asking_again_gives_a_new_link_that_can_be_taken(actor, offer) -> None:
    old = offer.nonce
    answers.decline_invitation(None, offer, at=NOW)
    answers.invite_again(actor, offer, message_url=path, at=LATER)
    assert queries.find_invitation(old) is None
    assert offer.expires_at == LATER + people.LIFETIME
    assert [mail.context["path"] for mail in mails("event_role_invitation")] == [path(old), path(offer.nonce)]
    assert queries.list_invitations_to("juri@untan.ac.id", LATER) == [offer]
    people.accept_invitation(person := make_user(), offer, at=LATER)
    assert queries.roles_in(actor.event.id, person.id) == {Role.JUROR}


def test_asking_again_needs_a_no_and_an_organizer(actor, offer) -> None:
    with pytest.raises(Refused, match="tidak ditolak"):
        answers.invite_again(actor, offer, message_url=path, at=NOW)
    answers.decline_invitation(None, offer, at=NOW)
    auditor = make_user()
    give_role(actor.event, auditor, Role.AUDITOR)
    with pytest.raises(NotAllowed):
        answers.invite_again(queries.get_actor(actor.event.slug, auditor), offer, message_url=path, at=NOW)
    actor.event.state = EventState.ARCHIVED
    with pytest.raises(Refused, match="diarsipkan"):
        answers.invite_again(actor, offer, message_url=path, at=NOW)


def test_a_declined_address_may_be_invited_afresh_but_not_twice(actor, offer) -> None:
    answers.decline_invitation(None, offer, at=NOW)
    people.invite(actor, Role.JUROR, email="juri@untan.ac.id", message_url=path, at=NOW)
    with pytest.raises(Refused, match="sudah diundang"):
        answers.invite_again(actor, offer, message_url=path, at=NOW)


def test_a_declined_invitation_leaves_the_list_and_stays_on_record(actor, offer) -> None:
    answers.decline_invitation(None, offer, at=NOW)
    assert queries.list_invitations(actor.event.id) == [offer]
    people.revoke_invitation(actor, offer, at=NOW)
    assert queries.list_invitations(actor.event.id) == []
    assert db.session.get(RoleInvitation, offer.id).declined_at == NOW
    with pytest.raises(Refused, match="dicabut"):
        answers.invite_again(actor, offer, message_url=path, at=NOW)


def test_yes_and_no_at_once_give_one_answer(committing_app) -> None:
    with committing_app.app_context(), transaction():
        event, organizer, person = make_event(), make_user(), make_user()
        give_role(event, organizer, Role.ORGANIZER)
        actor = queries.get_actor(event.slug, organizer)
        nonce = people.invite(actor, Role.JUROR, name="X", message_url=path, at=NOW).nonce
        person_id, event_id = person.id, event.id
    gate, done = threading.Barrier(2), []

    def answer(accept: bool) -> None:
        with committing_app.app_context():
            found, user = queries.find_invitation(nonce), db.session.get_one(type(person), person_id)
            gate.wait(10)
            try:
                with transaction():
                    if accept:
                        people.accept_invitation(user, found, at=NOW)
                    else:
                        answers.decline_invitation(user, found, at=NOW)
                done.append(accept)
            except Refused:
                pass
            finally:
                db.session.remove()

    threads = [threading.Thread(target=answer, args=(accept,)) for accept in (True, False)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(done) == 1
    with committing_app.app_context():
        assert (queries.roles_in(event_id, person_id) == {Role.JUROR}) is done[0]
        db.session.remove()
        db.engine.dispose()
