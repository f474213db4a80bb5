"""A running product and the people who come to it, each with a browser of their own."""

from __future__ import annotations

from contextlib import ExitStack
from typing import Any

from playwright.sync_api import Browser, Page

from innovate.accounts.models import User
from tests.factories.build import PASSWORD
from tests.support.browser import DESKTOP, PHONE, let_in, visitor
from tests.support.server import Site


class Stage:
    """The product, the address of its competition, and a new browser for whoever acts."""

    def __init__(self, site: Site, slug: str, browser: Browser, stack: ExitStack) -> None:
        self.site = site
        self.home = f"{site.url}/k/{slug}"
        self._browser, self._stack = browser, stack
        self._mail: Page | None = None

    def arrive(self, user: User | None = None, *, phone: bool = False) -> Page:
        """Somebody at the browser, signed in if it is a person the test made."""
        look: dict[str, Any] = {"viewport": PHONE, "has_touch": True} if phone else {"viewport": DESKTOP}
        page = self._stack.enter_context(visitor(self._browser, reduced_motion="reduce", **look)).new_page()
        if user is not None:
            let_in(page, self.site.url, user.email, PASSWORD)
        return page

    def mailed_link(self, user: User, subject: str) -> str:
        """The first link of the mail with this subject, as soon as the runner has sent it."""
        reader = self._mail = self._mail or self.arrive()
        mail = reader.locator("main table a", has_text=subject)
        for _ in range(100):
            reader.goto(f"{self.site.url}/dev/mail?q={user.email}")
            if mail.count():
                break
            reader.wait_for_timeout(100)
        mail.first.click()
        link = reader.locator("[data-mail-body] a").first.get_attribute("href") or ""
        return link if link.startswith("http") else self.site.url + link
