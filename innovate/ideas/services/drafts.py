"""Beginning an idea and saving its working copy, by several people at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from innovate.core.db import db, locked
from innovate.core.errors import NotFound, Refused, Stale, require
from innovate.events.domain.kinds import FieldKind
from innovate.events.models import Event, FormField
from innovate.events.policy import Actor
from innovate.ideas import policy
from innovate.ideas.domain.answers import Value, clean_text, max_length, read_value
from innovate.ideas.domain.completeness import anchor_of
from innovate.ideas.domain.deadline import can_edit, can_submit
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.ideas.domain.merging import Merge, Posted, merge
from innovate.ideas.models import Idea
from innovate.ideas.queries.completeness import list_fields
from innovate.ideas.queries.extensions import get_window
from innovate.ideas.queries.ideas import find_idea_of_team, lock_idea
from innovate.ideas.services import trail
from innovate.ideas.services.reasons import insist
from innovate.ideas.services.revisions import record_save
from innovate.teams import queries as teams
from innovate.teams.models import Team

TITLE_MAX = 160


@dataclass(frozen=True)
class Saved:
    """The idea after a save, and the parts in which a colleague's newer text was kept."""

    idea: Idea
    merged: dict[str, Value]


def create_idea(actor: Actor, team: Team, *, at: datetime) -> Idea:
    """Begin the team's idea; if it has a living one already (two members clicked), that one."""
    members = {user.id for user in teams.list_members(team.id)}
    require(actor.user_id in members and team.event_id == actor.event.id, NotFound())
    locked(Team, team.id)
    existing = find_idea_of_team(team.id)
    if existing and existing.state is not IdeaState.WITHDRAWN:
        return existing
    insist(can_submit(IdeaState.DRAFT, get_window(actor.event, team.id), at))
    return begin_idea(actor, team, at=at)


def begin_idea(
    actor: Actor, team: Team, *, at: datetime, title: str = "", track_id: int | None = None
) -> Idea:
    """An empty idea of a team that has none. The caller has decided that the actor may."""
    idea = Idea(
        event_id=actor.event.id,
        team_id=team.id,
        title=title,
        group_id=team.group_id,
        track_id=track_id,
        unit_id=team.unit_id,
        created_at=at,
        updated_at=at,
    )
    db.session.add(idea)
    db.session.flush()
    trail.record("idea.create", actor, idea, at, after={"team": team.id})
    return idea


def save_draft(actor: Actor, idea: Idea, posted: Posted, *, at: datetime, explicit: bool = False) -> Saved:
    """Save what was typed. Parts that only one person changed are joined; a part that two changed is refused as stale.

    Raises Stale with `details`: version, by (whose text it is), conflicts (names of parts), current (all parts).
    """
    idea = lock_idea(idea.id)
    require(policy.can_edit(actor, idea), NotFound())
    insist(can_edit(idea.state, get_window(actor.event, idea.team_id, idea), at))
    fields = [f for f in list_fields(actor.event.id) if f.kind is not FieldKind.FILE]
    stored = parts_of(actor.event, idea, fields)
    sent = read_parts(actor.event, fields, posted.parts)
    joined = merge(
        stored,
        sent,
        changed_in={name: version for name, (version, _by) in idea.part_versions.items()},
        base=posted.base,
        touched=posted.touched,
    )
    if joined.conflicts:
        raise _stale(idea, stored, joined)
    if joined.changed:
        _apply(actor, idea, joined, at)
    if joined.changed or explicit:
        record_save(actor, idea, explicit=explicit, at=at)
    return Saved(idea, {name: stored[name] for name in joined.kept})


def parts_of(event: Event, idea: Idea, fields: Sequence[FormField]) -> dict[str, Value]:
    """The working copy by the names the form uses: title, group and track (codes), and f-<key>."""
    groups, tracks = ({row.id: row.code for row in rows} for rows in (event.groups, event.tracks))
    parts: dict[str, Value] = {
        "title": idea.title,
        "group": groups.get(idea.group_id or 0, ""),
        "track": tracks.get(idea.track_id or 0, ""),
    }
    for field in fields:
        empty: Value = [] if field.kind is FieldKind.SEVERAL else ""
        parts[anchor_of(field)] = idea.answers.get(field.key, empty)
    return parts


def read_parts(
    event: Event, fields: Sequence[FormField], raw: Mapping[str, Sequence[str]]
) -> dict[str, Value]:
    """Cleaned values of the parts that were sent. Refuses only what cannot be kept; a wrong answer is kept as typed."""
    sent: dict[str, Value] = {}
    if "title" in raw:
        sent["title"] = clean_text(raw["title"][0] if raw["title"] else "", lines=False)
        _check_length("title", sent["title"], TITLE_MAX)
    for name, rows in (("group", event.groups), ("track", event.tracks)):
        if name in raw:
            code = raw[name][0] if raw[name] else ""
            sent[name] = code if code in {row.code for row in rows} else ""
    for field in fields:
        name = anchor_of(field)
        if name in raw:
            sent[name] = read_value(field, raw[name])
            _check_length(name, sent[name], max_length(field.kind))
    return sent


def _check_length(name: str, value: Value, limit: int) -> None:
    size = len(value) if isinstance(value, str) else sum(map(len, value))
    message = _l("Terlalu panjang: paling banyak %(limit)s karakter. Ringkas dulu, lalu simpan.", limit=limit)
    require(size <= limit * (1 if isinstance(value, str) else 10), Refused(message, field=name))


def _apply(actor: Actor, idea: Idea, joined: Merge, at: datetime) -> None:
    event = actor.event
    idea.version += 1
    mark = [idea.version, actor.user_id]
    idea.part_versions = {**idea.part_versions, **dict.fromkeys(joined.changed, mark)}
    idea.title = str(joined.values["title"])
    idea.group_id = next((g.id for g in event.groups if g.code == joined.values["group"]), None)
    idea.track_id = next((t.id for t in event.tracks if t.code == joined.values["track"]), None)
    changed = {name[2:]: joined.values[name] for name in joined.changed if name.startswith("f-")}
    idea.answers = {**idea.answers, **changed}
    idea.updated_at = at


def _stale(idea: Idea, stored: Mapping[str, Any], joined: Merge) -> Stale:
    writer = idea.part_versions[joined.conflicts[0]][1]
    names = {membership.user_id: membership.user.name for membership in idea.team.memberships}
    return Stale(
        _l("Anggota lain telah mengubah bagian yang sama. Tulisan Anda masih ada; pilih yang dipakai."),
        details={
            "version": idea.version,
            "by": names.get(writer, ""),
            "conflicts": list(joined.conflicts),
            "current": dict(stored),
        },
    )
