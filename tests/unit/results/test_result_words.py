"""How sure a place is, in words for everybody; every code has a sentence in both languages."""

import pytest
from flask_babel import force_locale

from config import FilesConfig
from innovate.app import create_app
from innovate.core.catalogues import compile_all
from innovate.core.spreadsheets import Reason, Unreadable
from innovate.results.domain.fair.codes import Flag, FlagCode, Note, NoteCode
from innovate.results.domain.sheets.faults import Fault, FaultCode
from innovate.results.domain.ties.rules import Decision, TieRule
from innovate.results.words.files import say_fault, say_unreadable
from innovate.results.words.notes import say_flag, say_note
from innovate.results.words.places import say_chance, say_decision, say_rank, say_score

VALUES = {
    "groups": [["a", "b"], ["c", "d", "e", "f", "g", "h"]],
    "bridges": [("a", "x")],
    "ballots": [("a", "x")],
    "ideas": ["a"],
    "jurors": ["x"],
    **dict.fromkeys(
        ("count", "share", "degrees", "single", "mean", "adjusted", "k", "points", "sum", "wanted"), 2
    ),
}


@pytest.fixture(scope="module", autouse=True)
def context():
    compile_all()
    with create_app(FilesConfig()).app_context():
        yield


def test_places_in_the_words_of_the_city():
    assert say_score(81.23, 76.6, 85.4) == "Nilai adil 81,2; kemungkinan besar antara 77 dan 85"
    assert say_rank(3, 1, 9) == "Peringkat 3 (rentang wajar 1–9)"
    assert say_rank(1, 1, 1) == "Peringkat 1"


@pytest.mark.parametrize(
    ("chance", "words"),
    [
        (0.71, "sekitar 7 dari 10 kemungkinan masuk 10 besar"),
        (0.66, "sekitar 13 dari 20 kemungkinan masuk 10 besar"),
        (0.01, "kemungkinan masuk 10 besar kurang dari 5 dari 100"),
        (0.999, "kemungkinan masuk 10 besar lebih dari 95 dari 100"),
    ],
)
def test_a_chance_is_told_in_steps_of_five_per_cent(chance, words):
    assert say_chance(chance, 10) == words


@pytest.mark.parametrize(
    ("decision", "words"),
    [
        (Decision(TieRule.HEAVIEST, 0, won=True), "unggul pada kriteria Kebaruan"),
        (Decision(TieRule.NEXT, 1), "di bawah pada kriteria Manfaat"),
        (Decision(TieRule.COUNT_BACK, 90.0, won=True), "lebih banyak penilaian di atas 90"),
        (
            Decision(TieRule.PLENARY, won=True, reason="Siap pakai"),
            "didahulukan oleh sidang pleno: Siap pakai",
        ),
        (Decision(TieRule.LOT, won=True), "unggul dalam undian publik"),
        (
            Decision(TieRule.SHARED, awaits_lot=True),
            "berbagi peringkat sampai undian publik ditarik saat pembekuan",
        ),
        (Decision(TieRule.SHARED, awaits_plenary=True), "berbagi peringkat sampai sidang pleno memutuskan"),
    ],
)
def test_what_decided_a_tie(decision, words):
    assert say_decision(decision, ["Kebaruan", "Manfaat"]) == words


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_code_has_its_sentence(language):
    with force_locale(language):
        said = [say_note(Note(code, VALUES)) for code in NoteCode]
        said += [
            say_flag(Flag(code, "x", "a", {**VALUES, "points": sign}))
            for code in FlagCode
            for sign in (-1, 1)
        ]
        said += [
            say_fault(Fault(code, 3, "score", "1.234", hint)) for code in FaultCode for hint in ("", "5")
        ]
        said += [say_unreadable(Unreadable(reason, 3, 2)) for reason in Reason]
        said += [
            say_decision(Decision(rule, 1, won=won, reason="r"), ["a", "b"])
            for rule in TieRule
            for won in (True, False)
        ]
    assert all(said)
    assert not [text for text in said if "%(" in text]
    if language == "en":
        assert [text for text in said if text.startswith("row 3, column")]
        assert not [text for text in said if " tidak " in text or "juri " in text]
