"""The look keeps its promises: equal dark themes, readable colours, no inline anything, every script reachable."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
STYLES = sorted((ROOT / "static/css").rglob("*.css"))
THEMES = (ROOT / "static/css/tokens/themes.css").read_text()


def declarations(selector: str) -> dict[str, str]:
    block = THEMES.split(selector + " {", 1)[1].split("}", 1)[0]
    return dict(re.findall(r"(--iv-[\w-]+|color-scheme):\s*([^;]+);", block))


LIGHT, DARK, AUTO = (
    declarations(s) for s in ('[data-theme="light"]', '[data-theme="dark"]', '[data-theme="auto"]')
)


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_the_device_dark_theme_equals_the_chosen_one() -> None:
    assert AUTO == DARK
    assert set(DARK) == set(LIGHT)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "surface", "sunken"])
def test_words_are_readable_on_every_ground(theme: dict[str, str], ground: str) -> None:
    words = ("ink", "ink-2", "ink-3", "teal", "teal-strong", "gold-ink", "red", "green", "plum")
    weak = {w: contrast(theme[f"--iv-{w}"], theme[f"--iv-{ground}"]) for w in words}
    assert {w: ratio for w, ratio in weak.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("word", "ground"),
    [
        ("on-teal", "teal"),
        ("on-teal", "teal-strong"),
        ("on-gold", "gold"),
        ("on-gold", "gold-hover"),
        ("teal-strong", "teal-tint"),
        ("gold-ink", "gold-tint"),
        ("red", "red-tint"),
        ("green", "green-tint"),
        ("plum", "plum-tint"),
        ("ink", "red-tint"),
        ("paper", "ink"),
        ("on-r12", "r2"),
        ("on-r45", "r4"),
        ("on-r45", "r5"),
    ],
)
def test_words_are_readable_on_their_tint(theme: dict[str, str], word: str, ground: str) -> None:
    assert contrast(theme[f"--iv-{word}"], theme[f"--iv-{ground}"]) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "surface"])
def test_borders_of_controls_and_informing_lines_are_seen(theme: dict[str, str], ground: str) -> None:
    for line in ("edge", "gold-line"):
        assert contrast(theme[f"--iv-{line}"], theme[f"--iv-{ground}"]) >= 3


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_templates_hold_no_inline_style_script_or_handler(path: Path) -> None:
    text = re.sub(r"\{#.*?#\}", "", path.read_text(), flags=re.DOTALL)
    assert not re.search(r"<style|\sstyle=|javascript:|\son[a-z]+=[\"']", text)
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)
    assert "<script" not in text.replace('<script type="module" src="{{ asset_url(', "")


# The themes define colours, icons are masks, paper has its own.
WITH_COLOURS = {"themes.css", "icons.css", "print.css"}


@pytest.mark.parametrize(
    "path", [p for p in STYLES if p.name not in WITH_COLOURS], ids=lambda path: path.name
)
def test_colours_come_from_the_tokens(path: Path) -> None:
    bare = re.sub(r"url\([^)]*\)|/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b", bare) == []


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_every_token_used_exists(path: Path) -> None:
    defined = set(re.findall(r"(--(?:iv|btn)-[\w-]+)\s*:", "".join(style.read_text() for style in STYLES)))
    scripts = "".join(script.read_text() for script in (ROOT / "static/js/modules").glob("*.js"))
    defined |= set(
        re.findall(r'setProperty\("(--iv-[\w-]+)"', scripts)
    )  # what is measured while the page runs
    assert set(re.findall(r"var\((--(?:iv|btn)-[\w-]+)", path.read_text())) - defined == set()


def test_every_icon_named_in_a_template_is_drawn() -> None:
    drawn = set(re.findall(r"\.i-([\w-]+) \{", (ROOT / "static/css/components/icons.css").read_text()))
    text = "".join(path.read_text() for path in TEMPLATES)
    named = set(re.findall(r"\bicon\(\"([\w-]+)\"", text)) | set(re.findall(r"class=\"i i-([\w-]+)\"", text))
    named |= set(re.findall(r"\bicon(?:_name)?=\"([\w-]+)\"", text))
    assert named - drawn == set()


def test_every_module_is_reached_from_the_start_script() -> None:
    modules = ROOT / "static/js/modules"
    sources = {path.name: path.read_text() for path in modules.rglob("*.js")}
    start = (ROOT / "static/js/app.js").read_text()
    named = set(re.findall(r"[\"']\./(?:modules/)?([\w-]+\.js)[\"']", start + "".join(sources.values())))
    assert named == set(sources)


def test_macros_are_told_in_the_cheat_sheet() -> None:
    sheet = (ROOT / "templates/components/README.md").read_text()
    macros = {
        name
        for path in (ROOT / "templates/components").glob("*.html")
        for name in re.findall(r"\{%-? macro ([a-z]\w*)\(", path.read_text())
    }
    assert {name for name in macros if f"`{name}(" not in sheet and f" {name}(" not in sheet} == set()
