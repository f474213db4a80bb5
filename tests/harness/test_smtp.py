"""The mail server of the tests: takes real SMTP, keeps mails, can refuse."""

import smtplib
from email.message import EmailMessage

import pytest

from tests.support.smtp import Postbox, postbox


@pytest.fixture
def box():
    with postbox() as running:
        yield running


def send(box: Postbox, subject: str, to: str = "ani@example.org") -> None:
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = subject, "innovate@example.org", to
    message.set_content("Yth. Ibu Ani — selamat pagi")
    message.add_alternative("<p>Yth. Ibu Ani</p>", subtype="html")
    host, port = box.url.removeprefix("smtp://").split(":")
    with smtplib.SMTP(host, int(port)) as client:
        client.send_message(message)


def test_a_mail_arrives_whole(box: Postbox) -> None:
    send(box, "Undangan juri ✓")
    (mail,) = box.wait("ani@example.org")
    assert mail.subject == "Undangan juri ✓"
    assert mail.text.strip() == "Yth. Ibu Ani — selamat pagi"
    assert "<p>Yth. Ibu Ani</p>" in mail.html
    assert mail.sender == "innovate@example.org"
    assert box.to("budi@example.org") == []


def test_refused_mails_are_not_kept(box: Postbox) -> None:
    box.refuse_next()
    with pytest.raises(smtplib.SMTPDataError) as refused:
        send(box, "Pertama")
    assert refused.value.smtp_code == 451
    send(box, "Kedua")
    assert [mail.subject for mail in box.mails] == ["Kedua"]


def test_waiting_for_a_mail_that_never_comes_fails(box: Postbox) -> None:
    with pytest.raises(AssertionError, match="received 0 mails, not 1"):
        box.wait("ani@example.org", seconds=0.1)
