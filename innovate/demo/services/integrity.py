"""Conflicts of interest in the demo: a juror who accompanies a team, a dismissal half way, a blind final."""

from __future__ import annotations

from datetime import datetime

from innovate.demo.services.entries import Entry
from innovate.demo.services.jury import Panel, round_of
from innovate.events.domain.kinds import PhaseKind
from innovate.scoring.domain.conflicts import Reason, Tie
from innovate.scoring.services import blind, dismissals
from innovate.teams.queries import get_team
from innovate.teams.services import mentoring


def accompany(panel: Panel, key: str, entry: Entry, *, at: datetime) -> None:
    """The organizer writes down that a juror accompanies this team; the pair is a conflict from now on."""
    stage = panel.stage
    team = get_team(stage.event.id, entry.registered.public_id)
    mentoring.name_mentor(stage.organizer, team, stage.world.people[key].public_id, at=at)


def propose_dismissal(panel: Panel, key: str, entry: Entry, *, at: datetime) -> None:
    """The organizer finds this one to be none; the second person has not answered yet."""
    stage = panel.stage
    team = get_team(stage.event.id, entry.registered.public_id)
    dismissals.propose_dismissal(
        stage.organizer,
        idea_public_id=entry.begun.public_id,
        juror_public_id=stage.world.people[key].public_id,
        tie=Tie(Reason.MENTOR, f"team:{team.id}"),
        reason="Hanya satu klinik umum yang dihadiri semua tim; tidak ada bimbingan khusus untuk tim ini.",
        at=at,
    )


def hide_names(panel: Panel, kind: PhaseKind, *, at: datetime) -> None:
    """The round of this kind is judged without names."""
    stage = panel.stage
    blind.set_blindness(stage.organizer, round_of(stage, kind), blind=True, chair_sees=False, at=at)
