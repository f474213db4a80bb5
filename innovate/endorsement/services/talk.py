"""Words between a team and its unit about a proposal."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _l

from innovate.core.errors import NotFound, Refused, require
from innovate.endorsement.domain.chain import Act
from innovate.endorsement.models import ChainAct
from innovate.endorsement.queries.chains import find_chain
from innovate.endorsement.queries.hats import find_hat
from innovate.endorsement.services.trail import note, tell_team, tell_unit
from innovate.events.domain.kinds import EventState
from innovate.events.policy import Actor
from innovate.ideas import policy
from innovate.ideas.models import Idea
from innovate.ideas.queries.ideas import lock_idea

LONGEST = 4000


def comment(actor: Actor, idea: Idea, *, text: str, at: datetime) -> ChainAct:
    """Say something; the other side gets it by mail."""
    idea = lock_idea(idea.id)
    chain = find_chain(idea.id)
    of_team = policy.can_see_own(actor, idea)
    hat = find_hat(actor, idea)
    if chain is None or not (of_team or hat.acts):
        raise NotFound
    require(
        actor.event.state is EventState.PUBLISHED,
        Refused(_l("Kompetisi ini sudah diarsipkan, jadi tidak ada lagi yang dapat diubah.")),
    )
    words = text.strip()
    require(0 < len(words) <= LONGEST, Refused(_l("Tuliskan komentarnya."), field="text"))
    by_team = of_team and not hat.acts
    row = note(Act.COMMENT, actor, chain, at, text=words, of_team=by_team, stands_in=hat.stands_in)
    tell = tell_unit if by_team else tell_team
    tell("endorsement_commented", actor, idea, at, text=words, by_team=by_team)
    return row
