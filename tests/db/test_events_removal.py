"""Deleting a draft and bringing it back."""

import pytest

from innovate.audit.models import AuditEntry
from innovate.core.db import db
from innovate.core.errors import NotFound, Refused
from innovate.events import queries
from innovate.events.domain.kinds import EventState, Role
from innovate.events.models import FormField
from innovate.events.services import people, removal
from tests.factories.build import NOW, give_role, make_event, make_field, make_team, make_user

NAME = "Kompetisi Inovasi Kota"


@pytest.fixture
def organizer(db_session):
    return make_user()


@pytest.fixture
def event(organizer):
    event = make_event(slug="kota", name=NAME, state=EventState.DRAFT)
    make_field(event)
    give_role(event, organizer, Role.ORGANIZER)
    return event


def acting(event, user):
    db.session.flush()
    return queries.get_actor(event.slug, user)


def test_a_deleted_draft_is_nowhere(event, organizer) -> None:
    offer = people.invite(
        acting(event, organizer),
        Role.JUROR,
        email="juri@x.id",
        message_url=lambda nonce: f"/u/{nonce}",
        at=NOW,
    )
    removal.delete_draft(acting(event, organizer), name="  kompetisi  inovasi KOTA ", at=NOW)
    db.session.flush()
    with pytest.raises(NotFound):
        queries.get_actor("kota", organizer)
    with pytest.raises(NotFound):
        queries.get_actor(event.slug, organizer)
    assert queries.list_roles_of(organizer.id) == []
    assert queries.list_manageable(organizer) == []
    assert queries.list_invitations_to("juri@x.id", NOW) == []
    assert queries.find_invitation(offer.nonce) is None
    with pytest.raises(Refused, match="dihapus"):
        people.accept_invitation(make_user(), offer, at=NOW)
    assert not queries.is_slug_taken("kota")
    assert db.session.query(AuditEntry).filter_by(action="event.delete").one().actor_id == organizer.id


def test_it_comes_back_whole(event, organizer) -> None:
    removal.delete_draft(acting(event, organizer), name=NAME, at=NOW)
    assert queries.list_deleted(organizer) == [event]
    removal.restore_draft(organizer, event.slug, at=NOW)
    assert event.slug == "kota"
    assert acting(event, organizer).has(Role.ORGANIZER)
    assert queries.list_deleted(organizer) == []
    assert db.session.query(FormField).filter_by(event_id=event.id).count() == 1
    assert db.session.query(AuditEntry).filter_by(action="event.restore").count() == 1
    with pytest.raises(NotFound):
        removal.restore_draft(organizer, event.slug, at=NOW)


def test_it_comes_back_beside_a_new_one(event, organizer) -> None:
    removal.delete_draft(acting(event, organizer), name=NAME, at=NOW)
    make_event(slug="kota")
    assert removal.restore_draft(organizer, event.slug, at=NOW).slug == "kota-2"


def test_the_longest_address_fits(event, organizer) -> None:
    event.slug = "k" * 80
    removal.delete_draft(acting(event, organizer), name=NAME, at=NOW)
    db.session.flush()
    assert len(event.slug) <= 80


@pytest.mark.parametrize("name", ["", "Kompetisi Inovasi", "Kompetisi Inovasi Kota 2"])
def test_the_name_must_be_the_right_one(event, organizer, name) -> None:
    with pytest.raises(Refused, match="tidak sama") as refusal:
        removal.delete_draft(acting(event, organizer), name=name, at=NOW)
    assert refusal.value.field == "name"
    assert event.deleted_at is None


@pytest.mark.parametrize("state", [EventState.PUBLISHED, EventState.ARCHIVED])
def test_what_was_public_stays(event, organizer, state) -> None:
    event.state = state
    with pytest.raises(Refused, match="milik publik"):
        removal.delete_draft(acting(event, organizer), name=NAME, at=NOW)
    assert event.deleted_at is None


def test_what_holds_a_team_stays(app, event, organizer) -> None:
    team = make_team(event)
    with pytest.raises(Refused, match="tim yang mendaftar"):
        removal.delete_draft(acting(event, organizer), name=NAME, at=NOW)
    team.disbanded_at = NOW  # what it did is still there
    with pytest.raises(Refused, match="tim yang mendaftar"):
        removal.delete_draft(acting(event, organizer), name=NAME, at=NOW)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ORGANIZER])
def test_only_organizers_delete_and_restore(event, organizer, role) -> None:
    other = make_user()
    give_role(event, other, role)
    with pytest.raises(NotFound):
        removal.delete_draft(acting(event, other), name=NAME, at=NOW)
    removal.delete_draft(acting(event, organizer), name=NAME, at=NOW)
    assert queries.list_deleted(other) == []
    with pytest.raises(NotFound):
        removal.restore_draft(other, event.slug, at=NOW)
