"""When a person is erased nobody finds them any more; numbers without a name stay for the means."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, update

from innovate.accounts.models import User
from innovate.core.db import db
from innovate.skills.models import SkillEndorsement, SkillSharing


def forget_skills(person: User, at: datetime) -> None:
    """End the showing and every endorsement of and by the person."""
    db.session.execute(delete(SkillSharing).where(SkillSharing.user_id == person.id))
    theirs = (SkillEndorsement.user_id == person.id) | (SkillEndorsement.endorser_id == person.id)
    open_ = update(SkillEndorsement).where(theirs, SkillEndorsement.withdrawn_at.is_(None))
    db.session.execute(open_.values(withdrawn_at=at).execution_options(synchronize_session="fetch"))
