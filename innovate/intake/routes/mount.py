"""The blueprint of imports."""

from __future__ import annotations

from flask import Blueprint

from innovate.core.web.plumbing import Plumbing
from innovate.intake.services import saving

blueprint = Blueprint("intake", __name__, url_prefix="/k/<slug>/kelola/impor-nilai")


def init_app(_plumbing: Plumbing) -> None:
    """Offer large imports to the runner."""
    saving.connect()
