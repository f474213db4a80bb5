"""Names without an account: who handed a proposal in on paper."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from innovate.accounts.models import SiteRole
from innovate.accounts.services.erasure import NAME, erase_person
from innovate.core.db import db
from innovate.endorsement.models import PaperProposal
from innovate.learning.domain.kinds import EnrolmentState
from innovate.learning.queries.enrolments import find_enrolment
from innovate.notifications.models import OutboxMail
from innovate.notifications.services import enqueue_mail
from innovate.privacy.domain.cases import CaseKind, CaseState
from innovate.privacy.queries.retention import list_people
from innovate.privacy.services import cases
from innovate.privacy.services.leftovers import empty_paper_contacts
from tests.factories.build import NOW, make_event, make_idea, make_team, make_unit, make_user
from tests.factories.endorsement import make_coordinator, make_paper_proposal
from tests.factories.learning import HOUR, make_activity, make_place, make_session


def test_a_contact_on_paper_goes_with_the_person_or_with_the_event(db_session) -> None:
    event, other = make_event(slug="satu"), make_event(slug="dua")
    person, clerk = make_user(email="rudi@pontianak.go.id"), make_user()
    rows = []
    for each in (event, event, other):
        team = make_team(each, make_user(), named_members=["Rudi Hartono", "Siti Aminah"])
        idea = make_idea(team)
        make_paper_proposal(idea, clerk)
        rows.append((team, idea))
    found = papers()
    for row, email in zip(found, ("Rudi@pontianak.go.id", "lain@x.example", "lain@x.example"), strict=True):
        row.contact_name, row.contact_email, row.contact_phone = "Rudi Hartono", email, "+62811"
    db.session.flush()
    erase_person(person, at=NOW)
    assert [(row.contact_name, row.contact_phone) for row in papers()] == [
        ("–", ""),
        ("Rudi Hartono", "+62811"),
        ("Rudi Hartono", "+62811"),
    ]
    empty_paper_contacts(event.id)
    db.session.flush()
    assert [row.contact_email for row in papers()] == ["", "", "lain@x.example"]
    assert [team.named_members for team, _idea in rows] == [
        [NAME] * 2,
        [NAME] * 2,
        ["Rudi Hartono", "Siti Aminah"],
    ]


def test_the_mail_to_who_handed_in_on_paper_goes_with_the_event(db_session) -> None:
    events = make_event(slug="satu"), make_event(slug="dua")
    for event in events:
        enqueue_mail(
            "endorsement_paper_received",
            address="rudi@x.example",
            at=NOW,
            event_id=event.id,
            cause="endorsement_paper",
            context={"name": "Rudi Hartono"},
        )
    empty_paper_contacts(events[0].id)
    db.session.expire_all()
    mails = db.session.scalars(select(OutboxMail).order_by(OutboxMail.event_id)).all()
    assert [(mail.address, mail.context) for mail in mails] == [
        ("–", {}),
        ("rudi@x.example", {"name": "Rudi Hartono"}),
    ]


def test_the_coordination_of_a_unit_ends_with_the_person(db_session) -> None:
    person, admin, unit = make_user(), make_user(site_role=SiteRole.ADMIN), make_unit()
    row = make_coordinator(unit, person, admin)
    erase_person(person, actor_id=admin.id, at=NOW)
    db.session.refresh(row)
    assert (row.ended_at, row.ended_by_id) == (NOW, person.id)


def test_who_coordinates_a_unit_stays_when_an_event_is_cleared(db_session) -> None:
    event = make_event(slug="satu")
    busy, idle, admin, unit = make_user(), make_user(), make_user(site_role=SiteRole.ADMIN), make_unit()
    make_coordinator(unit, busy, admin)
    make_team(event, busy)
    make_team(event, idle)
    later = NOW + timedelta(days=3650)
    assert {row.user.id: row.goes for row in list_people(event.id, later)} == {busy.id: False, idle.id: True}


def test_no_request_of_whom_is_erased_waits_for_an_answer(db_session) -> None:
    person, admin, event = make_user(), make_user(site_role=SiteRole.ADMIN), make_event(slug="satu")
    make_team(event, person)
    row = cases.open_case(person, CaseKind.ACCESS, text="Data apa saja yang disimpan?", at=NOW)
    assert [listed.goes for listed in list_people(event.id, NOW + timedelta(days=3650))] == [False]
    erase_person(person, actor_id=admin.id, at=NOW + timedelta(hours=1))
    db.session.refresh(row)
    assert (row.state, row.decided_at, row.text) == (CaseState.WITHDRAWN, NOW + timedelta(hours=1), "")
    assert cases.warn_of_terms(at=NOW + timedelta(days=9)) == 0


def papers() -> list[PaperProposal]:
    db.session.expire_all()
    return list(db.session.scalars(db.select(PaperProposal).order_by(PaperProposal.idea_id)))


def test_the_places_of_whom_is_erased_go_to_the_next(db_session) -> None:
    maker, person, waiting = make_user(), make_user(), make_user()
    activity, over = make_activity(maker, capacity=1), make_activity(maker)
    make_session(activity, starts=30 * HOUR)
    make_session(over, starts=-30 * HOUR)
    for each in (activity, over):
        make_place(each, person)
    make_place(activity, waiting, EnrolmentState.WAITING)
    erase_person(person, at=NOW)
    assert find_enrolment(activity.id, person.id) is None
    assert find_enrolment(activity.id, waiting.id).state is EnrolmentState.ENROLLED
    assert find_enrolment(over.id, person.id).state is EnrolmentState.ENROLLED  # what was held is kept
