"""Every rule with every way it can turn out."""

from __future__ import annotations

import json
from datetime import date, datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovate.events.domain.eligibility import (
    DEFAULTS,
    RuleKind,
    closing_day,
    complete_parameters,
    find_parameter_problem,
)
from innovate.events.domain.kinds import FieldKind
from innovate.events.domain.meanings import Meaning
from innovate.events.domain.months import add_months, full_months
from innovate.ideas.domain.eligibility.answers import (
    Answer,
    Outcome,
    Record,
    Rule,
    list_stopping,
    read_record,
)
from innovate.ideas.domain.eligibility.facts import Facts, FormerWin
from innovate.ideas.domain.eligibility.judge import judge

CLOSING = date(2026, 10, 18)
MET, NOT_MET, UNKNOWN = Outcome.MET, Outcome.NOT_MET, Outcome.UNKNOWN


def field(key, kind=FieldKind.SHORT, meaning=None, *, required=False, word_limit=None):
    return SimpleNamespace(
        key=key,
        kind=kind,
        label=key.title(),
        meaning=meaning,
        required=required,
        word_limit=word_limit,
        options={},
    )


USE = field("mulai", FieldKind.DATE, Meaning.USE_START)
LETTER, DECREE = field("surat", FieldKind.FILE), field("sk", FieldKind.FILE)


def facts(**values):
    return Facts(**{"title": "PECI HAJI", "fields": (USE,), "answers": {}, "closing": CLOSING, **values})


def ask(kind, known, *, blocks=False, **parameters):
    (answer,) = judge([Rule(kind, complete_parameters(kind, parameters), blocks)], known)
    assert (answer.kind, answer.blocks) == (kind, blocks)
    return answer


def turned_out(answer):
    return answer.outcome, answer.code, answer.anchor


# -- age ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "months", "code", "outcome"),
    [
        ("2026-03-03", 7, "young", NOT_MET),
        ("2025-10-18", 12, "old_enough", MET),
        ("2025-10-19", 11, "young", NOT_MET),
        ("2026-10-18", 0, "young", NOT_MET),
    ],
)
def test_the_least_age_on_the_closing_day(start, months, code, outcome):
    answer = ask(RuleKind.MINIMUM_AGE, facts(answers={"mulai": start}), months=12)
    assert (answer.outcome, answer.code, answer.values["months"]) == (outcome, code, months)
    assert answer.values["latest"] == "2025-10-18"
    assert answer.values["closing"] == "2026-10-18"
    assert answer.anchor == "f-mulai"


@pytest.mark.parametrize(
    ("start", "code", "outcome"),
    [
        ("2021-10-17", "old", NOT_MET),
        ("2021-10-18", "young_enough", MET),
        ("2026-10-18", "young_enough", MET),
        ("2026-10-19", "ahead", NOT_MET),
    ],
)
def test_the_highest_age_may_be_reached_on_the_closing_day(start, code, outcome):
    answer = ask(RuleKind.MAXIMUM_AGE, facts(answers={"mulai": start}), months=60)
    assert turned_out(answer) == (outcome, code, "f-mulai")


@pytest.mark.parametrize("kind", [RuleKind.MINIMUM_AGE, RuleKind.MAXIMUM_AGE])
def test_an_age_that_cannot_be_told_yet(kind):
    assert turned_out(ask(kind, facts())) == (UNKNOWN, "no_day", "f-mulai")
    assert turned_out(ask(kind, facts(answers={"mulai": "besok"}))) == (UNKNOWN, "no_day", "f-mulai")
    assert turned_out(ask(kind, facts(fields=()))) == (UNKNOWN, "no_field", "")
    assert turned_out(ask(kind, facts(), since="trial_start")) == (UNKNOWN, "no_field", "")
    begun = facts(answers={"mulai": "2020-01-01"}, closing=None)
    assert turned_out(ask(kind, begun)) == (UNKNOWN, "no_closing", "")
    late = facts(answers={"mulai": "2026-10-19"})
    assert turned_out(ask(kind, late)) == (NOT_MET, "ahead", "f-mulai")


@given(st.dates(date(2000, 1, 1), CLOSING), st.integers(1, 240))
def test_an_age_between_two_borders_is_what_the_months_say(start, months):
    known = facts(answers={"mulai": start.isoformat()})
    least, most = (ask(kind, known, months=months) for kind in (RuleKind.MINIMUM_AGE, RuleKind.MAXIMUM_AGE))
    assert (least.outcome is MET) == (full_months(start, CLOSING) >= months)
    assert (most.outcome is MET) == (add_months(start, months) >= CLOSING)


def test_midnight_ends_the_day_before_it_in_the_zone_of_the_event():
    zone = ZoneInfo("Asia/Pontianak")
    assert closing_day(datetime(2026, 10, 18, 23, 59, tzinfo=zone), zone) == CLOSING
    assert closing_day(datetime(2026, 10, 19, 0, 0, tzinfo=zone), zone) == CLOSING
    assert closing_day(datetime(2026, 10, 18, 12, 0, tzinfo=zone), zone) == CLOSING
    assert closing_day(datetime(2026, 10, 18, 23, 59, tzinfo=zone), ZoneInfo("Asia/Jayapura")) == date(
        2026, 10, 19
    )


# -- former winners -----------------------------------------------------------------------------------------------


def win(**values):
    return FormerWin(
        **{
            "event_name": "Kompetisi 2025",
            "year": 2025,
            "title": "Peci Haji",
            "unit_id": 7,
            "rank": 1,
            "award": "",
        }
        | values
    )


@pytest.mark.parametrize(
    ("won", "asked", "outcome"),
    [
        (win(), {}, NOT_MET),
        (win(title="PECI HAJI 2.0"), {}, NOT_MET),
        (win(title="Perekaman Cetak KIA"), {}, NOT_MET),  # the title then was what the acronym stands for
        (win(title="LENTERA"), {}, MET),
        (win(title="LENTERA"), {"any_title": True}, NOT_MET),
        (win(rank=2), {}, MET),
        (win(rank=2), {"ranks": 3}, NOT_MET),
        (win(rank=0), {"ranks": 10}, MET),
        (win(year=2024), {"years": 2}, NOT_MET),
        (win(year=2023), {"years": 2}, MET),
        (win(unit_id=8), {}, NOT_MET),
        (win(unit_id=8), {"family": False}, MET),
        (win(unit_id=9), {}, MET),
        (win(unit_id=None), {}, MET),
    ],
)
def test_former_winners(won, asked, outcome):
    expansion = field("panjang", meaning=Meaning.EXPANSION)
    known = facts(
        unit_id=7,
        family=frozenset({7, 8}),
        wins=(won,),
        fields=(expansion,),
        answers={"panjang": "Perekaman Cetak KIA"},
    )
    answer = ask(RuleKind.FORMER_WINNER, known, **asked)
    assert answer.outcome is outcome
    assert answer.code == ("won" if outcome is NOT_MET else "never_won")


def test_the_latest_and_highest_win_is_named():
    known = facts(unit_id=7, family=frozenset({7}), wins=(win(year=2024), win(rank=2), win()))
    answer = ask(RuleKind.FORMER_WINNER, known, ranks=3)
    assert {
        "year": 2025,
        "rank": 1,
        "event": "Kompetisi 2025",
        "title": "Peci Haji",
    }.items() <= answer.values.items()


def test_a_former_win_that_cannot_be_told_yet():
    kind = RuleKind.FORMER_WINNER
    assert turned_out(ask(kind, facts(wins=(win(),)))) == (UNKNOWN, "no_unit", "")
    assert turned_out(ask(kind, facts(unit_id=7, title=" "))) == (UNKNOWN, "no_title", "title")
    assert turned_out(ask(kind, facts(unit_id=7, title=""), any_title=True)) == (MET, "never_won", "")
    assert turned_out(ask(kind, facts(unit_id=7, closing=None))) == (UNKNOWN, "no_closing", "")


# -- letters, titles, words, people -------------------------------------------------------------------------------


def test_letters():
    kind, asked = RuleKind.LETTERS, {"fields": ["surat", "sk"]}
    some = facts(fields=(LETTER, DECREE), files={"surat": 1})
    answer = ask(kind, some, **asked)
    assert turned_out(answer) == (NOT_MET, "letters_missing", "f-sk")
    assert answer.values["labels"] == ["Sk"]
    assert turned_out(ask(kind, facts(fields=(LETTER, DECREE)), **asked))[2] == "f-surat"
    there = facts(fields=(LETTER, DECREE), files={"surat": 2, "sk": 1})
    assert turned_out(ask(kind, there, **asked)) == (MET, "letters_there", "")
    assert turned_out(ask(kind, facts(fields=(LETTER,)), fields=["hilang"])) == (UNKNOWN, "no_letters", "")


def test_titles_of_others():
    kind = RuleKind.SAME_TITLE
    taken = ask(kind, facts(other_titles=("Peci-Haji", "PECI HAJI 2", "peci haji")))
    assert (*turned_out(taken), taken.values) == (NOT_MET, "title_taken", "title", {"count": 2})
    assert turned_out(ask(kind, facts(other_titles=("LENTERA",)))) == (MET, "title_free", "")
    assert turned_out(ask(kind, facts(title="", other_titles=("",)))) == (UNKNOWN, "no_title", "title")


def test_words_against_filler():
    kind = RuleKind.MINIMUM_WORDS
    idea = field("ide", FieldKind.LONG, required=True)
    more = field("tambahan", FieldKind.LONG)
    brief = field("ringkas", FieldKind.LONG, word_limit=3)
    form = (field("judul"), idea, more, brief)

    def say(**answers):
        return ask(kind, facts(fields=form, answers=answers), least_words=5)

    assert turned_out(say()) == (UNKNOWN, "no_words", "f-ide")
    assert turned_out(say(ide="satu dua tiga empat lima")) == (MET, "enough_words", "")
    few = say(ide="satu dua tiga empat")
    assert turned_out(few) == (NOT_MET, "few_words", "f-ide")
    assert few.values["parts"] == [["Ide", 4]]
    both = say(ide="satu dua tiga empat lima", tambahan="-")
    assert turned_out(both) == (NOT_MET, "few_words", "f-tambahan")
    assert turned_out(say(ide="satu dua tiga empat lima", ringkas="a b c")) == (MET, "enough_words", "")
    assert turned_out(say(tambahan="-"))[1] == "few_words"


def test_only_asn():
    assert turned_out(ask(RuleKind.ASN_ONLY, facts(members=3, non_asn=1))) == (NOT_MET, "not_asn", "")
    assert turned_out(ask(RuleKind.ASN_ONLY, facts(members=3))) == (MET, "all_asn", "")


# -- what stops, what is kept, what may be asked ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("outcome", "anchor", "blocks", "stops"),
    [
        (NOT_MET, "", True, True),
        (NOT_MET, "f-mulai", False, False),
        (UNKNOWN, "f-mulai", True, True),
        (UNKNOWN, "", True, False),  # nothing the team could write would change it
        (UNKNOWN, "f-mulai", False, False),
        (MET, "f-mulai", True, False),
    ],
)
def test_what_keeps_an_entry_from_being_handed_in(outcome, anchor, blocks, stops):
    answer = Answer(RuleKind.MINIMUM_AGE, outcome, "x", {}, anchor, blocks)
    assert answer.stops is stops
    assert list_stopping([answer]) == ([answer] if stops else [])


@pytest.mark.parametrize("closing", [CLOSING, None])
def test_a_record_comes_back_as_it_was_kept(closing):
    rules = tuple(Rule(kind, complete_parameters(kind, {}), blocks=True) for kind in RuleKind)
    known = facts(
        unit_id=7, wins=(win(),), family=frozenset({7}), closing=closing, answers={"mulai": "2026-03-03"}
    )
    record = Record(rules, judge(rules, known), closing)
    assert read_record(json.loads(json.dumps(record.as_json()))) == record
    assert read_record(None) is None
    assert read_record({}) is None


@pytest.mark.parametrize(
    ("kind", "given", "problem"),
    [
        (RuleKind.MINIMUM_AGE, {}, None),
        (RuleKind.MINIMUM_AGE, {"months": 0}, "months"),
        (RuleKind.MINIMUM_AGE, {"months": 241}, "months"),
        (RuleKind.MINIMUM_AGE, {"months": "12"}, "months"),
        (RuleKind.MINIMUM_AGE, {"months": True}, "months"),
        (RuleKind.MAXIMUM_AGE, {"since": "origin"}, "since"),
        (RuleKind.FORMER_WINNER, {"years": 0}, "years"),
        (RuleKind.FORMER_WINNER, {"ranks": 11}, "ranks"),
        (RuleKind.LETTERS, {}, "fields"),
        (RuleKind.LETTERS, {"fields": [1]}, "fields"),
        (RuleKind.LETTERS, {"fields": ["surat"]}, None),
        (RuleKind.MINIMUM_WORDS, {"least_words": 501}, "least_words"),
        (RuleKind.SAME_TITLE, {}, None),
        (RuleKind.ASN_ONLY, {}, None),
    ],
)
def test_parameters(kind, given, problem):
    assert find_parameter_problem(kind, complete_parameters(kind, given)) == problem


def test_parameters_of_other_kinds_are_left_out():
    assert complete_parameters(RuleKind.SAME_TITLE, {"months": 3}) == {}
    assert set(DEFAULTS) == set(RuleKind)
