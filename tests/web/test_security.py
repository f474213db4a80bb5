"""Odd requests, forms and names of others, and what only production does; the whole URL map: test_every_address."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask import Flask

from config import config_from_env
from innovate.accounts.models import User
from innovate.accounts.services.people import DemoAccountsPresent
from innovate.app import create_app
from innovate.core import serving
from innovate.core.db import db
from innovate.core.web.security import CSP
from tests.factories.build import PASSWORD, make_user
from tests.support.database import dispose
from tests.support.faults import faults
from tests.support.pages import fields_of

HOST = "inovasi.example.go.id"
SITE = f"https://{HOST}"


@pytest.fixture
def person(app) -> User:
    """Somebody with an account."""
    user = make_user(name="Sari Wulandari")
    db.session.commit()
    return user


def test_the_policy_allows_nothing_inline() -> None:
    assert "unsafe" not in CSP
    assert "default-src 'none'" in CSP
    assert "script-src 'self';" in CSP
    assert "frame-ancestors 'none'" in CSP


def test_a_visitor_who_only_looks_is_not_told_of_lost_changes(client) -> None:
    """A link checker's HEAD must not leave a message for the next page."""
    answer = client.head("/beranda")
    assert answer.location == "/masuk?next=/beranda"
    assert "belum tersimpan" not in client.get("/masuk").text


# -- forms of others --------------------------------------------------------------------------------------------


@pytest.fixture
def tokens_on(app, monkeypatch) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)


def test_a_visitors_form_needs_a_token_as_well(app, person, client, tokens_on) -> None:
    for endpoint in ("/masuk", "/daftar", "/sandi/lupa"):
        assert client.post(endpoint, data={"email": "a@b.example"}).status_code == 400


def test_a_token_of_another_session_does_not_fit(app, person, client, sign_in_as, tokens_on) -> None:
    stolen = fields_of(client, "/masuk")["csrf_token"][0]
    client = sign_in_as(person)
    assert client.post("/keluar", data={"csrf_token": stolen}).status_code == 400
    assert client.get("/beranda").status_code == 200


# -- ways to another site ---------------------------------------------------------------------------------------

ELSEWHERE = (
    "//evil.example",
    "///evil.example",
    "////evil.example",
    "https://evil.example",
    "https:evil.example",
    "https:/evil.example",
    "http:///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "\t//evil.example",
    " //evil.example",
    "/%0d%0aLocation:%20https://evil.example",
    "/\r\nSet-Cookie: a=b",
    "javascript:alert(1)",
    "data:text/html,x",
    "https://localhost@evil.example",
    "https://localhost.evil.example/",
    "//[",
    "//[::1",
    "https://ev\u2100il.example",
    "//localhost:evil",
)


@pytest.mark.parametrize("target", ELSEWHERE)
def test_nobody_is_sent_to_another_site(app, person, client, target) -> None:
    answers = [
        client.post("/bahasa", data={"locale": "en", "next": target}),
        client.post("/tema", data={"theme": "dark", "next": target}),
        client.post("/beranda", headers={"Referer": target.encode("ascii", "ignore").decode().strip()})
        if "\n" not in target
        else client.get("/"),
        client.post(
            "/masuk", query_string={"next": target}, data={"email": person.email, "password": PASSWORD}
        ),
    ]
    assert answers[-1].status_code == 302
    for answer in answers:
        location = answer.location or "/"
        assert location.startswith("/"), location
        assert not location.startswith(("//", "/\\")), location
        assert "Set-Cookie: a" not in location
    with client.get("/masuk", query_string={"next": target}) as page:
        assert page.status_code in {200, 302}


def test_a_path_on_this_site_is_followed(client, person) -> None:
    form = {"email": person.email, "password": PASSWORD}
    answer = client.post("/masuk?next=/kompetisi?q=parit%26x", data=form)
    assert answer.location == "/kompetisi?q=parit&x"


# -- odd requests -----------------------------------------------------------------------------------------------


def test_too_much_is_refused_kindly(app, person, sign_in_as) -> None:
    client = sign_in_as(person)
    size = app.config["MAX_CONTENT_LENGTH"] + 1
    answer = client.post("/akun", data=b"x" * size, content_type="multipart/form-data; boundary=b")
    assert answer.status_code == 413
    assert "Berkas terlalu besar" in answer.text
    assert faults(answer) == []


def test_an_endless_form_is_refused(app, person, sign_in_as) -> None:
    form = {"name": "x" * (app.config["MAX_FORM_MEMORY_SIZE"] + 1)}
    assert sign_in_as(person).post("/akun", data=form).status_code == 413


@pytest.mark.parametrize(
    "query", [b"q=%ff", b"q=\xff\xfe", b"%c3=1", b"q=%ed%a0%80", b"page=%f0%28%8c%28"], ids=repr
)
def test_a_broken_query_is_refused_clearly(person, client, query) -> None:
    answer = client.get("/kompetisi", environ_overrides={"QUERY_STRING": query.decode("latin-1")})
    assert answer.status_code == 400
    assert "Permintaan ini tidak dapat dibaca" in answer.text
    assert answer.headers["X-Request-ID"] in answer.text


@pytest.mark.parametrize("body", [b"name=%ff", b"name=\xc3", b"%e2%28%a1=1"], ids=repr)
def test_a_broken_form_is_refused_and_changes_nothing(person, sign_in_as, body) -> None:
    client = sign_in_as(person)
    answer = client.post("/akun", data=body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 400
    assert "Permintaan ini tidak dapat dibaca" in answer.text
    assert person.name == "Sari Wulandari"


def test_a_nul_that_was_pasted_is_dropped(person, sign_in_as) -> None:
    client = sign_in_as(person)
    fields = fields_of(client, "/akun", "name") | {"name": ["Sari\0 Dewi"]}
    assert client.post("/akun", data=fields).status_code == 302
    assert person.name == "Sari Dewi"


# -- production -------------------------------------------------------------------------------------------------


@pytest.fixture
def production(databases, tmp_path, request) -> Iterator[Flask]:
    """The application as the city's server runs it, on a database of its own."""
    environment = {
        "INNOVATE_ENV": "production",
        "INNOVATE_SECRET_KEY": "0123456789abcdef" * 2,
        "INNOVATE_PUBLIC_URL": SITE,
        "INNOVATE_INSTANCE_PATH": str(tmp_path),
        "DATABASE_URL": databases.fresh_url("sqlite", "production", tmp_path),
        **getattr(request, "param", {}),
    }
    app = create_app(config_from_env(environment))
    with app.app_context():
        make_user(email="sari@pontianak.go.id")
        db.session.commit()
    yield app
    dispose(app)


def cookies_set(answer) -> dict[str, str]:
    return {line.split("=")[0]: line for line in answer.headers.getlist("Set-Cookie")}


def test_the_web_server_refuses_demo_accounts_though_it_loads_no_command(production) -> None:
    assert not production.cli.commands.keys() & {"accounts", "serve"}
    serving.run_checks(production)
    with production.app_context():
        make_user(is_demo=True)
        db.session.commit()
    with pytest.raises(DemoAccountsPresent):
        serving.run_checks(production)


def test_cookies_in_production_are_out_of_reach(production) -> None:
    client = production.test_client()
    page = client.get("/masuk", base_url=SITE)
    token = re.search(r'<input[^>]*name="csrf_token"[^>]*value="([^"]+)"', page.text)[1]
    form = {"email": "sari@pontianak.go.id", "password": PASSWORD, "csrf_token": token, "remember": "1"}
    answer = client.post("/masuk", base_url=SITE, data=form, headers={"Referer": f"{SITE}/masuk"})
    assert answer.status_code == 302
    session = cookies_set(answer)["innovate"]
    for mark in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/", "Expires="):
        assert mark in session
    assert "Domain" not in session
    for address, form in (("/tema", {"theme": "dark"}), ("/bahasa", {"locale": "en"})):
        chosen = client.post(address, base_url=SITE, data=form)
        for name, line in cookies_set(chosen).items():
            assert "Secure" in line, name
            assert "SameSite=Lax" in line, name
    assert client.get("/beranda", base_url=SITE).status_code == 200


def test_production_asks_for_encryption_ever_after(production) -> None:
    answer = production.test_client().get("/", base_url=SITE)
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


@pytest.mark.parametrize(
    "host", ["evil.example", f"{HOST}.evil.example", f"evil{HOST}", "localhost.evil.example", ""]
)
def test_production_answers_to_no_other_name(production, host) -> None:
    answer = production.test_client().get("/", headers={"Host": host})
    assert answer.status_code == 400
    assert answer.text == "400: this host name is not served here\n"
    assert faults(answer) == []


@pytest.mark.parametrize("host", [HOST, f"{HOST}:443", "localhost:8000", "127.0.0.1"])
def test_production_answers_to_its_own_names(production, host) -> None:
    assert production.test_client().get("/healthz", headers={"Host": host}).status_code == 200


def spoofed(app: Flask) -> str:
    headers = {"Host": HOST, "X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"}
    return app.test_client().get("/kompetisi", headers=headers).text


def test_a_forwarded_name_is_ignored_without_a_proxy(production) -> None:
    assert "evil.example" not in spoofed(production)
    assert production.test_client().get("/kompetisi", base_url=SITE).status_code == 200


@pytest.mark.parametrize("production", [{"INNOVATE_TRUSTED_PROXIES": "1"}], indirect=True)
def test_behind_a_proxy_a_foreign_name_is_refused_and_never_kept(production) -> None:
    assert spoofed(production) == "400: this host name is not served here\n"
    own = production.test_client().get("/kompetisi", base_url=SITE)
    assert own.status_code == 200
    assert "evil.example" not in own.text


@pytest.fixture
def keeping(databases, request) -> Iterator[Flask]:
    """The application with its page cache on, behind one proxy."""
    app = databases.fresh_app("sqlite", request.node.name, PAGE_CACHE_SECONDS=60, TRUSTED_PROXIES=1)
    with app.app_context():
        yield app


def test_the_page_cache_tells_apart_what_a_trusted_proxy_tells(keeping) -> None:
    """Else the page made for one name, with its links, would be shown under another."""
    app = keeping
    app.add_url_rule("/nama", view_func=_show_host)
    hosts = ("satu.example", "dua.example", "satu.example")
    seen = [app.test_client().get("/nama", headers={"X-Forwarded-Host": host}).text for host in hosts]
    assert seen == ["satu.example", "dua.example", "satu.example"]
    schemes = [
        app.test_client().get("/nama", headers={"X-Forwarded-Proto": each}) for each in ("http", "https")
    ]
    assert all(each.status_code == 200 for each in schemes)


def _show_host() -> str:
    from flask import request

    from innovate.core.web.page_cache import cached_for_visitors

    return cached_for_visitors(lambda: request.host)()


_show_host.is_public = True


# -- pages kept for visitors ------------------------------------------------------------------------------------


def test_a_kept_page_never_crosses_languages_themes_or_people(keeping) -> None:
    app = keeping
    make_user(name="Sari Wulandari", email="sari@pontianak.go.id")
    db.session.commit()

    def see(*cookies: tuple[str, str]) -> str:
        client = app.test_client()
        for name, value in cookies:
            client.set_cookie(name, value)
        return client.get("/").text

    for _ in range(2):  # the second time from memory
        assert 'lang="id"' in see()
        assert 'lang="en"' in see(("lang", "en"))
        assert 'data-theme="dark"' in see(("theme", "dark"))
        assert 'data-theme="dark"' in see(("theme", "dark"), ("lang", "en"))
        assert 'data-theme="auto"' in see()
    member = app.test_client()
    member.post("/masuk", data={"email": "sari@pontianak.go.id", "password": PASSWORD})
    own = member.get("/")
    assert "Sari Wulandari" in own.text
    assert "private" in own.headers["Cache-Control"]
    assert "Sari Wulandari" not in see()


def test_a_kept_page_has_the_headers_of_any_page(keeping) -> None:
    app = keeping
    first, second = (app.test_client().get("/") for _ in range(2))
    assert faults(first) == faults(second) == []
    assert second.data == first.data
    assert second.headers["ETag"] == first.headers["ETag"]
    assert second.headers["ETag"].startswith("W/")
    assert set(second.headers["Vary"].split(", ")) >= {"Cookie", "Accept-Encoding"}
    assert "Set-Cookie" not in first.headers
    again = app.test_client().get("/", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
