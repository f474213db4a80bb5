"""The shelf of `core.web.kept_forms`: what people typed and could not send."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, func, select

from innovate.accounts.models import KeptForm, User
from innovate.core.db import db

MOST = 10  # of one person; the oldest goes first
LIFETIME = timedelta(days=30)


def keep_form(
    owner: str, form: str, path: str, fields: list[list[str]], *, had_files: bool, at: datetime
) -> bool:
    """Put a form's text down for the person with this public id; False if there is no such open account."""
    query = select(User.id).where(User.public_id == owner, User.disabled_at.is_(None))
    user_id = db.session.scalar(query.with_for_update(key_share=True))
    if user_id is None:
        return False
    db.session.execute(delete(KeptForm).where(KeptForm.user_id == user_id, KeptForm.path == path))
    row = KeptForm(user_id=user_id, form=form, path=path, fields=fields, had_files=had_files, at=at)
    db.session.add(row)
    db.session.flush()
    newest = select(KeptForm.id).where(KeptForm.user_id == user_id).order_by(KeptForm.id.desc()).limit(MOST)
    known = db.session.scalars(newest).all()
    db.session.execute(delete(KeptForm).where(KeptForm.user_id == user_id, KeptForm.id.not_in(known)))
    return True


def drop_form(owner: str, public_id: str) -> int:
    """Forget one text of the person; how many they still have."""
    mine = select(User.id).where(User.public_id == owner).scalar_subquery()
    db.session.execute(delete(KeptForm).where(KeptForm.public_id == public_id, KeptForm.user_id == mine))
    return db.session.scalar(select(func.count()).where(KeptForm.user_id == mine)) or 0


def forget_forms(*, at: datetime) -> None:
    """Drop what nobody came back for."""
    db.session.execute(delete(KeptForm).where(KeptForm.at < at - LIFETIME))
