"""Taking the first of a frozen ranking into the next round."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from flask_babel import lazy_gettext as _l

from innovate.audit.services import record
from innovate.core.errors import Refused, Stale, require
from innovate.events.policy import Actor
from innovate.results import policy
from innovate.results.domain.advance import CutRule
from innovate.results.queries.advance import Advance, get_advance
from innovate.scoring.services.rounds import choose_entries


def advance_entries(
    actor: Actor,
    number: int,
    *,
    per_group: int,
    rule: CutRule,
    chosen: Collection[str] = (),
    reason: str,
    seen: int,
    at: datetime,
) -> tuple[int, int]:
    """Set the entries of the round after `number` to the first `per_group` of each group; how many came and went.

    `seen` is the snapshot the person looked at; Stale if another is in force. `chosen` are the addresses of tied
    entries that a person lets in where the rule leaves places open; all open places must be given out.
    """
    require(policy.can_move_board(actor))
    require(per_group >= 1, Refused(_l("Isi angka dari 1."), field="per_group"))
    found = get_advance(actor.event, number, per_group=per_group, rule=rule)
    changed = _l("Peringkat berubah sejak halaman ini dibuka. Periksa lagi siapa yang maju.")
    require(found.snapshot_id == seen, Stale(changed))
    by_hand = _choose(found, chosen)
    wanted = {idea for cut in found.cuts for idea in cut.advancing} | by_hand
    require(bool(wanted), Refused(_l("Belum ada karya yang dapat maju.")))
    come, gone = choose_entries(actor, found.following.round, wanted, reason=reason, at=at)
    after = {
        "from": found.view.round.id,
        "snapshot": seen,
        "per_group": per_group,
        "rule": rule.value,
        "entries": sorted(wanted),
        "by_hand": sorted(by_hand),
        "reason": reason,
    }
    record(
        "round.advance",
        actor_id=actor.user_id,
        at=at,
        object_type="round",
        object_id=found.following.round.id,
        event_id=actor.event.id,
        after=after,
    )
    return come, gone


def _choose(found: Advance, chosen: Collection[str]) -> set[int]:
    """The tied entries let in by hand: exactly as many in each group as places are open."""
    picked = {idea for idea in found.undecided if found.rows[idea].idea_public_id in set(chosen)}
    for cut in found.cuts:
        number = len(picked.intersection(cut.undecided))
        text = _l(
            "%(group)s: pilih tepat %(n)s dari karya yang nilainya sama.",
            group=cut.group_code,
            n=cut.open_places,
        )
        require(number == cut.open_places, Refused(text, field="chosen"))
    return picked
