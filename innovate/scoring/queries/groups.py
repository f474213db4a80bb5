"""Groups of jurors that share no entry: what one gave cannot be compared with what the other gave."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, func, select

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
    pairs: dict[int, list[tuple[int, int]]] = {round_id: [] for round_id in round_ids}
    query = _select_links(Assignment.round_id.in_(round_ids))
    for round_id, one, other in db.session.execute(query) if round_ids else ():
        pairs[round_id].append((one, other))
    return pairs


def _select_links(wanted: ColumnElement[bool]) -> Select[Any]:
    """Round and two jurors: each entry links its jurors to the first of them."""
    active = wanted & (Assignment.state == AssignmentState.ACTIVE)
    first = select(Assignment.round_id, Assignment.idea_id, func.min(Assignment.user_id).label("user_id"))
    links = first.where(active).group_by(Assignment.round_id, Assignment.idea_id).subquery()
    same = (links.c.round_id == Assignment.round_id) & (links.c.idea_id == Assignment.idea_id)
    return (
        select(Assignment.round_id, links.c.user_id, Assignment.user_id)
        .distinct()
        .join(links, same)
        .where(active)
    )


def is_held(rubric_id: int) -> bool:
    """Whether the first ballot on this rubric has to wait: its round's jury is divided and nobody accepted that.

    One statement; once a ballot was begun it finds no row.
    """
    fresh = select(Rubric.round_id).where(
        Rubric.id == rubric_id, Rubric.version == 1, Rubric.locked_at.is_(None)
    )
    links = _select_links(Assignment.round_id.in_(fresh)).add_columns(Round.accepted_groups)
    rows = db.session.execute(links.join(Round, Round.id == Assignment.round_id)).all()
    return bool(rows) and count_components((row[1], row[2]) for row in rows) > rows[0].accepted_groups


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
