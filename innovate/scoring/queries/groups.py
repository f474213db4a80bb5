"""Groups of jurors that share no entry: what one gave cannot be compared with what the other gave."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import func, select

from innovate.accounts.models import User
from innovate.core.db import db
from innovate.scoring.domain.assignment.linkage import count_components, divide_linked
from innovate.scoring.models.jury import Assignment, AssignmentState
from innovate.scoring.models.rounds import Round, Rubric


def count_groups(round_ids: Collection[int]) -> dict[int, int]:
    """By round, in one statement: how many groups of jurors share no entry with each other.

    A round without assignments has none.
    """
    return {key: count_components(links) for key, links in _list_links(round_ids).items()}


def _list_links(round_ids: Collection[int]) -> dict[int, list[tuple[int, int]]]:
    """Each entry links its jurors to the first of them."""
    active = Assignment.round_id.in_(round_ids) & (Assignment.state == AssignmentState.ACTIVE)
    first = select(Assignment.round_id, Assignment.idea_id, func.min(Assignment.user_id).label("user_id"))
    links = first.where(active).group_by(Assignment.round_id, Assignment.idea_id).subquery()
    same = (links.c.round_id == Assignment.round_id) & (links.c.idea_id == Assignment.idea_id)
    query = select(links.c.round_id, links.c.user_id, Assignment.user_id).distinct()
    pairs: dict[int, list[tuple[int, int]]] = {round_id: [] for round_id in round_ids}
    for round_id, one, other in (
        db.session.execute(query.join(links, same).where(active)) if round_ids else ()
    ):
        pairs[round_id].append((one, other))
    return pairs


def is_held(rubric_id: int) -> bool:
    """Whether the first ballot on this rubric has to wait: its round's jury is divided and nobody accepted that.

    One statement once a ballot was begun, two before.
    """
    query = select(Round.id, Round.accepted_groups).join(Rubric, Rubric.round_id == Round.id)
    query = query.where(Rubric.id == rubric_id, Rubric.version == 1, Rubric.locked_at.is_(None))
    row = db.session.execute(query).one_or_none()
    return row is not None and count_groups([row.id])[row.id] > row.accepted_groups


class PanelGroup(NamedTuple):
    """Jurors linked by entries they share, by name, and how many entries they judge."""

    jurors: list[str]
    entries: int


def list_groups(round_: Round) -> list[PanelGroup]:
    """The round's groups, the largest first. Three statements."""
    groups = divide_linked(_list_links([round_.id])[round_.id])
    people = select(User.id, User.name).where(User.id.in_({key for group in groups for key in group}))
    names = dict(db.session.execute(people).tuples().all())
    active = (Assignment.round_id == round_.id) & (Assignment.state == AssignmentState.ACTIVE)
    first = select(func.min(Assignment.user_id)).where(active).group_by(Assignment.idea_id)
    lead: list[int] = list(db.session.scalars(first))
    found = [
        PanelGroup(sorted(names[key] for key in group), sum(key in group for key in lead)) for group in groups
    ]
    return sorted(found, key=lambda group: (-group.entries, group.jurors))
