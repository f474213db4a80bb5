"""Every mail can be written in both languages and keeps what people typed as text."""

from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment, meta

from innovate.core.web.mail_text import render_mail, write_mail
from tests.factories.build import NOW
from tests.support.database import make_app

TEMPLATES = sorted((Path(__file__).parents[2] / "templates/email").glob("*.md"))
INSTANTS = {"at", "until", "deadline", "expires_at"}
NUMBERS = {"count", "left", "assigned", "minutes"}
SCORES = {"total"}
EVIL = "[Klik](http://jahat.test) *tebal* <img src=x>\n# Judul"
KNOWN = {"role": "juror", "zone": "Asia/Makassar", "again": False, "counted": True}


def context_of(path: Path) -> dict:
    """A value for each name the template uses."""
    environment = Environment(extensions=["jinja2.ext.i18n"])
    environment.filters |= {"instant": str, "quote": str, "verbatim": str, "number": str}
    tree = environment.parse(path.read_text())
    names = meta.find_undeclared_variables(tree) - {"_", "url", "ngettext"}
    values = dict.fromkeys(names, EVIL) | {"path": "/k/lomba/tim_satu"}
    values |= {name: NOW.isoformat() for name in names & INSTANTS}
    values |= dict.fromkeys(names & NUMBERS, 3)
    values |= dict.fromkeys(names & SCORES, 76.25)
    values |= {name: f"/lain/{name}" for name in names if name.endswith("_path")}
    return values | {name: value for name, value in KNOWN.items() if name in names}


@pytest.mark.parametrize("locale", ["id", "en"])
@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_it_is_written(app, monkeypatch, path: Path, locale: str) -> None:
    monkeypatch.setitem(app.config, "PUBLIC_URL", "https://inovasi.test")
    context = context_of(path)
    mail = render_mail(path.stem, context, locale)
    assert mail.subject
    assert "\n" not in mail.subject
    assert "Subject" not in mail.text
    assert 'href="http://jahat.test' not in mail.html
    assert "<img" not in mail.html
    assert "<strong>tebal" not in mail.html
    assert "{{" not in mail.markdown
    links = path.read_text().count("]({{ url")
    assert mail.html.count('href="https://inovasi.test/') == links
    if INSTANTS & set(context):
        assert ("November 2026") in mail.text + mail.subject
    if SCORES & set(context):
        assert ("76,25" if locale == "id" else "76.25") in mail.text
    if "zone" in context:
        assert "WITA" in mail.text + mail.subject


def test_a_mail_never_takes_what_was_compiled_for_a_page(tmp_path) -> None:
    app = make_app("sqlite://", tmp_path, TEMPLATE_CACHE=str(tmp_path))
    part, mail = "<b>{{ name }}</b>", "Subject: {{ name }}\n{% include 'part.html' %}"
    app.jinja_env.loader = DictLoader({"part.html": part, "email/sample.md": mail})
    page = app.jinja_env.get_template("part.html")
    assert list(tmp_path.glob("__jinja2_*"))
    with app.app_context():
        _subject, body = write_mail("sample", {"name": "Andi & Budi"}, "id")
    assert page.render(name="Andi & Budi") == "<b>Andi &amp; Budi</b>"
    assert body == "<b>Andi \\& Budi</b>\n"
