"""The blueprint, and what the page offers to the runner of long work."""

from __future__ import annotations

from flask import Blueprint

from innovate.core.web.plumbing import Plumbing
from innovate.leaders.services import printing

blueprint = Blueprint("leaders", __name__, url_prefix="/pimpinan")


def init_app(_plumbing: Plumbing) -> None:
    """Offer the paper."""
    printing.connect()
