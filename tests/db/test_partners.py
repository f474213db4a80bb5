"""Organisations, their members and dealings, on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest

from innovate.accounts.models import Employment, SiteRole
from innovate.core.db import db
from innovate.core.errors import NotFound, Refused
from innovate.events.domain.kinds import Role
from innovate.events.models import Prize, RoleInvitation, Track
from innovate.events.queries import get_actor
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.ideas.services.submission import submit_idea
from innovate.notifications.models import OutboxMail
from innovate.partners.domain.kinds import MixKind, OrganisationKind, Stage, StatementKind, Support
from innovate.partners.domain.mix import MixRule
from innovate.partners.models.teams import StatementAcceptance
from innovate.partners.queries import asked as reads
from innovate.partners.queries.dealings import find_challenge_of_track, list_sponsors
from innovate.partners.queries.organisations import find_membership, list_public
from innovate.partners.services import (
    asked,
    challenges,
    members,
    offers,
    organisations,
    proposals,
    template_part,
)
from innovate.scoring.domain.conflicts import Reason
from innovate.scoring.models.jury import AssignmentState
from innovate.scoring.queries.conflicts import find_conflicts, is_barred
from innovate.teams.queries import get_team
from tests.factories.build import (
    NOW,
    add,
    give_role,
    make_assignment,
    make_event,
    make_idea,
    make_round,
    make_team,
    make_user,
)
from tests.factories.partners import (
    make_challenge,
    make_offer,
    make_organisation,
    make_partner_member,
    make_statement,
)

CHALLENGE = {
    "title": "Banjir rob",
    "background": "Air pasang.",
    "criteria": "Satu jam lebih awal.",
    "data": "",
    "data_url": "",
    "data_terms": "",
    "contact": "riset@contoh.ac.id",
    "capacity": None,
}


@pytest.fixture
def event(db_session):
    return make_event(team_max=4)


@pytest.fixture
def organizer(event):
    user = make_user()
    give_role(event, user, Role.ORGANIZER)
    return get_actor(event.slug, user)


@pytest.fixture
def manager(db_session):
    return make_user()


@pytest.fixture
def organisation(manager):
    return make_organisation(manager)


def mails() -> list[tuple[str, str]]:
    return [(mail.template, mail.address) for mail in db.session.query(OutboxMail).order_by(OutboxMail.id)]


def register(user, name="Universitas Khatulistiwa Raya"):
    words = {"description": "Kampus", "website": ""}
    return organisations.register_organisation(
        user, name=name, kind=OrganisationKind.UNIVERSITY, at=NOW, **words
    )


def test_an_organisation_is_public_once_it_was_accepted(manager) -> None:
    made = register(manager)
    assert made.slug == "universitas-khatulistiwa-raya"
    assert list_public().total == 0
    with pytest.raises(NotFound):
        organisations.decide_organisation(manager, made, accept=True, at=NOW)
    site = make_user(site_role=SiteRole.ORGANIZER)
    with pytest.raises(Refused, match="alasannya"):
        organisations.decide_organisation(site, made, accept=False, at=NOW)
    organisations.decide_organisation(site, made, accept=False, reason="Nama belum resmi.", at=NOW)
    organisations.edit_organisation(manager, made, {"name": "Universitas Resmi"}, at=NOW)
    assert made.state is Stage.PENDING
    organisations.decide_organisation(site, made, accept=True, at=NOW)
    assert [row.name for row in list_public(search="resmi").items] == ["Universitas Resmi"]
    assert list_public(kind=OrganisationKind.COMPANY).total == 0
    assert mails() == [
        ("partner_decided", manager.email),
        ("partner_registered", site.email),  # it asks again
        ("partner_decided", manager.email),
    ]


def test_two_of_one_name_and_reserved_addresses(manager) -> None:
    assert [register(manager, "Baru").slug, register(manager, "Baru").slug] == ["baru-2", "baru-3"]
    register(manager, "Lain")
    with pytest.raises(Refused, match="Tiga organisasi"):
        register(manager, "Keempat")


def test_an_address_of_the_organisation_verifies_at_once_if_it_was_confirmed(organisation, manager) -> None:
    with pytest.raises(NotFound):
        organisations.set_domains(manager, organisation, "contoh.ac.id", at=NOW)
    admin = make_user(site_role=SiteRole.ADMIN)
    with pytest.raises(Refused, match=r"gmail\.com"):
        organisations.set_domains(admin, organisation, "gmail.com", at=NOW)
    organisations.set_domains(admin, organisation, "contoh.ac.id", at=NOW)
    ani = make_user(email="ani@mhs.contoh.ac.id")
    assert members.ask_to_belong(ani, organisation, text="", at=NOW).by == "domain"
    hasty = make_user(email="budi@contoh.ac.id", email_verified_at=None)
    with pytest.raises(Refused, match="Verifikasi"):
        members.ask_to_belong(hasty, organisation, text="", at=NOW)
    other = members.ask_to_belong(make_user(), organisation, text="Dosen", at=NOW)
    assert other.state is Stage.PENDING
    assert mails() == [("partner_request", manager.email)]


def test_a_manager_answers_and_somebody_always_stays(organisation, manager) -> None:
    ani = make_user()
    row = members.ask_to_belong(ani, organisation, text="", at=NOW)
    with pytest.raises(Refused, match="menunggu"):
        members.ask_to_belong(ani, organisation, text="", at=NOW)
    with pytest.raises(NotFound):
        members.answer_member(ani, organisation, row.public_id, accept=True, at=NOW)
    members.answer_member(manager, organisation, row.public_id, accept=True, at=NOW)
    with pytest.raises(Refused, match="Pengelola terakhir"):
        members.leave(manager, organisation, at=NOW)
    members.set_manager(manager, organisation, row.public_id, manages=True, at=NOW)
    members.leave(manager, organisation, at=NOW)
    assert find_membership(organisation.id, manager.id) is None
    assert members.join_by_link(manager, organisation.invite_nonce, at=NOW) is organisation
    old = organisation.invite_nonce
    organisations.rotate_link(ani, organisation, at=NOW)
    with pytest.raises(NotFound):
        members.join_by_link(make_user(), old, at=NOW)


def test_data_comes_with_its_terms(organisation, manager, event) -> None:
    with pytest.raises(Refused, match="syarat pemakaian"):
        challenges.propose_challenge(
            manager, organisation, event, CHALLENGE | {"data": "Curah hujan"}, at=NOW
        )


def test_a_challenge_goes_back_and_forth_before_it_is_accepted(
    organisation, manager, event, organizer
) -> None:
    row = challenges.propose_challenge(manager, organisation, event, CHALLENGE, at=NOW)
    with pytest.raises(Refused, match="alasannya"):
        challenges.return_challenge(organizer, row, reason=" ", at=NOW)
    challenges.return_challenge(organizer, row, reason="Perjelas ukurannya.", at=NOW)
    assert (row.state, row.track_id) == (Stage.DECLINED, None)
    challenges.revise_challenge(manager, organisation, row, CHALLENGE | {"title": "Banjir rob dini"}, at=NOW)
    challenges.accept_challenge(organizer, row, at=NOW)
    track = db.session.get_one(Track, row.track_id)
    said = (track.name, track.description, track.event_id)
    assert said == ("Banjir rob dini", organisation.name, event.id)
    assert find_challenge_of_track(track.id) is row
    with pytest.raises(Refused, match="sudah diterima"):
        challenges.revise_challenge(manager, organisation, row, CHALLENGE, at=NOW)
    other = make_challenge(organisation, event, state=Stage.PENDING)
    with pytest.raises(Refused, match="tantangan lain"):
        challenges.accept_challenge(organizer, other, track_id=track.public_id, at=NOW)
    assert [template for template, _to in mails()] == ["partner_event_arrived", "partner_event_answer"] * 2


def test_a_challenge_of_another_event_is_nobodys_here(organisation, organizer) -> None:
    with pytest.raises(NotFound):
        challenges.accept_challenge(
            organizer, make_challenge(organisation, make_event(), state=Stage.PENDING), at=NOW
        )


def test_a_mentor_is_invited_once_the_organizer_agrees(organisation, manager, event, organizer) -> None:
    ani = make_user()
    with pytest.raises(Refused, match="anggota organisasi"):
        proposals.propose_mentor(manager, organisation, event, ani.public_id, text="", at=NOW)
    make_partner_member(organisation, ani)
    row = proposals.propose_mentor(manager, organisation, event, ani.public_id, text="", at=NOW)
    with pytest.raises(Refused, match="sudah diusulkan"):
        proposals.propose_mentor(manager, organisation, event, ani.public_id, text="", at=NOW)
    proposals.answer_proposal(organizer, row, accept=True, message_url=lambda nonce: f"/u/{nonce}", at=NOW)
    invitation = db.session.query(RoleInvitation).one()
    assert (invitation.email, invitation.role) == (ani.email, Role.MENTOR)


def test_a_sponsor_stands_beside_its_prize(organisation, manager, event, organizer) -> None:
    prize = add(Prize(event_id=event.id, name="Inovasi Hijau"))
    row = proposals.propose_prize(manager, organisation, event, prize.public_id, text="", at=NOW)
    assert list_sponsors(event.id) == []
    answer = {"message_url": str, "at": NOW}
    proposals.answer_proposal(organizer, row, accept=True, **answer)
    assert [(each.prize.name, each.kind) for each in list_sponsors(event.id)] == [
        ("Inovasi Hijau", Support.PRIZE)
    ]
    proposals.answer_proposal(organizer, row, accept=False, reason="Perjanjian berakhir.", **answer)
    assert list_sponsors(event.id) == []


def test_an_offer_has_its_places_and_its_end(organisation, manager, event) -> None:
    offer = make_offer(organisation, places=1, until=NOW + timedelta(days=2))
    team, second = make_team(event), make_team(event)
    captain, other = (db.session.get_one(type(manager), each.captain_id) for each in (team, second))
    with pytest.raises(Refused, match="Anda ketuai"):
        offers.ask_for_offer(manager, offer, team.public_id, text="Kami", at=NOW)
    use = offers.ask_for_offer(captain, offer, team.public_id, text="Kami", at=NOW)
    late = offers.ask_for_offer(other, offer, second.public_id, text="Kami", at=NOW)
    with pytest.raises(Refused, match="sudah mengajukan"):
        offers.ask_for_offer(captain, offer, team.public_id, text="Lagi", at=NOW)
    offers.answer_offer(manager, organisation, use, accept=True, at=NOW)
    with pytest.raises(Refused, match="sudah terisi"):
        offers.answer_offer(manager, organisation, late, accept=True, at=NOW)
    with pytest.raises(Refused, match="alasannya"):
        offers.answer_offer(manager, organisation, late, accept=False, at=NOW)
    with pytest.raises(Refused, match="ditutup"):
        offers.ask_for_offer(other, offer, second.public_id, text="Kami", at=NOW + timedelta(days=2))
    with pytest.raises(NotFound):
        offers.withdraw_wish(other, use, at=NOW)
    offers.withdraw_wish(captain, use, at=NOW)
    offers.answer_offer(manager, organisation, late, accept=True, at=NOW)
    assert [name for name, _to in mails()].count(
        "partner_offer_answer"
    ) == 4  # two teams of one, and who answered


def test_a_team_is_mixed_as_asked_before_it_hands_in(event, organizer, organisation) -> None:
    with pytest.raises(Refused, match="tidak dapat dipenuhi"):
        asked.set_mix(organizer, [MixRule(MixKind.STUDENT, 5)], at=NOW)
    assert asked.set_mix(organizer, [MixRule(MixKind.STUDENT, 1), MixRule(MixKind.PARTNER, 1, 2)], at=NOW)
    captain, student = make_user(), make_user(employment=Employment.STUDENT)
    team = make_team(event, captain, student)
    actor = get_actor(event.slug, captain)
    places = {"group_id": actor.event.groups[0].id, "track_id": actor.event.tracks[0].id}
    idea = make_idea(team, title="Parit Kita", answers={}, **places)
    with pytest.raises(Refused, match="Susunan tim"):
        submit_idea(actor, idea, version=idea.version, in_gallery=False, at=NOW)
    make_partner_member(organisation, student)
    asked.require_asked(event, team.id)


def test_a_new_version_asks_again_and_the_old_acceptance_stays(event, organizer) -> None:
    captain, member = make_user(), make_user()
    team = make_team(event, captain, member)
    first = asked.write_statement(organizer, StatementKind.PROPERTY, title="Hak", text="Satu", at=NOW)
    assert asked.write_statement(organizer, StatementKind.PROPERTY, title="Hak", text="Satu", at=NOW) is first
    with pytest.raises(Refused, match="Belum semua anggota"):
        asked.require_asked(event, team.id)
    for user in (captain, member, captain):
        asked.accept_statements(get_actor(event.slug, user), _whole(event, team), [first.public_id], at=NOW)
    asked.require_asked(event, team.id)
    second = asked.write_statement(organizer, StatementKind.PROPERTY, title="Hak", text="Dua", at=NOW)
    assert second.version == 2
    with pytest.raises(Refused, match="Belum semua anggota"):
        asked.require_asked(event, team.id)
    with pytest.raises(Refused, match="berubah"):
        asked.accept_statements(
            get_actor(event.slug, captain), _whole(event, team), [first.public_id], at=NOW
        )
    assert [len(row.people) for row in reads.list_missing(event.id, [captain, member])] == [2]
    kept = [
        (row.statement.version, row.statement.text)
        for row, _team in reads.list_acceptances(event.id, team.id)
    ]
    assert kept == [(1, "Satu")] * 2
    asked.end_statement(organizer, second, at=NOW)
    asked.require_asked(event, team.id)
    assert db.session.query(StatementAcceptance).count() == 2


def test_only_members_accept(event, organizer) -> None:
    row = make_statement(event)
    with pytest.raises(NotFound):
        asked.accept_statements(organizer, _whole(event, make_team(event)), [row.public_id], at=NOW)


def _whole(event, team):
    return get_team(event.id, team.public_id)


def test_templates_carry_both(event, organizer) -> None:
    asked.set_mix(organizer, [MixRule(MixKind.STUDENT, 1, 2)], at=NOW)
    asked.write_statement(organizer, StatementKind.DATA_USE, title="Data", text="Aman", at=NOW)
    assert template_part.read(event) == {
        "mix": [{"kind": "student", "least": 1, "most": 2}],
        "statements": [{"kind": "data_use", "title": "Data", "text": "Aman"}],
    }


def test_who_belongs_to_the_owner_of_a_challenge_does_not_judge_its_entries(
    organisation, event, organizer
) -> None:
    juror, other = make_user(), make_user()
    for user in (juror, other):
        give_role(event, user, Role.JUROR)
    challenge = make_challenge(organisation, event)
    idea = make_idea(make_team(event), state=IdeaState.ELIGIBLE, track_id=challenge.track_id)
    make_idea(make_team(event), state=IdeaState.ELIGIBLE)
    assert find_conflicts(event.id) == {}
    members.join_by_link(juror, organisation.invite_nonce, at=NOW)
    assert find_conflicts(event.id) == {(idea.id, juror.id): Reason.CHALLENGE}
    assert is_barred(event.id, idea.id, juror.id)
    assert not is_barred(event.id, idea.id, other.id)
    assert find_conflicts(event.id, idea_ids=[idea.id], user_ids=[other.id]) == {}


def test_a_juror_who_joins_later_loses_the_seat(organisation, event) -> None:
    juror = make_user()
    give_role(event, juror, Role.JUROR)
    challenge = make_challenge(organisation, event)
    idea = make_idea(make_team(event), state=IdeaState.ELIGIBLE, track_id=challenge.track_id)
    seat = make_assignment(make_round(event), idea, juror)
    members.join_by_link(juror, organisation.invite_nonce, at=NOW)
    db.session.refresh(seat)
    assert seat.state is not AssignmentState.ACTIVE
