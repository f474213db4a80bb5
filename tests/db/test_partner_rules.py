"""What organisations bring is limited, told and written down, on both databases."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from innovate.accounts.models import Employment, SiteRole
from innovate.audit.models import AuditDetail, AuditEntry
from innovate.core.db import db
from innovate.core.errors import Refused
from innovate.events.domain.kinds import Role
from innovate.events.models import Prize
from innovate.events.queries import get_actor
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.ideas.services.submission import restore_idea, submit_idea, withdraw_idea
from innovate.notifications.models import OutboxMail
from innovate.partners.domain.kinds import MixKind, OfferKind, OrganisationKind, Stage
from innovate.partners.queries.asked import list_acceptances
from innovate.partners.queries.offers import count_taken, map_taken
from innovate.partners.services import challenges, members, offers, organisations, proposals
from innovate.partners.services.datasets import Sent
from innovate.scoring.domain.conflicts import Reason
from innovate.scoring.queries.conflicts import find_conflicts, is_barred
from innovate.teams.queries import get_team
from innovate.teams.services.leading import disband_team
from tests.factories.build import (
    NOW,
    add,
    give_role,
    make_event,
    make_idea,
    make_membership,
    make_team,
    make_user,
)
from tests.factories.partners import (
    make_acceptance,
    make_challenge,
    make_offer,
    make_organisation,
    make_partner_member,
    make_statement,
    make_use,
)

CHALLENGE = {
    "title": "Banjir rob",
    "background": "Air pasang.",
    "criteria": "Satu jam lebih awal.",
    "data": "",
    "data_url": "",
    "data_terms": "Hanya untuk kompetisi ini.",
    "contact": "riset@contoh.ac.id",
    "capacity": None,
}
CSV = Sent("rob.csv", b"jam,tinggi\n1,2\n", 1000)


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


def mails(template: str) -> list[str]:
    found = db.session.query(OutboxMail).filter_by(template=template).order_by(OutboxMail.id)
    return [mail.address for mail in found]


def last_change() -> tuple[str, Any, Any]:
    """The action last written down, with what was before and after."""
    entry = db.session.query(AuditEntry).order_by(AuditEntry.id.desc()).first()
    values = db.session.query(AuditDetail).filter_by(entry_id=entry.id).one().values or {}
    return entry.action, values.get("before"), values.get("after")


def ready(event, challenge, **values):
    """An idea that can be handed in for the challenge, and its captain's actor."""
    captain = make_user()
    actor = get_actor(event.slug, captain)
    places = {"group_id": actor.event.groups[0].id, "track_id": challenge.track_id}
    idea = make_idea(make_team(event, captain), title="Parit Kita", answers={}, **places, **values)
    return actor, idea


def hand_in(actor, idea):
    return submit_idea(actor, idea, version=idea.version, in_gallery=False, at=NOW)


def test_a_challenge_takes_as_many_teams_as_it_says(event, organisation) -> None:
    challenge = make_challenge(organisation, event, capacity=1)
    first, second = ready(event, challenge), ready(event, challenge)
    kept = hand_in(*first)
    with pytest.raises(Refused, match="sudah penuh"):
        hand_in(*second)
    kept.title, kept.version = "Parit Kita Dua", kept.version + 1
    kept = hand_in(first[0], kept)  # who has a place keeps it
    withdraw_idea(first[0], kept, at=NOW)
    assert hand_in(*second).state is IdeaState.SUBMITTED
    with pytest.raises(Refused, match="sudah penuh"):
        restore_idea(first[0], kept, at=NOW)


def test_a_place_is_held_by_what_was_handed_in_and_not_by_a_draft(event, organisation) -> None:
    challenge, other = (make_challenge(organisation, event, capacity=1) for _n in range(2))
    first, second = ready(event, challenge), ready(event, challenge)
    hand_in(*first)
    first[1].track_id = other.track_id  # the working copy alone
    db.session.flush()
    with pytest.raises(Refused, match="sudah penuh"):
        hand_in(*second)


def test_organizers_are_told_of_what_arrives(event, organizer, organisation, manager) -> None:
    row = challenges.propose_challenge(manager, organisation, event, CHALLENGE, at=NOW)
    prize = add(Prize(event_id=event.id, name="Inovasi Hijau"))
    proposals.propose_prize(manager, organisation, event, prize.public_id, text="", at=NOW)
    challenges.revise_challenge(manager, organisation, row, CHALLENGE, at=NOW)
    assert mails("partner_event_arrived") == [organizer.user.email] * 2  # nothing new came the third time
    challenges.return_challenge(organizer, row, reason="Perjelas.", at=NOW)
    challenges.revise_challenge(manager, organisation, row, CHALLENGE, at=NOW)
    assert mails("partner_event_arrived") == [organizer.user.email] * 3
    assert last_change()[2] == {"state": "pending"}


def test_the_site_is_told_of_registrations(manager) -> None:
    site = make_user(site_role=SiteRole.ORGANIZER)
    make_user(site_role=SiteRole.ADMIN, disabled_at=NOW)
    values = {"kind": OrganisationKind.COMMUNITY, "description": "Kode.", "website": "", "at": NOW}
    made = organisations.register_organisation(manager, name="Kode Tepian", **values)
    assert mails("partner_registered") == [site.email]
    organisations.decide_organisation(site, made, accept=False, reason="Nama belum resmi.", at=NOW)
    organisations.edit_organisation(manager, made, {}, at=NOW)
    assert last_change() == ("organisation.update", {"state": "declined"}, {"state": "pending"})
    assert mails("partner_registered") == [site.email] * 2
    organisations.register_organisation(site, name="Milik Situs", **values)
    assert mails("partner_registered") == [site.email] * 2


def test_a_file_of_data_is_checked_kept_and_written_down(event, organisation, manager, organizer) -> None:
    bare = CHALLENGE | {"data_terms": ""}
    with pytest.raises(Refused, match="syarat pemakaian"):
        challenges.propose_challenge(manager, organisation, event, bare, file=CSV, at=NOW)
    lying = Sent("rob.csv", b"MZ\x00", 1000)
    with pytest.raises(Refused, match="tidak sesuai"):
        challenges.propose_challenge(manager, organisation, event, CHALLENGE, file=lying, at=NOW)
    row = challenges.propose_challenge(manager, organisation, event, CHALLENGE, file=CSV, at=NOW)
    assert (row.filename, row.size) == ("rob.csv", len(CSV.content))
    first = row.sha256
    challenges.edit_challenge(organizer, row, CHALLENGE, file=Sent("rob.json", b"[1]", 1000), at=NOW)
    assert last_change()[1] == {"filename": "rob.csv", "sha256": first}
    challenges.edit_challenge(organizer, row, CHALLENGE, drops_file=True, at=NOW)
    assert (row.storage_key, last_change()[2]) == ("", {"filename": "", "sha256": ""})


def test_an_offer_is_for_the_teams_it_names(event, organisation) -> None:
    offer = make_offer(organisation, needs=MixKind.STUDENT)
    captain = make_user()
    team = make_team(event, captain)
    with pytest.raises(Refused, match="memuat orang lain"):
        offers.ask_for_offer(captain, offer, team.public_id, text="Kami", at=NOW)
    make_membership(team, make_user(employment=Employment.STUDENT))
    assert offers.ask_for_offer(captain, offer, team.public_id, text="Kami", at=NOW).state is Stage.PENDING


def test_a_team_that_disbanded_holds_no_place(event, organisation, manager) -> None:
    offer = make_offer(organisation, places=1)
    captain, other = make_user(), make_user()
    team, second = make_team(event, captain), make_team(event, other)
    offers.answer_offer(manager, organisation, make_use(offer, team), accept=True, at=NOW)
    late = make_use(offer, second)
    disband_team(get_actor(event.slug, captain), get_team(event.id, team.public_id), at=NOW)
    assert (count_taken(offer.id), map_taken(organisation.id)) == (0, {})
    disband_team(get_actor(event.slug, other), get_team(event.id, second.public_id), at=NOW)
    with pytest.raises(Refused, match="sudah bubar"):
        offers.answer_offer(manager, organisation, late, accept=True, at=NOW)


def test_what_changed_in_an_offer_is_written_down(organisation, manager) -> None:
    offer = make_offer(organisation, title="Magang riset")
    values = {key: getattr(offer, key) for key in offers.FIELDS} | {"kind": OfferKind.PILOT}
    offers.edit_offer(manager, organisation, offer, values, at=NOW)
    assert last_change()[1:] == ({"kind": "internship"}, {"kind": "pilot"})


def test_leaving_does_not_make_a_judge_of_the_owner(organisation, event) -> None:
    juror, early = make_user(), make_user()
    for user in (juror, early):
        give_role(event, user, Role.JUROR)
        members.join_by_link(user, organisation.invite_nonce, at=NOW - timedelta(days=9))
    members.leave(early, organisation, at=NOW - timedelta(days=1))
    challenge = make_challenge(organisation, event)
    idea = make_idea(make_team(event), state=IdeaState.ELIGIBLE, track_id=challenge.track_id)
    members.leave(juror, organisation, at=NOW + timedelta(days=1))
    assert find_conflicts(event.id) == {(idea.id, juror.id): Reason.CHALLENGE}
    assert is_barred(event.id, idea.id, juror.id)


def test_asking_and_taking_it_back_is_no_tie(organisation, event) -> None:
    juror = make_user()
    give_role(event, juror, Role.JUROR)
    challenge = make_challenge(organisation, event)
    make_idea(make_team(event), state=IdeaState.ELIGIBLE, track_id=challenge.track_id)
    members.ask_to_belong(juror, organisation, text="", at=NOW)
    members.leave(juror, organisation, at=NOW + timedelta(days=1))
    assert find_conflicts(event.id) == {}


def test_who_cannot_sign_in_is_no_other_manager(organisation, manager) -> None:
    make_partner_member(organisation, make_user(disabled_at=NOW), is_manager=True)
    with pytest.raises(Refused, match="Pengelola terakhir"):
        members.leave(manager, organisation, at=NOW)


def test_a_team_reads_what_its_members_accepted_before_they_came(event) -> None:
    member = make_user()
    statement, old, team = make_statement(event), make_team(event), make_team(event)
    make_acceptance(statement, old, member.id)
    assert list_acceptances(event.id, team.id) == []
    assert [row.user_id for row, _name in list_acceptances(event.id, team.id, [member.id])] == [member.id]


def test_the_organisation_hears_of_a_place_that_is_given_back(event, organisation, manager) -> None:
    captain = make_user()
    offer, team = make_offer(organisation), make_team(event, captain)
    offers.withdraw_wish(captain, make_use(offer, team), at=NOW)
    assert mails("partner_offer_returned") == []
    offers.withdraw_wish(captain, make_use(offer, team, state=Stage.ACCEPTED), at=NOW)
    assert mails("partner_offer_returned") == [manager.email]


def test_invitations_to_anybody_end_for_the_day(organisation, manager) -> None:
    for number in range(30):
        organisations.invite_by_mail(manager, organisation, email=f"a{number}@contoh.id", at=NOW)
    with pytest.raises(Refused, match="30 undangan sehari"):
        organisations.invite_by_mail(manager, organisation, email="lagi@contoh.id", at=NOW)
    organisations.invite_by_mail(manager, organisation, email="lagi@contoh.id", at=NOW + timedelta(days=1))
    assert len(mails("partner_invitation")) == 31
