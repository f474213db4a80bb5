"""A person's request about their data, from asking to the officer's answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l

from innovate.accounts.models import User
from innovate.accounts.services.erasure import erase_person
from innovate.accounts.services.people import hold_person
from innovate.audit.services import record
from innovate.core.db import db, locked
from innovate.core.errors import NotAllowed, Refused, require
from innovate.notifications.services import enqueue_mail, enqueue_mail_once, forget_mails
from innovate.privacy import policy
from innovate.privacy.domain.cases import CaseKind, CaseState, due_at, may_ask
from innovate.privacy.models import PrivacyCase
from innovate.privacy.queries import cases
from innovate.privacy.queries.obstacles import list_obstacles
from innovate.privacy.services.leftovers import forget_exports_of

SOON = timedelta(hours=24)
_SHORTEST = 10
_MOST = 5000
_NEEDS_TEXT = {CaseKind.ACCESS, CaseKind.CORRECT, CaseKind.OBJECT}


def open_case(user: User, kind: CaseKind, *, text: str, at: datetime) -> PrivacyCase:
    """Ask for something; the clock of 3 x 24 hours starts, and the officers hear of it."""
    hold_person(user.id)
    text = text.strip()
    open_kinds = frozenset(row.kind for row in cases.list_own_cases(user.id) if not row.state.is_over)
    twice = _l("Permintaan seperti ini sudah Anda ajukan dan menunggu jawaban, atau sudah berlaku.")
    require(
        may_ask(kind, open_kinds, restricted=user.restricted_at is not None), Refused(twice, field="kind")
    )
    short = _l("Jelaskan permintaan Anda, paling sedikit 10 karakter.")
    require(kind not in _NEEDS_TEXT or len(text) >= _SHORTEST, Refused(short, field="text"))
    require(len(text) <= _MOST, Refused(_l("Paling banyak 5.000 karakter."), field="text"))
    row = PrivacyCase(user_id=user.id, kind=kind, text=text, opened_at=at, due_at=due_at(at))
    db.session.add(row)
    db.session.flush()
    _record("privacy_case.open", row, user.id, at, {"kind": kind.value})
    for officer in cases.list_officers():
        enqueue_mail("privacy_case_opened", **_to_officer(officer, row, at))
    return row


def withdraw_case(user: User, public_id: str, *, at: datetime) -> None:
    """Take a request back while nobody has answered."""
    row = _hold_open(cases.get_own_case(user.id, public_id))
    row.state, row.decided_at = CaseState.WITHDRAWN, at
    _record("privacy_case.withdraw", row, user.id, at)


def refuse_case(officer: User, public_id: str, *, answer: str, at: datetime) -> None:
    """Say why it cannot be done."""
    row = _decide(officer, public_id, answer, CaseState.REFUSED, at)
    _tell(row, at)


def fulfil_case(officer: User, public_id: str, *, answer: str, at: datetime) -> None:
    """Do what was asked and say so: restriction and erasure happen here, the rest was done by hand before."""
    row = _decide(officer, public_id, answer, CaseState.DONE, at)
    if row.kind is CaseKind.ERASE:
        _erase(officer, row, at)
        return
    if row.kind is CaseKind.RESTRICT:
        row.user.restricted_at = at
    elif row.kind is CaseKind.LIFT:
        row.user.restricted_at = None
    _tell(row, at)


def _erase(officer: User, row: PrivacyCase, at: datetime) -> None:
    person = row.user
    mine = Refused(_l("Data Anda sendiri dihapus oleh petugas lain."))
    require(officer.id != person.id, mine)
    obstacles = list_obstacles(person, at)
    text = _l("Belum dapat dihapus: %(why)s", why=" ".join(str(each) for each in obstacles))
    require(not obstacles, Refused(text))
    to: dict[str, Any] = {"address": person.email, "locale": person.locale or "id"}
    name, answer = person.full_name, row.answer
    forget_exports_of(person.id)
    erase_person(person, actor_id=officer.id, at=at)
    context = {"name": name, "kind": row.kind.value, "done": True, "answer": answer, "path": "/data-pribadi"}
    enqueue_mail("privacy_case_decided", **to, at=at, cause=_cause(row), context=context, confidential=True)
    row.text = row.answer = ""


def forget_farewells(*, at: datetime) -> None:
    """The last mail to who was erased is emptied a day after it could leave, with the address it went to."""
    for row in cases.list_erased(since=at - 9 * SOON, until=at - SOON):
        forget_mails(_cause(row))


def warn_of_terms(*, at: datetime) -> int:
    """Tell the officers, once each, of requests whose term ends within a day and of those past it; how many mails."""
    sent = 0
    for row in cases.list_unanswered(at + SOON):
        step = "late" if row.due_at < at else "soon"
        for officer in cases.list_officers():
            mail = _to_officer(officer, row, at)
            mail["cause"] = f"{mail['cause']}:{step}"
            mail["context"] = {**mail["context"], "is_late": step == "late"}
            sent += enqueue_mail_once("privacy_case_due", **mail) is not None
    return sent


def _decide(officer: User, public_id: str, answer: str, state: CaseState, at: datetime) -> PrivacyCase:
    require(policy.keeps_privacy(officer), NotAllowed())
    row = _hold_open(cases.get_case(public_id))
    short = _l("Tuliskan jawaban untuk pemohon, paling sedikit 10 karakter.")
    require(len(answer.strip()) >= _SHORTEST, Refused(short, field="answer"))
    row.state, row.answer = state, answer.strip()
    row.decided_at, row.decided_by_id = at, officer.id
    verb = "fulfil" if state is CaseState.DONE else "refuse"
    _record(f"privacy_case.{verb}", row, officer.id, at, {"kind": row.kind.value})
    return row


def _hold_open(row: PrivacyCase) -> PrivacyCase:
    row = locked(PrivacyCase, row.id)
    require(not row.state.is_over, Refused(_l("Permintaan ini sudah selesai.")))
    return row


def _cause(row: PrivacyCase) -> str:
    return f"privacy:{row.public_id}"


def _to_officer(officer: User, row: PrivacyCase, at: datetime) -> dict[str, Any]:
    context = {
        "name": officer.full_name,
        "kind": row.kind.value,
        "deadline": row.due_at.isoformat(),
        "path": f"/pelindungan-data/permintaan/{row.public_id}",
    }
    to = {"address": officer.email, "user_id": officer.id, "locale": officer.locale or "id"}
    return {**to, "at": at, "cause": _cause(row), "context": context}


def _tell(row: PrivacyCase, at: datetime) -> None:
    person = row.user
    context = {
        "name": person.full_name,
        "kind": row.kind.value,
        "done": row.state is CaseState.DONE,
        "answer": row.answer,
        "path": "/akun/data",
    }
    to: dict[str, Any] = {"address": person.email, "user_id": person.id, "locale": person.locale or "id"}
    enqueue_mail("privacy_case_decided", **to, at=at, cause=_cause(row), context=context)


def _record(
    action: str, row: PrivacyCase, actor_id: int, at: datetime, after: Mapping[str, Any] | None = None
) -> None:
    record(
        action,
        actor_id=actor_id,
        at=at,
        object_type="privacy_case",
        object_id=row.id,
        after=after,
        subject_id=row.user_id,
    )
