"""Choosing how a round is ranked: before anybody knows who would win by it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from innovate.audit.services import record
from innovate.core.db import db
from innovate.core.errors import Refused, require
from innovate.events.domain.kinds import EventState
from innovate.events.policy import Actor
from innovate.results import policy
from innovate.results.domain.method import MENU, ScoringRules
from innovate.results.domain.ties.rules import TieRule
from innovate.results.models import RoundRules
from innovate.results.queries.boards import get_board
from innovate.scoring.models.rounds import Round
from innovate.scoring.queries.totals import has_any_ballot

if TYPE_CHECKING:
    from innovate.results.queries.computed import Computed

LOCKED = _l(
    "Penilaian pertama sudah dimulai, jadi cara penilaian terkunci: tidak seorang pun boleh memilihnya setelah melihat "
    "nilai."
)


def set_rules(actor: Actor, number: int, rules: ScoringRules, *, at: datetime) -> RoundRules:
    """Choose the rules of round `number`. Refused from the event's first ballot on, whatever round it is of."""
    require(policy.can_move_board(actor))
    require(actor.event.state is not EventState.ARCHIVED, Refused(_l("Kompetisi ini sudah diarsipkan.")))
    view = get_board(actor.event, number)
    require(not _hold_event(actor.event.id), Refused(LOCKED))
    _check(rules)
    row = db.session.get(RoundRules, view.round.id)
    before = write_rules(row.read()) if row else None
    if row is None:
        row = RoundRules(round_id=view.round.id)
        db.session.add(row)
    fill_rules(row, rules)
    db.session.flush()
    record(
        "round.rules",
        actor_id=actor.user_id,
        at=at,
        object_type="round",
        object_id=view.round.id,
        event_id=actor.event.id,
        before=before,
        after=write_rules(rules),
    )
    return row


def begin_rules(round_: Round, source: Round | None) -> None:
    """A new round begins with the house rules, one of a copied event with those it was copied from."""
    copied = db.session.get(RoundRules, source.id) if source else None
    row = RoundRules(round_id=round_.id)
    fill_rules(row, copied.read() if copied else ScoringRules())
    db.session.add(row)
    db.session.flush()


def _hold_event(event_id: int) -> bool:
    """Whether scoring has begun. Rounds are held: a ballot being written for one of them is waited for."""
    query = select(Round.id).where(Round.event_id == event_id).order_by(Round.id).with_for_update()
    return has_any_ballot(list(db.session.scalars(query)))


def is_order(asked: Sequence[TieRule]) -> bool:
    """Whether these rules can be asked one after the other: each once, the lot only before the shared rank."""
    known = len(set(asked)) == len(asked) and set(asked[:-1]) <= set(MENU)
    return bool(asked) and known and asked[-1] is TieRule.SHARED and TieRule.LOT not in asked[:-2]


def _check(rules: ScoringRules) -> None:
    asked = rules.tie_order
    known = len(set(asked)) == len(asked) and set(asked[:-1]) <= set(MENU) and asked[-1] is TieRule.SHARED
    require(known, Refused(_l("Setiap aturan hanya dapat dipilih satu kali."), field="ties"))
    last = _l("Undian selalu memutuskan. Letakkan sebagai aturan terakhir.")
    require(TieRule.LOT not in asked[:-2], Refused(last, field="ties"))
    good = rules.passing is None or 0 <= rules.passing <= 100
    require(good, Refused(_l("Isi angka dari 0 sampai 100."), field="passing"))
    require(
        1 <= rules.minimum_ballots <= 50, Refused(_l("Isi angka dari 1 sampai 50."), field="minimum_ballots")
    )
    require(rules.quota is None or rules.quota >= 1, Refused(_l("Isi angka dari 1."), field="quota"))


def fill_rules(row: RoundRules, rules: ScoringRules) -> None:
    """Put the rules into their row."""
    row.method, row.tie_order = rules.method, [rule.value for rule in rules.tie_order]
    row.minimum_ballots, row.joint = rules.minimum_ballots, rules.joint
    row.passing, row.quota = rules.passing, rules.quota


def write_rules(rules: ScoringRules) -> dict[str, Any]:
    """Rules as JSON values."""
    return {
        "method": rules.method.value,
        "tie_order": [rule.value for rule in rules.tie_order],
        "minimum_ballots": rules.minimum_ballots,
        "passing": rules.passing,
        "quota": rules.quota,
        "joint": rules.joint,
    }


def describe(computed: Computed) -> dict[str, Any]:
    """What a snapshot keeps of how it was computed."""
    from innovate.results.queries.computed import write_fits, write_notes

    return {
        "method": computed.basis.rules.method.value,
        "rules": write_rules(computed.basis.rules),
        "fits": write_fits(computed),
        "notes": write_notes(computed.notes),
        "criteria": computed.criteria,
        "seed": computed.seed,
        "top": computed.top,
    }
