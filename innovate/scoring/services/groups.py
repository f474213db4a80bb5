"""A jury divided in groups that share no entry: accepted knowingly, or joined before judging begins."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _l

from innovate.audit.services import record
from innovate.core.db import locked
from innovate.core.errors import Refused, Stale, require
from innovate.events.policy import Actor
from innovate.scoring import policy
from innovate.scoring.models.rounds import Round
from innovate.scoring.queries.groups import count_groups


def accept_groups(actor: Actor, round_: Round, *, seen: int, confirmed: bool, at: datetime) -> None:
    """Let judging begin although the jury is divided in `seen` groups; Stale if it is divided otherwise by now."""
    require(policy.can_lead(actor))
    round_ = locked(Round, round_.id)
    found = count_groups([round_.id])[round_.id]
    require(found > round_.accepted_groups, Refused(_l("Tidak ada pembagian juri yang perlu dinyatakan.")))
    changed = Stale(_l("Penugasan berubah sejak halaman ini dibuka. Periksa lagi kelompoknya."))
    require(found == seen, changed)
    tick = Refused(_l("Centang pernyataan ini bila Anda menerimanya."), field="confirmed")
    require(confirmed, tick)
    before = round_.accepted_groups
    note_accepted(round_, found)
    record(
        "round.accept_groups",
        actor_id=actor.user_id,
        at=at,
        object_type="round",
        object_id=round_.id,
        event_id=actor.event.id,
        before={"groups": before},
        after={"groups": found},
    )


def note_accepted(round_: Round, groups: int) -> None:
    """So many groups were accepted; the caller decided that they may be, and records it."""
    round_.accepted_groups = max(round_.accepted_groups, groups)
