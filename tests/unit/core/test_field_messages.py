"""Everything WTForms and Flask-WTF can say has a text of ours, with the same places for values."""

import ast
import inspect
import re
from pathlib import Path

import flask_wtf
import pytest
import wtforms
from flask import Flask
from flask_babel import Babel, force_locale

from innovate.core.web.field_messages import FIELD_MESSAGES, TEXTS

LIBRARIES = (wtforms, flask_wtf)
# Said to programmers, or not by a form of ours.
NOT_FOR_PEOPLE = {"Invalid field name '%s'."}
PLACES = re.compile(r"%\((\w+)\)[sd]|\{(\w+)\}")


def said() -> set[str]:
    """The literals these libraries give to gettext, ngettext, or a ValidationError."""
    found = set()
    for library in LIBRARIES:
        for path in Path(inspect.getfile(library)).parent.rglob("*.py"):
            if "recaptcha" in path.parts:
                continue
            for node in ast.walk(ast.parse(path.read_text())):
                if not isinstance(node, ast.Call):
                    continue
                name = ast.unparse(node.func).rpartition(".")[2]
                if name in {"gettext", "ngettext", "ValidationError", "_error_response"}:
                    found |= {
                        arg.value
                        for arg in node.args
                        if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
                    }
    return found


@pytest.fixture
def speaking():
    app = Flask("speaking")
    Babel(app, default_locale="id")
    with app.app_context(), app.test_request_context():
        yield


def test_nothing_they_say_is_missing() -> None:
    missing = said() - set(TEXTS) - NOT_FOR_PEOPLE
    assert missing == set()
    assert len(said()) > 30


@pytest.mark.parametrize("theirs", TEXTS)
def test_places_for_values_are_theirs(speaking, theirs) -> None:
    assert set(PLACES.findall(FIELD_MESSAGES.gettext(theirs))) <= set(PLACES.findall(theirs))


def test_a_message_with_its_numbers_filled_in(speaking) -> None:
    assert (
        FIELD_MESSAGES.gettext("File must be between 0 and 1024 bytes.")
        == "Besar berkas harus antara 0 dan 1024 bita."
    )


def test_what_is_not_theirs_stays(speaking) -> None:
    assert FIELD_MESSAGES.gettext("Nama Tim") == "Nama Tim"
    assert FIELD_MESSAGES.ngettext("satu", "banyak", 2) == "banyak"


def test_it_follows_the_language(speaking) -> None:
    with force_locale("id"):
        assert FIELD_MESSAGES.gettext("Not a valid choice.") == "Pilihan ini tidak tersedia. Pilih yang lain."
