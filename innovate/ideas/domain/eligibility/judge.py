"""The rules themselves: each looks at the facts and answers with a code and its numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from innovate.events.domain.eligibility import RuleKind
from innovate.events.domain.meanings import Meaning
from innovate.events.domain.months import add_months, full_months, latest_start
from innovate.ideas.domain.answers import count_words, read_date
from innovate.ideas.domain.completeness import anchor_of
from innovate.ideas.domain.eligibility.answers import Answer, Outcome, Rule
from innovate.ideas.domain.eligibility.facts import Facts
from innovate.ideas.domain.eligibility.titles import alike, same_title

Parameters = Mapping[str, Any]
MET, NOT_MET, UNKNOWN = Outcome.MET, Outcome.NOT_MET, Outcome.UNKNOWN


def judge(rules: Sequence[Rule], facts: Facts) -> tuple[Answer, ...]:
    """Every rule's answer, in the order of the rules."""
    return tuple(
        replace(_RULES[rule.kind](rule.parameters, facts), blocks=rule.blocks, kind=rule.kind)
        for rule in rules
    )


def _minimum_age(asked: Parameters, facts: Facts) -> Answer:
    answer = _age(RuleKind.MINIMUM_AGE, asked, facts)
    if answer.code != "age":
        return answer
    if answer.values["months"] >= asked["months"]:
        return replace(answer, code="old_enough")
    return replace(answer, outcome=NOT_MET, code="young")


def _maximum_age(asked: Parameters, facts: Facts) -> Answer:
    answer = _age(RuleKind.MAXIMUM_AGE, asked, facts)
    if answer.code != "age":
        return answer
    is_old = add_months(date.fromisoformat(answer.values["day"]), asked["months"]) < (
        facts.closing or date.max
    )
    return replace(answer, outcome=NOT_MET, code="old") if is_old else replace(answer, code="young_enough")


def _age(kind: RuleKind, asked: Parameters, facts: Facts) -> Answer:
    """`age` with its numbers; another code where there is no age to tell."""
    values: dict[str, Any] = {"since": str(asked["since"]), "asked": asked["months"]}
    field = facts.find_field(Meaning(asked["since"]))
    if field is None:
        return Answer(kind, UNKNOWN, "no_field", values)
    anchor, day = anchor_of(field), read_date(str(facts.answers.get(field.key) or ""))
    if day is None:
        return Answer(kind, UNKNOWN, "no_day", values, anchor)
    if facts.closing is None:
        return Answer(kind, UNKNOWN, "no_closing", values)
    values |= {
        "day": day.isoformat(),
        "closing": facts.closing.isoformat(),
        "months": full_months(day, facts.closing),
        "latest": latest_start(facts.closing, asked["months"]).isoformat(),
    }
    if day > facts.closing:
        return Answer(kind, NOT_MET, "ahead", values, anchor)
    return Answer(kind, MET, "age", values, anchor)


def _former_winner(asked: Parameters, facts: Facts) -> Answer:
    kind = RuleKind.FORMER_WINNER
    values: dict[str, Any] = {"years": asked["years"], "ranks": asked["ranks"]}
    if facts.closing is None:
        return Answer(kind, UNKNOWN, "no_closing", values)
    if facts.unit_id is None:
        return Answer(kind, UNKNOWN, "no_unit", values)
    if not facts.title.strip() and not asked["any_title"]:
        return Answer(kind, UNKNOWN, "no_title", values, "title")
    since = facts.closing.year - asked["years"]
    own = facts.family if asked["family"] else {facts.unit_id}
    expansion = facts.find_field(Meaning.EXPANSION)
    names = [facts.title, str(facts.answers.get(expansion.key) or "") if expansion else ""]
    for win in sorted(facts.wins, key=lambda won: (-won.year, won.rank)):
        counts = win.unit_id in own and win.year >= since and 1 <= win.rank <= asked["ranks"]
        if counts and (asked["any_title"] or any(alike(name, win.title) for name in names)):
            values |= {"event": win.event_name, "year": win.year, "title": win.title}
            values |= {"rank": win.rank, "award": win.award}
            return Answer(kind, NOT_MET, "won", values, "title")
    return Answer(kind, MET, "never_won", values)


def _letters(asked: Parameters, facts: Facts) -> Answer:
    wanted = [each for each in facts.fields if each.key in asked["fields"]]
    missing = [each for each in wanted if not facts.files.get(each.key)]
    labels = {"labels": [each.label for each in missing or wanted]}
    if not wanted:
        return Answer(RuleKind.LETTERS, UNKNOWN, "no_letters", labels)
    if missing:
        return Answer(RuleKind.LETTERS, NOT_MET, "letters_missing", labels, anchor_of(missing[0]))
    return Answer(RuleKind.LETTERS, MET, "letters_there", labels)


def _same_title(_asked: Parameters, facts: Facts) -> Answer:
    kind = RuleKind.SAME_TITLE
    if not facts.title.strip():
        return Answer(kind, UNKNOWN, "no_title", anchor="title")
    same = sum(same_title(facts.title, other) for other in facts.other_titles)
    if same:
        return Answer(kind, NOT_MET, "title_taken", {"count": same}, "title")
    return Answer(kind, MET, "title_free")


def _minimum_words(asked: Parameters, facts: Facts) -> Answer:
    """Every long text that was answered; those that must be answered are waited for."""
    kind, least = RuleKind.MINIMUM_WORDS, int(asked["least_words"])
    counted = [(each, count_words(text)) for each, text in facts.texts()]
    short = [(each, words) for each, words in counted if 0 < words < min(least, each.word_limit or least)]
    if short:
        values = {"parts": [[each.label, words] for each, words in short], "asked": least}
        return Answer(kind, NOT_MET, "few_words", values, anchor_of(short[0][0]))
    waiting = [each for each, words in counted if not words and each.required]
    if waiting:
        values = {"labels": [each.label for each in waiting], "asked": least}
        return Answer(kind, UNKNOWN, "no_words", values, anchor_of(waiting[0]))
    return Answer(kind, MET, "enough_words", {"asked": least})


def _asn_only(_asked: Parameters, facts: Facts) -> Answer:
    if facts.non_asn:
        values = {"count": facts.non_asn, "members": facts.members}
        return Answer(RuleKind.ASN_ONLY, NOT_MET, "not_asn", values)
    return Answer(RuleKind.ASN_ONLY, MET, "all_asn", {"members": facts.members})


_RULES: dict[RuleKind, Callable[[Parameters, Facts], Answer]] = {
    RuleKind.MINIMUM_AGE: _minimum_age,
    RuleKind.MAXIMUM_AGE: _maximum_age,
    RuleKind.FORMER_WINNER: _former_winner,
    RuleKind.LETTERS: _letters,
    RuleKind.SAME_TITLE: _same_title,
    RuleKind.MINIMUM_WORDS: _minimum_words,
    RuleKind.ASN_ONLY: _asn_only,
}
