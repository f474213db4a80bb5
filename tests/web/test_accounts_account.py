"""One's own account: sign-in, password, profile, address, devices, language."""

import re
from datetime import timedelta

import pytest

from innovate.accounts.models import Employment
from innovate.accounts.queries import find_user_by_email
from innovate.core import jobs, passwords
from innovate.core.db import db
from tests.factories.build import NOW, PASSWORD, make_unit, make_user
from tests.support.queries import counted_queries

NEW = "tiga ekor ikan belida"


@pytest.fixture(autouse=True)
def smtp(app, mailbox, monkeypatch):
    monkeypatch.setitem(app.config, "MAIL_URL", mailbox.url)
    monkeypatch.setitem(app.config, "PUBLIC_URL", "https://inovasi.test")
    return mailbox


@pytest.fixture
def rina(app):
    return make_user(
        name="Rina Maharani", email="rina@pontianak.go.id", title_before="Dr.", title_after="S.T."
    )


def sign_in(client, email="rina@pontianak.go.id", password=PASSWORD, **more):
    return client.post("/masuk", data={"email": email, "password": password, **more})


def link_in(mailbox, address) -> str:
    jobs.run_job("notifications.deliver")
    return re.search(r"https://inovasi\.test(/\S+)", mailbox.wait(address)[-1].text).group(1)


def test_signing_in_and_out(client, rina) -> None:
    assert sign_in(client, " RINA@pontianak.go.id ").headers["Location"] == "/beranda"
    assert "Dr. Rina Maharani, S.T." in client.get("/akun").text
    assert client.get("/masuk").headers["Location"] == "/beranda"
    assert client.post("/keluar").headers["Location"] == "/"
    assert client.get("/akun").headers["Location"] == "/masuk?next=/akun"


def test_a_wrong_password_and_an_unknown_address_look_the_same(client, rina) -> None:
    wrong = sign_in(client, password="salah salah salah")
    unknown = sign_in(client, email="siapa@pontianak.go.id")
    assert (wrong.status_code, unknown.status_code) == (422, 422)
    texts = [re.sub(r"value=\"[^\"]*\"", "", page.text) for page in (wrong, unknown)]
    assert texts[0] == texts[1]
    assert "Surel atau kata sandi tidak cocok." in wrong.text


def test_too_many_tries_wait_for_known_and_unknown_addresses_alike(client, rina, clock_at) -> None:
    for email in ("rina@pontianak.go.id", "siapa@pontianak.go.id"):
        for _ in range(5):
            assert sign_in(client, email, "salah").status_code == 422
        refused = sign_in(client, email)
        assert refused.status_code == 429
        assert "Tunggu 30 detik" in refused.text
    clock_at(NOW + timedelta(seconds=30))
    assert sign_in(client).status_code == 302


def test_a_device_signed_in_before_stays_open_during_an_attack(client, app, rina) -> None:
    sign_in(client)
    client.post("/keluar")
    attacker = app.test_client()
    for _ in range(5):
        sign_in(attacker, password="salah")
    assert sign_in(attacker).status_code == 429
    assert sign_in(client).status_code == 302


def test_a_disabled_account_is_told_only_to_who_knows_the_password(client, rina) -> None:
    rina.disabled_at = NOW
    db.session.commit()
    assert "dinonaktifkan" not in sign_in(client, password="salah").text
    assert "Akun ini dinonaktifkan." in sign_in(client).text
    assert client.get("/akun").status_code == 302


def test_an_expired_session_returns_to_the_page_it_was_on(client, rina, clock_at) -> None:
    sign_in(client)
    clock_at(NOW + timedelta(hours=25))
    answer = client.get("/akun/perangkat?a=1")
    assert answer.headers["Location"] == "/masuk?next=/akun/perangkat?a%3D1"
    form = client.post("/akun", data={"name": "x"}, headers={"Referer": "http://localhost/akun"})
    assert form.headers["Location"] == "/masuk?next=/akun"
    back = client.post(answer.headers["Location"], data={"email": rina.email, "password": PASSWORD})
    assert back.headers["Location"] == "/akun/perangkat?a=1"


def test_staying_signed_in_lasts_the_configured_days(client, rina, clock_at) -> None:
    answer = sign_in(client, remember="y")
    assert "Expires=" in next(c for c in answer.headers.getlist("Set-Cookie") if c.startswith("innovate="))
    clock_at(NOW + timedelta(days=13))
    assert client.get("/akun").status_code == 200
    clock_at(NOW + timedelta(days=14))
    assert client.get("/akun").status_code == 302


def test_an_old_hash_is_renewed_when_its_owner_signs_in(client, rina, monkeypatch) -> None:
    before = rina.password_hash
    monkeypatch.setattr(passwords, "needs_rehash", lambda _encoded: True)
    sign_in(client)
    db.session.refresh(rina)
    assert rina.password_hash != before
    assert passwords.verify_password(rina.password_hash, PASSWORD)


# -- forgotten password


def ask_reset(client, email="rina@pontianak.go.id"):
    return client.post("/sandi/lupa?next=/undangan/abc", data={"email": email})


def test_a_forgotten_password_is_replaced_once_and_ends_other_sessions(client, app, rina, mailbox) -> None:
    other = app.test_client()
    sign_in(other)
    assert ask_reset(client).headers["Location"] == "/periksa-surel?next=/undangan/abc"
    link = link_in(mailbox, rina.email)
    assert "rina@pontianak.go.id" in client.get(link).text
    weak = client.post(link, data={"password": "rinamaharani"})
    assert weak.status_code == 422
    assert "tersusun dari nama atau surel Anda" in weak.text
    assert client.post(link, data={"password": NEW}).headers["Location"] == "/undangan/abc"
    assert client.get("/akun").status_code == 200
    assert other.get("/akun").status_code == 302
    assert app.test_client().post(link, data={"password": NEW}).status_code == 410
    assert sign_in(app.test_client(), password=NEW).status_code == 302
    assert sign_in(app.test_client()).status_code == 422
    jobs.run_job("notifications.deliver")
    assert mailbox.to(rina.email)[-1].subject == "Kata sandi akun Innovate Anda diganti"


def test_asking_for_an_unknown_address_answers_the_same_and_sends_nothing(client, rina, mailbox) -> None:
    known, unknown = ask_reset(client), ask_reset(client, "siapa@pontianak.go.id")
    assert known.headers["Location"] == unknown.headers["Location"]
    jobs.run_job("notifications.deliver")
    assert [mail.recipients for mail in mailbox.mails] == [(rina.email,)]


def test_asking_again_and_again_neither_floods_the_mailbox_nor_locks_the_owner_out(
    client, app, rina, mailbox, clock_at
) -> None:
    for n in range(30):
        ask_reset(app.test_client(), f"rina@pontianak.go.id{' ' * (n % 3)}")
    jobs.run_job("notifications.deliver")
    assert len(mailbox.to(rina.email)) == 1
    assert ask_reset(client).status_code == 429
    link = link_in(mailbox, rina.email)
    assert client.post(link, data={"password": NEW}).status_code == 302


def test_a_reset_link_expires(client, rina, mailbox, clock_at) -> None:
    ask_reset(client)
    link = link_in(mailbox, rina.email)
    clock_at(NOW + timedelta(hours=3))
    assert client.get(link).status_code == 410
    assert client.post(link, data={"password": NEW}).status_code == 410


# -- signed in


def test_changing_the_password_needs_the_old_one_and_signs_others_out(sign_in_as, rina) -> None:
    here, other = sign_in_as(rina), sign_in_as(rina)
    wrong = here.post("/akun/sandi", data={"current": "salah", "password": NEW})
    assert wrong.status_code == 422
    assert "Kata sandi tidak cocok." in wrong.text
    assert here.post("/akun/sandi", data={"current": PASSWORD, "password": "pendek"}).status_code == 422
    assert here.post("/akun/sandi", data={"current": PASSWORD, "password": NEW}).status_code == 302
    assert here.get("/akun").status_code == 200
    assert other.get("/akun").status_code == 302
    for _ in range(5):
        here.post("/akun/sandi", data={"current": "salah", "password": NEW})
    assert (
        here.post("/akun/sandi", data={"current": NEW, "password": "ombak kecil di kapuas"}).status_code
        == 429
    )


def test_the_profile_is_kept_as_written_and_the_nip_checked(sign_in_as, rina) -> None:
    unit = make_unit(name="Dinas Kesehatan")
    client = sign_in_as(rina)
    values = {
        "title_before": "Dr. Ir. H.",
        "name": "Rina  Maharani",
        "title_after": "S.T., M.T.",
        "employment": "pns",
        "unit_id": str(unit.id),
        "position": "Analis Kebijakan Ahli Muda",
        "phone": "0812 3456 7890",
        "nip": "19860926 201505 2 001",
    }
    assert client.post("/akun", data=values).status_code == 302
    db.session.refresh(rina)
    assert rina.full_name == "Dr. Ir. H. Rina Maharani, S.T., M.T."
    assert (rina.phone, rina.nip) == ("+6281234567890", "198609262015052001")
    page = client.get("/akun")
    assert 'value="19860926 201505 2 001"' in page.text
    assert 'value="0812-3456-7890"' in page.text
    assert "Dinas Kesehatan" in page.text
    assert "Periksa kembali NIP" not in page.text

    client.post("/akun", data={**values, "employment": "pppk"})
    assert "tidak sesuai dengan status kepegawaian" in client.get("/akun").text
    client.post("/akun", data={**values, "employment": "academic", "nip": ""})
    db.session.refresh(rina)
    assert (rina.employment, rina.nip) == (Employment.ACADEMIC, None)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"nip": "198613262015051001"}, "harus tanggal lahir"),
        ({"nip": "123"}, "18 angka"),
        ({"phone": "12"}, "telepon ini tidak lengkap"),
        ({"name": "R"}, "Isi 2 sampai 120 karakter."),
        ({"unit_id": "999999"}, "Pilihan ini tidak tersedia. Pilih yang lain."),
        ({"name": "a\x00\x00"}, "Isi 2 sampai 120 karakter."),
    ],
)
def test_a_wrong_profile_is_refused_in_place(sign_in_as, rina, change, message) -> None:
    client = sign_in_as(rina)
    values = {"name": "Rina Baru", "employment": "pns", "unit_id": "0", "position": "Tetap Ada", **change}
    page = client.post("/akun", data=values)
    assert page.status_code == 422
    assert message in page.text
    assert "Tetap Ada" in page.text
    db.session.refresh(rina)
    assert rina.name == "Rina Maharani"


def test_the_address_moves_only_when_the_new_mailbox_answers(sign_in_as, rina, mailbox) -> None:
    client = sign_in_as(rina)
    wrong = client.post("/akun/surel", data={"email": "baru@pontianak.go.id", "current": "salah"})
    assert wrong.status_code == 422
    client.post("/akun/surel", data={"email": "Baru@pontianak.go.id", "current": PASSWORD})
    link = link_in(mailbox, "baru@pontianak.go.id")
    assert find_user_by_email("baru@pontianak.go.id") is None
    assert "baru@pontianak.go.id" in client.get(link).text
    assert sign_in_as(make_user()).get(link).status_code == 410
    assert client.post(link).headers["Location"] == "/akun"
    assert find_user_by_email("baru@pontianak.go.id").id == rina.id
    assert client.post(link).status_code == 410
    jobs.run_job("notifications.deliver")
    assert "baru@pontianak.go.id" in mailbox.wait("rina@pontianak.go.id")[-1].text


def test_moving_to_a_taken_address_answers_the_same_and_sends_nothing(sign_in_as, rina, mailbox) -> None:
    make_user(email="ada@pontianak.go.id")
    client = sign_in_as(rina)
    answer = client.post("/akun/surel", data={"email": "ada@pontianak.go.id", "current": PASSWORD})
    assert answer.status_code == 302
    jobs.run_job("notifications.deliver")
    assert mailbox.mails == []


def test_devices_are_listed_and_signed_out_one_or_all(client, sign_in_as, rina) -> None:
    here, phone, tablet = sign_in_as(rina), sign_in_as(rina), sign_in_as(rina)
    page = here.get("/akun/perangkat")
    assert "Masuk di 3 perangkat" in page.text
    everywhere = re.search(r'<form[^>]*action="/akun/perangkat/keluar-semua"[^>]*>', page.text)
    assert everywhere
    assert "data-sign-out=" in everywhere.group()  # it ends the session here too: copies on this device go
    assert page.text.count("Perangkat ini") == 2  # the mark, and the question's text
    buttons = re.findall(r'action="(/akun/perangkat/\w+/keluar)"', page.text)
    assert len(buttons) == 2
    assert here.post(buttons[0]).status_code == 302
    assert sorted(c.get("/akun").status_code for c in (phone, tablet)) == [200, 302]
    assert here.post(buttons[0]).status_code == 404
    assert sign_in_as(make_user()).post(buttons[1]).status_code == 404
    assert here.post("/akun/perangkat/keluar-semua").headers["Location"] == "/masuk"
    assert [c.get("/akun").status_code for c in (here, phone, tablet)] == [302, 302, 302]


def test_language_and_theme_follow_the_person_to_other_devices(sign_in_as, rina) -> None:
    here, other = sign_in_as(rina), sign_in_as(rina)
    here.post("/akun/tampilan", data={"locale": "en", "theme": "dark"})
    page = other.get("/akun/tampilan")
    assert '<html lang="en" data-theme="dark"' in page.text
    assert "Language and theme" in page.text
    here.post("/bahasa", data={"locale": "id", "next": "/akun"})
    here.post("/tema", data={"theme": "light"})
    assert '<html lang="id" data-theme="light"' in other.get("/akun").text
    here.post("/bahasa", data={"locale": "xx"})
    here.post("/tema", data={"theme": "neon"})
    assert '<html lang="id" data-theme="light"' in other.get("/akun").text
    assert here.post("/akun/tampilan", data={"locale": "xx", "theme": "dark"}).status_code == 422


def test_the_list_of_devices_costs_the_same_however_long(sign_in_as, rina) -> None:
    def cost() -> int:
        db.session.expunge_all()
        with counted_queries() as queries:
            assert client.get("/akun/perangkat").status_code == 200
        return len(queries)

    client = sign_in_as(rina)
    one = cost()
    for _ in range(2):
        sign_in_as(rina)
    assert cost() == one


def test_forms_need_their_token(app, client, rina, monkeypatch) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    assert sign_in(client).status_code == 400
    token = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', client.get("/masuk").text).group(1)
    assert sign_in(client, csrf_token=token).status_code == 302
