"""Where endorsement joins the submission of proposals: nothing is handed in around a unit."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import select, update

from innovate.core.db import db
from innovate.core.errors import Refused, require
from innovate.endorsement.domain.chain import Stage
from innovate.endorsement.models import Chain
from innovate.endorsement.queries import hats
from innovate.endorsement.queries.chains import read_again, speaks_of
from innovate.endorsement.services import settings
from innovate.endorsement.services.quota import require_room
from innovate.events.policy import Actor
from innovate.events.services import creation
from innovate.ideas import policy
from innovate.ideas.models import Idea
from innovate.ideas.services import submission
from innovate.teams.models import Team
from innovate.teams.services import leading

_NO_VERSION = 0  # no proposal has it: versions begin with 1


def connect() -> None:
    """Listen to submission and restoration, say who reads and writes, and bring rules to new events."""
    wishes: tuple[tuple[list, object], ...] = (  # type: ignore[type-arg]
        (submission.before_submission, refuse_around),
        (submission.before_restoration, require_room_again),
        (policy.readers, hats.reads_for_unit),
        (policy.previews, hats.list_shown_files),
        (policy.writers, hats.writes_paper),
        (creation.after_creation, settings.bring_rules),
        (leading.after_unit_changed, void_asked),
    )
    for listeners, function in wishes:
        if function not in listeners:
            listeners.append(function)


def void_asked(_actor: Actor, team: Team, _at: datetime) -> None:
    """What a unit was asked or has endorsed is void once the team leaves it, also if it comes back: its place in the
    quota was free meanwhile.
    """
    ideas = select(Idea.id).where(Idea.team_id == team.id)
    stages = Stage.WAITING, Stage.ENDORSED
    query = update(Chain).where(Chain.idea_id.in_(ideas), Chain.stage.in_(stages)).values(version=_NO_VERSION)
    db.session.execute(query, execution_options={"synchronize_session": "fetch"})


def refuse_around(actor: Actor, idea: Idea, _at: datetime) -> None:
    """Where endorsement is asked, only the unit hands in, and only what it has endorsed."""
    if not actor.event.asks_endorsement:
        return
    chain = read_again(idea.id)
    endorsed = chain is not None and chain.stage is Stage.ENDORSED and speaks_of(chain, idea)
    message = _l(
        "Di kompetisi ini usulan diajukan oleh koordinator unit setelah disahkan kepala unit. Ajukan dulu kepada "
        "koordinator unit Anda."
    )
    require(endorsed and hats.find_hat(actor, idea).acts, Refused(message))


def require_room_again(actor: Actor, idea: Idea, _at: datetime) -> None:
    """A withdrawal gave the unit's place away; it comes back only if there is still one."""
    pinned = idea.submitted_revision
    if actor.event.asks_endorsement and pinned is not None:
        require_room(actor.event, unit_id=idea.unit_id, group_id=pinned.group_id, idea_id=idea.id)
