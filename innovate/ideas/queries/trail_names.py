"""How proposals and their files are called in the audit trail: a draft is nobody's business but its team's."""

from __future__ import annotations

from collections.abc import Collection

from flask_babel import gettext as _
from sqlalchemy import select

from innovate.core.db import db
from innovate.ideas.models import Idea, IdeaFile
from innovate.teams.models import Team


def name_ideas(keys: Collection[str]) -> dict[str, str]:
    """Titles by key; a proposal that was never handed in goes by its team's name."""
    query = select(Idea.id, Idea.number, Idea.title, Team.name).join(Team, Team.id == Idea.team_id)
    numbers = [int(key) for key in keys if key.isdecimal() and len(key) < 10]
    rows = db.session.execute(query.where(Idea.id.in_(numbers)))
    return {
        str(key): title if number and title else _("tim %(team)s", team=team)
        for key, number, title, team in rows
    }


def name_files(keys: Collection[str]) -> dict[str, str]:
    """File names by key, of proposals that were handed in."""
    numbers = [int(key) for key in keys if key.isdecimal() and len(key) < 10]
    query = select(IdeaFile.id, IdeaFile.filename).join(Idea, Idea.id == IdeaFile.idea_id)
    rows = db.session.execute(query.where(IdeaFile.id.in_(numbers), Idea.number.is_not(None)))
    return {str(key): name for key, name in rows}


TRAIL_NAMES = {"idea": name_ideas, "idea_file": name_files}
