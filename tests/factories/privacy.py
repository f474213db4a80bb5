"""Requests, copies, consents, impact records and incidents as rows."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select

from innovate.accounts.models import DataAccess, User
from innovate.core import storage
from innovate.core.db import db
from innovate.events.models import Event
from innovate.privacy.domain.cases import CaseKind, due_at
from innovate.privacy.domain.impact import SECTIONS, Impact, Risk, digest
from innovate.privacy.domain.purposes import Purpose
from innovate.privacy.models import (
    Breach,
    Consent,
    DataExport,
    EventPrivacy,
    ImpactRecord,
    PrivacyCase,
    PrivacyNotice,
)
from tests.factories.build import NOW, add

IMPACT = Impact(dict.fromkeys(SECTIONS, "Diisi."), (Risk("Data terbuka", 2, 4, "Hak akses."),))


def make_case(user: User, kind: CaseKind = CaseKind.ACCESS, **values: Any) -> PrivacyCase:
    defaults = {"text": "Data apa lagi yang ada?", "opened_at": NOW, "due_at": due_at(NOW)}
    return add(PrivacyCase(user_id=user.id, kind=kind, **{**defaults, **values}))


def make_export(user: User, **values: Any) -> DataExport:
    """A copy that can be fetched; its archive is empty."""
    empty = io.BytesIO()
    zipfile.ZipFile(empty, "w").close()
    stored = storage.save(empty.getvalue())
    kept = {"storage_key": stored.key, "size": stored.size, "sha256": stored.sha256}
    times = {"made_at": NOW, "expires_at": NOW + timedelta(hours=72)}
    return add(DataExport(user_id=user.id, **{**times, **kept, **values}))


def make_impact(event: Event, user: User, *, signed: bool = True, required: bool = True) -> ImpactRecord:
    """The next version of an event's record; the event owes one."""
    if db.session.get(EventPrivacy, event.id) is None:
        add(EventPrivacy(event_id=event.id, impact_required=required))
    last = select(func.max(ImpactRecord.version)).where(ImpactRecord.event_id == event.id)
    content = IMPACT.as_json()
    row = ImpactRecord(
        event_id=event.id,
        version=(db.session.scalar(last) or 0) + 1,
        content=content,
        updated_at=NOW,
        updated_by_id=user.id,
    )
    if signed:
        row.signed_at, row.signed_by_id, row.signed_name = NOW, user.id, user.full_name
        row.sha256 = digest(content)
    return add(row)


def make_consent(user: User, purpose: Purpose = Purpose.MAILINGS, *, given: bool = True) -> Consent:
    return add(Consent(user_id=user.id, purpose=purpose, given=given, text="Boleh.", at=NOW))


def make_breach(officer: User, **values: Any) -> Breach:
    defaults = {
        "title": "Surel salah kirim",
        "noticed_at": NOW,
        "due_at": due_at(NOW),
        "what": "Daftar peserta terkirim ke alamat lain.",
        "data": "Nama dan surel.",
        "people": 12,
        "recorded_at": NOW,
    }
    return add(Breach(recorded_by_id=officer.id, **{**defaults, **values}))


def make_access(viewer: User, what: str = "person", **values: Any) -> DataAccess:
    return add(DataAccess(viewer_id=viewer.id, what=what, **{"at": NOW, **values}))


def make_notice(officer: User) -> PrivacyNotice:
    number = (db.session.scalar(select(func.max(PrivacyNotice.number))) or 0) + 1
    return add(PrivacyNotice(number=number, body=f"Pemberitahuan {number}.", at=NOW, by_id=officer.id))
