"""The tests a person took, with what they answered."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from innovate.accounts.services.personal_data import Row, Source, add_source
from innovate.core.db import db
from innovate.privacy.queries.sources.rows import plain
from innovate.quizzes.models import Quiz, QuizAnswer, QuizSheet


def connect() -> None:
    """Register it."""
    add_source(Source("tes", _l("Tes pelatihan yang Anda kerjakan"), _list_sheets, ("quiz_sheets.user_id",)))


def _list_sheets(user_id: int) -> Iterator[Row]:
    """Answers in words; which of them were right is told on the page of the test, once it is over."""
    query = (
        select(QuizSheet)
        .where(QuizSheet.user_id == user_id)
        .options(
            joinedload(QuizSheet.quiz).joinedload(Quiz.activity),
            selectinload(QuizSheet.answers).joinedload(QuizAnswer.version),
        )
        .order_by(QuizSheet.id)
    )
    for sheet in db.session.scalars(query):
        yield {
            "kegiatan": sheet.quiz.activity.title,
            "tes": plain(sheet.quiz.moment),
            "percobaan": sheet.attempt,
            "mulai": plain(sheet.started_at),
            "dikumpulkan": plain(sheet.handed_at),
            "jawaban": [
                {
                    "soal": answer.version.text,
                    "jawaban": _say(answer, answer.given),
                    "terlambat": _say(answer, answer.late),
                }
                for answer in sheet.answers
            ],
        }


def _say(answer: QuizAnswer, given: list[object] | None) -> list[str]:
    """The words of the options chosen, or the text."""
    content = answer.version.content
    if not content.has_options:
        return [str(each) for each in given or []]
    return [content.options[int(str(index))].text for index in given or []]
