"""Places in a partner's challenge: the first teams to hand in have them."""

from __future__ import annotations

from flask_babel import lazy_ngettext as _ln

from innovate.core.errors import Refused, require
from innovate.ideas.models import Idea
from innovate.ideas.queries.challenges import count_others
from innovate.partners.services.challenges import hold_limited_challenge


def require_place(idea: Idea, track_id: int | None) -> None:
    """Refuse the last place twice. The challenge is held until the commit; who has a place keeps it."""
    pinned = idea.submitted_revision
    if pinned is not None and idea.state.is_in_competition and pinned.track_id == track_id:
        return
    challenge = hold_limited_challenge(track_id)
    if challenge is None or challenge.capacity is None:
        return
    full = _ln(
        "Tantangan ini menerima %(num)s tim dan sudah penuh. Pilih kategori lain; belum ada yang dikirim.",
        "Tantangan ini menerima %(num)s tim dan sudah penuh. Pilih kategori lain; belum ada yang dikirim.",
        challenge.capacity,
    )
    require(count_others(idea, track_id) < challenge.capacity, Refused(full))
