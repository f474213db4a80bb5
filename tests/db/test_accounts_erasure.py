"""Erasing a person: the name goes, the record of what they did stays and still verifies."""

import pytest

from innovate.accounts.models import KeptForm, SiteRole, UserSession
from innovate.accounts.services.erasure import NAME, erase_person
from innovate.accounts.services.profile import update_profile
from innovate.accounts.services.sessions import begin_session
from innovate.audit.models import AuditDetail
from innovate.audit.queries import find_chain_fault
from innovate.core.db import db
from innovate.core.errors import Refused
from innovate.notifications.models import MailState, OutboxMail
from innovate.notifications.services import claim_due_mails, enqueue_mail
from tests.factories.build import NOW, add, make_event, make_idea, make_team, make_unit, make_user


def test_nothing_that_names_the_person_is_left(db_session) -> None:
    person = make_user(name="Rina Maharani", email="rina@kota.example", unit_id=make_unit().id)
    other = make_user(email="lain@kota.example")
    values = {"phone": "+628123456789", "nip": "198609262015051001", "position": "Penyuluh Maharani"}
    update_profile(person, values, at=NOW)
    begin_session(person, at=NOW, days=14)
    add(KeptForm(user_id=person.id, form="x", path="/x", fields=[["judul", "Maharani"]], at=NOW))
    for user in (person, other):
        enqueue_mail(
            "account_reset", user_id=user.id, address=user.email, at=NOW, context={"name": user.name}
        )
    idea = make_idea(make_team(make_event(), person), title="PINTU AIR", number=1)
    erase_person(person, at=NOW)
    db.session.commit()
    cells = str([db.session.execute(table.select()).all() for table in db.metadata.sorted_tables])
    for trace in ("Maharani", "rina@kota.example", "+628123456789", "198609262015051001"):
        assert trace not in cells
    assert (person.name, person.is_active) == (NAME, False)
    assert idea.title == "PINTU AIR"
    assert db.session.query(UserSession).count() == db.session.query(KeptForm).count() == 0
    assert [mail.address for mail in claim_due_mails(at=NOW)] == ["lain@kota.example"]
    assert db.session.query(OutboxMail).filter_by(state=MailState.PENDING).count() == 1
    assert db.session.query(AuditDetail).filter(AuditDetail.erased_at.is_not(None)).count() > 0
    assert find_chain_fault() is None


def test_an_admin_is_not_erased_by_mistake(db_session) -> None:
    admin = make_user(site_role=SiteRole.ADMIN)
    with pytest.raises(Refused):
        erase_person(admin, at=NOW)
    assert admin.is_active


@pytest.mark.parametrize(("email", "says"), [("rina@x.example", "erased"), ("siapa@x.example", "nobody has")])
def test_the_command(db_session, app, email, says) -> None:
    make_user(email="rina@x.example")
    db.session.commit()
    assert says in app.test_cli_runner().invoke(args=["accounts", "erase", "--yes", email]).output
