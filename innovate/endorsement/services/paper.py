"""A proposal that came on paper, typed by the secretariat for a unit. Whoever types it does not take part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l

from innovate.core.db import db
from innovate.core.errors import Refused, require
from innovate.endorsement import policy
from innovate.endorsement.models import PaperProposal, PaperScan
from innovate.endorsement.services.letters import Sent, keep_file
from innovate.endorsement.services.trail import write
from innovate.events.policy import Actor
from innovate.ideas.domain.deadline import can_submit
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.ideas.models import Idea
from innovate.ideas.queries.extensions import window_of
from innovate.ideas.services.drafts import begin_idea
from innovate.ideas.services.reasons import insist
from innovate.notifications.services import enqueue_mail
from innovate.teams.services.leading import register_on_paper

MOST_SCANS = 5
CAUSE = "endorsement_paper"  # of the mail to the contact, who has no account


@dataclass(frozen=True)
class Sheet:
    """What stands on the front of a paper proposal. Keys of unit, group and track; names as they are written."""

    team: str
    title: str
    members: Sequence[str]
    unit_id: int | None
    group_id: int | None
    track_id: int | None
    contact_name: str
    contact_email: str
    contact_phone: str
    received_on: date


def enter_paper(actor: Actor, sheet: Sheet, scans: Sequence[Sent], *, at: datetime) -> Idea:
    """Begin the proposal of a unit as it came on paper; its answers are then typed in the usual editor."""
    require(policy.can_enter_paper(actor))
    insist(can_submit(IdeaState.DRAFT, window_of(actor.event, None, ()), at))
    names = [name for line in sheet.members if (name := " ".join(line.split()))]
    require(bool(names), Refused(_l("Tuliskan paling sedikit satu nama."), field="members"))
    require(
        len(names) <= actor.event.team_max,
        Refused(_l("Tim paling banyak %(max)s orang.", max=actor.event.team_max), field="members"),
    )
    today = at.astimezone(ZoneInfo(actor.event.zone)).date()
    require(sheet.received_on <= today, Refused(_l("Tanggal itu belum tiba."), field="received_on"))
    require(
        0 < len(scans) <= MOST_SCANS,
        Refused(_l("Unggah pindaian berkas kertas, 1 sampai 5 berkas."), field="scans"),
    )
    values = {"name": sheet.team, "group_id": sheet.group_id, "unit_id": sheet.unit_id, "members": names}
    try:
        team = register_on_paper(actor, values=values, at=at)
    except Refused as refused:
        raise Refused(refused.message, field="team") from refused
    idea = begin_idea(actor, team, at=at, title=sheet.title, track_id=sheet.track_id)
    about = ("received_on", "contact_name", "contact_email", "contact_phone")
    paper = PaperProposal(
        idea_id=idea.id,
        event_id=actor.event.id,
        entered_by_id=actor.user_id,
        entered_at=at,
        **{name: getattr(sheet, name) for name in about},
    )
    db.session.add(paper)
    for scan in scans:
        db.session.add(PaperScan(idea_id=idea.id, **keep_file(scan, field="scans")))
    db.session.flush()
    after = {"team": team.id, "received_on": sheet.received_on.isoformat(), "count": len(scans)}
    write("endorsement.paper", actor, idea.id, at, after=after)
    _tell_contact(actor, sheet, at)
    return idea


def _tell_contact(actor: Actor, sheet: Sheet, at: datetime) -> None:
    if not sheet.contact_email:
        return
    enqueue_mail(
        "endorsement_paper_received",
        address=sheet.contact_email,
        at=at,
        event_id=actor.event.id,
        cause=CAUSE,
        context={
            "name": sheet.contact_name,
            "event": actor.event.name,
            "title": sheet.title,
            "team": sheet.team,
            "contact": actor.event.contact,
            "path": f"/k/{actor.event.slug}",
        },
    )
