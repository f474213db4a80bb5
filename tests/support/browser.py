"""A real browser: Debian's Chromium, driven by Playwright; without its windows where that package is installed."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response, sync_playwright

from tests.support.requirements import missing

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)
DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
_NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
)  # the first takes a third less


def locate() -> str:
    """The path of Chromium: the one named by CHROMIUM, the system's, or Playwright's own; empty if there is none."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, _NAMES)), "")
    if found:
        return found
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).exists() else ""


@contextmanager
def launched() -> Iterator[Browser]:
    """One browser for the block; skips the test (in CI: fails it) where there is none.

    Playwright runs once in a process: tests take the `browser` fixture instead of launching their own.
    """
    path = locate() or missing("Chromium", "chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Complaints:
    """What a page complained about: script errors, blocked content, failed requests."""

    lines: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        """Listen to one page."""
        page.on("console", self._on_console)
        page.on("pageerror", lambda error: self.lines.append(f"script error: {error}"))
        page.on("response", self._on_response)

    def check(self) -> None:
        """Fail with everything that was said."""
        assert not self.lines, "the browser complained:\n" + "\n".join(self.lines)

    def _on_console(self, message: ConsoleMessage) -> None:
        # A page answered with 4xx on purpose is reported by the browser as well; the response says it better.
        if message.type in {"error", "warning"} and "Failed to load resource" not in message.text:
            self.lines.append(f"console {message.type}: {message.text}")

    def _on_response(self, response: Response) -> None:
        is_page = response.request.resource_type == "document"
        if response.status >= 500 or (response.status >= 400 and not is_page):
            self.lines.append(f"{response.status} for {response.url}")


@contextmanager
def visitor(browser: Browser, **options: Any) -> Iterator[BrowserContext]:
    """A person at the browser with cookies of their own, in Pontianak, whose pages must not complain."""
    settings: dict[str, Any] = {"locale": "id-ID", "timezone_id": "Asia/Pontianak", "viewport": DESKTOP}
    context = browser.new_context(**(settings | options))
    context.set_default_timeout(15_000)
    complaints = Complaints()
    context.on("page", complaints.watch)
    try:
        yield context
        complaints.check()
    finally:
        context.close()


def let_in(page: Page, base: str, email: str, password: str) -> None:
    """Send what the sign-in form sends, without drawing the page: that is for tests of signing in."""
    door = page.context.request
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', door.get(f"{base}/masuk").text())
    assert token
    answers = {"email": email, "password": password, "csrf_token": token[1]}
    answer = door.post(f"{base}/masuk", form=answers, max_redirects=0)
    assert answer.status == 302, f"{email} was not let in: {answer.status}"


def fetch(page: Page, address: str | None) -> bytes:
    """What a link of the page leads to."""
    assert address
    answer = page.context.request.get(page.evaluate("each => new URL(each, location).href", address))
    assert answer.status == 200, address
    return answer.body()


if __name__ == "__main__":  # whether there is a browser at all, for the Makefile
    raise SystemExit(not locate())
