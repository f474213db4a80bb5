"""Keeping the bank of questions. What was answered once stays as it was: a change is a new version."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from innovate.core.db import db, locked
from innovate.core.errors import NotAllowed, NotFound, Refused, require
from innovate.learning.models import Activity
from innovate.learning.policy import Guest
from innovate.quizzes import policy
from innovate.quizzes.domain.content import Content, check, pack
from innovate.quizzes.domain.drawing import lacking
from innovate.quizzes.domain.sheet import Plan
from innovate.quizzes.models import BankQuestion, QuestionVersion, Quiz
from innovate.quizzes.queries.bank import (
    get_question,
    is_answered,
    list_bank,
    list_sources,
    list_usable,
)
from innovate.quizzes.queries.quizzes import list_waiting_for
from innovate.quizzes.services.trail import note
from innovate.quizzes.words import say_fault


def add_question(guest: Guest, content: Content, *, for_site: bool = False, at: datetime) -> BankQuestion:
    """A new question of the activity's bank, or of the site's."""
    _require_keeper(guest, for_site=for_site)
    _require_sound(content)
    question = _add(guest, content, for_site=for_site, at=at)
    note("quiz_question.create", guest, ("quiz_question", question.id), at, after={"question": content.text})
    return question


def update_question(guest: Guest, public_id: str, content: Content, *, at: datetime) -> BankQuestion:
    """Change a question; where it was answered already, old sheets keep the version they were asked."""
    question = _hold(guest, public_id)
    _require_sound(content)
    old = question.version
    if old.content == content:
        return question
    with db.session.begin_nested():  # a refusal takes it back
        if is_answered(old):
            question.number += 1
            db.session.add(_version(guest, question, content, at))
        else:
            for name, value in pack(content).items():
                setattr(old, name, value)
        db.session.flush()
        _require_supply(question, at)
    note(
        "quiz_question.update",
        guest,
        ("quiz_question", question.id),
        at,
        after={"question": content.text, "version": question.number},
    )
    return question


def remove_question(guest: Guest, public_id: str, *, at: datetime) -> None:
    """Take a question out of the bank; sheets that asked it keep it."""
    question = _hold(guest, public_id)
    with db.session.begin_nested():  # a refusal takes it back
        question.removed_at = at
        db.session.flush()
        _require_supply(question, at)
    note(
        "quiz_question.remove",
        guest,
        ("quiz_question", question.id),
        at,
        before={"question": question.version.text},
    )


def import_questions(guest: Guest, plan: Plan, *, for_site: bool = False, at: datetime) -> int:
    """Add every question of a sheet, or none while one cell is wrong; how many there are."""
    _require_keeper(guest, for_site=for_site)
    wrong = _l("Masih ada sel yang perlu diperbaiki. Tidak ada yang disimpan.")
    require(not plan.faults and bool(plan.contents), Refused(wrong, field="file"))
    for content in plan.contents:
        _add(guest, content, for_site=for_site, at=at)
    note(
        "quiz_question.import",
        guest,
        ("quiz_bank", guest.activity.id),
        at,
        after={"questions": len(plan.contents)},
    )
    return len(plan.contents)


def copy_questions(guest: Guest, source_id: str, chosen: Collection[str], *, at: datetime) -> int:
    """Copy questions of another activity the person runs; those already here word for word are passed over."""
    require(policy.can_make(guest) and guest.user is not None)
    source = get_source(guest, source_id)
    rows = [row.question for row in list_bank(source.id) if row.question.public_id in set(chosen)]
    require(bool(rows), Refused(_l("Pilih paling sedikit satu soal.")))
    here = {row.question.version.text for row in list_bank(guest.activity.id)}
    copied = [row.version.content for row in rows if row.version.text not in here]
    for content in copied:
        _add(guest, content, for_site=False, at=at)
    if copied:
        note(
            "quiz_question.copy",
            guest,
            ("quiz_bank", guest.activity.id),
            at,
            after={"questions": len(copied)},
        )
    return len(copied)


def get_source(guest: Guest, public_id: str) -> Activity:
    """Another activity the person runs that has questions, or NotFound."""
    if guest.user is None:
        raise NotFound
    for activity, _count in list_sources(guest.user, guest.activity):
        if activity.public_id == public_id:
            return activity
    raise NotFound


def _add(guest: Guest, content: Content, *, for_site: bool, at: datetime) -> BankQuestion:
    question = BankQuestion(
        activity_id=None if for_site else guest.activity.id,
        created_by_id=guest.user_id,
        created_at=at,
        number=1,
    )
    db.session.add(question)
    db.session.flush()
    db.session.add(_version(guest, question, content, at))
    db.session.flush()
    return question


def _version(guest: Guest, question: BankQuestion, content: Content, at: datetime) -> QuestionVersion:
    return QuestionVersion(
        question_id=question.id,
        number=question.number,
        created_by_id=guest.user_id,
        created_at=at,
        **pack(content),
    )


def _hold(guest: Guest, public_id: str) -> BankQuestion:
    """The question as it is now, held until the commit, for whoever keeps its bank."""
    require(policy.can_make(guest))
    question = get_question(public_id, guest.activity.id)
    _require_keeper(guest, for_site=question.activity_id is None)
    held = locked(BankQuestion, question.id)
    require(held.removed_at is None, NotFound())
    db.session.execute(
        select(QuestionVersion).where(QuestionVersion.question_id == held.id).with_for_update()
    )  # who begins a test reads it under the same hold
    return get_question(public_id, guest.activity.id)


def _require_keeper(guest: Guest, *, for_site: bool) -> None:
    require(policy.can_make(guest))
    require(not for_site or policy.can_keep_site_bank(guest.user), NotAllowed())


def _require_sound(content: Content) -> None:
    for fault in check(content):
        raise Refused(say_fault(fault), field=fault.part)


def _require_supply(question: BankQuestion, at: datetime) -> None:
    """Published tests that are still to be taken must keep what they ask."""
    for quiz in list_waiting_for(question, at):
        gone = question.removed_at is not None and any(item.question_id == question.id for item in quiz.items)
        text = _l(
            "Tes yang sudah terbit dan belum ditutup memakai soal ini. Soalnya dapat diubah sesudah itu."
        )
        require(not gone and not lacks_questions(quiz), Refused(text))


def lacks_questions(quiz: Quiz) -> bool:
    """Whether the banks cannot serve what the test asks; its items must be loaded."""
    usable: Sequence[BankQuestion] = list_usable(quiz.activity_id)
    pool = {question.id: question.version.tags for question in usable}
    fixed = [item.question_id for item in quiz.items]
    return any(key not in pool for key in fixed) or lacking(quiz.drawn, fixed, pool) is not None
