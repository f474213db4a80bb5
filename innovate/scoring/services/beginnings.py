"""What scoring does when an event begins: rounds with their rubrics, out of a template or a copied event.

These functions are registered with the events feature (`connect`), which cannot know of rounds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select

from innovate.core.db import db
from innovate.events.domain.kinds import PhaseKind, Role
from innovate.events.domain.readiness import Check
from innovate.events.models import EventRole, Phase
from innovate.events.policy import Actor
from innovate.events.queries import roles_in
from innovate.events.services import creation, evidence, launch, people, timetable
from innovate.events.services.creation import Creation
from innovate.scoring.domain.rubric import find_problems
from innovate.scoring.domain.window import Window
from innovate.scoring.models.jury import Assignment
from innovate.scoring.models.rounds import Criterion, Round, RoundEntry, RoundJuror, Rubric
from innovate.scoring.queries.rounds import find_rubric, list_rounds, list_rubrics_in_force
from innovate.scoring.services.assignment import take_back
from innovate.scoring.services.jurors import ensure_jurors
from innovate.scoring.services.round_rows import copy_index
from innovate.scoring.services.rounds import begin_rubric, open_rounds, tell_of_round

_JURY = {Role.JUROR, Role.CHAIR}


def connect() -> None:
    """Ask to be called; asking twice changes nothing."""
    wishes: tuple[tuple[list[Any], Any], ...] = (
        (creation.after_creation, bring_rounds),
        (timetable.after_phase_added, add_round),
        (timetable.before_phase_removed, drop_round),
        (people.after_role_given, note_juror),
        (people.after_role_removed, free_entries),
        (launch.more_checks, check_rubrics),
        (evidence.claims, list_claims),
    )
    for listeners, function in wishes:
        if function not in listeners:
            listeners.append(function)


def bring_rounds(new: Creation) -> None:
    """Rounds of a new event: the template's rubrics, or those of the event that was copied."""
    if new.template is not None:
        open_rounds(
            new.event.id,
            new.phases,
            by_id=new.user.id,
            at=new.at,
            rubrics=new.template.rubrics,
            ballots_per_idea=new.template.ballots_per_idea,
        )
        return
    sources = list_rounds(new.source.id) if new.source else []
    for source in sources:
        phase = new.copied_phases.get(source.phase_id)
        if phase is not None:
            rubric = find_rubric(source.rubric_id)
            copy_round(source, rubric.criteria if rubric else (), phase, by_id=new.user.id, at=new.at)
    known = {source.phase_id for source in sources}
    copied = {phase.id for key, phase in new.copied_phases.items() if key in known}
    open_rounds(new.event.id, [p for p in new.phases if p.id not in copied], by_id=new.user.id, at=new.at)


def copy_round(
    source: Round, criteria: Sequence[Criterion], phase: Phase, *, by_id: int, at: datetime
) -> Round:
    """A round like another event's, for a copied event: settings and rubric, no jurors and no ballots."""
    round_ = Round(
        event_id=phase.event_id,
        phase_id=phase.id,
        position=phase.position,
        ballots_per_idea=source.ballots_per_idea,
        weight=source.weight,
        takes_all=source.takes_all,
        carries=source.carries,
        is_blind=source.is_blind,
        chair_sees=source.chair_sees,
    )
    db.session.add(round_)
    db.session.flush()
    values = [
        {
            "key": c.key,
            "name": c.name,
            "description": c.description,
            "weight": c.weight,
            "min": c.minimum,
            "max": c.maximum,
            "step": c.step,
            "levels": c.levels,
        }
        for c in criteria
    ]
    begin_rubric(round_, values, by_id=by_id, at=at)
    copy_index(source, round_)
    tell_of_round(round_, source)
    return round_


def add_round(actor: Actor, phase: Phase, at: datetime) -> None:
    """A judging phase added to the timetable gets its round, with as many ballots as the round before."""
    before = list_rounds(actor.event.id)
    k = before[-1].ballots_per_idea if before else 3
    open_rounds(actor.event.id, [phase], by_id=actor.user_id, at=at, ballots_per_idea=k)


def drop_round(_actor: Actor, phase: Phase, _at: datetime) -> None:
    """A round without assignments goes with its phase; with assignments it stays, and so the phase must."""
    round_ = db.session.scalar(select(Round).where(Round.phase_id == phase.id))
    if round_ is None or db.session.scalar(
        select(Assignment.id).where(Assignment.round_id == round_.id).limit(1)
    ):
        return
    rubrics = select(Rubric.id).where(Rubric.round_id == round_.id)
    for table in (RoundEntry, RoundJuror):
        db.session.execute(delete(table).where(table.round_id == round_.id))
    db.session.execute(delete(Criterion).where(Criterion.rubric_id.in_(rubrics)))
    round_.rubric_id = None
    db.session.flush()
    db.session.execute(delete(Rubric).where(Rubric.round_id == round_.id))
    db.session.delete(round_)
    db.session.flush()


def note_juror(role: EventRole, _at: datetime) -> None:
    """Whoever becomes juror or chair gets a row for capacity and expertise."""
    if role.role in _JURY:
        ensure_jurors(role.event_id, [role.user_id])


def free_entries(actor: Actor, role: EventRole, at: datetime) -> None:
    """Whoever is no longer in the jury gives their entries back in rounds that are not over.

    Their ballots there are kept and no longer count; each can be restored. What was handed in to a round that is over
    stays: taking that out of the count is a decision of its own, made on the juror's page with a reason.
    """
    if role.role not in _JURY or _JURY & roles_in(role.event_id, role.user_id):
        return
    running = [r.id for r in list_rounds(role.event_id) if r.window(at) is not Window.CLOSED]
    take_back(actor, role.user_id, running, reason=str(_l("Peran juri dilepas.")), at=at)


def check_rubrics(actor: Actor) -> Iterable[Check]:
    """Before launch every round should have a usable rubric: participants read it first."""
    rounds = list_rounds(actor.event.id)
    good = [
        rubric
        for _round, rubric in list_rubrics_in_force(actor.event.id)
        if not find_problems(rubric.criteria)
    ]
    return [Check("rubrics", bool(rounds) and len(good) == len(rounds))]


def list_claims(event_id: int) -> list[evidence.Claim]:
    """The criteria by which entries are judged, for the slots of evidence in the entry form.

    What is seen at presentations alone proves itself there, unless nothing else is judged.
    """
    pairs = list_rubrics_in_force(event_id)
    written = [rubric for round_, rubric in pairs if round_.phase.kind is PhaseKind.JUDGING]
    return [
        evidence.Claim(criterion.key, criterion.name, criterion.description)
        for rubric in written or [rubric for _round, rubric in pairs]
        for criterion in rubric.criteria
        if criterion.key
    ]
