"""Names without an account: who handed a proposal in on paper."""

from __future__ import annotations

from innovate.accounts.services.erasure import NAME, erase_person
from innovate.core.db import db
from innovate.endorsement.models import PaperProposal
from innovate.privacy.services.leftovers import empty_paper_contacts
from tests.factories.build import NOW, make_event, make_idea, make_team, make_user
from tests.factories.endorsement import make_paper_proposal


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


def papers() -> list[PaperProposal]:
    db.session.expire_all()
    return list(db.session.scalars(db.select(PaperProposal).order_by(PaperProposal.idea_id)))
