"""Writing a round's rubric: freely until the first ballot, afterwards only as a new version with a reason.

A new version copies the values of criteria whose name and scale stayed. Ballots that had been handed in become drafts
again and must be confirmed by their juror; until then they do not count. The values of the old version stay where they
are, and each ballot's history holds it as it was.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from flask_babel import lazy_gettext as _l
from sqlalchemy import insert, select

from innovate.audit.services import record
from innovate.core.db import db, locked
from innovate.core.errors import Refused, require
from innovate.events.policy import Actor
from innovate.scoring import policy
from innovate.scoring.domain import rubric as rules
from innovate.scoring.domain.criterion_keys import Keyed, give_keys
from innovate.scoring.domain.rubric import CriterionDraft
from innovate.scoring.domain.window import Window
from innovate.scoring.models.ballots import Ballot, BallotChange, BallotScore, BallotState
from innovate.scoring.models.rounds import Criterion, Round, Rubric
from innovate.scoring.services.trail import require_reason

PROBLEMS = {
    "empty": _l("Rubrik memerlukan paling sedikit satu kriteria."),
    "too_many": _l("Rubrik menampung paling banyak %(most)s kriteria.", most=rules.MAX_CRITERIA),
    "name": _l("Setiap kriteria perlu nama."),
    "same_name": _l("Dua kriteria tidak boleh bernama sama."),
    "weight": _l("Bobot harus lebih dari 0 dan paling banyak 100."),
    "range": _l("Nilai tertinggi harus lebih besar daripada nilai terendah."),
    "step": _l("Kelipatan harus membagi rentang nilai tanpa sisa."),
}


def save_rubric(
    actor: Actor, round_: Round, drafts: Sequence[CriterionDraft], *, reason: str = "", at: datetime
) -> Rubric:
    """Put these criteria in force: in place while no ballot exists, else as the next version."""
    require(policy.can_set_up(actor))
    for index, code in rules.find_problems(drafts):
        raise Refused(PROBLEMS[code], details={"criterion": index})
    if round_.rubric_id is None:
        return _begin(actor, round_, drafts, at)
    rubric = locked(Rubric, round_.rubric_id)
    before = _loaded(rubric.id)
    if list(drafts) == [draft_of(criterion) for criterion in before]:
        raise Refused(_l("Tidak ada yang berubah pada rubrik ini."))
    if rubric.locked_at is None and not _has_ballots(rubric.id):
        return _replace(actor, rubric, before, drafts, at)
    return _next_version(actor, round_, rubric, drafts, reason, at)


def _has_ballots(rubric_id: int) -> bool:
    return db.session.scalar(select(Ballot.id).where(Ballot.rubric_id == rubric_id).limit(1)) is not None


def _loaded(rubric_id: int) -> list[Criterion]:
    query = select(Criterion).where(Criterion.rubric_id == rubric_id)
    return list(db.session.scalars(query.order_by(Criterion.position, Criterion.id)))


def _begin(actor: Actor, round_: Round, drafts: Sequence[CriterionDraft], at: datetime) -> Rubric:
    rubric = Rubric(round_id=round_.id, version=1, created_by_id=actor.user_id, created_at=at)
    db.session.add(rubric)
    db.session.flush()
    _add_criteria(rubric.id, drafts)
    locked(Round, round_.id).rubric_id = rubric.id
    _record(actor, "rubric.create", rubric, at, {"criteria": _as_json(drafts)})
    return rubric


def _replace(
    actor: Actor, rubric: Rubric, before: Sequence[Criterion], drafts: Sequence[CriterionDraft], at: datetime
) -> Rubric:
    old = _as_json([draft_of(criterion) for criterion in before])
    for criterion in before:
        db.session.delete(criterion)
    db.session.flush()
    _add_criteria(rubric.id, drafts, before)
    _record(actor, "rubric.update", rubric, at, {"criteria": _as_json(drafts)}, before={"criteria": old})
    return rubric


def _next_version(
    actor: Actor, round_: Round, old: Rubric, drafts: Sequence[CriterionDraft], reason: str, at: datetime
) -> Rubric:
    reason = require_reason(reason)
    closed = _l(
        "Babak ini sudah ditutup, sehingga juri tidak dapat menegaskan ulang nilainya. Rubrik tidak berubah."
    )
    require(round_.window(at) is not Window.CLOSED, Refused(closed))
    new = Rubric(
        round_id=round_.id,
        version=old.version + 1,
        reason=reason,
        created_by_id=actor.user_id,
        created_at=at,
        locked_at=at,
    )
    db.session.add(new)
    db.session.flush()
    before = _loaded(old.id)
    _add_criteria(new.id, drafts, before)
    locked(Round, round_.id).rubric_id = new.id
    moved = _carry_ballots(actor, round_.id, before, new.id, reason, at)
    after = {"criteria": _as_json(drafts), "version": new.version, "reason": reason, "ballots": moved}
    _record(actor, "rubric.version", new, at, after, before={"version": old.version})
    return new


def _add_criteria(rubric_id: int, drafts: Sequence[CriterionDraft], before: Sequence[Criterion] = ()) -> None:
    keys = give_keys([draft.name for draft in drafts], [Keyed(was.name, was.key) for was in before])
    for position, (draft, key) in enumerate(zip(drafts, keys, strict=True)):
        values = {**asdict(draft), "levels": [dict(level) for level in draft.levels], "key": key}
        db.session.add(Criterion(rubric_id=rubric_id, position=position, **values))
    db.session.flush()


# -- ballots of the old version ---------------------------------------------------------------------------------------


def _carry_ballots(
    actor: Actor, round_id: int, old: Sequence[Criterion], new_id: int, reason: str, at: datetime
) -> int:
    """Move every ballot of the round to the new version; how many."""
    new = {criterion.id: criterion for criterion in _loaded(new_id)}
    kept = rules.carry_over({criterion.id: criterion for criterion in old}, new)
    scores = _scores_of(round_id, [criterion.id for criterion in old])
    history: list[dict[str, Any]] = []
    copies: list[dict[str, Any]] = []
    ballots = list(db.session.scalars(select(Ballot).where(Ballot.round_id == round_id).with_for_update()))
    for ballot in ballots:
        mine = scores.get(ballot.id, [])
        before = _ballot_json(ballot, mine)
        history.append(_change(actor.user_id, ballot, before, reason, at))
        carried = [score._replace(key=kept[score.key]) for score in mine if score.key in kept]
        copies += [
            {
                "ballot_id": ballot.id,
                "criterion_id": score.key,
                "value": score.value,
                "comment": score.note,
                "comment_internal": score.internal,
            }
            for score in carried
        ]
        total = rules.total(new, {score.key: score.value for score in carried if score.value is not None})
        _move(ballot, new_id, None if total is None else float(total), at)
    db.session.flush()
    if history:
        db.session.execute(insert(BallotChange), history)
    if copies:
        db.session.execute(insert(BallotScore), copies)
    return len(ballots)


def _move(ballot: Ballot, rubric_id: int, total: float | None, at: datetime) -> None:
    ballot.rubric_id, ballot.total = rubric_id, total
    ballot.version, ballot.updated_at, ballot.submitted_at = ballot.version + 1, at, None
    if ballot.state is BallotState.SUBMITTED:
        ballot.state = BallotState.DRAFT


class _Score(NamedTuple):
    key: int
    value: Decimal | None
    note: str
    internal: str


def _scores_of(round_id: int, criterion_ids: Sequence[int]) -> dict[int, list[_Score]]:
    given = (BallotScore.criterion_id, BallotScore.value, BallotScore.comment, BallotScore.comment_internal)
    query = select(BallotScore.ballot_id, *given)
    query = query.join(Ballot, Ballot.id == BallotScore.ballot_id)
    query = query.where(Ballot.round_id == round_id, BallotScore.criterion_id.in_(criterion_ids))
    found: dict[int, list[_Score]] = {}
    for ballot_id, *score in db.session.execute(query):
        found.setdefault(ballot_id, []).append(_Score(*score))
    return found


def _ballot_json(ballot: Ballot, scores: Sequence[_Score]) -> dict[str, Any]:
    """The same record as `Sheet.as_json`."""
    return {
        "state": ballot.state.value,
        "rubric": ballot.rubric_id,
        "total": ballot.total,
        "values": {str(s.key): str(s.value) for s in scores if s.value is not None},
        "notes": {str(s.key): s.note for s in scores if s.note},
        "comment_team": ballot.comment_team,
        "comment_internal": ballot.comment_internal,
        "notes_internal": {str(s.key): s.internal for s in scores if s.internal},
    }


def _change(
    actor_id: int, ballot: Ballot, before: Mapping[str, Any], reason: str, at: datetime
) -> dict[str, Any]:
    return {
        "ballot_id": ballot.id,
        "version": ballot.version,
        "actor_id": actor_id,
        "action": "rubric",
        "reason": reason,
        "before": before,
        "at": at,
    }


# -- records ----------------------------------------------------------------------------------------------------------


def draft_of(criterion: Criterion) -> CriterionDraft:
    """A saved criterion as it would be typed."""
    return CriterionDraft(
        name=criterion.name,
        weight=criterion.weight,
        description=criterion.description,
        minimum=criterion.minimum,
        maximum=criterion.maximum,
        step=criterion.step,
        levels=tuple(criterion.levels),
    )


def _as_json(drafts: Sequence[CriterionDraft]) -> list[dict[str, Any]]:
    return [
        {key: str(value) if isinstance(value, Decimal) else value for key, value in asdict(draft).items()}
        for draft in drafts
    ]


def _record(
    actor: Actor,
    action: str,
    rubric: Rubric,
    at: datetime,
    after: Mapping[str, Any],
    *,
    before: Mapping[str, Any] | None = None,
) -> None:
    record(
        action,
        actor_id=actor.user_id,
        at=at,
        object_type="rubric",
        object_id=rubric.id,
        event_id=actor.event.id,
        before=before,
        after=after,
    )
