"""A certificate that was revoked is issued again, under a new number, where its ground holds."""

from __future__ import annotations

import pytest

from innovate.audit.models import AuditEntry
from innovate.core.db import db, transaction
from innovate.core.errors import NotAllowed, Refused
from innovate.documents.domain.kinds import Audience, Standing
from innovate.documents.models import Document
from innovate.documents.queries.lost import list_lost
from innovate.documents.queries.papers import list_own
from innovate.documents.services import certificates, ending, setting
from innovate.events.domain.kinds import Role
from innovate.events.models import Prize
from innovate.events.queries import get_actor
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.results.domain.awards import Succession
from innovate.results.services.withdrawals import Terms, return_award, withdraw_award
from innovate.tasks.services import run_here
from tests.factories import build
from tests.factories.boards import LADDER, climb
from tests.factories.build import NOW

SITE = "https://contoh.example"
WHY = "Pencabutannya keliru."


@pytest.fixture
def staff(db_session):
    """Who runs a judged competition in which one entry takes the only prize."""
    event = build.make_event(slug="lomba", shift_days=-31)
    staff, juror = build.make_user(), build.make_user()
    build.give_role(event, staff, Role.ORGANIZER)
    build.add(Prize(event_id=event.id, name="Juara I", rank=1))
    round_ = build.make_round(event)
    for title, value in (("PECI HAJI", 5), ("LENTERA", 3)):
        idea = build.make_idea(build.make_team(event), state=IdeaState.ELIGIBLE, title=title)
        build.make_ballot(build.make_assignment(round_, idea, juror), [value] * 5)
    climb(event, staff)
    return staff


def as_(user):
    return get_actor("lomba", user)


def issue(staff) -> Document:
    task = certificates.ask_for_certificates(as_(staff), Audience.WINNERS, site=SITE, at=NOW)
    run_here(task, at=NOW)
    return db.session.query(Document).order_by(Document.id.desc()).first()


def again(staff, row, reason=WHY) -> Document:
    return ending.reissue_paper(as_(staff), row.public_id, reason=reason, site=SITE, at=NOW)


def test_what_was_revoked_by_mistake_is_issued_again(staff) -> None:
    first = issue(staff)
    with pytest.raises(Refused, match="Hanya naskah yang dicabut"):
        again(staff, first)
    ending.revoke_paper(as_(staff), first.public_id, reason="Salah orang, katanya.", at=NOW)
    assert issue(staff) is first  # in bulk it stays out on purpose
    with pytest.raises(NotAllowed):
        again(build.make_user(), first)
    with pytest.raises(Refused, match="10 karakter"):
        again(staff, first, "keliru")
    second = again(staff, first)
    assert (first.standing, second.standing) == (Standing.SUPERSEDED, Standing.VALID)
    assert (first.replaced_by_id, first.ended_reason) == (second.id, "Salah orang, katanya.")
    assert (second.sequence, second.subject, second.holder) == (2, first.subject, first.holder)
    assert second.code != first.code
    setting.set_papers(first.event_id, lambda *_: None, transaction, at=NOW)
    assert [row.id for row in list_own(first.user_id)] == [second.id]
    with pytest.raises(Refused, match="Hanya naskah yang dicabut"):
        again(staff, first)
    entry = db.session.query(AuditEntry).filter_by(action="document.reissue").one()
    assert (entry.actor_id, entry.object_id) == (staff.id, str(first.id))


def test_an_award_has_its_certificate_back_only_with_the_award(staff) -> None:
    first = issue(staff)
    terms = Terms(Succession.VACANT, decree="400/1", day=NOW.date(), reason="Pernyataannya palsu.")
    idea = first.subject.split(":")[2]
    winner = db.session.query(build.Idea).filter_by(id=int(idea)).one()
    gone = withdraw_award(as_(staff), 1, winner.public_id, terms, at=NOW)
    assert ending.revoke_lost(as_(staff), reason=WHY, at=NOW) == 1
    with pytest.raises(Refused, match="baru dapat diterbitkan sesudah hasil diumumkan"):
        again(staff, first)
    climb(as_(staff).event, staff, *LADDER[2:])
    with pytest.raises(Refused, match="tidak lagi berhak"):
        again(staff, first)
    assert first.standing is Standing.REVOKED
    return_award(as_(staff), 1, gone.public_id, reason="Putusan banding memenangkan tim.", at=NOW)
    climb(as_(staff).event, staff, *LADDER[2:])
    second = again(staff, first)
    assert (second.standing, first.replaced_by_id) == (Standing.VALID, second.id)
    assert list_lost(as_(staff).event) == []
