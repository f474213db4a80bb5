"""Reading sent mail where no mail server is set."""

import pytest

from innovate.core import jobs
from innovate.core.db import db
from innovate.core.errors import NotFound
from innovate.notifications import queries
from innovate.notifications.services import enqueue_mail
from tests.factories.build import NOW


@pytest.fixture
def mail(app):
    mail = enqueue_mail(
        "account_reset",
        address="rina@x.go.id",
        at=NOW,
        context={"name": "Rina <b>", "path": "/sandi/baru/abc"},
        confidential=True,
    )
    db.session.commit()
    return mail


def test_a_mail_appears_once_delivered_with_its_link(client, mail) -> None:
    assert "Belum ada surel" in client.get("/dev/mail").text
    assert client.get(f"/dev/mail/{mail.id}").status_code == 404
    jobs.run_job("notifications.deliver")
    assert "Kata sandi baru untuk akun Innovate Anda" in client.get("/dev/mail").text
    assert "rina@x.go.id" not in client.get("/dev/mail?q=budi").text
    page = client.get(f"/dev/mail/{mail.id}")
    assert '<a href="/sandi/baru/abc"' in page.text
    assert "Rina &lt;b&gt;" in page.text
    assert client.get("/dev/mail/999").status_code == 404


@pytest.mark.parametrize("number", [2**31, 2**63, 10**20])
def test_a_number_no_column_holds_names_no_mail(app, client, mail, number) -> None:
    """Neither the address nor, where a script or command asks without one, the query."""
    assert client.get(f"/dev/mail/{number}").status_code == 404
    with pytest.raises(NotFound):
        queries.get_mail(number)


@pytest.mark.parametrize(("name", "value"), [("MAIL_URL", "smtp://mail.test"), ("ENV_NAME", "production")])
def test_it_does_not_exist_elsewhere(app, client, mail, monkeypatch, name, value) -> None:
    jobs.run_job("notifications.deliver")
    monkeypatch.setitem(app.config, name, value)
    assert client.get("/dev/mail").status_code == 404
    assert client.get(f"/dev/mail/{mail.id}").status_code == 404
