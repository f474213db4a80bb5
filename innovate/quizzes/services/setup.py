"""Setting tests up, publishing them, taking drafts back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select

from innovate.core.db import db, locked
from innovate.core.errors import NotFound, Refused, require
from innovate.learning.policy import Guest
from innovate.learning.queries.activities import get_session
from innovate.quizzes import policy
from innovate.quizzes.domain.drawing import Draw, lacking
from innovate.quizzes.domain.kinds import QuizState, due_of
from innovate.quizzes.domain.plan import MOST_QUESTIONS, Settings
from innovate.quizzes.models import Quiz, QuizItem, QuizSheet
from innovate.quizzes.queries.bank import list_usable
from innovate.quizzes.queries.quizzes import find_other, get_quiz, has_sheets
from innovate.quizzes.services.trail import note

_LOCKED = ("moment", "session_id", "minutes", "shuffles", "opens_at")


def create_quiz(guest: Guest, settings: Settings, *, at: datetime) -> Quiz:
    """A draft that only its makers see."""
    require(policy.can_make(guest))
    _check(settings)
    quiz = Quiz(
        activity_id=guest.activity.id,
        draws=[],
        created_by_id=guest.user_id,
        created_at=at,
        state=QuizState.DRAFT,
        **_columns(guest, settings),
    )
    _require_place(quiz)
    db.session.add(quiz)
    db.session.flush()
    note("quiz.create", guest, ("quiz", quiz.id), at, after=_values(quiz))
    return quiz


def update_quiz(guest: Guest, public_id: str, settings: Settings, *, at: datetime) -> Quiz:
    """Change it. Once somebody began, only its closing, its attempts and its introduction may change."""
    quiz = hold_quiz(guest, public_id)
    _check(settings)
    before, columns = _values(quiz), _columns(guest, settings)
    begun = _l(
        "Sudah ada yang mengerjakan. Yang masih dapat diubah: waktu tutup, jumlah percobaan, dan pengantar."
    )
    changed = any(getattr(quiz, name) != columns[name] for name in _LOCKED)
    require(not changed or not has_sheets(quiz.id), Refused(begun))
    for name, value in columns.items():
        setattr(quiz, name, value)
    _require_place(quiz)
    _move_sheets(quiz, at)
    after = _values(quiz)
    differing = [key for key in after if after[key] != before[key]]
    if differing:
        note(
            "quiz.update",
            guest,
            ("quiz", quiz.id),
            at,
            before={key: before[key] for key in differing},
            after={key: after[key] for key in differing},
        )
    return quiz


def set_questions(
    guest: Guest, public_id: str, fixed: Sequence[str], draws: Sequence[Draw], *, at: datetime
) -> Quiz:
    """Choose what it asks: questions everybody gets (public ids, in their order), and draws by tag."""
    quiz = hold_quiz(guest, public_id)
    require(not has_sheets(quiz.id), Refused(_l("Sudah ada yang mengerjakan, jadi soalnya terkunci.")))
    usable = {question.public_id: question for question in list_usable(guest.activity.id)}
    gone = _l("Salah satu soal tidak ada lagi. Muat ulang halaman ini.")
    require(all(key in usable for key in fixed), Refused(gone))
    keys = [usable[key].id for key in dict.fromkeys(fixed)]
    count = len(keys) + sum(draw.count for draw in draws)
    require(count <= MOST_QUESTIONS, Refused(_l("Paling banyak %(n)s soal.", n=MOST_QUESTIONS)))
    require(
        len({draw.tag for draw in draws}) == len(draws), Refused(_l("Setiap label cukup disebut satu kali."))
    )
    short = lacking(draws, keys, {each.id: each.version.tags for each in usable.values()})
    if short:
        text = _l("Soal berlabel “%(tag)s” tidak cukup untuk mengundi %(n)s.", tag=short.tag, n=short.count)
        raise Refused(text)
    none = _l("Tes yang sudah terbit memerlukan soal. Pilih paling sedikit satu.")
    require(count > 0 or quiz.state is QuizState.DRAFT, Refused(none))
    before = _values(quiz)
    db.session.execute(delete(QuizItem).where(QuizItem.quiz_id == quiz.id))
    db.session.expire(quiz, ["items"])
    db.session.add_all(
        QuizItem(quiz_id=quiz.id, question_id=key, position=number) for number, key in enumerate(keys, 1)
    )
    quiz.draws = [[draw.tag, draw.count] for draw in draws]
    db.session.flush()
    note(
        "quiz.questions",
        guest,
        ("quiz", quiz.id),
        at,
        before={"questions": before["questions"]},
        after={"questions": count},
    )
    return quiz


def publish_quiz(guest: Guest, public_id: str, *, at: datetime) -> Quiz:
    """From its opening on, those enrolled may take it."""
    quiz = hold_quiz(guest, public_id)
    require(quiz.state is QuizState.DRAFT, Refused(_l("Tes ini sudah terbit.")))
    require(bool(quiz.items or quiz.draws), Refused(_l("Pilih soalnya terlebih dahulu.")))
    require(quiz.closes_at > at, Refused(_l("Waktu tutupnya sudah lewat. Ubah dahulu.")))
    usable = {question.id: question.version.tags for question in list_usable(quiz.activity_id)}
    fixed = [item.question_id for item in quiz.items]
    enough = all(key in usable for key in fixed) and lacking(quiz.drawn, fixed, usable) is None
    require(enough, Refused(_l("Soal di bank tidak cukup lagi. Periksa soal tes ini.")))
    quiz.state, quiz.published_at = QuizState.PUBLISHED, at
    note("quiz.publish", guest, ("quiz", quiz.id), at, after=_values(quiz))
    return quiz


def withdraw_quiz(guest: Guest, public_id: str, *, at: datetime) -> Quiz:
    """Back to a draft, as long as nobody began."""
    quiz = hold_quiz(guest, public_id)
    require(quiz.state is QuizState.PUBLISHED, Refused(_l("Tes ini masih draf.")))
    begun = _l("Sudah ada yang mengerjakan. Tutup tesnya dengan mengubah waktu tutup.")
    require(not has_sheets(quiz.id), Refused(begun))
    quiz.state, quiz.published_at = QuizState.DRAFT, None
    note("quiz.withdraw", guest, ("quiz", quiz.id), at)
    return quiz


def remove_quiz(guest: Guest, public_id: str, *, at: datetime) -> None:
    """Throw a draft away."""
    quiz = hold_quiz(guest, public_id)
    require(quiz.state is QuizState.DRAFT, Refused(_l("Hanya draf yang dapat dihapus.")))
    quiz.removed_at = at
    note("quiz.remove", guest, ("quiz", quiz.id), at, before=_values(quiz))


def hold_quiz(guest: Guest, public_id: str) -> Quiz:
    """The test as it is now, held until the commit: nobody begins it meanwhile."""
    require(policy.can_make(guest))
    quiz = get_quiz(guest.activity.id, public_id)
    held = locked(Quiz, quiz.id)
    require(held.removed_at is None, NotFound())
    return held


def _check(settings: Settings) -> None:
    require(
        settings.opens_at < settings.closes_at,
        Refused(_l("Waktu tutup harus sesudah waktu buka."), field="closes_at"),
    )


def _require_place(quiz: Quiz) -> None:
    with db.session.no_autoflush:
        taken = find_other(quiz, quiz.moment)
    text = _l("Tes seperti ini sudah ada untuk bagian kegiatan yang sama.")
    require(taken is None or taken.id == quiz.id, Refused(text, field="moment"))


def _columns(guest: Guest, settings: Settings) -> dict[str, Any]:
    columns = asdict(settings)
    key = columns.pop("session")
    columns["session_id"] = get_session(guest.activity, key).id if key else None
    return columns


def _move_sheets(quiz: Quiz, at: datetime) -> None:
    """Sheets that are being filled in follow a moved closing."""
    query = select(QuizSheet).where(QuizSheet.quiz_id == quiz.id, QuizSheet.handed_at.is_(None))
    for sheet in db.session.scalars(query.where(QuizSheet.due_at > at).with_for_update()):
        sheet.due_at = due_of(sheet.started_at, quiz.minutes, quiz.closes_at)


def _values(quiz: Quiz) -> dict[str, Any]:
    return {
        "starts_at": quiz.opens_at.isoformat(),
        "ends_at": quiz.closes_at.isoformat(),
        "minutes": quiz.minutes,
        "attempts": quiz.attempts,
        "questions": sum(draw.count for draw in quiz.drawn) + _count_items(quiz),
    }


def _count_items(quiz: Quiz) -> int:
    query = select(QuizItem.question_id).where(QuizItem.quiz_id == quiz.id)
    return len(db.session.scalars(query).all()) if quiz.id else 0
