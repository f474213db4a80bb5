"""Results as files. Anonymous ones hold counts and words in no order, never a row a person."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from innovate.core.workbooks import Sheet, write_workbook
from innovate.surveys.domain.questionnaire import Question
from innovate.surveys.domain.skm import half_up
from innovate.surveys.models import Survey, SurveyResponse
from innovate.surveys.queries.results import Outcome, list_questions, list_responses
from innovate.surveys.words import ELEMENTS, GRADES, PARTS

_RISKY = ("=", "+", "-", "@", "\t", "\r")


def as_csv(survey: Survey, outcome: Outcome, locale: str) -> bytes:
    """UTF-8 with a byte order mark: a row an answer of a named survey, else the counts."""
    sheet = _counts(outcome, locale) if survey.anonymous else _rows(survey, locale)
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    for row in (sheet.heads, *sheet.rows):
        writer.writerow([_harmless(cell) for cell in row])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def as_xlsx(survey: Survey, outcome: Outcome, locale: str) -> bytes:
    """Counts, words, the index of an SKM, and the rows of a named survey."""
    sheets = [_counts(outcome, locale), _words(outcome, locale)]
    if outcome.index:
        sheets.insert(0, _index(outcome))
    if not survey.anonymous:
        sheets.append(_rows(survey, locale))
    return write_workbook(survey.name.say(locale), sheets)


def _harmless(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(_RISKY) else value


def _counts(outcome: Outcome, locale: str) -> Sheet:
    heads = [_("Pertanyaan"), _("Jawaban"), _("Jumlah"), _("Yang menjawab"), _("Rata-rata")]
    rows: list[Sequence[Any]] = []
    for each in outcome.tallies:
        text = each.question.text.say(locale)
        if each.hidden:
            rows.append([text, _("kurang dari 5 jawaban, tidak ditampilkan"), None, None, None])
            continue
        mean = float(half_up(each.mean)) if each.mean is not None and each.mean >= 0 else None
        words = dict(each.question.values)
        rows.append([text, "", None, each.n, mean])
        rows += [
            [text, words[value].say(locale) if value in words else value, count, None, None]
            for value, count in each.counts.items()
        ]
    return Sheet(_("Hitungan"), heads, rows)


def _words(outcome: Outcome, locale: str) -> Sheet:
    rows = [[each.question.text.say(locale), text] for each in outcome.tallies for text in each.words]
    return Sheet(_("Jawaban tertulis"), [_("Pertanyaan"), _("Jawaban")], rows)


def _index(outcome: Outcome) -> Sheet:
    if outcome.index is None:
        raise ValueError("no index")
    rows: list[Sequence[Any]] = [
        [str(ELEMENTS[key]), float(value)] for key, value in outcome.index.shown.items()
    ]
    rows.append([_("Indeks Kepuasan Masyarakat"), float(outcome.index.value)])
    rows.append([_("Mutu"), f"{outcome.index.grade} ({GRADES[outcome.index.grade]})"])
    return Sheet(_("SKM"), [_("Unsur"), _("Nilai")], rows)


def _rows(survey: Survey, locale: str) -> Sheet:
    questions = list_questions(survey)
    heads = [_("Nama"), _("Unit"), _("Peran"), _("Waktu"), *(each.text.say(locale) for each in questions)]
    zone = ZoneInfo(survey.zone)
    return Sheet(
        _("Jawaban"), heads, [_row(each, questions, zone, locale) for each in list_responses(survey)]
    )


def _row(row: SurveyResponse, questions: Iterable[Question], zone: ZoneInfo, locale: str) -> list[Any]:
    asked = row.invitation
    at = row.at.astimezone(zone).replace(tzinfo=None) if row.at else None
    return [
        (asked.name or asked.email) if asked else "",
        row.unit.name if row.unit else "",
        str(PARTS[row.part]) if row.part else "",
        at,
        *(_say(question, row.answers.get(question.key), locale) for question in questions),
    ]


def _say(question: Question, value: Any, locale: str) -> Any:
    words = dict(question.values)
    if isinstance(value, list):
        return "; ".join(words[each].say(locale) if each in words else str(each) for each in value)
    if isinstance(value, str) and value in words:
        return words[value].say(locale)
    return value
