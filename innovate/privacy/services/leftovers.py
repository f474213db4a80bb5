"""What names a person outside their account: emptied when the person is erased."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, or_, select, update

from innovate.accounts.models import User
from innovate.accounts.services.erasure import NAME, before_erase
from innovate.core import storage
from innovate.core.db import after_commit, db
from innovate.endorsement.models import Coordinator, PaperProposal
from innovate.endorsement.services.paper import CAUSE as PAPER
from innovate.events.models import RoleInvitation
from innovate.learning.models import Enrolment, Speaker
from innovate.learning.services.leaving import leave_all
from innovate.notifications.services import forget_mails
from innovate.partners.domain.kinds import Stage
from innovate.partners.models.organisations import OrganisationMember
from innovate.privacy.domain.cases import CaseState
from innovate.privacy.models import DataExport, PrivacyCase
from innovate.teams.models import JoinRequest, Team, TeamInvitation

GONE = "–"
_NO_CONTACT = {"contact_name": GONE, "contact_email": "", "contact_phone": ""}


def connect() -> None:
    """Ask to be called before somebody is erased; twice changes nothing."""
    if empty_traces not in before_erase:
        before_erase.append(empty_traces)


def empty_traces(person: User, at: datetime) -> None:
    """Addresses and names in invitations, messages to teams, texts of requests, and copies of data. Nobody answers for
    a unit any more under a name that says nothing, and no request waits for an answer.
    """
    held = update(Coordinator).where(Coordinator.user_id == person.id, Coordinator.ended_at.is_(None))
    db.session.execute(held.values(ended_at=at, ended_by_id=person.id))
    email = person.email.lower()
    sought = or_(func.lower(TeamInvitation.email) == email, TeamInvitation.found_id == person.id)
    invited = update(TeamInvitation).where(sought)
    db.session.execute(invited.values(email=GONE))
    mine = or_(
        func.lower(RoleInvitation.email) == email,
        RoleInvitation.accepted_by_id == person.id,
        RoleInvitation.declined_by_id == person.id,
    )
    db.session.execute(update(RoleInvitation).where(mine).values(email=GONE, name=GONE))
    db.session.execute(update(JoinRequest).where(JoinRequest.user_id == person.id).values(message=""))
    belongs = update(OrganisationMember).where(OrganisationMember.user_id == person.id)
    db.session.execute(belongs.values(note="", is_manager=False))
    living = belongs.where(OrganisationMember.state.in_((Stage.PENDING, Stage.ACCEPTED)))
    db.session.execute(living.values(state=Stage.WITHDRAWN, left_at=at))
    db.session.execute(update(Speaker).where(Speaker.user_id == person.id).values(name=NAME, title=""))
    leave_all(person, at)
    left = update(Enrolment).where(Enrolment.user_id == person.id)
    db.session.execute(left.values(withdrawn_reason=""))
    contact = update(PaperProposal).where(func.lower(PaperProposal.contact_email) == email)
    db.session.execute(contact.values(_NO_CONTACT))
    asked = update(PrivacyCase).where(PrivacyCase.user_id == person.id)
    db.session.execute(asked.values(text="", answer=""))
    waits = asked.where(PrivacyCase.state == CaseState.OPEN)
    db.session.execute(waits.values(state=CaseState.WITHDRAWN, decided_at=at))
    forget_exports_of(person.id)


def empty_paper_contacts(event_id: int) -> None:
    """Who handed proposals in on paper, what they were written, and who their members were: names without an account,
    of one event.
    """
    forget_mails(PAPER, event_id=event_id)
    db.session.execute(update(PaperProposal).where(PaperProposal.event_id == event_id).values(_NO_CONTACT))
    for team in db.session.scalars(select(Team).where(Team.event_id == event_id)):
        if team.named_members:
            team.named_members = [NAME] * len(team.named_members)


def forget_exports_of(user_id: int) -> None:
    """Copies of a person's data go at once."""
    _forget(list(db.session.scalars(select(DataExport).where(DataExport.user_id == user_id))))


def forget_exports(*, at: datetime) -> int:
    """Delete the files of copies that have expired; how many."""
    query = select(DataExport).where(DataExport.expires_at <= at, DataExport.storage_key != "")
    rows = list(db.session.scalars(query))
    _forget(rows)
    return len(rows)


def _forget(rows: list[DataExport]) -> None:
    """First the rows, then, once that is sure, the files: a row never names a file that is gone."""
    keys = {row.storage_key for row in rows if row.storage_key}
    for row in rows:
        row.storage_key = ""

    def delete() -> None:
        for key in keys:
            if storage.exists(key):
                storage.delete(key)

    if keys:
        after_commit(delete)
