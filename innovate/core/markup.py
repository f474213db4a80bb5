"""User text: Markdown without HTML, then cleaned, so that nothing a person types can run in another's browser."""

from __future__ import annotations

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

_TAGS = {
    "p",
    "br",
    "strong",
    "em",
    "ul",
    "ol",
    "li",
    "a",
    "blockquote",
    "code",
    "pre",
    "h3",
    "h4",
    "h5",
    "hr",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "del",
}
_renderer = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable(["table", "strikethrough"])


def parse_markdown(text: str) -> list[Token]:
    """The parts of a Markdown text."""
    return _renderer.parse(text)


def render_markdown(text: str | None) -> Markup:
    """HTML of a person's Markdown: headings begin at level 3, links open safely, images and raw HTML are dropped."""
    if not text:
        return Markup("")
    tokens = _renderer.parse(text)
    _place_headings(tokens)
    html = _renderer.renderer.render(tokens, _renderer.options, {})
    clean = nh3.clean(
        html,
        tags=_TAGS,
        attributes={"a": {"href", "title"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="nofollow noopener noreferrer",
    )
    return Markup(clean)  # noqa: S704 - cleaned by nh3 just above


def _place_headings(tokens: list[Token]) -> None:
    """The text's highest heading becomes level 3, and no level is skipped on the way down."""
    headings = [token for token in tokens if token.type == "heading_open"]
    if not headings:
        return
    top, last = min(int(token.tag[1]) for token in headings), 2
    for token in tokens:
        if token.type == "heading_open":
            last = min(int(token.tag[1]) - top + 3, last + 1, 5)
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{last}"


def plain_text(text: str | None, limit: int = 200) -> str:
    """The words of a person's Markdown without its marks, cut at a word's end after about `limit` characters."""
    words = " ".join(render_markdown(text).striptags().split())
    return words if len(words) <= limit else words[:limit].rsplit(" ", 1)[0] + "…"


def count_words(text: str | None) -> int:
    """Words as people count them: runs of characters between white space."""
    return len((text or "").split())
