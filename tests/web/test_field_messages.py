"""No form of the product answers an Indonesian in English, nor an English reader in Indonesian, whatever was typed."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from types import SimpleNamespace

import pytest
from flask_babel import force_locale
from werkzeug.datastructures import FileStorage, MultiDict

import innovate
from innovate.core.web.field_messages import TEXTS
from innovate.core.web.forms import Form
from innovate.events.domain.kinds import EventState, PhaseKind, Role
from innovate.events.forms.timetable import grounds_fields, planning_fields, timetable_form
from tests.factories import build
from tests.factories.build import NOW
from tests.factories.proposals import make_scene
from tests.support.pages import fields_of

ODD = ("", " ", "x", "-1", "0", "1,5", "99999999999999999999", "2026-13-45", "é" * 20_001)
ENGLISH = re.compile(
    r"\b(the|this|must|field|fields|required|not|cannot|choices?|characters?|at least|at most|invalid|please|is an?)\b",
    re.IGNORECASE,
)
INDONESIAN = re.compile(
    r"\b(ini|harus|wajib|tidak|yang|isi|pilih|paling|karakter|angka|tulis|dari|bagian)\b", re.IGNORECASE
)
SPAN = SimpleNamespace(kind=PhaseKind.SUBMISSION, name="Pengajuan", starts_at=NOW, ends_at=NOW)
PERSON = SimpleNamespace(email="rina@pontianak.go.id", name="Rina Maharani")


def form_classes() -> list[type[Form]]:
    """Every subclass of the product's form, wherever it is written."""
    for module in pkgutil.walk_packages(innovate.__path__, "innovate."):
        if ".forms" in module.name or ".routes" in module.name:
            importlib.import_module(module.name)
    found: list[type[Form]] = []
    waiting = [Form]
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        if kind.__module__.startswith("innovate.") and kind not in found:
            found.append(kind)
    return sorted(found, key=lambda kind: (kind.__module__, kind.__name__))


def make(kind: type[Form], sent: MultiDict) -> Form:
    """The form holding what was sent, its choices offered."""
    if kind.__name__ in {"ResetForm", "ChangePasswordForm", "_PersonalForm"}:
        form = kind(PERSON, formdata=sent)
    else:
        form = kind(formdata=sent)
    for field in form:
        if getattr(field, "choices", ()) is None:
            field.choices = [("1", "A")]
    return form


def messages(errors) -> Iterator[str]:
    """Every sentence in errors of forms within forms."""
    if isinstance(errors, dict):
        for value in errors.values():
            yield from messages(value)
    elif isinstance(errors, list | tuple):
        for value in errors:
            yield from messages(value)
    else:
        yield str(errors)


def posts(form: Form) -> Iterator[MultiDict]:
    names = [name for name in form._fields if name != "csrf_token"]
    for odd in ODD:
        sent = MultiDict(dict.fromkeys(names, odd))
        for name in names:  # one part of each list, and what is inside it
            for inner in ("name", "weight", "minimum", "maximum", "step", "value", "label"):
                sent[f"{name}-0-{inner}"] = odd
        yield sent
    files = MultiDict(dict.fromkeys(names, "x"))
    for name in names:
        if "File" in form[name].type:
            files[name] = FileStorage(BytesIO(b"x" * 3_000_000), filename="x.exe")
    yield files
    yield MultiDict()


def said_by(kind: type[Form]) -> set[str]:
    found: set[str] = set()
    empty = make(kind, MultiDict())
    for sent in posts(empty):
        form = make(kind, sent)
        form.validate()
        found |= set(messages(form.errors))
    return found


@pytest.fixture
def asking(app):
    with app.test_request_context(method="POST"):
        yield


@pytest.mark.parametrize("kind", form_classes(), ids=lambda kind: f"{kind.__module__}.{kind.__name__}")
def test_every_form_speaks_the_readers_language(asking, kind) -> None:
    with force_locale("id"):
        said = said_by(kind)
        assert not [text for text in said if text in TEXTS]
        assert not [text for text in said if ENGLISH.search(text)]
    with force_locale("en"):
        assert not [text for text in said_by(kind) if INDONESIAN.search(text)]


def test_many_forms_were_found_and_they_do_complain(asking) -> None:
    kinds = form_classes()
    assert len(kinds) >= 45
    with force_locale("id"):
        assert sum(bool(said_by(kind)) for kind in kinds) >= 35


def test_forms_made_for_an_occasion(asking, monkeypatch) -> None:
    """The timetable and the proposal are made from what the event defines."""
    kind = type(
        timetable_form([SPAN], "Asia/Pontianak", **planning_fields(date(2026, 1, 1)), **grounds_fields())
    )
    with force_locale("id"):
        said = said_by(kind)
        assert said
        assert not [text for text in said if ENGLISH.search(text)]


@pytest.mark.parametrize(
    ("locale", "words"),
    [("id", "Tulis sebagai bilangan bulat, misalnya 12."), ("en", "Write a whole number, for example 12.")],
)
def test_a_page_says_it_in_the_persons_language(app, sign_in_as, locale, words) -> None:
    event, organizer = build.make_event(slug="lomba", state=EventState.DRAFT), build.make_user(locale=locale)
    build.give_role(event, organizer, Role.ORGANIZER)
    staff = sign_in_as(organizer)
    page = "/k/lomba/kelola/aturan-tim"
    answer = staff.post(page, data=fields_of(staff, page, "team_min") | {"team_min": ["dua"]})
    assert answer.status_code == 422
    assert words in answer.text
    assert 'value="dua"' in answer.text


def test_the_proposal_keeps_odd_answers_and_says_so_in_indonesian(app, sign_in_as) -> None:
    scene = make_scene()
    captain = sign_in_as(scene.captain)
    made = captain.post(f"/k/{scene.event.slug}/usulan/baru", data={"team": scene.team.public_id}).location
    sent = {"version": "0", "action": "save", "f-biaya": "banyak", "f-mulai": "kemarin", "f-tautan": "x"}
    assert captain.post(made, data=sent).status_code == 302
    page = captain.get(made).text
    for words in ("Tulis sebagai angka", "Tulis sebagai tanggal yang benar.", "Tulis alamat web lengkap"):
        assert words in page


@pytest.mark.parametrize(
    ("locale", "words"), [("id", "sudah terlalu lama terbuka"), ("en", "open for too long")]
)
def test_the_script_hears_of_an_old_token_in_the_persons_language(
    app, sign_in_as, monkeypatch, locale, words
) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    person = sign_in_as(build.make_user(locale=locale))
    answer = person.post("/akun", data={"csrf_token": "old"}, headers={"Accept": "application/json"})
    assert answer.status_code == 400
    assert answer.json["error"] == "csrf"
    assert words in answer.json["message"]
