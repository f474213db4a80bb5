"""Answers to purposes, and what the officer adds to the privacy page."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from innovate.accounts.models import User
from innovate.accounts.services.people import hold_person
from innovate.audit.services import record
from innovate.core.db import db
from innovate.core.errors import NotAllowed, Refused, require
from innovate.privacy import policy
from innovate.privacy.domain.purposes import Purpose, is_given
from innovate.privacy.models import Consent, PrivacyNotice
from innovate.privacy.queries import cases
from innovate.privacy.words import WORDINGS

_MOST = 20000


def answer_purpose(user: User, purpose: Purpose, *, given: bool, at: datetime) -> bool:
    """Agree to a purpose or take that back; whether anything changed. It holds from this moment on."""
    hold_person(user.id)
    if is_given(cases.list_answers(user.id), purpose) == given:
        return False
    notice = cases.find_notice()
    row = Consent(
        user_id=user.id,
        purpose=purpose,
        given=given,
        text=str(WORDINGS[purpose]),
        notice=notice.number if notice else 0,
        at=at,
    )
    db.session.add(row)
    db.session.flush()
    record(
        "consent.give" if given else "consent.withdraw",
        actor_id=user.id,
        at=at,
        object_type="user",
        object_id=user.id,
        after={"purpose": purpose.value},
        subject_id=user.id,
    )
    return True


def publish_notice(officer: User, *, body: str, at: datetime) -> PrivacyNotice:
    """A new version of what the privacy page says besides the house's own words."""
    require(policy.keeps_privacy(officer), NotAllowed())
    body = body.replace("\r\n", "\n").strip()
    require(len(body) <= _MOST, Refused(_l("Paling banyak 20.000 karakter."), field="body"))
    last = cases.find_notice()
    if last is not None and last.body == body:
        return last
    number = (db.session.scalar(select(func.max(PrivacyNotice.number))) or 0) + 1
    row = PrivacyNotice(number=number, body=body, at=at, by_id=officer.id)
    db.session.add(row)
    db.session.flush()
    record(
        "privacy_notice.publish",
        actor_id=officer.id,
        at=at,
        object_type="privacy_notice",
        object_id=number,
        after={"version": number},
    )
    return row
