"""Taking a person out of the lists of who was asked. What they answered under their name stays, without it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, or_, select

from innovate.accounts.models import User
from innovate.core.db import db
from innovate.surveys.domain.kinds import Segment
from innovate.surveys.models import Invitation, Survey, SurveyResponse

NOBODY = "dihapus"


def forget_person(person: User, _at: datetime) -> None:
    """Empty address and name, end the link, and part their answers from them; take the address out of lists."""
    mine = or_(Invitation.user_id == person.id, func.lower(Invitation.email) == person.email.lower())
    for invitation in db.session.scalars(select(Invitation).where(mine)):
        response = db.session.scalar(
            select(SurveyResponse).where(SurveyResponse.invitation_id == invitation.id)
        )
        if response:
            response.invitation_id, response.unit_id = None, None
        invitation.email, invitation.name = f"{NOBODY}-{invitation.id}@invalid", ""
        invitation.user_id, invitation.answered = None, True  # nobody is reminded
        invitation.token = f"{NOBODY}-{invitation.id}"
    for survey in db.session.scalars(select(Survey).where(Survey.segment == Segment.LIST)):
        survey.people = [each for each in survey.people if each.lower() != person.email.lower()]
    db.session.flush()
