"""What no answer of the site may lack or have, whatever it is about."""

from __future__ import annotations

from html.parser import HTMLParser

from werkzeug.test import TestResponse

from innovate.core.web.security import CSP


class Inline(HTMLParser):
    """Everything the content policy would block, or that would need a weaker one."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
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

    def handle_data(self, data: str) -> None:
        if self._script and data.strip():
            self.found.append(f"<script> with {data.strip()[:40]}")

    def handle_endtag(self, tag: str) -> None:
        self._script = False


def faults(answer: TestResponse) -> list[str]:
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
