"""The outbox: mails leave by real SMTP once, in their reader's language, and are tried again when they must."""

import threading
from datetime import timedelta
from pathlib import Path

import pytest
from jinja2 import FileSystemLoader

from innovate.core import clock, jobs
from innovate.core.db import db, transaction
from innovate.core.errors import Refused
from innovate.core.smtp import MailServer, SendError, connected, parse_mail_url
from innovate.core.web.mail_text import render_mail
from innovate.notifications import queries, services
from innovate.notifications.models import MailState, OutboxMail
from innovate.notifications.services import enqueue_mail, enqueue_mail_once
from tests.factories.build import NOW
from tests.support.smtp import Postbox

TEMPLATE = """Subject: {{ _("Lupa kata sandi") }}: {{ team }}

{{ _("Kata sandi") }} **{{ team }}** {{ at|instant }}

[{{ _("Masuk") }}]({{ url(path) }})

{{ note|quote }}

- {{ items|join(", ") }}
"""
CONTEXT = {
    "team": "[Klik](http://jahat.test) <b>PARIT</b> & _Kita_",
    "at": NOW.isoformat(),
    "path": "/k/lomba-a/tim?kode=a_b*c",
    "note": "Baris satu\n# Baris dua",
    "items": ["satu", "d*ua*"],
}


@pytest.fixture(autouse=True)
def templates(app, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A template of the test's own beside the real ones."""
    folder = tmp_path / "templates" / "email"
    folder.mkdir(parents=True)
    (folder / "sample.md").write_text(TEMPLATE)
    (folder / "broken.md").write_text("Subject: x\n\n{{ nothing_like_this }}")
    real = Path(app.template_folder)
    loader = FileSystemLoader([tmp_path / "templates", real])
    monkeypatch.setattr(app.jinja_env, "loader", loader)
    monkeypatch.delitem(app.extensions, "mail_templates", raising=False)
    monkeypatch.setitem(app.config, "PUBLIC_URL", "https://inovasi.test/")
    yield
    app.extensions.pop("mail_templates", None)


@pytest.fixture
def smtp(app, mailbox: Postbox, monkeypatch: pytest.MonkeyPatch) -> Postbox:
    monkeypatch.setitem(app.config, "MAIL_URL", mailbox.url)
    return mailbox


def put(template="sample", address="ani@example.org", **values) -> OutboxMail:
    mail = enqueue_mail(template, address=address, at=NOW, context=CONTEXT, **values)
    db.session.commit()
    return mail


def deliver() -> int:
    return jobs.run_job("notifications.deliver")


def test_what_people_typed_stays_text(app) -> None:
    mail = render_mail("sample", CONTEXT, "id")
    assert mail.subject == "Lupa kata sandi: [Klik](http://jahat.test) <b>PARIT</b> & _Kita_"
    assert mail.text == (
        "Kata sandi [Klik](http://jahat.test) <b>PARIT</b> & _Kita_ "
        "Senin, 23 November 2026 pukul 09.30 WIB\n\n"
        "Masuk: https://inovasi.test/k/lomba-a/tim?kode=a_b*c\n\n"
        "> Baris satu\n\n> # Baris dua\n\n- satu, d*ua*\n"
    ).replace("b*c", "b%2Ac")
    assert 'href="http://jahat.test"' not in mail.html
    assert "<b>PARIT" not in mail.html
    assert '<p class="go"><a href="https://inovasi.test/k/lomba-a/tim?kode=a_b%2Ac"' in mail.html
    assert "<blockquote>" in mail.html


def test_a_mail_leaves_in_the_reader_s_language_with_both_forms(app, smtp, db_session) -> None:
    mail = put(locale="en")
    assert deliver() == 1
    (received,) = smtp.wait("ani@example.org")
    assert received.subject.startswith("Forgot your password: ")
    assert "Monday, 23 November 2026, 09:30 WIB" in received.text
    assert '<html lang="en">' in received.html
    assert received.sender == "no-reply@localhost"
    assert received.message["Auto-Submitted"] == "auto-generated"
    db.session.refresh(mail)
    assert (mail.state, mail.sent_at, mail.attempts) == (MailState.SENT, NOW, 1)
    assert mail.subject == received.subject
    assert deliver() == 0
    assert len(smtp.mails) == 1


def test_a_confidential_mail_is_forgotten_once_sent(app, smtp, db_session) -> None:
    mail = put(confidential=True)
    deliver()
    assert "/k/lomba-a/tim" in smtp.wait("ani@example.org")[0].text
    db.session.refresh(mail)
    assert (mail.body, mail.context) == (None, {})
    with pytest.raises(Refused):
        services.resend_mail(mail.id, at=NOW)


def test_a_mail_refused_for_now_is_tried_again_with_growing_waits(app, smtp, db_session, clock_at) -> None:
    mail = put()
    smtp.refuse_next(2)
    assert deliver() == 0
    db.session.refresh(mail)
    assert (mail.state, mail.next_attempt_at) == (MailState.PENDING, NOW + timedelta(minutes=1))
    assert mail.last_error == "451 4.3.0 try again later"
    assert deliver() == 0
    clock_at(NOW + timedelta(minutes=1))
    assert deliver() == 0
    db.session.refresh(mail)
    assert mail.next_attempt_at == NOW + timedelta(minutes=3)
    clock_at(NOW + timedelta(minutes=3))
    assert deliver() == 1
    assert len(smtp.mails) == 1


def test_a_mail_refused_for_good_fails_at_once_and_can_be_tried_again(app, smtp, db_session) -> None:
    mail, other = put(), put(address="budi@example.org")
    smtp.refuse_next(1, "550 5.1.1 no such person")
    assert deliver() == 1
    db.session.refresh(mail)
    db.session.refresh(other)
    assert (mail.state, mail.last_error) == (MailState.FAILED, "550 5.1.1 no such person")
    assert other.state is MailState.SENT
    assert queries.count_mails() == {MailState.PENDING: 0, MailState.SENT: 1, MailState.FAILED: 1}
    services.retry_mail(mail.id, at=NOW)
    db.session.commit()
    assert deliver() == 1
    with pytest.raises(Refused):
        services.retry_mail(mail.id, at=NOW)


def test_after_the_last_wait_a_mail_has_failed(app, smtp, db_session) -> None:
    mail = put()
    smtp.refuse_next(30)
    at = NOW
    for _ in range(14):
        with clock.frozen(at):
            deliver()
        db.session.refresh(mail)
        at = mail.next_attempt_at
    assert (mail.state, mail.attempts) == (MailState.FAILED, 14)
    assert at - NOW < timedelta(days=2)


def test_a_fault_in_one_template_does_not_hold_up_the_others(app, smtp, db_session, caplog) -> None:
    broken, missing, good = put("broken"), put("no_such_template"), put()
    assert deliver() == 1
    for mail in (broken, missing, good):
        db.session.refresh(mail)
    assert [mail.state for mail in (broken, missing, good)] == [
        MailState.FAILED,
        MailState.FAILED,
        MailState.SENT,
    ]
    assert "nothing_like_this" in broken.last_error
    assert "no_such_template" in missing.last_error


def test_a_server_that_cannot_be_reached_delays_all(app, db_session, monkeypatch) -> None:
    monkeypatch.setitem(app.config, "MAIL_URL", "smtp://127.0.0.1:1")
    mail = put()
    assert deliver() == 0
    db.session.refresh(mail)
    assert mail.state is MailState.PENDING
    assert "127.0.0.1:1" in mail.last_error


def test_one_cause_gives_an_address_one_mail(app, db_session) -> None:
    def remind(address="ani@example.org", cause="deadline:7"):
        return enqueue_mail_once("sample", cause=cause, address=address, at=NOW)

    assert remind()
    assert remind() is None
    assert remind("budi@example.org")
    assert remind(cause="deadline:8")
    db.session.commit()
    assert remind() is None
    assert db.session.query(OutboxMail).count() == 3


def test_a_copy_is_sent_on_demand_but_not_twice_a_minute(app, smtp, db_session) -> None:
    mail = put()
    deliver()
    with pytest.raises(Refused):
        services.resend_mail(mail.id, at=NOW + timedelta(seconds=59))
    copy = services.resend_mail(mail.id, at=NOW + timedelta(minutes=1))
    assert (copy.id != mail.id, copy.address, copy.context) == (True, mail.address, mail.context)


def run_together(app, count: int, work) -> None:
    together = threading.Barrier(count)

    def run() -> None:
        with app.app_context():
            together.wait()
            work()

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_runners_at_the_same_moment_send_each_mail_once(committing_app, mailbox) -> None:
    committing_app.config["MAIL_URL"] = mailbox.url
    with committing_app.app_context(), transaction():
        for n in range(60):
            enqueue_mail(
                "account_reset", address=f"a{n}@example.org", at=NOW, context={"name": "A", "path": "/x"}
            )
    run_together(committing_app, 4, lambda: jobs.run_job("notifications.deliver"))
    assert sorted(mail.recipients[0] for mail in mailbox.mails) == sorted(
        f"a{n}@example.org" for n in range(60)
    )


def test_one_cause_gives_one_mail_even_to_jobs_at_the_same_moment(committing_app) -> None:
    made = []

    def remind() -> None:
        with transaction():
            made.append(
                enqueue_mail_once("account_reset", cause="deadline:7", address="a@example.org", at=NOW)
            )

    run_together(committing_app, 6, remind)
    assert len([mail for mail in made if mail]) == 1
    with committing_app.app_context():
        assert db.session.query(OutboxMail).count() == 1


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://mail.go.id", MailServer("mail.go.id", 587)),
        ("smtp://a%40b:p%2Fw@mail.go.id:25", MailServer("mail.go.id", 25, "a@b", "p/w")),
        ("smtps://u:p@mail.go.id", MailServer("mail.go.id", 465, "u", "p", implicit_tls=True)),
        ("smtp://10.0.0.2:25?starttls=never", MailServer("10.0.0.2", 25, starttls=False)),
    ],
)
def test_mail_addresses_of_servers(url, server) -> None:
    assert parse_mail_url(url) == server


@pytest.mark.parametrize("url", ["", "http://mail.go.id", "smtp://", "mail.go.id"])
def test_what_is_no_mail_server_is_named(url) -> None:
    with pytest.raises(ValueError, match="MAIL_URL"):
        parse_mail_url(url)


def test_a_password_is_never_sent_in_the_open(mailbox, monkeypatch) -> None:
    port = int(mailbox.url.rpartition(":")[2])
    server = MailServer("127.0.0.1", port, "user", "secret")
    monkeypatch.setattr("innovate.core.smtp._HERE", set())
    with pytest.raises(SendError, match="STARTTLS"), connected(server):
        pass
    assert "secret" not in repr(server)
