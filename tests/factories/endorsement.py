"""Units that endorse: coordinators, chains, letters, and a proposal that came on paper."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from innovate.accounts.models import Unit, User
from innovate.core import storage
from innovate.core.db import db
from innovate.endorsement.domain.chain import Act, Stage
from innovate.endorsement.models import (
    Chain,
    ChainAct,
    Coordinator,
    EndorsementRules,
    Letter,
    PaperProposal,
    PaperScan,
)
from innovate.endorsement.services.letters import NewLetter, Sent
from innovate.events.domain.kinds import Role
from innovate.events.models import Event
from innovate.events.policy import Actor
from innovate.events.queries import get_actor
from innovate.ideas.models import Idea, IdeaRevision
from innovate.ideas.queries.ideas import get_idea
from innovate.teams.models import Team
from tests.factories.build import (
    NOW,
    add,
    give_role,
    make_event,
    make_field,
    make_idea,
    make_team,
    make_unit,
    make_user,
)

PDF = b"%PDF-1.4\n%surat\n%%EOF\n"


@dataclass
class Office:
    """A competition that asks for endorsement, with a dinas, a puskesmas below it, and somebody everywhere."""

    event: Event
    dinas: Unit
    puskesmas: Unit
    captain: User
    team: Team
    head: User  # coordinates the dinas
    near: User  # coordinates the puskesmas
    clerk: User  # secretariat
    organizer: User
    values: dict[str, Any] = field(default_factory=dict)

    def actor(self, user: User | None = None) -> Actor:
        """The person (the captain if none is named) acting in the event, as a page loads them."""
        return get_actor(self.event.slug, user or self.captain)

    def read(self, idea: Idea) -> Idea:
        """The proposal as a page loads it."""
        return get_idea(self.event.id, idea.public_id)


def make_office(**values: Any) -> Office:
    """The team belongs to the puskesmas; its proposal still has to be written (`make_ready`)."""
    event = make_event(**{"asks_endorsement": True, "team_min": 1, **values})
    make_field(event)
    add(EndorsementRules(event_id=event.id, per_unit=None, per_group={}))
    dinas = make_unit(name="Dinas Kesehatan")
    puskesmas = make_unit(name="Puskesmas Alianyang", parent_id=dinas.id)
    captain, head, near, clerk, organizer = (make_user(unit_id=dinas.id) for _n in range(5))
    give_role(event, clerk, Role.SECRETARIAT)
    give_role(event, organizer, Role.ORGANIZER)
    team = make_team(event, captain, unit_id=puskesmas.id)
    make_coordinator(dinas, head, organizer)
    make_coordinator(puskesmas, near, organizer)
    return Office(event, dinas, puskesmas, captain, team, head, near, clerk, organizer)


def make_coordinator(unit: Unit, user: User, by: User, **values: Any) -> Coordinator:
    return add(
        Coordinator(
            **{"unit_id": unit.id, "user_id": user.id, "given_by_id": by.id, "given_at": NOW, **values}
        )
    )


def make_ready(event: Event, team: Team, title: str = "POSYANDU PAGI") -> Idea:
    """A draft that lacks nothing."""
    actor = get_actor(event.slug, None)
    group, track = actor.event.groups[0], actor.event.tracks[0]
    return make_idea(team, title=title, group_id=group.id, track_id=track.id)


def new_letter(content: bytes = PDF, filename: str = "surat.pdf") -> NewLetter:
    """A letter as a coordinator uploads it."""
    return NewLetter(
        Sent(filename, content, 1_000_000),
        "dr. Siti Rahma",
        "Kepala Dinas Kesehatan",
        "B/12/2026",
        date(2026, 11, 20),
    )


def make_letter(idea: Idea, by: User) -> Letter:
    stored = storage.save(PDF)
    return add(
        Letter(
            idea_id=idea.id,
            head_name="dr. Siti Rahma",
            head_position="Kepala Dinas Kesehatan",
            number="B/12/2026",
            day=date(2026, 11, 20),
            filename="surat.pdf",
            media_type="application/pdf",
            size=stored.size,
            sha256=stored.sha256,
            storage_key=stored.key,
            uploaded_by_id=by.id,
            uploaded_at=NOW,
        )
    )


def make_chain(idea: Idea, stage: Stage, by: User, **values: Any) -> Chain:
    """A chain that speaks of the working copy as it is, with an act for what was done last."""
    team = db.session.get_one(Team, idea.team_id)
    revision = (
        db.session.query(IdeaRevision).filter_by(idea_id=idea.id).order_by(IdeaRevision.number.desc()).first()
    )
    if revision is None:
        said = {name: getattr(idea, name) for name in ("title", "group_id", "track_id", "answers")}
        revision = add(IdeaRevision(idea_id=idea.id, number=1, author_id=team.captain_id, at=NOW, **said))
    letter = make_letter(idea, by) if stage in {Stage.ENDORSED, Stage.SUBMITTED} else None
    defaults = {
        "event_id": idea.event_id,
        "unit_id": team.unit_id,
        "version": idea.version,
        "revision_id": revision.id,
        "letter_id": letter.id if letter else None,
        "asked_at": NOW,
        "changed_at": NOW,
    }
    chain = add(Chain(**{"idea_id": idea.id, "stage": stage, **defaults, **values}))
    done = {Stage.ENDORSED: Act.ENDORSE, Stage.SUBMITTED: Act.SUBMIT, Stage.RETURNED: Act.RETURN}
    make_act(chain, done.get(stage, Act.ASK), by)
    return chain


def make_act(chain: Chain, act: Act, by: User, **values: Any) -> ChainAct:
    about = {"revision_id": chain.revision_id, "letter_id": chain.letter_id}
    return add(
        ChainAct(**{"idea_id": chain.idea_id, "act": act, "by_id": by.id, "at": NOW, **about, **values})
    )


def make_paper_proposal(idea: Idea, clerk: User) -> PaperScan:
    """That this proposal came on paper; the scan."""
    stored = storage.save(PDF)
    about = {"contact_name": "Bu Ratna", "contact_email": "ratna@contoh.example", "entered_by_id": clerk.id}
    add(
        PaperProposal(
            idea_id=idea.id, event_id=idea.event_id, received_on=date(2026, 11, 20), entered_at=NOW, **about
        )
    )
    return add(
        PaperScan(
            idea_id=idea.id,
            filename="berkas.pdf",
            media_type="application/pdf",
            size=stored.size,
            sha256=stored.sha256,
            storage_key=stored.key,
        )
    )
