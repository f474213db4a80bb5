"""User text as HTML and as plain words."""

from __future__ import annotations

import re

import pytest

from innovate.core.markup import plain_text, render_markdown


@pytest.mark.parametrize(
    ("marks", "levels"),
    [
        (["#"], [3]),
        (["##", "##"], [3, 3]),
        (["##", "###", "##"], [3, 4, 3]),
        (["#", "####", "####"], [3, 4, 5]),
        (["###", "#"], [3, 3]),
        (["#", "##", "###", "####"], [3, 4, 5, 5]),
    ],
)
def test_headings_begin_at_level_3_and_skip_none(marks, levels):
    html = render_markdown("\n\n".join(f"{mark} Judul" for mark in marks))
    assert [int(found) for found in re.findall(r"<h(\d)>", html)] == levels
    assert [int(found) for found in re.findall(r"</h(\d)>", html)] == levels


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "[klik](javascript:alert(1))",
        "![gambar](https://contoh.id/x.png)",
        '<a href="x" onclick="y">z</a>',
    ],
)
def test_nothing_a_person_types_runs(text):
    html = render_markdown(text)
    assert not re.search(r"<(script|img)|javascript:[^<]*\"|<a [^>]*onclick", html)


def test_plain_text_is_cut_at_a_word():
    assert plain_text("**Satu** dua\n\n- tiga empat", 12) == "Satu dua…"
    assert plain_text("Satu dua", 8) == "Satu dua"
    assert plain_text(None) == ""
