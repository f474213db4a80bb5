"""What may be asked, in which order, and what is taken as an answer."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovate.surveys.domain import editing
from innovate.surveys.domain.answers import collect, read, take
from innovate.surveys.domain.editing import Fault
from innovate.surveys.domain.kinds import Part, QuestionKind
from innovate.surveys.domain.questionnaire import (
    Condition,
    Option,
    Question,
    Questionnaire,
    Section,
    Text,
    pack,
    unpack,
)
from innovate.surveys.services.ready_made import KEYS, load_ready_made
from tests.factories.surveys import WHOLE


def test_text_falls_back_to_indonesian() -> None:
    assert Text("Ya", "Yes").say("en") == "Yes"
    assert Text("Ya").say("en") == "Ya"
    assert Text("Ya", "Yes").say("id") == "Ya"


def test_json_and_back() -> None:
    assert unpack(pack(WHOLE)) == WHOLE
    for ready in load_ready_made().values():
        assert unpack(pack(ready.whole)) == ready.whole


@pytest.mark.parametrize("key", KEYS)
def test_every_ready_made_text_is_in_both_languages(key: str) -> None:
    ready = load_ready_made()[key]
    for question in ready.whole.questions():
        texts = [question.text, *(option.text for option in question.options)]
        assert all(text.id and text.en for text in texts), question.key
    assert ready.title.en
    assert ready.intro.en
    assert ready.about.en


def test_the_skm_asks_the_nine_elements_from_1_to_4() -> None:
    asked = [each for each in load_ready_made()["skm"].whole.questions() if each.element]
    assert [each.element for each in asked] == [f"u{n}" for n in range(1, 10)]
    assert {(each.kind, each.top, each.required) for each in asked} == {(QuestionKind.SCALE, 4, True)}


def test_a_question_is_asked_only_after_its_answer() -> None:
    no = read(WHOLE, {"p1": ["3"], "p2": ["tidak"]})
    assert no.faults == {"p3": "missing"}
    yes = read(WHOLE, {"p1": ["3"], "p2": ["ya"], "p3": ["tidak dihitung"]})
    assert (yes.faults, yes.answers) == ({}, {"p1": 3, "p2": "ya"})
    assert "p3" not in yes.shown


def test_sections_are_for_parts() -> None:
    whole = load_ready_made()["perilaku"].whole
    seen = {part: {q.key for s in read(whole, {}, part).sections for q in s.questions} for part in Part}
    assert "hambatan" in seen[Part.ALUMNUS]
    assert not seen[Part.ALUMNUS] & seen[Part.PEER]
    assert all(key.endswith("-superior") for key in seen[Part.SUPERIOR])


@pytest.mark.parametrize(
    ("kind", "typed", "value", "fault"),
    [
        (QuestionKind.NUMBER, "88,5", 88.5, ""),
        (QuestionKind.NUMBER, "88.5", 88.5, ""),
        (QuestionKind.NUMBER, "-3", -3, ""),
        (QuestionKind.NUMBER, "1.234", None, "ambiguous"),
        (QuestionKind.NUMBER, "0.125", 0.125, ""),
        (QuestionKind.NUMBER, "banyak", None, "no_number"),
        (QuestionKind.NUMBER, "NaN", None, "no_number"),
        (QuestionKind.NUMBER, "1e99", None, "no_number"),
        (QuestionKind.DATE, "2026-11-23", "2026-11-23", ""),
        (QuestionKind.DATE, "23-11-2026", None, "no_day"),
        (QuestionKind.DATE, "0001-01-01", None, "no_day"),
        (QuestionKind.SCALE, "5", 5, ""),
        (QuestionKind.SCALE, "6", None, "unknown"),
        (QuestionKind.SHORT, "x" * 301, None, "long"),
        (QuestionKind.LONG, "x" * 301, "x" * 301, ""),
    ],
)
def test_what_is_taken(kind: QuestionKind, typed: str, value: object, fault: str) -> None:
    assert take(Question("p", kind, Text("?")), [typed]) == (value, fault)


def test_several_keep_the_order_of_the_options() -> None:
    options = tuple(Option(key, Text(key)) for key in "abc")
    question = Question("p", QuestionKind.SEVERAL, Text("?"), options=options)
    assert take(question, ["c", "a"]) == (["a", "c"], "")
    assert take(question, ["c", "x"]) == (None, "unknown")


@given(
    st.dictionaries(
        st.sampled_from(["p1", "p2", "p3", "p4", "x"]), st.lists(st.text(max_size=20), max_size=3)
    )
)
def test_nothing_sent_breaks_reading(sent) -> None:
    raw = collect(WHOLE, lambda name: sent.get(name.removeprefix("q-"), []))
    reading = read(WHOLE, raw)
    assert set(reading.answers) <= reading.shown
    assert not set(reading.answers) & set(reading.faults)


# -- building -----------------------------------------------------------------------------------------------------


def test_options_keep_their_key_while_their_words_stay() -> None:
    first = editing.read_options("Ya | Yes\nTidak | No")
    second = editing.read_options("Mungkin\nTidak | Nope\nYa", first)
    keys = {each.text.id: each.key for each in first}
    assert [each.key for each in second] == ["o3", keys["Tidak"], keys["Ya"]]
    assert editing.read_options(editing.write_options(first), first) == first


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"text": Text()}, "no_text"),
        ({"kind": QuestionKind.SINGLE, "options": ()}, "few_options"),
        ({"kind": QuestionKind.SCALE, "top": 7}, "wrong_scale"),
        ({"show": Condition("p9", ("ya",))}, "depends_later"),
        ({"show": Condition("p2", ("entah",))}, "depends_nothing"),
        ({"show": Condition("p2", ())}, "depends_nothing"),
    ],
)
def test_what_cannot_be_asked(change: dict, code: str) -> None:
    question = WHOLE.find("p4")
    assert question is not None
    with pytest.raises(Fault) as refused:
        editing.put_question(WHOLE, "s2", replace(question, **change))
    assert refused.value.code == code


def test_a_question_does_not_move_before_what_it_depends_on() -> None:
    with pytest.raises(Fault) as refused:
        editing.move_question(WHOLE, "p3", -1)
    assert refused.value.code == "depends_later"
    with pytest.raises(Fault):
        editing.remove_question(WHOLE, "p2")


def test_a_question_moves_over_the_edge_of_its_section() -> None:
    moved = editing.move_question(WHOLE, "p4", -1)
    assert [[q.key for q in s.questions] for s in moved.sections] == [["p1", "p2", "p3", "p4"], []]
    assert editing.move_question(WHOLE, "p1", -1) == WHOLE


def test_keys_are_never_given_twice() -> None:
    assert editing.next_key("p", ["p1", "p7", "reaksi", "px"]) == "p8"
    assert editing.next_key("p", []) == "p1"


def test_sections_move_only_where_conditions_allow() -> None:
    late = Section(
        "s3",
        Text("Lagi"),
        questions=(Question("p5", QuestionKind.SHORT, Text("?"), show=Condition("p2", ("ya",))),),
    )
    whole = editing.check(Questionnaire((*WHOLE.sections, late)))
    with pytest.raises(Fault):
        editing.check(Questionnaire(editing.move(editing.move(whole.sections, "s3", -1), "s3", -1)))


@pytest.mark.parametrize("typed", ["1e999999999", "1e9", "1_000", "٣", "NaN", "9" * 400, "-", "+"])
def test_odd_numbers_are_refused_and_break_nothing(typed) -> None:
    assert take(Question("p", QuestionKind.NUMBER, Text("?")), [typed]) == (None, "no_number")
