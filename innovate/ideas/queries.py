"""Reading ideas. Each function costs the same number of queries whatever the number of rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, case, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from innovate.accounts.models import Unit
from innovate.core.db import db
from innovate.core.errors import NotFound, require
from innovate.core.paging import Page, paginate
from innovate.events.domain.kinds import EventState, PhaseKind
from innovate.events.domain.phases import find_span
from innovate.events.models import ChecklistItem, Event, FormField, Group, Track
from innovate.events.policy import Actor
from innovate.ideas import policy
from innovate.ideas.domain.completeness import Demands, Draft, Gap, find_gaps
from innovate.ideas.domain.deadline import Window
from innovate.ideas.domain.differences import FieldChange, compare_parts
from innovate.ideas.domain.entries import BoardEntry, DraftHolder, Funnel
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.ideas.domain.reading import Entry, PageSet, Picture, lay_out
from innovate.ideas.domain.revisions import format_number
from innovate.ideas.domain.screening import QUEUE_STATES, QueueFilter
from innovate.ideas.models import Extension, FilePage, Idea, IdeaFile, IdeaRevision, PagesState, Screening
from innovate.teams.models import Membership, Team

PDF = "application/pdf"
_WHOLE = (
    joinedload(Idea.team).options(
        joinedload(Team.unit), selectinload(Team.memberships).joinedload(Membership.user)
    ),
    joinedload(Idea.group),
    joinedload(Idea.track),
    joinedload(Idea.unit),
    joinedload(Idea.submitted_revision).joinedload(IdeaRevision.author),
    selectinload(Idea.files),
)

# -- one idea -----------------------------------------------------------------------------------------------------


def get_idea(event_id: int, public_id: str) -> Idea:
    """The idea with team, members, group, track, unit, pinned revision and files, or NotFound. Three queries.

    Says nothing about who may see it: pages go through `guard.enter_idea`, others through `get_idea_for`.
    """
    query = select(Idea).where(Idea.event_id == event_id, Idea.public_id == public_id).options(*_WHOLE)
    idea = db.session.scalar(query)
    if idea is None:
        raise NotFound
    return idea


def get_judged_idea(event_id: int, public_id: str) -> Idea:
    """The idea with its pinned revision and nothing that names anybody, or NotFound. One query."""
    query = select(Idea).where(Idea.event_id == event_id, Idea.public_id == public_id)
    idea = db.session.scalar(query.options(joinedload(Idea.submitted_revision)))
    if idea is None:
        raise NotFound
    return idea


def get_idea_for(actor: Actor, public_id: str) -> Idea:
    """The idea as `get_idea` loads it, or NotFound if the actor may not read it."""
    idea = get_idea(actor.event.id, public_id)
    require(policy.can_read(actor, idea), NotFound())
    return idea


def lock_idea(idea_id: int) -> Idea:
    """The idea as it is now, loaded whole, held against other writers until the commit.

    The row is held first and read after: a joined row read while waiting would be the one from before the wait.
    """
    db.session.flush()
    db.session.execute(select(Idea.id).where(Idea.id == idea_id).with_for_update())
    query = select(Idea).where(Idea.id == idea_id).options(*_WHOLE)
    return db.session.scalars(query.execution_options(populate_existing=True)).one()


def find_idea_of_team(team_id: int) -> Idea | None:
    """The team's living idea, else its last withdrawn one."""
    query = (
        select(Idea)
        .where(Idea.team_id == team_id)
        .order_by(case((Idea.state == IdeaState.WITHDRAWN, 1), else_=0), Idea.id.desc())
    )
    return db.session.scalar(query.limit(1))


def map_ideas_of_teams(team_ids: Sequence[int]) -> dict[int, Idea]:
    """By team key: the team's living idea, else its last withdrawn one. One query."""
    query = select(Idea).where(Idea.team_id.in_(team_ids))
    query = query.options(selectinload(Idea.files), joinedload(Idea.submitted_revision))
    found = sorted(db.session.scalars(query), key=lambda i: (i.state is not IdeaState.WITHDRAWN, i.id))
    return {idea.team_id: idea for idea in found}


def list_fields(event_id: int, *, with_removed: bool = False) -> list[FormField]:
    """The fields of the event's entry form in order."""
    query = select(FormField).where(FormField.event_id == event_id)
    if not with_removed:
        query = query.where(FormField.removed_at.is_(None))
    return list(db.session.scalars(query.order_by(FormField.position, FormField.id)))


def get_window(event: Event, team_id: int, idea: Idea | None = None) -> Window:
    """Until when this team may hand in. One query; the event's phases must be loaded."""
    return _window(event, idea, map_extensions(event.id, [team_id]).get(team_id, ()))


def map_extensions(event_id: int | None, team_ids: Sequence[int]) -> dict[int, tuple[datetime, ...]]:
    """By team key: until when its living extensions reach, in one event or in all. One query."""
    query = select(Extension.team_id, Extension.until).where(
        Extension.team_id.in_(team_ids), Extension.revoked_at.is_(None)
    )
    if event_id is not None:
        query = query.where(Extension.event_id == event_id)
    found: dict[int, tuple[datetime, ...]] = {}
    for team_id, until in db.session.execute(query):
        found[team_id] = (*found.get(team_id, ()), until)
    return found


def _window(event: Event, idea: Idea | None, extensions: tuple[datetime, ...]) -> Window:
    phase = find_span(event.phases, PhaseKind.SUBMISSION)
    is_returned = idea is not None and idea.state is IdeaState.RETURNED
    return Window(
        opens_at=phase.starts_at if phase else None,
        phase_end=phase.ends_at if phase else None,
        extensions=extensions,
        return_until=idea.return_until if idea is not None and is_returned else None,
        archived=event.state is EventState.ARCHIVED,
    )


def number_of(event: Event, idea: Idea) -> str:
    """The receipt number as printed, with the group it was handed in under; the event's groups must be loaded."""
    pinned = idea.submitted_revision
    group_id = pinned.group_id if pinned else idea.group_id
    code = next((group.code for group in event.groups if group.id == group_id), "")
    return format_number(idea.number, code)


def demands_of(event: Event, fields: Sequence[FormField]) -> Demands:
    """What the event asks of an idea; its groups and tracks must be loaded."""
    return Demands(
        fields=fields,
        group_ids=frozenset(group.id for group in event.groups),
        track_ids=frozenset(track.id for track in event.tracks),
        team_min=event.team_min,
        team_max=event.team_max,
    )


def draft_of(idea: Idea) -> Draft:
    """The working copy as the rules see it."""
    files = Counter(file.field_key for file in idea.files)
    return Draft(idea.title, idea.group_id, idea.track_id, idea.answers, files)


def list_gaps(event: Event, idea: Idea, members: int, fields: Sequence[FormField] | None = None) -> list[Gap]:
    """What the idea lacks before it can be handed in. One query, none if `fields` are given."""
    given = list_fields(event.id) if fields is None else fields
    return find_gaps(draft_of(idea), demands_of(event, given), members)


# -- history ------------------------------------------------------------------------------------------------------


def list_revisions(idea_id: int) -> list[IdeaRevision]:
    """The idea's history, newest first, with authors."""
    query = (
        select(IdeaRevision).where(IdeaRevision.idea_id == idea_id).options(joinedload(IdeaRevision.author))
    )
    return list(db.session.scalars(query.order_by(IdeaRevision.number.desc())))


def find_last_revision(idea_id: int, *, with_author: bool = False) -> IdeaRevision | None:
    """The newest entry of the history."""
    query = select(IdeaRevision).where(IdeaRevision.idea_id == idea_id)
    if with_author:
        query = query.options(joinedload(IdeaRevision.author)).execution_options(populate_existing=True)
    return db.session.scalar(query.order_by(IdeaRevision.number.desc()).limit(1))


def list_files(idea_id: int, ids: Iterable[int] | None = None) -> list[IdeaFile]:
    """All files an idea ever had, removed ones too; only those in `ids` if given."""
    query = select(IdeaFile).where(IdeaFile.idea_id == idea_id).order_by(IdeaFile.id)
    if ids is not None:
        query = query.where(IdeaFile.id.in_(list(ids)))
    return list(db.session.scalars(query))


def get_file(idea_id: int, public_id: str) -> IdeaFile:
    """One file of the idea, removed or not, or NotFound."""
    query = select(IdeaFile).where(IdeaFile.idea_id == idea_id, IdeaFile.public_id == public_id)
    file = db.session.scalar(query)
    if file is None:
        raise NotFound
    return file


def get_page(file_id: int, number: int) -> FilePage:
    """One page of a file as a picture, or NotFound."""
    page = db.session.get(FilePage, (file_id, number))
    if page is None:
        raise NotFound
    return page


def list_undrawn_files(limit: int) -> list[tuple[int, str]]:
    """Key and place of submitted PDF files whose pages are not drawn yet, those of the newest submission first."""
    query = (
        select(IdeaFile.id, IdeaFile.storage_key)
        .join(Idea, Idea.id == IdeaFile.idea_id)
        .where(
            IdeaFile.media_type == PDF,
            IdeaFile.pages_state == PagesState.WAITING,
            IdeaFile.uploaded_at <= Idea.submitted_at,
            or_(IdeaFile.removed_at.is_(None), IdeaFile.removed_at > Idea.submitted_at),
        )
        .order_by(Idea.submitted_at.desc(), IdeaFile.id)
    )
    return [(key, place) for key, place in db.session.execute(query.limit(limit))]


def list_files_with_pages(idea_id: int, ids: Iterable[int]) -> tuple[list[IdeaFile], dict[str, PageSet]]:
    """These files of an idea, and by public id of a PDF its pages as pictures, as far as they are drawn. One query."""
    query = (
        select(IdeaFile, FilePage.number, FilePage.width, FilePage.height, FilePage.text)
        .outerjoin(FilePage, FilePage.file_id == IdeaFile.id)
        .where(IdeaFile.idea_id == idea_id, IdeaFile.id.in_(list(ids)))
        .order_by(IdeaFile.id, FilePage.number)
    )
    drawn: dict[IdeaFile, list[Picture]] = {}
    for file, *page in db.session.execute(query):
        drawn.setdefault(file, []).extend([Picture(*page)] if page[0] else [])
    sets = {f: PageSet(f.pages_state.value, f.pages_total or 0, tuple(pages)) for f, pages in drawn.items()}
    return list(drawn), {file.public_id: set_ for file, set_ in sets.items() if file.media_type == PDF}


def was_handed_in(idea_id: int, file_id: int) -> bool:
    """Whether a file was part of any submission of the idea."""
    query = select(IdeaRevision.files).where(
        IdeaRevision.idea_id == idea_id, IdeaRevision.is_submission.is_(True)
    )
    return any(file_id in files for files in db.session.scalars(query))


def list_changes(
    event: Event, idea: Idea, before: IdeaRevision | None, after: IdeaRevision
) -> list[FieldChange]:
    """What differs between two revisions, part by part in the order of the form. `before` None: everything is new."""
    groups, tracks = ({row.id: row.name for row in rows} for rows in (event.groups, event.tracks))
    names = {file.id: file.filename for file in list_files(idea.id)}

    def say(revision: IdeaRevision | None) -> dict[str, str]:
        if revision is None:
            return {}
        texts = {
            "title": revision.title,
            "group": groups.get(revision.group_id or 0, ""),
            "track": tracks.get(revision.track_id or 0, ""),
            "files": "\n".join(names.get(key, "") for key in revision.files),
        }
        answers = {f"f-{key}": value for key, value in revision.answers.items()}
        return texts | {key: ", ".join(v) if isinstance(v, list) else str(v) for key, v in answers.items()}

    labels = [("title", ""), ("group", event.group_label), ("track", event.track_label)]
    labels += [(f"f-{field.key}", field.label) for field in list_fields(event.id, with_removed=True)]
    return compare_parts([*labels, ("files", "")], say(before), say(after))


def read_entry(event: Event, idea: Idea, revision: IdeaRevision | None = None) -> Entry:
    """The idea laid out for reading as `revision` says it (the working copy if None). Two queries.

    For jurors and the public, give `idea.submitted_revision`: only the pinned revision is judged. A field taken out of
    the form later is still shown where it was answered.
    """
    source: Any = revision or idea
    fields = [
        field
        for field in list_fields(event.id, with_removed=True)
        if field.removed_at is None or source.answers.get(field.key)
    ]
    files, pages = (idea.files, {}) if revision is None else list_files_with_pages(idea.id, revision.files)
    groups, tracks = ({row.id: row.name for row in rows} for rows in (event.groups, event.tracks))
    return Entry(
        public_id=idea.public_id,
        number=idea.number,
        title=source.title,
        group=groups.get(source.group_id or 0, ""),
        track=tracks.get(source.track_id or 0, ""),
        sections=lay_out(fields, source.answers, files),
        revision=revision.number if revision else None,
        files=tuple(files),
        pages=pages,
    )


# -- screening ----------------------------------------------------------------------------------------------------


_SORTS = {
    "number": Idea.number,
    "title": func.lower(IdeaRevision.title),
    "team": func.lower(Team.name),
    "time": Idea.submitted_at,
}


def list_queue(event_id: int, shown: QueueFilter, *, page: int = 1, size: int = 50) -> Page[Idea]:
    """Submitted ideas with team, unit and pinned revision. Two queries."""
    query = _narrow(_queue(event_id), shown)
    return paginate(query.order_by(*_order(shown.sort)), page=page, size=size)


def count_queue(event_id: int) -> dict[IdeaState, int]:
    """How many submitted ideas stand in each state."""
    query = select(Idea.state, func.count()).where(Idea.event_id == event_id, Idea.number.is_not(None))
    return dict(db.session.execute(query.group_by(Idea.state)).tuples().all())


def find_next_in_queue(event_id: int, after: int) -> Idea | None:
    """The next idea to be screened by number, beginning anew after the last; None when none is left."""
    query = select(Idea).where(
        Idea.event_id == event_id, Idea.state == IdeaState.SUBMITTED, Idea.number != after
    )
    return db.session.scalar(query.order_by(case((Idea.number > after, 0), else_=1), Idea.number).limit(1))


def list_screenings(idea_id: int) -> list[Screening]:
    """All decisions about an idea, newest first, with who decided, who undid, and about which revision."""
    query = (
        select(Screening)
        .where(Screening.idea_id == idea_id)
        .options(
            joinedload(Screening.decided_by), joinedload(Screening.undone_by), joinedload(Screening.revision)
        )
        .order_by(Screening.id.desc())
    )
    return list(db.session.scalars(query))


def list_checklist(event_id: int) -> list[ChecklistItem]:
    """What the secretariat checks, in order."""
    query = select(ChecklistItem).where(ChecklistItem.event_id == event_id)
    return list(db.session.scalars(query.order_by(ChecklistItem.position, ChecklistItem.id)))


def _queue(event_id: int) -> Select[Any]:
    return (
        select(Idea)
        .join(Idea.team)
        .join(Idea.submitted_revision)
        .where(Idea.event_id == event_id, Idea.number.is_not(None))
        .options(
            contains_eager(Idea.team).joinedload(Team.unit),
            contains_eager(Idea.submitted_revision),
            joinedload(Idea.unit),
        )
    )


def _narrow(query: Select[Any], shown: QueueFilter) -> Select[Any]:
    if shown.state in set(QUEUE_STATES):
        query = query.where(Idea.state == IdeaState(shown.state))
    if shown.group.isdigit():
        query = query.where(IdeaRevision.group_id == int(shown.group))
    if shown.track.isdigit():
        query = query.where(IdeaRevision.track_id == int(shown.track))
    if shown.search:
        found = [
            column.icontains(shown.search, autoescape=True) for column in (IdeaRevision.title, Team.name)
        ]
        if shown.search.isdigit() and len(shown.search) < 10:
            found.append(Idea.number == int(shown.search))
        query = query.where(or_(*found))
    return query


def _order(sort: str) -> list[Any]:
    column = _SORTS.get(sort.lstrip("-"), Idea.number)
    return [column.desc() if sort.startswith("-") else column.asc(), Idea.id]


# -- extensions ---------------------------------------------------------------------------------------------------


def list_extensions(event_id: int) -> list[Extension]:
    """All extensions of an event, newest first, with team and who granted."""
    query = (
        select(Extension)
        .where(Extension.event_id == event_id)
        .options(joinedload(Extension.team), joinedload(Extension.granted_by))
    )
    return list(db.session.scalars(query.order_by(Extension.id.desc())))


def get_extension(event_id: int, public_id: str) -> Extension:
    """One extension of the event, or NotFound."""
    query = select(Extension).where(Extension.event_id == event_id, Extension.public_id == public_id)
    extension = db.session.scalar(query.options(joinedload(Extension.team)))
    if extension is None:
        raise NotFound
    return extension


# -- for the features above ---------------------------------------------------------------------------------------


def count_funnel(event_id: int) -> Funnel:
    """Ideas of an event by how far they are. One query."""
    query = select(Idea.state, func.count()).where(Idea.event_id == event_id).group_by(Idea.state)
    by_state: dict[IdeaState, int] = dict(db.session.execute(query).tuples().all())
    handed_in = (IdeaState.SUBMITTED, IdeaState.RETURNED, IdeaState.ELIGIBLE, IdeaState.INELIGIBLE)
    return Funnel(
        drafts=by_state.get(IdeaState.DRAFT, 0),
        submitted=sum(by_state.get(state, 0) for state in handed_in),
        waiting=by_state.get(IdeaState.SUBMITTED, 0),
        returned=by_state.get(IdeaState.RETURNED, 0),
        eligible=by_state.get(IdeaState.ELIGIBLE, 0),
        ineligible=by_state.get(IdeaState.INELIGIBLE, 0),
        withdrawn=by_state.get(IdeaState.WITHDRAWN, 0),
        disqualified=by_state.get(IdeaState.DISQUALIFIED, 0),
    )


def list_eligible_ideas(event_id: int) -> list[Idea]:
    """What is judged: eligible ideas by number, with team, group, track, unit and pinned revision. One query."""
    query = (
        select(Idea)
        .where(Idea.event_id == event_id, Idea.state == IdeaState.ELIGIBLE)
        .options(
            joinedload(Idea.team),
            joinedload(Idea.group),
            joinedload(Idea.track),
            joinedload(Idea.unit),
            joinedload(Idea.submitted_revision),
        )
        .order_by(Idea.number)
    )
    return list(db.session.scalars(query))


def list_draft_holders(event_id: int) -> list[DraftHolder]:
    """Everybody in a team with a draft that was never handed in, or returned for mending. One query."""
    query = (
        select(Membership.user_id, Idea.public_id, Idea.title, Team.name)
        .join(Team, Team.id == Membership.team_id)
        .join(Idea, Idea.team_id == Team.id)
        .where(
            Idea.event_id == event_id,
            Idea.state.in_((IdeaState.DRAFT, IdeaState.RETURNED)),
            Membership.left_at.is_(None),
            Team.disbanded_at.is_(None),
        )
        .order_by(Idea.id, Membership.id)
    )
    return [DraftHolder(*row) for row in db.session.execute(query)]


class TeamStanding(NamedTuple):
    """What a team's home shows of its idea: the idea (None before it is begun), what is missing, until when."""

    team: Team
    idea: Idea | None
    gaps: list[Gap]
    window: Window
    total: int  # how many things the event asks for


def list_team_standings(
    event: Event | None, teams: Sequence[Team], members: dict[int, int]
) -> list[TeamStanding]:
    """For each team its idea and what it lacks; `members` counts people by team. The event's phases must be loaded.

    Without `event` the teams may belong to several; each then carries its own. Three queries in any case.
    """
    ideas = map_ideas_of_teams([team.id for team in teams])
    extensions = map_extensions(event.id if event else None, [team.id for team in teams])
    query = select(FormField).where(FormField.event_id.in_({team.event_id for team in teams}))
    query = query.where(FormField.removed_at.is_(None)).order_by(FormField.position, FormField.id)
    fields = list(db.session.scalars(query))
    rows = []
    for team in teams:
        idea, of = ideas.get(team.id), event or team.event
        asked = [field for field in fields if field.event_id == team.event_id]
        gaps = list_gaps(of, idea, members.get(team.id, 0), asked) if idea else []
        window = _window(of, idea, extensions.get(team.id, ()))
        rows.append(TeamStanding(team, idea, gaps, window, len(asked) + 1))
    return rows


def list_board_entries(event_id: int) -> list[BoardEntry]:
    """All eligible ideas of an event, by number, as their submitted revision says (not the working copy)."""
    query = (
        select(
            Idea.id,
            Idea.public_id,
            Idea.number,
            IdeaRevision.title,
            Group.code,
            Track.code,
            Team.name,
            Unit.name,
            Team.organization,
            Idea.in_gallery,
        )
        .join(IdeaRevision, IdeaRevision.id == Idea.submitted_revision_id)
        .join(Team, Team.id == Idea.team_id)
        .outerjoin(Group, Group.id == IdeaRevision.group_id)
        .outerjoin(Track, Track.id == IdeaRevision.track_id)
        .outerjoin(Unit, Unit.id == Idea.unit_id)
        .where(Idea.event_id == event_id, Idea.state == IdeaState.ELIGIBLE)
        .order_by(Idea.number)
    )
    return [
        BoardEntry(key, public_id, number, title, group or "", track or "", team, unit or organization, shown)
        for key, public_id, number, title, group, track, team, unit, organization, shown in db.session.execute(
            query
        )
    ]


def get_judged_revision(idea_id: int) -> tuple[IdeaRevision, list[FormField]]:
    """The submitted revision of an idea and the fields of its form, removed ones too; NotFound without one."""
    query = select(IdeaRevision, Idea.event_id).join(Idea, Idea.submitted_revision_id == IdeaRevision.id)
    found = db.session.execute(query.where(Idea.id == idea_id)).first()
    if found is None:
        raise NotFound
    fields = select(FormField).where(FormField.event_id == found.event_id).order_by(FormField.position)
    return found.IdeaRevision, list(db.session.scalars(fields))
