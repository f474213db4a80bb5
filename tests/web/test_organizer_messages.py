"""The mails of one competition."""

from datetime import timedelta

import pytest

from innovate.core.db import db
from innovate.events.domain.kinds import Role
from innovate.notifications.models import MailState, OutboxMail
from innovate.notifications.services import enqueue_mail
from tests.factories.build import NOW, give_role, make_event, make_user
from tests.support.queries import counted_queries


@pytest.fixture
def event(app):
    return make_event(slug="lomba-a")


def put(event_id, address="ani@example.org", state=MailState.SENT, **values) -> OutboxMail:
    mail = enqueue_mail("team_invitation", address=address, at=NOW, event_id=event_id, **values)
    mail.state, mail.subject = state, f"Undangan untuk {address}"
    mail.sent_at = NOW - timedelta(hours=1)
    db.session.commit()
    return mail


def enter(event, sign_in_as, role):
    user = make_user()
    if role:
        give_role(event, user, role)
    return sign_in_as(user)


def test_the_organizer_reads_only_this_competition_s_mail(event, sign_in_as) -> None:
    client = enter(event, sign_in_as, Role.ORGANIZER)
    empty = client.get("/k/lomba-a/kelola/surel")
    assert "Tidak ada surel di sini" in empty.text
    put(event.id)
    failed = put(event.id, "budi@example.org", MailState.FAILED)
    failed.last_error = "550 tidak ada orangnya"
    put(make_event().id, "orang@lain.org")
    db.session.commit()
    page = client.get("/k/lomba-a/kelola/surel")
    assert "2 surel" in page.text
    assert "Undangan untuk ani@example.org" in page.text
    assert "550 tidak ada orangnya" in page.text
    assert "orang@lain.org" not in page.text
    assert "ani@example.org" not in client.get("/k/lomba-a/kelola/surel?state=failed").text
    assert "budi@example.org" not in client.get("/k/lomba-a/kelola/surel?q=ani").text


def test_a_mail_is_sent_again(event, sign_in_as) -> None:
    client = enter(event, sign_in_as, Role.ORGANIZER)
    mail = put(event.id)
    assert client.post(f"/k/lomba-a/kelola/surel/{mail.id}/ulang").status_code == 302
    assert (
        db.session.query(OutboxMail).filter_by(address="ani@example.org", state=MailState.PENDING).count()
        == 1
    )
    failed = put(event.id, "budi@example.org", MailState.FAILED)
    client.post(f"/k/lomba-a/kelola/surel/{failed.id}/ulang")
    assert failed.state is MailState.PENDING
    secret = put(event.id, "citra@example.org", confidential=True)
    assert client.post(f"/k/lomba-a/kelola/surel/{secret.id}/ulang").status_code == 422
    other = put(make_event().id)
    assert client.post(f"/k/lomba-a/kelola/surel/{other.id}/ulang").status_code == 404


@pytest.mark.parametrize("role", [None, Role.JUROR, Role.CHAIR, Role.SECRETARIAT, Role.MENTOR])
def test_others_neither_read_nor_send(event, sign_in_as, role) -> None:
    mail = put(event.id)
    client = enter(event, sign_in_as, role)
    assert client.get("/k/lomba-a/kelola/surel").status_code == 404
    assert client.post(f"/k/lomba-a/kelola/surel/{mail.id}/ulang").status_code == 404


def test_the_auditor_reads_but_sends_nothing(event, sign_in_as) -> None:
    mail = put(event.id)
    client = enter(event, sign_in_as, Role.AUDITOR)
    page = client.get("/k/lomba-a/kelola/surel")
    assert "Undangan untuk ani@example.org" in page.text
    assert "Kirim ulang" not in page.text
    assert client.post(f"/k/lomba-a/kelola/surel/{mail.id}/ulang").status_code == 404


def test_the_list_costs_the_same_with_one_mail_and_with_three(event, sign_in_as) -> None:
    client = enter(event, sign_in_as, Role.ORGANIZER)

    def cost() -> int:
        db.session.expunge_all()
        with counted_queries() as queries:
            assert client.get("/k/lomba-a/kelola/surel").status_code == 200
        return len(queries)

    put(event.id)
    one = cost()
    put(event.id, "b@x.id")
    put(event.id, "c@x.id")
    assert cost() == one
