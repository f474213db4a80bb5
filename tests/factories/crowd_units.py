"""More of the units: coordinators, proposals on their way, and what came on paper."""

from __future__ import annotations

from innovate.accounts.models import Unit
from innovate.core.db import db
from innovate.endorsement.domain.chain import Act, Stage
from innovate.endorsement.models import EndorsementRules
from innovate.teams.models import Team
from tests.factories.build import NOW, add, make_event, make_idea, make_team, make_unit, make_user
from tests.factories.endorsement import make_act, make_chain, make_coordinator, make_paper_proposal
from tests.factories.world import World


def add_to_the_units(world: World) -> None:
    """Another coordinator of the unit, another unit of the coordinator, and another proposal in every place."""
    users, event = world.users, world.event
    here, coordinator = db.session.get_one(Unit, world.team.unit_id), users["coordinator"]
    make_coordinator(here, make_user(), users["admin"])
    make_coordinator(here, make_user(), users["admin"], ended_at=NOW, ended_by_id=users["admin"].id)
    there = make_unit(parent_id=here.id)
    make_coordinator(there, coordinator, users["admin"])
    for unit in (there, make_unit()):  # nobody answers for the last one
        for stage in (Stage.WAITING, Stage.ENDORSED, None):
            idea = make_idea(make_team(event, make_user(), unit_id=unit.id))
            if stage:
                make_chain(idea, stage, coordinator)
    make_act(world.values["chain"], Act.COMMENT, coordinator, text="Baik.")
    names = {"named_members": ["Sri Lestari"], "captain_id": users["secretariat"].id, "unit_id": there.id}
    team = add(Team(event_id=event.id, name=f"Tim Berkas {there.id}", created_at=NOW, **names))
    on_paper = make_idea(team)
    make_paper_proposal(on_paper, users["secretariat"])
    make_chain(on_paper, Stage.WAITING, users["secretariat"])
    other = make_event(asks_endorsement=True)
    add(EndorsementRules(event_id=other.id, per_unit=1, per_group={}))
    make_idea(make_team(other, make_user(), unit_id=here.id))
