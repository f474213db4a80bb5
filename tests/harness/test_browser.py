"""The browser and axe see what is wrong with a page, and stay quiet about a good one."""

import http.server
import threading

import pytest

from tests.support import axe
from tests.support.browser import PHONE, visitor

pytestmark = pytest.mark.browser

GOOD = """<!doctype html><html lang="id"><head><meta charset="utf-8"><title>Baik</title>
<link rel="icon" href="data:,"></head>
<body><main><h1>Selamat datang</h1><p>Halaman yang baik.</p></main></body></html>"""
BAD = GOOD.replace("<p>", '<img src="/none.png"><script>throw new Error("rusak")</script><p onclick="x()">')
PAGES = {"/good": GOOD, "/bad": BAD}


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        page = PAGES.get(self.path)
        body = (page or "").encode()
        self.send_response(200 if page else 404)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Security-Policy", "default-src 'none'; img-src 'self' data:")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def site():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_good_page_passes(browser, site: str) -> None:
    with visitor(browser, viewport=PHONE) as person:
        page = person.new_page()
        page.goto(f"{site}/good")
        axe.assert_accessible(page)
        assert page.evaluate("innerWidth") == 390
        assert page.evaluate("Intl.DateTimeFormat().resolvedOptions().timeZone") == "Asia/Pontianak"


def test_blocked_scripts_missing_files_and_axe_findings_are_reported(browser, site: str) -> None:
    def look() -> None:
        with visitor(browser) as person:
            page = person.new_page()
            page.goto(f"{site}/bad")
            assert any(line.startswith("image-alt (critical)") for line in axe.violations(page))
            with pytest.raises(AssertionError, match="image-alt"):
                axe.assert_accessible(page)

    with pytest.raises(AssertionError, match="the browser complained") as complaint:
        look()
    assert "Content Security Policy" in str(complaint.value)
    assert "404 for" in str(complaint.value)
