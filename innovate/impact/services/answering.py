"""Answering an asking, and checking what was reported."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from innovate.accounts.models import User
from innovate.core.db import db
from innovate.core.errors import NotFound, Refused, require
from innovate.core.withdrawn import withdraw
from innovate.events.policy import Actor
from innovate.impact.domain.kinds import Check, Status
from innovate.impact.domain.reports import Sent
from innovate.impact.models import Actual, FollowUp, Innovation, ReachReport
from innovate.impact.queries.followups import lock_followup
from innovate.impact.queries.innovations import list_indicators, lock_innovation
from innovate.impact.queries.standing import find_standing, list_asked, may_answer
from innovate.impact.services.asking import send
from innovate.impact.services.links import Links
from innovate.impact.services.reporting import add_status, is_crossed, put_actual
from innovate.impact.services.trail import check_link, keep_file, record

AGAIN = timedelta(days=14)  # a returned answer can be mended at least so long


@dataclass(frozen=True)
class Answer:
    """The form of two minutes."""

    status: Status
    is_used: bool
    reason: str = ""
    people: int | None = None
    saved: int | None = None
    actuals: Mapping[str, Decimal] = field(default_factory=dict)  # by an indicator's public id
    obstacle: str = ""
    story: str = ""
    link: str = ""
    file: Sent | None = None


def answer_followup(
    user: User, followup: FollowUp, answer: Answer, *, version: int, at: datetime
) -> FollowUp:
    """Answer, or change the answer while the form is open and nobody verified it."""
    require(may_answer(followup.innovation, user), NotFound())
    held = lock_followup(followup.id)
    closed = _l("Masa menjawab sudah berakhir. Hubungi koordinator inovasi unit Anda.")
    require(at < held.closes_at, Refused(closed))
    done = _l("Jawaban ini sudah diverifikasi, jadi tidak dapat diubah lagi.")
    require(held.check is not Check.VERIFIED, Refused(done))
    other = _l(
        "Orang lain baru saja mengubah jawaban ini. Tulisan Anda ada di bawah; simpan lagi bila tetap."
    )
    require(held.version == version, Refused(other))
    _check(answer)
    link = check_link(answer.link)
    innovation = followup.innovation
    if innovation.status is not answer.status:
        day = at.astimezone(ZoneInfo(innovation.event.zone)).date()
        add_status(innovation, answer.status, since=day, reason=answer.reason, user_id=user.id, at=at)
    known = {row.public_id for row in list_indicators(innovation.id)}
    held.file_id = keep_file(innovation, answer.file, user.id, at) or held.file_id
    for name in ("status", "is_used", "reason", "people", "saved", "obstacle", "story"):
        setattr(held, name, getattr(answer, name))
    held.link = link
    held.actuals = {key: str(value) for key, value in answer.actuals.items() if key in known}
    held.answered_at, held.answered_by_id, held.version = at, user.id, held.version + 1
    held.check = Check.WAITING
    db.session.flush()
    record(
        "impact.answer",
        user.id,
        innovation,
        at,
        after={"status": answer.status.value, "people": answer.people, "saved": answer.saved},
    )
    return held


def _check(answer: Answer) -> None:
    for name in ("people", "saved"):
        number = getattr(answer, name)
        require(number is None or number >= 0, Refused(_l("Angka ini tidak dapat negatif."), field=name))
    unlike = _l("Inovasi yang ditunda atau dihentikan tidak sedang digunakan. Periksa kedua jawaban.")
    require(answer.status.is_alive or not answer.is_used, Refused(unlike, field="is_used"))
    require(
        answer.status.is_alive or len(answer.reason.strip()) >= 10,
        Refused(_l("Tulis alasannya, sedikitnya sepuluh huruf."), field="reason"),
    )


def check_followup(
    actor: Actor,
    followup: FollowUp,
    verdict: Check,
    *,
    note: str,
    version: int,
    links: Links,
    at: datetime,
) -> None:
    """Verify the answer one has read, with its numbers, or return it with a note to whoever answered."""
    innovation = followup.innovation
    held = lock_followup(followup.id)
    require(find_standing(actor, innovation).verifies(held.answered_by_id), NotFound())
    require(held.answered_at is not None, Refused(_l("Belum ada jawaban untuk diperiksa.")))
    changed = _l("Jawaban ini berubah sejak Anda membukanya. Periksa lagi isinya, lalu simpan.")
    require(held.version == version, Refused(changed))
    if held.check is verdict is Check.VERIFIED:
        return
    _decide(held, verdict, note, actor, at)
    if verdict is Check.VERIFIED:
        _keep_numbers(held, actor, at)
    else:
        held.closes_at = max(held.closes_at, at + AGAIN)
        _take_back_numbers(held, actor, note, at)
        for person in _list_returned_to(held, innovation):
            about = f"return:{held.version}"
            event = innovation.event
            send("impact_returned", event, innovation, held, person, links, about=about, at=at, note=note)
    record("impact.check", actor.user_id, innovation, at, after={"verdict": verdict.value, "note": note})


def _list_returned_to(held: FollowUp, innovation: Innovation) -> list[User]:
    """Whoever answered; where they have left since, those who would be asked now."""
    person = db.session.get_one(User, held.answered_by_id)
    return [person] if may_answer(innovation, person) else list_asked(innovation)


def _take_back_numbers(held: FollowUp, actor: Actor, note: str, at: datetime) -> None:
    """Numbers of an answer that had been verified are returned with it."""
    query = select(Actual).where(Actual.followup_id == held.id, Actual.replaced_at.is_(None))
    for row in db.session.scalars(query):
        _decide(row, Check.RETURNED, note, actor, at)


def _keep_numbers(held: FollowUp, actor: Actor, at: datetime) -> None:
    indicators = {row.public_id: row for row in list_indicators(held.innovation_id)}
    for key, text in held.actuals.items():
        period = held.first, held.last
        if key not in indicators or is_crossed(indicators[key], period):
            continue  # taken off the list since, or the team has reported parts of the period by itself
        row = put_actual(
            indicators[key],
            period,
            Decimal(text),
            link=held.link,
            file_id=held.file_id,
            user_id=held.answered_by_id or actor.user_id,
            at=at,
        )
        row.followup_id, row.check = held.id, Check.VERIFIED
        row.checked_by_id, row.checked_at = actor.user_id, at


def check_number(
    actor: Actor,
    innovation: Innovation,
    row: Actual | ReachReport,
    verdict: Check,
    *,
    note: str,
    at: datetime,
) -> None:
    """Verify or return one reported number."""
    require(find_standing(actor, innovation).verifies(row.by_id), NotFound())
    lock_innovation(innovation.id)
    db.session.refresh(row, ["replaced_at", "check"])
    require(row.replaced_at is None, NotFound())
    _decide(row, verdict, note, actor, at)
    record("impact.check", actor.user_id, innovation, at, after={"verdict": verdict.value, "note": note})


def _decide(
    row: FollowUp | Actual | ReachReport, verdict: Check, note: str, actor: Actor, at: datetime
) -> None:
    require(verdict is not Check.WAITING, NotFound())
    needed = _l("Tulis apa yang perlu diperbaiki, sedikitnya sepuluh huruf.")
    require(verdict is Check.VERIFIED or len(note.strip()) >= 10, Refused(needed, field="note"))
    if row.check is Check.VERIFIED:
        withdraw()
    row.check, row.note = verdict, note.strip()
    row.checked_by_id, row.checked_at = actor.user_id, at
