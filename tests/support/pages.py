"""Pages as a browser without script sees them: read a form, change some answers, send it."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse


class _Fields(HTMLParser):
    """Names and present values of the controls of a page's last form that has one of `named`."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, list[str]]] = []
        self.targets: list[str] = []
        self._select = self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {key: value or "" for key, value in attrs}
        if tag == "form":
            self.forms.append({})
            self.targets.append(found.get("action", "") if found.get("method", "").lower() == "post" else "?")
        if not self.forms:
            return
        fields, name = self.forms[-1], found.get("name", "")
        if tag == "input" and name:
            box = found.get("type") in {"checkbox", "radio"}
            if found.get("type") != "submit" and (not box or "checked" in found):
                fields.setdefault(name, []).append(found.get("value", "on" if box else ""))
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in found:
            fields.setdefault(self._select, []).append(found.get("value", ""))
        elif tag == "textarea":
            self._area = name
            fields[name] = [""]

    def handle_data(self, data: str) -> None:
        if self._area:
            self.forms[-1][self._area][0] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            text = self.forms[-1][self._area][0]
            self.forms[-1][self._area][0] = text.removeprefix("\r\n").removeprefix("\n")
            self._area = ""
        elif tag == "select":
            self._select = ""


def fields_of(client: FlaskClient, page: str, having: str = "csrf_token") -> dict[str, list[str]]:
    """The answers a page's form holds now; the form is the last that has a control named `having`."""
    parser = _Fields()
    parser.feed(client.get(page).text)
    found = [form for form in parser.forms if having in form]
    assert found, f"no form with {having} on {page}"
    return found[-1]


def posting_forms(html: str, page: str) -> list[tuple[str, dict[str, list[str]]]]:
    """Every form of a page that is sent by POST: the path it goes to and the answers it holds."""
    parser = _Fields()
    parser.feed(html)
    pairs = zip(parser.targets, parser.forms, strict=True)
    return [((target or page).partition("?")[0], fields) for target, fields in pairs if target != "?"]


def fill(client: FlaskClient, page: str, *, to: str = "", having: str = "", **answers: Any) -> TestResponse:
    """Open the page, change some answers (None takes one away), and send the form to the page or to `to`."""
    fields = fields_of(client, page, having or next(iter(answers), "csrf_token"))
    merged: dict[str, Any] = {**fields, **answers}
    return client.post(to or page, data={key: value for key, value in merged.items() if value is not None})


def press(client: FlaskClient, page: str, address: str, **fields: str) -> TestResponse:
    """Send one of a page's small forms (a button) with the page's token."""
    return client.post(address, data={"csrf_token": fields_of(client, page)["csrf_token"], **fields})
