"""What is handed out."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from innovate.core.db import db
from innovate.core.errors import NotFound
from innovate.learning.models import Material


def list_materials(activity_id: int) -> list[Material]:
    """What stands, with its session, in the order it was added."""
    query = select(Material).where(Material.activity_id == activity_id, Material.removed_at.is_(None))
    return list(db.session.scalars(query.options(joinedload(Material.session)).order_by(Material.id)))


def get_material(activity_id: int, public_id: str) -> Material:
    """One that stands, or NotFound."""
    for row in list_materials(activity_id):
        if row.public_id == public_id:
            return row
    raise NotFound
