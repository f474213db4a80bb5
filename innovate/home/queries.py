"""Reads of the front rooms."""

from __future__ import annotations

from sqlalchemy import text

from innovate.core.db import db


def touch_database() -> None:
    """Raise if the database does not answer."""
    db.session.execute(text("SELECT 1")).scalar_one()
