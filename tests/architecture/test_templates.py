"""Templates: they parse, keep to the content security policy, and speak through the catalogues."""

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
NAMES = [str(path.relative_to(ROOT / "templates")) for path in TEMPLATES]

INLINE_SCRIPT = re.compile(
    r"<script(?![^>]*\ssrc=)(?![^>]*type=\"application/(?:ld\+)?json\")[^>]*>", re.IGNORECASE
)
INLINE_STYLE = re.compile(r"<style\b|(?<=[\s\"'])style\s*=", re.IGNORECASE)
INLINE_HANDLER = re.compile(r"(?<=[\s\"'])on[a-z]+\s*=\s*[\"']", re.IGNORECASE)
SCRIPT_ADDRESS = re.compile(r"javascript:", re.IGNORECASE)
FORM_IN_PARAGRAPH = re.compile(r"<p(?:\s[^>]*)?>(?:(?!</p>).)*?(?:post_button\(|<form\b)", re.DOTALL)
COMMENT = re.compile(r"{#.*?#}", re.DOTALL)
# Pages for developers only need no translation.
UNTRANSLATED = ("dev/", "privacy/letters/")  # the latter: official letters, Indonesian by law
# Words that are the same in every language.
SAME_EVERYWHERE = {
    "Innovate",
    "WhatsApp",
    "CSV",
    "XLSX",
    "PDF",
    "(PDF)",
    "SHA-256",
    "kB,",
    "ICS",
    "URL",
    "HTML",
    "JSON",
    "Bahasa Indonesia",
    "English",
    "NIP",
}


def source(name: str) -> str:
    return COMMENT.sub("", (ROOT / "templates" / name).read_text())


@pytest.mark.parametrize("name", NAMES)
def test_the_template_parses(app, name: str) -> None:
    assert app.jinja_env.get_template(name)


@pytest.mark.parametrize(
    "pattern", [INLINE_SCRIPT, INLINE_STYLE, INLINE_HANDLER, SCRIPT_ADDRESS], ids=lambda p: p.pattern[:12]
)
def test_nothing_the_content_policy_would_block(pattern: re.Pattern[str]) -> None:
    found = [f"{name}: {match.group(0)}" for name in NAMES for match in pattern.finditer(source(name))]
    assert found == []


def test_no_form_stands_in_a_paragraph() -> None:
    """The browser ends the paragraph before it: its class, and what follows, would stand elsewhere."""
    assert [name for name in NAMES if FORM_IN_PARAGRAPH.search(source(name))] == []


def test_the_patterns_see_what_they_shall_see() -> None:
    assert FORM_IN_PARAGRAPH.search('<p class="a">\n{{ post_button("x") }}</p>')
    assert not FORM_IN_PARAGRAPH.search('<p>x</p>{{ post_button("x") }}')
    assert INLINE_SCRIPT.search("<script>alert(1)</script>")
    assert INLINE_SCRIPT.search('<script type="module">x</script>')
    assert not INLINE_SCRIPT.search('<script type="module" src="/a.js"></script>')
    assert INLINE_STYLE.search('<p class="a" style="color:red">')
    assert not INLINE_STYLE.search('<p data-style="x">')
    assert INLINE_HANDLER.search('<a href="#" onclick="go()">')


def is_for_code(node: nodes.Node) -> bool:
    """Whether a block or macro makes a class or a state, which its name says, instead of a text."""
    return isinstance(node, nodes.Block | nodes.Macro) and node.name.endswith(("_class", "_state"))


def outputs(node: nodes.Node) -> Iterator[nodes.Output]:
    """Everything the template puts out, in order."""
    for child in node.iter_child_nodes():
        if isinstance(child, nodes.Output):
            yield child
        elif not is_for_code(child):
            yield from outputs(child)


def visible_texts(environment: Environment, text: str) -> list[str]:
    """What a reader would see of a template that no expression put there."""
    page = "".join(
        node.data if isinstance(node, nodes.TemplateData) else "\ue000"
        for output in outputs(environment.parse(text))
        for node in output.nodes
    )
    named = re.findall(r'\s(?:title|alt|placeholder|aria-label|aria-description)="([^"]*)"', page)
    shown = re.sub(r"<(script|style)\b.*?</\1>|<!--.*?-->", " ", page, flags=re.DOTALL)
    shown = re.sub(r'<[^>]*>|[\w-]+="[^"]*"', "\n", shown)
    lines = [html.unescape(line).replace("\ue000", " ").strip(" ·") for line in [*shown.split("\n"), *named]]
    return [line for line in lines if re.search(r"[^\W\d_]{2,}", line) and line not in SAME_EVERYWHERE]


def test_what_is_seen_is_translated(app) -> None:
    """Text written beside the markup instead of inside `_()` would stay Indonesian for an English reader."""
    found = {}
    for name in NAMES:
        if not name.startswith(UNTRANSLATED) and (texts := visible_texts(app.jinja_env, source(name))):
            found[name] = texts
    assert found == {}


def test_untranslated_text_is_seen(app) -> None:
    page = '<p class="x">Halo {{ name }}</p><img alt="Foto"><b>{{ _("Baik") }}</b><i>·</i>'
    assert visible_texts(app.jinja_env, page) == ["Halo", "Foto"]
