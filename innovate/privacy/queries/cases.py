"""Requests, copies of data and consents."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from innovate.accounts.models import SiteRole, User
from innovate.core.db import db
from innovate.core.errors import NotFound
from innovate.core.paging import Page, paginate
from innovate.privacy.domain.cases import CaseKind, CaseState
from innovate.privacy.domain.purposes import Purpose
from innovate.privacy.models import Consent, DataExport, PrivacyCase, PrivacyNotice


def list_own_cases(user_id: int) -> list[PrivacyCase]:
    """A person's requests, the latest first."""
    query = select(PrivacyCase).where(PrivacyCase.user_id == user_id)
    return list(db.session.scalars(query.order_by(PrivacyCase.id.desc())))


def get_own_case(user_id: int, public_id: str) -> PrivacyCase:
    """One of them, or NotFound."""
    query = select(PrivacyCase).where(PrivacyCase.user_id == user_id, PrivacyCase.public_id == public_id)
    found = db.session.scalar(query)
    if found is None:
        raise NotFound
    return found


def list_cases(*, is_over: bool, page: int = 1) -> Page[PrivacyCase]:
    """The officer's queue: what is open by its term, or what is over, the latest first."""
    query = select(PrivacyCase).options(joinedload(PrivacyCase.user), joinedload(PrivacyCase.decided_by))
    if is_over:
        query = query.where(PrivacyCase.state != CaseState.OPEN).order_by(PrivacyCase.decided_at.desc())
    else:
        query = query.where(PrivacyCase.state == CaseState.OPEN).order_by(PrivacyCase.due_at, PrivacyCase.id)
    return paginate(query, page=page)


def list_unanswered(before: datetime) -> list[PrivacyCase]:
    """Open requests whose term ends before an instant, with whose they are."""
    query = select(PrivacyCase).where(PrivacyCase.state == CaseState.OPEN, PrivacyCase.due_at < before)
    return list(db.session.scalars(query.options(joinedload(PrivacyCase.user)).order_by(PrivacyCase.id)))


def list_erased(*, since: datetime, until: datetime) -> list[PrivacyCase]:
    """Erasures done between two instants."""
    query = select(PrivacyCase).where(PrivacyCase.kind == CaseKind.ERASE, PrivacyCase.state == CaseState.DONE)
    return list(db.session.scalars(query.where(PrivacyCase.decided_at.between(since, until))))


def get_case(public_id: str) -> PrivacyCase:
    """One request with its person, or NotFound."""
    query = select(PrivacyCase).where(PrivacyCase.public_id == public_id)
    query = query.options(
        joinedload(PrivacyCase.user).joinedload(User.unit), joinedload(PrivacyCase.decided_by)
    )
    found = db.session.scalar(query)
    if found is None:
        raise NotFound
    return found


def list_officers() -> list[User]:
    """Who is told of requests: the officers; who runs the site while nobody was appointed."""
    active = User.disabled_at.is_(None)
    named = list(db.session.scalars(select(User).where(User.is_data_officer, active).order_by(User.id)))
    if named:
        return named
    admins = select(User).where(User.site_role == SiteRole.ADMIN, active)
    return list(db.session.scalars(admins.order_by(User.id)))


def list_exports(user_id: int, now: datetime) -> list[DataExport]:
    """Copies that can still be fetched, the latest first."""
    query = select(DataExport).where(DataExport.user_id == user_id, DataExport.expires_at > now)
    return list(db.session.scalars(query.where(DataExport.storage_key != "").order_by(DataExport.id.desc())))


def get_export(user_id: int, public_id: str, now: datetime) -> DataExport:
    """One of them, or NotFound: others', and what has expired."""
    found = next((row for row in list_exports(user_id, now) if row.public_id == public_id), None)
    if found is None:
        raise NotFound
    return found


def list_answers(user_id: int) -> list[Consent]:
    """Every answer of a person about a purpose, oldest first."""
    return list(db.session.scalars(select(Consent).where(Consent.user_id == user_id).order_by(Consent.id)))


def list_consenting(user_ids: Sequence[int], purpose: Purpose) -> set[int]:
    """Who of these agrees now, and whose data are not restricted or gone."""
    last = select(func.max(Consent.id)).where(Consent.purpose == purpose).group_by(Consent.user_id)
    query = select(Consent.user_id).join(User, User.id == Consent.user_id)
    query = query.where(Consent.id.in_(last), Consent.given, Consent.user_id.in_(user_ids))
    return set(db.session.scalars(query.where(User.restricted_at.is_(None), User.disabled_at.is_(None))))


def find_notice() -> PrivacyNotice | None:
    """What the officer added to the privacy page, as it is in force."""
    return db.session.scalar(select(PrivacyNotice).order_by(PrivacyNotice.number.desc()).limit(1))


def list_notices() -> list[PrivacyNotice]:
    """Every version, the newest first."""
    return list(db.session.scalars(select(PrivacyNotice).order_by(PrivacyNotice.number.desc())))
