"""The team's side: asking its unit, and taking that back."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _l

from innovate.core.db import db
from innovate.core.errors import NotFound, Refused, require
from innovate.endorsement.domain.chain import Act, Stage, follow
from innovate.endorsement.models import Chain
from innovate.endorsement.queries.chains import read_again, speaks_of
from innovate.endorsement.queries.hats import list_holders
from innovate.endorsement.services.trail import note, tell_unit
from innovate.events.policy import Actor
from innovate.ideas import policy
from innovate.ideas.models import Idea
from innovate.ideas.queries.extensions import get_window
from innovate.ideas.queries.ideas import lock_idea
from innovate.ideas.services.revisions import pin_working_copy
from innovate.ideas.services.submission import require_ready


def ask_unit(actor: Actor, idea: Idea, *, version: int, in_gallery: bool, at: datetime) -> Chain:
    """Show the working copy to the unit's coordinator and ask for its endorsement.

    It must be as complete and in time as if it were handed in. Asking again for the very same changes nothing.
    """
    idea = lock_idea(idea.id)
    require(policy.can_edit(actor, idea), NotFound())
    require(actor.event.asks_endorsement, Refused(_l("Kompetisi ini tidak meminta pengesahan unit.")))
    chain = read_again(idea.id)
    current = chain is not None and speaks_of(chain, idea)
    if chain is not None and follow(chain.stage, Act.ASK, current=current) is None:
        return chain
    require_ready(actor, idea, version=version, at=at)
    revision = pin_working_copy(actor, idea, at=at)
    if chain is None:
        chain = Chain(idea_id=idea.id, event_id=idea.event_id, step=0)
        db.session.add(chain)
    chain.unit_id, chain.version, chain.revision_id = idea.team.unit_id, idea.version, revision.id
    chain.stage, chain.in_gallery, chain.asked_at, chain.changed_at = Stage.WAITING, in_gallery, at, at
    chain.step += 1
    note(Act.ASK, actor, chain, at, of_team=True)
    closes = get_window(actor.event, idea.team_id, idea).closes_at
    vacant = list_holders(idea).is_vacant
    tell_unit("endorsement_asked", actor, idea, at, until=closes.isoformat() if closes else "", vacant=vacant)
    return chain


def take_back(actor: Actor, idea: Idea, *, at: datetime) -> Chain:
    """The team no longer asks: the coordinator does not see its text any more."""
    idea = lock_idea(idea.id)
    require(policy.can_edit(actor, idea), NotFound())
    chain = read_again(idea.id)
    if chain is None:
        raise NotFound
    if chain.stage is Stage.TAKEN_BACK:
        return chain
    stage = follow(chain.stage, Act.TAKE_BACK, current=speaks_of(chain, idea))
    require(stage is not None, Refused(_l("Usulan ini tidak sedang menunggu koordinator unit.")))
    chain.stage, chain.changed_at = Stage.TAKEN_BACK, at
    chain.step += 1
    note(Act.TAKE_BACK, actor, chain, at, of_team=True)
    tell_unit("endorsement_taken_back", actor, idea, at)
    return chain
