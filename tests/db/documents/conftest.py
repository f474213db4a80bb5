"""A judged competition with a jury, two teams and finalists, for the tests of papers."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from innovate.core.db import db
from innovate.events.domain.kinds import PhaseKind, Role
from innovate.events.models import Prize
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.scoring.models.rounds import RoundEntry
from tests.factories.build import (
    NOW,
    add,
    give_role,
    make_assignment,
    make_ballot,
    make_event,
    make_idea,
    make_round,
    make_team,
    make_unit,
    make_user,
)

NIP = "198609262015051001"


@pytest.fixture
def played(db_session):
    """Two entries, each with two ballots; the final takes the first of them."""
    event = make_event(slug="lomba", name="Lomba Kota", shift_days=-31, place="Balai Kota")
    organizer = make_user(name="Ratna Dewi", title_after="M.T.")
    give_role(event, organizer, Role.ORGANIZER)
    add(Prize(event_id=event.id, name="Juara I", rank=1))
    round_, final = make_round(event), make_round(event, PhaseKind.FINAL)
    chair = make_user(name="Juri Pertama", title_before="Prof.", organization="Universitas Contoh")
    juror = make_user(name="Juri Kedua", position="Dosen", organization="Lembaga Contoh")
    give_role(event, chair, Role.CHAIR).public_title = "Rektor Universitas Contoh"
    give_role(event, juror, Role.JUROR)
    ideas = []
    for number, title, values in ((1, "PECI HAJI", (5, 4)), (2, "LENTERA", (3, 2))):
        captain = make_user(name=f"Ketua {title}", nip=NIP, position="Analis", unit_id=make_unit().id)
        member = make_user(name=f"Anggota {title}", unit_id=captain.unit_id)
        idea = make_idea(
            make_team(event, captain, member), state=IdeaState.ELIGIBLE, title=title, number=number
        )
        for who, value in zip((chair, juror), values, strict=True):
            ballot = make_ballot(make_assignment(round_, idea, who), [value] * 5)
            ballot.comment_team = f"Catatan untuk {title}."
        ideas.append(idea)
    add(RoundEntry(round_id=final.id, idea_id=ideas[0].id, added_by_id=organizer.id, added_at=NOW))
    db.session.flush()
    return SimpleNamespace(
        event=event, organizer=organizer, round=round_, chair=chair, juror=juror, ideas=ideas
    )
