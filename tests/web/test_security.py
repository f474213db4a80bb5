"""What holds for every address of the site, whoever asks and however oddly."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from config import config_from_env
from innovate.accounts.models import User
from innovate.app import create_app
from innovate.core.db import db
from innovate.core.web.security import CSP
from tests.factories.addresses import address_of, values_of
from tests.factories.build import PASSWORD, make_user
from tests.factories.world import PEOPLE, ROLES, build_world
from tests.support.database import dispose
from tests.support.pages import fields_of
from tests.web.permission_table import TABLE

# Language and theme carry no authority; files of visitors are ranked and forgotten.
WITHOUT_TOKEN = {"home.set_locale", "home.set_theme", "results.rank_file", "results.rank_votes"}
HOST = "inovasi.example.go.id"
SITE = f"https://{HOST}"


class House:
    """The full house, and for each address somebody who may open it."""

    def __init__(self, app: Flask, sign_in_as) -> None:
        self.world = build_world()
        db.session.commit()
        self._app, self._sign_in_as = app, sign_in_as
        self._clients = {"visitor": app.test_client()}

    def address(self, rule: Rule) -> str:
        """Something that exists at this rule."""
        if rule.endpoint == "static":
            return "/static/img/mark.svg"
        return address_of(self._app, rule, self.world)

    def client(self, role: str) -> FlaskClient:
        """A browser of this role, signed in once."""
        if role not in self._clients:
            self._clients[role] = self._sign_in_as(self.world.users[role])
        return self._clients[role]

    def somebody(self, rule: Rule, method: str = "GET") -> FlaskClient:
        """Whoever may: a person with an account where there is one."""
        return self.client(role_for(rule, method))


def role_for(rule: Rule, method: str = "GET") -> str:
    """A role that gets in at this door, by the table of doors."""
    may = TABLE.get(f"{method} {rule.endpoint}", frozenset(ROLES))
    return next(role for role in (*reversed(PEOPLE), "visitor") if role in may)


@pytest.fixture
def house(app, sign_in_as) -> House:
    return House(app, sign_in_as)


@pytest.fixture
def person(app) -> User:
    """Somebody with an account."""
    user = make_user(name="Sari Wulandari")
    db.session.commit()
    return user


def rules(app: Flask, method: str) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if method in rule.methods]


class Inline(HTMLParser):
    """Everything the content policy would block, or that would need a weaker one."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._script = False

    def handle_starttag(self, tag, attrs) -> None:
        values = dict(attrs)
        if tag == "style" or "style" in values:
            self.found.append(f"<{tag}> has style")
        self.found += [f"<{tag}> has {name}" for name in values if name.startswith("on")]
        self.found += [
            f"<{tag}> {name}={value}"
            for name, value in values.items()
            if name in {"href", "src", "action", "formaction"}
            and (value or "").strip().lower().startswith(("javascript:", "data:text"))
        ]
        self._script = tag == "script" and values.get("type") != "application/json"
        if self._script and not (values.get("src") or "").startswith("/static/"):
            self.found.append("<script> without a file of ours")

    def handle_data(self, data) -> None:
        if self._script and data.strip():
            self.found.append(f"<script> with {data.strip()[:40]}")

    def handle_endtag(self, tag) -> None:
        self._script = False


def faults(answer) -> list[str]:
    """What is wrong with an answer, whatever it is about."""
    headers = answer.headers
    wanted = {
        "Content-Security-Policy": CSP,
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    found = [f"{name}: {headers.get(name)}" for name, value in wanted.items() if headers.get(name) != value]
    if "Cache-Control" not in headers:
        found.append("no Cache-Control")
    if answer.status_code >= 500:
        found.append(answer.status)
    if answer.mimetype == "text/html":
        parser = Inline()
        parser.feed(answer.text)
        found += parser.found
    return found


# A worn-out token is told on a page of its own.
WORN_OUT = {"accounts.confirm": 410, "accounts.reset": 410, "accounts.confirm_change": 410}


@pytest.mark.parametrize("who", ["visitor", "somebody"])
def test_every_page_is_safe_to_show_and_head_answers_like_get(app, house, who) -> None:
    """Reached by somebody who may, not merely refused; and whatever a visitor is answered there."""
    wrong, shown, unreached, unlike = {}, [], {}, {}
    for rule in rules(app, "GET"):
        asking = house.client("visitor") if who == "visitor" else house.somebody(rule)
        address = house.address(rule)
        with asking.get(address) as answer, asking.head(address) as head:
            if (head.status_code, head.location, head.data) != (answer.status_code, answer.location, b""):
                unlike[address] = (answer.status, head.status, head.location)
            if found := faults(answer):
                wrong[address] = found
            if answer.status_code not in {200, 302, WORN_OUT.get(rule.endpoint)} or "/masuk?next" in (
                answer.location or ""
            ):
                unreached[rule.endpoint] = answer.status
            if answer.status_code == 200 and answer.mimetype == "text/html":
                shown.append(rule.endpoint)
                private = (
                    "private" in answer.headers["Cache-Control"]
                    or "no-store" in answer.headers["Cache-Control"]
                )
                if who == "somebody" and not private:
                    wrong[address] = [answer.headers["Cache-Control"]]
    assert wrong == {}
    assert unlike == {}
    assert who == "visitor" or unreached == {}
    assert len(shown) >= (12 if who == "visitor" else 80), shown


def test_the_policy_allows_nothing_inline() -> None:
    assert "unsafe" not in CSP
    assert "default-src 'none'" in CSP
    assert "script-src 'self';" in CSP
    assert "frame-ancestors 'none'" in CSP


def test_options_tell_methods_and_do_nothing(app, house) -> None:
    for rule in rules(app, "OPTIONS"):
        method = "GET" if "GET" in rule.methods else "POST"
        with house.somebody(rule, method).options(house.address(rule)) as answer:
            if rule.endpoint != "static":
                assert set(answer.headers["Allow"].split(", ")) >= rule.methods, rule
            assert not answer.data


def test_a_visitor_who_only_looks_is_not_told_of_lost_changes(client) -> None:
    """A link checker's HEAD must not leave a message for the next page."""
    answer = client.head("/beranda")
    assert answer.location == "/masuk?next=/beranda"
    assert "belum tersimpan" not in client.get("/masuk").text


# -- forms of others --------------------------------------------------------------------------------------------


@pytest.fixture
def tokens_on(app, monkeypatch) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)


def test_nothing_is_changed_by_a_form_of_another_site(app, house, tokens_on) -> None:
    """Sent by whoever might have changed something there."""
    unsafe = {"POST", "PUT", "PATCH", "DELETE"}
    taken = set()
    for rule in app.url_map.iter_rules():
        for method in rule.methods & unsafe:
            asking = house.somebody(rule, method)
            answer = asking.open(house.address(rule), method=method, data={"csrf_token": "wrong"})
            if answer.status_code != 400:
                taken.add(rule.endpoint)
            else:
                assert "Permintaan ini tidak dapat dibaca" in answer.text
    assert taken == WITHOUT_TOKEN


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


def test_every_page_survives_odd_addresses(app, house) -> None:
    """Each argument of each address as something no database likes, the others naming what exists."""
    wrong = {}
    for odd in ("%00", "a%00b", "%ff", "99999999999999999999999", "..", "%F0%9F%98%80", "'--", "x" * 3000):
        for rule in rules(app, "GET"):
            real = {} if rule.endpoint == "static" else values_of(rule, house.world)
            for name in rule.arguments:
                marked = {**{key: str(real.get(key, "a")) for key in rule.arguments}, name: odd}
                address = "".join(
                    marked.get(part, part) if is_argument else part
                    for is_argument, part in ((data is not None, value) for value, data in _parts(rule))
                )
                with house.somebody(rule).get(address) as answer:
                    if answer.status_code >= 500:
                        wrong[address] = answer.status
    assert wrong == {}


def _parts(rule: Rule) -> Iterator[tuple[str, object]]:
    """Fixed pieces of a rule, and its arguments' names marked as such."""
    for is_argument, value in rule._trace:
        if value != "|":
            yield value, (True if is_argument else None)


@pytest.mark.parametrize(
    "query", ["page=-1", "page=0", "page=x", "page=99999999999999999999", "page=%D9%A3", "q=%25_%5C'"]
)
def test_every_list_survives_odd_queries(app, house, query) -> None:
    for rule in rules(app, "GET"):
        with house.somebody(rule).get(f"{house.address(rule)}?{query}") as answer:
            assert answer.status_code < 500, (rule, answer.status)


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
