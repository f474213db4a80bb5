"""How the trail calls objections, special prizes and withdrawn awards."""

from __future__ import annotations

from sqlalchemy import select

from innovate.audit.queries import names_by
from innovate.ideas.models import Idea
from innovate.results.models import AwardWithdrawal, Objection, SpecialAward

_OBJECTED = select(Idea.title).where(Idea.id == Objection.idea_id).scalar_subquery()
TRAIL_NAMES = {
    "objection": names_by(Objection.id, _OBJECTED),
    "special_award": names_by(SpecialAward.id, SpecialAward.name),
    "award_withdrawal": names_by(AwardWithdrawal.id, AwardWithdrawal.award + ": " + AwardWithdrawal.title),
}
