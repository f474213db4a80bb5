"""Where learning joins the profile of skills."""

from __future__ import annotations

from innovate.core.web.plumbing import Plumbing
from innovate.learning.queries import taught


def init_app(_plumbing: Plumbing) -> None:
    """Tell the profile what was attended."""
    taught.connect()
