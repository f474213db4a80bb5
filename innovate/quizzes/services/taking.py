"""Taking a test: a sheet is drawn, every answer is kept, and the clock of the server says when it is over."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from innovate.core.db import db, locked
from innovate.core.errors import NotFound, Refused, Stale, require
from innovate.learning.models import Enrolment
from innovate.learning.policy import Guest
from innovate.quizzes import policy
from innovate.quizzes.domain.drawing import draw_questions
from innovate.quizzes.domain.kinds import Stage, due_of
from innovate.quizzes.domain.scoring import read_answer, total
from innovate.quizzes.models import Quiz, QuizAnswer, QuizItem, QuizSheet
from innovate.quizzes.queries.bank import list_usable, load_versions
from innovate.quizzes.queries.quizzes import get_quiz
from innovate.quizzes.queries.sheets import find_place, list_own, load_sheet
from innovate.quizzes.services.trail import note

Given = Mapping[int, Sequence[str]]  # what was sent, by position


class Saved(NamedTuple):
    """The sheet after its answers arrived; `late`: they are kept, and not scored."""

    sheet: QuizSheet
    late: bool


def start_sheet(guest: Guest, public_id: str, *, at: datetime) -> QuizSheet:
    """The person's sheet: the one they are filling in, or a new one with its questions drawn."""
    place = _hold_place(guest)
    quiz = _hold_open(guest, public_id, at)
    own = list_own([quiz.id], place.user_id)
    running = [sheet for sheet in own if not sheet.is_over(at)]
    if running:
        return running[-1]
    used = _l("Semua percobaan Anda sudah terpakai.")
    require(len(own) < quiz.attempts, Refused(used))
    sheet = QuizSheet(
        quiz_id=quiz.id,
        user_id=place.user_id,
        unit_id=place.unit_id,
        attempt=len(own) + 1,
        seed=secrets.token_hex(16),
        started_at=at,
        due_at=due_of(at, quiz.minutes, quiz.closes_at),
        most=0,
    )
    db.session.add(sheet)
    db.session.flush()
    _ask(sheet, quiz)
    note(
        "quiz.start",
        guest,
        ("quiz", quiz.id),
        at,
        after={"attempt": sheet.attempt},
        subject_id=place.user_id,
    )
    return sheet


def save_answers(
    guest: Guest,
    sheet: QuizSheet,
    given: Given,
    *,
    version: int | None = None,
    seen: int | None = None,
    at: datetime,
) -> Saved:
    """Keep what was sent. With `version` (a script in some window) an older state does not overwrite a newer one;
    with `seen` (a button there) what was left blank on an older page empties nothing.

    What arrives after the end is kept beside the answers and not scored.
    """
    sheet = _hold_sheet(guest, sheet)
    if sheet.is_over(at):
        return Saved(sheet, late=_keep_late(guest, sheet, given, at))
    text = _l("Jawaban yang lebih baru sudah tersimpan dari jendela lain. Muat ulang halaman ini.")
    newer = Stale(text, details={"version": sheet.version})
    require(version is None or version == sheet.version, newer)
    is_older = seen is not None and seen < sheet.version
    for answer in sheet.answers:
        if answer.position in given:
            value = read_answer(answer.version.content, given[answer.position])
            answer.given = answer.given if value is None and is_older else value
    _count(sheet)
    sheet.version += 1
    sheet.saved_at = at
    db.session.flush()
    return Saved(sheet, late=False)


def hand_in(guest: Guest, sheet: QuizSheet, given: Given, *, seen: int | None = None, at: datetime) -> Saved:
    """Keep what was sent and end the attempt."""
    saved = save_answers(guest, sheet, given, seen=seen, at=at)
    if not saved.sheet.is_over(at):
        saved.sheet.handed_at = at
        note(
            "quiz.hand_in",
            guest,
            ("quiz", saved.sheet.quiz_id),
            at,
            after={"attempt": saved.sheet.attempt, "answered": saved.sheet.answered},
            subject_id=saved.sheet.user_id,
        )
    return saved


def _hold_place(guest: Guest) -> Enrolment:
    """The person's place, held: of two presses at once the second finds what the first began."""
    place = find_place(guest.activity.id, guest.user_id)
    text = _l("Tes ini untuk peserta yang terdaftar. Daftar dahulu di halaman kegiatannya.")
    if place is None:
        raise Refused(text)
    held = locked(Enrolment, place.id)
    require(held.withdrawn_at is None, Refused(text))
    return held


def _hold_open(guest: Guest, public_id: str, at: datetime) -> Quiz:
    """The test as it is now, shared with other takers, kept from its makers' hands until the commit."""
    found = get_quiz(guest.activity.id, public_id)
    query = select(Quiz).where(Quiz.id == found.id).with_for_update(read=True)
    quiz = db.session.scalars(query.execution_options(populate_existing=True)).one()
    stage = quiz.stage(at)
    require(stage is not Stage.DRAFT and quiz.removed_at is None, NotFound())
    require(policy.is_held(guest), Refused(_l("Kegiatan ini tidak berlangsung.")))
    require(stage is not Stage.WAITING, Refused(_l("Tes ini belum dibuka.")))
    require(stage is Stage.OPEN, Refused(_l("Tes ini sudah ditutup.")))
    return quiz


def _ask(sheet: QuizSheet, quiz: Quiz) -> None:
    """Draw the questions and put them on the sheet in the versions in force."""
    pool = {question.id: question.version.tags for question in list_usable(quiz.activity_id)}
    fixed = [item.question_id for item in _list_items(quiz)]
    chosen = draw_questions(sheet.seed, fixed, quiz.drawn, pool, shuffled=quiz.shuffles)
    versions = load_versions(chosen)
    db.session.add_all(
        QuizAnswer(sheet_id=sheet.id, position=number, version_id=versions[key].id)
        for number, key in enumerate(chosen, 1)
    )
    sheet.most = sum(versions[key].content.most for key in chosen)
    db.session.flush()


def _list_items(quiz: Quiz) -> Sequence[QuizItem]:
    """The fixed questions, in their order."""
    query = select(QuizItem).where(QuizItem.quiz_id == quiz.id).order_by(QuizItem.position)
    return db.session.scalars(query).all()


def _hold_sheet(guest: Guest, sheet: QuizSheet) -> QuizSheet:
    require(sheet.user_id == guest.user_id, NotFound())
    return load_sheet(locked(QuizSheet, sheet.id))


def _count(sheet: QuizSheet) -> None:
    contents = {answer.position: answer.version.content for answer in sheet.answers}
    answers = {answer.position: answer.given for answer in sheet.answers}
    won, _most = total(contents, answers)
    sheet.num, sheet.den = won.numerator, won.denominator
    sheet.answered = sum(answer is not None for answer in answers.values())


def _keep_late(guest: Guest, sheet: QuizSheet, given: Given, at: datetime) -> bool:
    """Keep what differs from what was in time; whether anything does."""
    kept = 0
    for answer in sheet.answers:
        if answer.position not in given:
            continue
        value = read_answer(answer.version.content, given[answer.position])
        if value is not None and value not in (answer.given, answer.late):
            answer.late, answer.late_at = value, at
            kept += 1
    if kept:
        note(
            "quiz.late",
            guest,
            ("quiz", sheet.quiz_id),
            at,
            after={"attempt": sheet.attempt, "late": kept},
            subject_id=sheet.user_id,
        )
    return kept > 0
