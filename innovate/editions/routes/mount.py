"""The blueprint of past editions, and where they speak up in the features below."""

from __future__ import annotations

from flask import Blueprint
from flask_login import current_user

from innovate.accounts.models import User
from innovate.audit.exports.names import add_names
from innovate.core.errors import NotFound
from innovate.core.web.plumbing import Plumbing
from innovate.editions import policy
from innovate.editions.queries.editions import TRAIL_NAMES
from innovate.editions.queries.former import find_past_alike, list_former_wins
from innovate.ideas.queries.eligibility import FORMER_WINS
from innovate.ideas.queries.similar import former

blueprint = Blueprint("editions", __name__, url_prefix="/edisi")


def init_app(_plumbing: Plumbing) -> None:
    """Let drafts and screening be compared with past entries, and rules of eligibility know past winners."""
    add_names(TRAIL_NAMES)
    former.sources[:] = [find_past_alike]
    if list_former_wins not in FORMER_WINS:
        FORMER_WINS.append(list_former_wins)


def enter() -> User:
    """The present person, or NotFound unless they keep the archive."""
    user: User | None = current_user._get_current_object() if current_user.is_authenticated else None  # noqa: SLF001
    if user is None or not policy.can_keep(user):
        raise NotFound
    return user
