"""The blueprint all rooms of scoring share."""

from __future__ import annotations

from flask import Blueprint

from innovate.core.web.plumbing import Plumbing
from innovate.ideas import policy as idea_policy
from innovate.scoring.queries.desk import may_read_entry

blueprint = Blueprint("scoring", __name__, url_prefix="/k/<slug>")


def init_app(_plumbing: Plumbing) -> None:
    """Let assigned jurors read entries and their files."""
    if may_read_entry not in idea_policy.readers:
        idea_policy.readers.append(may_read_entry)
