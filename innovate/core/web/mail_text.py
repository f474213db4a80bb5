"""Turning templates/email/<name>.md into a mail: subject, plain text and HTML from one Markdown text.

The first line of a template is `Subject: …`; the rest is Markdown. Values from the context are escaped, so that what
people typed stays text. `{{ url }}` is the full address of the context's `path`, `{{ url(other) }}` of another page;
`at|instant` or `at|instant(zone)` shows an ISO instant, `text|quote` sets off what somebody wrote, `text|verbatim`
keeps it to the letter.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self
from urllib.parse import quote

from flask import current_app
from flask_babel import force_locale
from jinja2 import Environment, StrictUndefined, Template
from markdown_it.token import Token
from markupsafe import Markup

from innovate.core.markup import parse_markdown, render_markdown
from innovate.core.web.localisation import show_datetime

_SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~&])")
_BLANK = re.compile(r"\s+")


@dataclass(frozen=True)
class MailText:
    """A mail in one language: what it is called, its Markdown, and both forms that are sent."""

    subject: str
    markdown: str
    text: str
    html: str


class _Typed(str):
    """A value as it may stand in Markdown; `raw` is what was typed."""

    __slots__ = ("raw",)
    raw: str

    def __new__(cls, raw: str) -> Self:
        typed = super().__new__(cls, _BLANK.sub(" ", _SPECIAL.sub(r"\\\1", raw)))
        typed.raw = raw
        return typed


class _Address:
    """`{{ url }}` in a template: the page the mail is about; called, the address of another page."""

    def __init__(self, path: str | None) -> None:
        self._path = path

    def __str__(self) -> str:
        if self._path is None:
            raise ValueError("the mail has a link but its context has no path")
        return full_url(self._path)

    def __call__(self, path: str) -> str:
        return full_url(path)


def render_mail(name: str, context: Mapping[str, Any], locale: str) -> MailText:
    """The mail `templates/email/<name>.md` for this context in a language of the site."""
    subject, markdown = write_mail(name, context, locale)
    with force_locale(locale):
        return MailText(subject, markdown, as_text(markdown), as_html(subject, markdown, locale))


def write_mail(name: str, context: Mapping[str, Any], locale: str) -> tuple[str, str]:
    """Its subject and its Markdown alone, as the outbox keeps them."""
    environment = _environment()
    if environment.loader is None:
        raise RuntimeError("the application has no templates")
    source, _path, _fresh = environment.loader.get_source(environment, f"email/{name}.md")
    head, _newline, body = source.partition("\n")
    url = _Address(context.get("path"))
    with force_locale(locale):
        subject = _compiled(environment, head).render(context)
        markdown = _compiled(environment, body).render(_typed(context), url=url).strip() + "\n"
    return _BLANK.sub(" ", subject.removeprefix("Subject:")).strip(), markdown


def _environment() -> Environment:
    environment = current_app.extensions.get("mail_templates")
    if environment is None:
        # Without the pages' kept templates: theirs escape.
        environment = current_app.jinja_env.overlay(
            autoescape=False, undefined=StrictUndefined, bytecode_cache=None
        )
        environment.filters = environment.filters | {
            "instant": _instant,
            "quote": _quote,
            "verbatim": _verbatim,
        }
        current_app.extensions["mail_templates"] = environment
        current_app.extensions["mail_templates_compiled"] = {}
    return environment


def _compiled(environment: Environment, source: str) -> Template:
    """Part of a template file as it reads now; there are few, and compiling takes longer than writing the mail."""
    known: dict[str, Template] = current_app.extensions["mail_templates_compiled"]
    if source not in known:
        known[source] = environment.from_string(source)
    return known[source]


def _typed(value: Any) -> Any:
    if isinstance(value, str):
        return _Typed(value)
    if isinstance(value, Mapping):
        return {key: _typed(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_typed(inner) for inner in value]
    return value


def _raw(value: str) -> str:
    return value.raw if isinstance(value, _Typed) else value


def full_url(path: str) -> str:
    """The address of a page on this site, safe inside a Markdown link. Without PUBLIC_URL it stays a path."""
    path = _raw(path)
    address = current_app.config["PUBLIC_URL"].rstrip("/") + path if path.startswith("/") else path
    return quote(address, safe="/:?&=#%~+@,;.-_")


def _instant(value: str, zone: str | None = None) -> str:
    return show_datetime(datetime.fromisoformat(_raw(value)), _raw(zone) if zone else None)


def _quote(value: str) -> str:
    lines = [_SPECIAL.sub(r"\\\1", line.strip()) for line in _raw(value).splitlines() if line.strip()]
    return "\n>\n".join(f"> {line}" for line in lines)


def _verbatim(value: str) -> str:
    """What must arrive as it is, such as a signed text: a block of code."""
    return "\n".join(f"    {line}" for line in _raw(value).splitlines())


def as_html(subject: str, markdown: str, locale: str) -> str:
    """The page a mail reader shows."""
    page = re.sub(r"<p>(<a [^>]*>[^<]*</a>)</p>", r'<p class="go">\1</p>', str(render_markdown(markdown)))
    body = Markup(page)  # noqa: S704 - cleaned by render_markdown
    site = current_app.config["PUBLIC_URL"].rstrip("/")
    templates = current_app.jinja_env  # used without what pages know of their reader
    styles = Markup("<style>{}</style>").format(Markup(templates.get_template("email/frame.css").render()))  # noqa: S704
    frame = templates.get_template("email/frame.html")
    return frame.render(subject=subject, body=body, locale=locale, site=site, styles=styles)


def as_text(markdown: str) -> str:
    """The same for readers without HTML: links as words and address."""
    blocks = [block for block in _text_blocks(parse_markdown(markdown)) if block]
    return "\n\n".join(blocks) + "\n"


def _text_blocks(tokens: list[Token]) -> Iterator[str]:
    prefix: list[str] = []
    for token in tokens:
        if token.type == "list_item_open":
            prefix.append(f"{token.info}. " if token.info else "- ")
        elif token.type == "blockquote_open":
            prefix.append("> ")
        elif token.type in {"list_item_close", "blockquote_close"}:
            prefix.pop()
        elif token.type == "inline":
            yield "".join(prefix) + _text_of(token.children or [])
        elif token.type in {"fence", "code_block"}:
            yield token.content.rstrip()
        elif token.type == "hr":
            yield "-" * 20


def _text_of(children: list[Token]) -> str:
    parts: list[str] = []
    links: list[str] = []
    for child in children:
        if child.type == "link_open":
            links.append(str(child.attrs.get("href", "")))
        elif child.type == "link_close":
            parts.append(f": {links.pop()}")
        elif child.type in {"softbreak", "hardbreak"}:
            parts.append("\n")
        else:
            parts.append(child.content)
    return html.unescape("".join(parts))
