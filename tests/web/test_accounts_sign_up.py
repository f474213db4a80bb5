"""Signing up, confirming, coming back: through pages and real mails."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from innovate.accounts.models import Employment
from innovate.accounts.queries import find_user_by_email
from innovate.core import jobs
from tests.factories.build import NOW, PASSWORD, make_user
from tests.support.smtp import Postbox

SECRET = "perahu kecil di parit"
PERSON = {
    "name": "Rina Maharani",
    "email": "Rina@Pontianak.go.id",
    "employment": "student",
    "organization": "Universitas Tanjungpura",
    "unit_id": "0",
    "password": SECRET,
}


@pytest.fixture(autouse=True)
def smtp(app: Flask, mailbox: Postbox, monkeypatch: pytest.MonkeyPatch) -> Postbox:
    monkeypatch.setitem(app.config, "MAIL_URL", mailbox.url)
    monkeypatch.setitem(app.config, "PUBLIC_URL", "https://inovasi.test")
    return mailbox


def link_in(mailbox: Postbox, address: str) -> str:
    jobs.run_job("notifications.deliver")
    mail = mailbox.wait(address)[-1]
    found = re.search(r"https://inovasi\.test(/\S+)", mail.text)
    assert found, mail.text
    return found.group(1)


def sign_up(client: FlaskClient, **values: str) -> str:
    answer = client.post("/daftar?next=/undangan/abc", data={**PERSON, **values})
    assert answer.status_code == 302
    return answer.headers["Location"]


def test_a_student_signs_up_confirms_and_lands_where_the_invitation_led(client, mailbox) -> None:
    page = client.get("/daftar?next=/undangan/abc")
    assert "Mahasiswa" in page.text
    assert 'href="/masuk?next=/undangan/abc"' in page.text
    assert sign_up(client) == "/periksa-surel?next=/undangan/abc"
    assert "Periksa surel Anda" in client.get("/periksa-surel").text

    link = link_in(mailbox, "rina@pontianak.go.id")
    page = client.get(link)
    assert "Rina Maharani" in page.text
    assert 'type="password"' not in page.text
    assert find_user_by_email("rina@pontianak.go.id").email_verified_at is None

    answer = client.post(link)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/undangan/abc")
    person = find_user_by_email("RINA@pontianak.go.id")
    assert (person.name, person.employment) == ("Rina Maharani", Employment.STUDENT)
    assert person.email_verified_at == NOW
    assert "Rina Maharani" in client.get("/akun").text
    assert client.get(link).status_code == 410


def test_another_browser_must_know_the_password(client, app, mailbox) -> None:
    sign_up(client)
    link = link_in(mailbox, "rina@pontianak.go.id")
    other = app.test_client()
    assert 'type="password"' in other.get(link).text
    refused = other.post(link, data={"password": "bukan itu"})
    assert refused.status_code == 422
    assert "Kata sandi tidak cocok." in refused.text
    assert find_user_by_email("rina@pontianak.go.id").email_verified_at is None
    assert other.post(link, data={"password": SECRET}).headers["Location"] == "/undangan/abc"
    assert "Rina Maharani" in other.get("/akun").text


def test_signing_up_with_a_known_address_looks_the_same_and_tells_only_its_owner(client, mailbox) -> None:
    user = make_user(email="rina@pontianak.go.id", name="Rina Lama")
    assert sign_up(client) == "/periksa-surel?next=/undangan/abc"
    jobs.run_job("notifications.deliver")
    (mail,) = mailbox.wait("rina@pontianak.go.id")
    assert mail.subject == "Anda sudah mempunyai akun Innovate"
    assert "https://inovasi.test/masuk?next=/undangan/abc" in mail.text
    assert user.name == "Rina Lama"
    assert client.post("/masuk", data={"email": user.email, "password": SECRET}).status_code == 422


def test_the_last_to_sign_up_with_an_unconfirmed_address_holds_the_only_link(client, app, mailbox) -> None:
    stranger = app.test_client()
    sign_up(stranger, password="kata sandi orang asing", name="Orang Asing")
    first = link_in(mailbox, "rina@pontianak.go.id")
    sign_up(client)
    second = link_in(mailbox, "rina@pontianak.go.id")
    assert stranger.get(first).status_code == 410
    assert 'type="password"' in stranger.get(second).text
    assert client.post(second).status_code == 302
    assert find_user_by_email("rina@pontianak.go.id").name == "Rina Maharani"


def test_links_expire_and_cannot_be_forged(client, mailbox, clock_at) -> None:
    sign_up(client)
    link = link_in(mailbox, "rina@pontianak.go.id")
    assert client.get(link.replace("?", "x?")).status_code == 410
    assert client.get("/daftar/konfirmasi/abc").status_code == 410
    clock_at(NOW + timedelta(days=3))
    page = client.get(link)
    assert page.status_code == 410
    assert "Tautan ini tidak berlaku lagi" in page.text


def test_signing_in_before_confirming_sends_the_link_again(client, mailbox, clock_at) -> None:
    sign_up(client)
    link_in(mailbox, "rina@pontianak.go.id")
    clock_at(NOW + timedelta(minutes=5))
    answer = client.post("/masuk?next=/undangan/abc", data={"email": PERSON["email"], "password": SECRET})
    assert answer.headers["Location"] == "/periksa-surel?next=/undangan/abc"
    assert client.get("/akun").status_code == 302
    jobs.run_job("notifications.deliver")
    assert len(mailbox.wait("rina@pontianak.go.id", 2)) == 2


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"email": "bukan surel"}, "Alamat surel ini tidak lengkap"),
        ({"name": ""}, "Bagian ini wajib diisi."),
        ({"password": "pendek"}, "paling sedikit 12 karakter"),
        ({"password": "rina maharani"}, "tersusun dari nama atau surel Anda"),
        ({"password": "password12345"}, "yang pertama dicoba orang"),
        ({"employment": "raja"}, "Pilihan ini tidak tersedia. Pilih yang lain."),
    ],
)
def test_what_is_wrong_is_named_and_what_was_typed_stays(client, change, message) -> None:
    page = client.post("/daftar", data={**PERSON, **change})
    assert page.status_code == 422
    assert message in page.text
    assert "Universitas Tanjungpura" in page.text
    assert find_user_by_email("rina@pontianak.go.id") is None


@pytest.mark.parametrize(
    "target", ["https://jahat.test/x", "//jahat.test", "/\\jahat.test", "javascript:alert(1)"]
)
def test_next_never_leads_to_another_site(client, target) -> None:
    user = make_user()
    answer = client.post(
        "/masuk", query_string={"next": target}, data={"email": user.email, "password": PASSWORD}
    )
    assert answer.headers["Location"] == "/beranda"


@pytest.mark.parametrize("path", ["/daftar", "/masuk", "/sandi/lupa"])
@pytest.mark.parametrize(
    ("value", "status"),
    [
        (b"%FF%FE%80", 400),
        (b"%ED%A0%80", 400),
        (b"%00%00", 422),
        (b"a" * 20_000, 422),
        (b"%0D%0ABcc:x@y.id", 422),
    ],
)
def test_broken_input_is_refused_and_breaks_nothing(client, path, value, status) -> None:
    body = b"&".join(
        field + b"=" + value for field in (b"name", b"email", b"password", b"employment", b"unit_id")
    )
    answer = client.post(path, data=body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == status
    assert ("<form" if status == 422 else "Permintaan ini tidak dapat dibaca") in answer.text
