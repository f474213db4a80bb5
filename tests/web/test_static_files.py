"""Files below static/: packed, kept for a year under hashed names, without a trace of the session."""

import gzip
import re
import shutil
from pathlib import Path

import brotli
import pytest
from werkzeug.test import Client

from innovate.core.web.assets import build_assets
from innovate.core.web.security import CSP
from innovate.core.web.static_files import StaticFiles
from tests.factories.build import make_user

YEAR = "max-age=31536000, public, immutable"


@pytest.fixture
def css(client) -> str:
    """The address of the stylesheet as the front page names it."""
    return re.search(r'href="(/static/build/app\.\w+\.css)"', client.get("/").text)[1]


def fetch(client, path: str, **headers: str):
    with client.get(path, headers=headers) as answer:
        answer.get_data()
        return answer


def test_styles_come_packed_as_the_browser_wishes(app, client, css) -> None:
    source = (Path(app.static_folder) / css.removeprefix("/static/")).read_bytes()
    plain, zipped, small = (
        fetch(client, css, **{"Accept-Encoding": each}) for each in ("", "gzip", "gzip, br")
    )
    assert plain.data == gzip.decompress(zipped.data) == brotli.decompress(small.data) == source
    assert [each.headers.get("Content-Encoding") for each in (plain, zipped, small)] == [None, "gzip", "br"]
    assert len(small.data) < len(zipped.data) < len(plain.data) / 3
    assert all(each.headers["Vary"] == "Accept-Encoding" for each in (plain, zipped, small))


def test_hashed_names_are_kept_for_a_year(client, css) -> None:
    answer = fetch(client, css)
    assert answer.headers["Cache-Control"] == YEAR
    assert answer.headers["Content-Type"] == 'text/css; charset="utf-8"'


def test_every_file_a_page_names_is_there_and_kept_for_a_year(client) -> None:
    named = re.findall(r'(?:href|src)="(/static/[^"]+)"', client.get("/").text)
    assert len(named) >= 4
    for address in named:
        answer = fetch(client, address.replace("&amp;", "&"))
        assert (answer.status_code, answer.headers["Cache-Control"]) == (200, YEAR), address


def test_other_files_are_asked_for_again_after_a_minute(client) -> None:
    assert fetch(client, "/static/img/mark.svg").headers["Cache-Control"] == "max-age=60, public"


def test_a_script_is_a_script(client) -> None:
    module = re.search(r'src="(/static/build/js-\w+/app\.js)"', client.get("/").text)[1]
    answer = fetch(client, module)
    assert answer.mimetype == "text/javascript"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == CSP
    assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.parametrize("file", ["/static/img/mark.svg", "/static/tidak-ada.css"])
def test_files_neither_touch_nor_depend_on_the_session(sign_in_as, file) -> None:
    person = sign_in_as(make_user())
    answer = fetch(person, file)
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers.get("Vary", "")


def test_a_known_file_is_not_sent_again(client, css) -> None:
    first = fetch(client, css)
    answer = fetch(client, css, **{"If-None-Match": first.headers["ETag"]})
    assert (answer.status_code, answer.data) == (304, b"")


def test_head_and_ranges(client, css) -> None:
    with client.head(css) as answer:
        assert (answer.status_code, answer.data) == (200, b"")
        assert int(answer.headers["Content-Length"]) > 1000
    part = fetch(client, css, Range="bytes=0-9")
    assert (part.status_code, part.data) == (206, fetch(client, css).data[:10])


@pytest.mark.parametrize(
    "path",
    [
        "../config.py",
        "%2e%2e/config.py",
        "..%2fconfig.py",
        "%2fetc/passwd",
        "img/../../config.py",
        "..\\config.py",
    ],
)
def test_nothing_outside_the_folder_is_served(client, path) -> None:
    with client.get(f"/static/{path}", follow_redirects=True) as answer:
        assert answer.status_code == 404


def test_packed_files_are_no_pages_of_their_own(app, css) -> None:
    def nowhere(_environ, start_response):
        start_response("404 Not Found", [])
        return [b""]

    files = StaticFiles(nowhere, Path(app.static_folder), "/static", watch=False)
    assert fetch(Client(files), css).status_code == 200
    assert fetch(Client(files), f"{css}.br").status_code == 404
    assert fetch(Client(files), "/static").status_code == 404


def test_while_developing_a_changed_file_is_seen_at_once(app, tmp_path) -> None:
    folder = Path(shutil.copytree(app.static_folder, tmp_path / "static"))
    files = Client(StaticFiles(app.wsgi_app, folder, "/static", watch=True))
    (folder / "img" / "mark.svg").write_text("<svg>1</svg>")
    assert fetch(files, "/static/img/mark.svg").text == "<svg>1</svg>"
    (folder / "img" / "mark.svg").write_text("<svg>dua</svg>")
    answer = fetch(files, "/static/img/mark.svg")
    assert (answer.text, answer.headers["Cache-Control"]) == ("<svg>dua</svg>", "max-age=0, public")


def test_what_is_built_later_is_served_as_well(app, client) -> None:
    """Two versions of the program may run side by side while one replaces the other."""
    fetch(client, "/static/img/mark.svg")
    build_assets(Path(app.static_folder))
    late = Path(app.static_folder) / "build" / "late.0123456789ab.css"
    late.write_text("a{}")
    try:
        answer = fetch(client, "/static/build/late.0123456789ab.css")
        assert (answer.text, "immutable" in answer.headers["Cache-Control"]) == ("a{}", True)
    finally:
        late.unlink()
