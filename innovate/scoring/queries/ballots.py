"""Reading what a juror works on: one sheet, or the list of all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, exists, select

from innovate.core.db import db
from innovate.core.errors import NotFound
from innovate.events.domain.kinds import EventState, Role
from innovate.events.models import Event, EventRole, Phase
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.ideas.models import Idea
from innovate.scoring.domain import rubric
from innovate.scoring.domain.window import Window, window_of
from innovate.scoring.models.ballots import Ballot, BallotScore, BallotState
from innovate.scoring.models.indices import RoundIndex
from innovate.scoring.models.integrity import PactSignature
from innovate.scoring.models.jury import Assignment, AssignmentState
from innovate.scoring.models.late import Reopening
from innovate.scoring.models.locks import HandInLock
from innovate.scoring.models.reading import ReadingNote
from innovate.scoring.models.receipts import BallotReceipt
from innovate.scoring.models.rounds import Criterion, Round, Rubric
from innovate.scoring.queries.conflicts import is_barred, list_barred_seats

_JURY = (Role.JUROR, Role.CHAIR)
AT_ONCE = 1_000


class Option(NamedTuple):
    """One button of a scale: its value as text, and the words of its level."""

    text: str
    label: str
    description: str


def plain(value: Decimal) -> str:
    """`4`, `4.5`: as few digits as the value has."""
    return f"{value.normalize():f}"


@dataclass(frozen=True)
class CriterionRow:
    """A criterion as the scorecard needs it."""

    id: int
    name: str
    description: str
    weight: Decimal
    minimum: Decimal
    maximum: Decimal
    step: Decimal
    levels: list[Any]
    key: str = ""  # by which the evidence of an entry finds it

    @property
    def buttons(self) -> list[Decimal]:
        """The scale as buttons; empty when values are typed."""
        return rubric.list_values(self)

    @property
    def options(self) -> list[Option]:
        """The buttons with what each stands for."""
        known = {Decimal(str(level["value"])): level for level in self.levels}
        return [
            Option(
                plain(value),
                known.get(value, {}).get("label", ""),
                known.get(value, {}).get("description", ""),
            )
            for value in self.buttons
        ]

    def words(self, value: Decimal | None) -> str:
        """What a value means in words, where the rubric says so for exactly this value."""
        for level in self.levels:
            if value is not None and Decimal(str(level["value"])) == value:
                parts = [level.get("label", ""), level.get("description", "")]
                return ": ".join(part for part in parts if part)
        return ""


@dataclass
class Sheet:
    """An assignment with its ballot, and everything that decides whether it may be written now."""

    assignment_id: int
    public_id: str
    user_id: int
    state: AssignmentState
    cleared_at: datetime | None
    signed_at: datetime | None
    event_id: int
    event_state: EventState
    round_id: int
    rubric_id: int
    rubric_locked: bool
    is_blind: bool
    phase: str
    starts_at: datetime
    ends_at: datetime
    closed_at: datetime | None
    idea_id: int
    idea_public_id: str
    idea_state: IdeaState
    revision_id: int
    ballot_id: int | None
    ballot_state: BallotState
    version: int
    total: float | None
    comment_team: str
    comment_internal: str
    updated_at: datetime | None
    submitted_at: datetime | None
    locked_at: datetime | None = None  # nobody changes it any more, see models/locks
    grant_id: int | None = None  # the chair lets this one be amended although the round is closed
    grant_words: str = ""
    peers_opened_at: datetime | None = None  # since when jurors see what the others gave
    session_by_id: int | None = None  # who opened the session in which the jury sits now
    barred: frozenset[int] = frozenset()  # entries of the juror's that do not exist for them
    criteria: dict[int, CriterionRow] = field(default_factory=dict)
    values: dict[int, Decimal] = field(default_factory=dict)
    notes: dict[int, str] = field(default_factory=dict)
    notes_internal: dict[int, str] = field(default_factory=dict)
    read_seconds: int = 0
    jotting: str = (
        ""  # the juror's private notes, known where the sheet was opened as their own (`get_sheet`)
    )
    jotting_version: int = 0  # 0: there are none yet
    receipt: str = ""  # the number of the last receipt, as `jotting`
    bands: list[Any] | None = None  # of the index that the round verifies, as `jotting`

    @property
    def is_open(self) -> bool:
        """Whether the entry may be read: the pact is signed, and the juror declared to be free of conflicts."""
        return self.signed_at is not None and self.cleared_at is not None

    @property
    def amends(self) -> bool:
        """Whether changing what was handed in asks a reason: the chair opened it again, or the jury is in session."""
        in_session = self.session_by_id is not None and self.ballot_state is BallotState.SUBMITTED
        return self.grant_id is not None or in_session

    def window(self, now: datetime) -> Window:
        """Whether this ballot can be written now: in the round's time, while the chair has opened it again, or
        while the jury sits together and it was handed in.
        """
        if self.amends and self.event_state is not EventState.ARCHIVED:
            return Window.OPEN
        return self.round_window(now)

    def round_window(self, now: datetime) -> Window:
        """Where the round is in time; an archived event takes nothing any more."""
        if self.event_state is EventState.ARCHIVED:
            return Window.CLOSED
        return window_of(self.starts_at, self.ends_at, self.closed_at, now)

    @property
    def running(self) -> rubric.Running:
        """What the values given so far add up to."""
        return rubric.running(self.criteria, self.values)

    def text_of(self, criterion_id: int) -> str:
        """The value of a criterion as text, empty while there is none."""
        return plain(self.values[criterion_id]) if criterion_id in self.values else ""

    def put(self, criterion_id: int, value: Decimal | None, note: str | None, internal: str | None) -> None:
        """What stands for one criterion."""
        if value is not None:
            self.values[criterion_id] = value
        if note:
            self.notes[criterion_id] = note
        if internal:
            self.notes_internal[criterion_id] = internal

    def as_json(self) -> dict[str, Any]:
        """The ballot as a plain record: for the history and for showing two versions side by side."""
        return {
            "state": self.ballot_state.value,
            "rubric": self.rubric_id,
            "total": self.total,
            "values": {str(key): str(value) for key, value in self.values.items()},
            "notes": {str(key): note for key, note in self.notes.items() if note},
            "comment_team": self.comment_team,
            "comment_internal": self.comment_internal,
            "notes_internal": {str(key): note for key, note in self.notes_internal.items() if note},
        }


_COLUMNS = (
    Assignment.id.label("assignment_id"),
    Assignment.public_id,
    Assignment.user_id,
    Assignment.state,
    Assignment.cleared_at,
    PactSignature.at.label("signed_at"),
    Round.event_id,
    Event.state.label("event_state"),
    Assignment.round_id,
    Rubric.id.label("rubric_id"),
    Rubric.locked_at,
    Round.is_blind,
    Phase.name.label("phase"),
    Phase.starts_at,
    Phase.ends_at,
    Round.closed_at,
    Round.peers_opened_at,
    Round.peers_opened_by_id.label("session_by_id"),
    Assignment.idea_id,
    Idea.public_id.label("idea_public_id"),
    Idea.state.label("idea_state"),
    Idea.submitted_revision_id,
    Ballot.id.label("ballot_id"),
    Ballot.state.label("ballot_state"),
    Ballot.revision_id,
    Ballot.version,
    Ballot.total,
    Ballot.comment_team,
    Ballot.comment_internal,
    Ballot.read_seconds,
    Ballot.updated_at,
    Ballot.submitted_at,
    HandInLock.locked_at.label("hand_in_locked_at"),
    Reopening.id.label("grant_id"),
    Reopening.juror_reason,
)
_HOLDS_ROLE = exists().where(
    EventRole.event_id == Round.event_id,
    EventRole.user_id == Assignment.user_id,
    EventRole.role.in_(_JURY),
    EventRole.revoked_at.is_(None),
)
_SHEET = (
    select(*_COLUMNS)
    .select_from(Assignment)
    .join(Round, Round.id == Assignment.round_id)
    .join(Event, Event.id == Round.event_id)
    .join(Phase, Phase.id == Round.phase_id)
    .join(Rubric, Rubric.id == Round.rubric_id)
    .join(Idea, Idea.id == Assignment.idea_id)
    .outerjoin(Ballot, Ballot.assignment_id == Assignment.id)
    .outerjoin(
        HandInLock,
        (HandInLock.round_id == Assignment.round_id)
        & (HandInLock.idea_id == Assignment.idea_id)
        & HandInLock.ended_at.is_(None),
    )
    .outerjoin(Reopening, (Reopening.assignment_id == Assignment.id) & Reopening.ended_at.is_(None))
    .outerjoin(
        PactSignature,
        (PactSignature.round_id == Assignment.round_id) & (PactSignature.user_id == Assignment.user_id),
    )
)
_LAST_RECEIPT = (
    select(BallotReceipt.public_id)
    .where(BallotReceipt.ballot_id == Ballot.id)
    .order_by(BallotReceipt.id.desc())
    .limit(1)
    .correlate(Ballot)
    .scalar_subquery()
)
_WITH_NOTES = _SHEET.outerjoin(ReadingNote, ReadingNote.assignment_id == Assignment.id)
_WITH_NOTES = _WITH_NOTES.outerjoin(RoundIndex, RoundIndex.round_id == Round.id).add_columns(
    ReadingNote.text.label("jotting"),
    ReadingNote.version.label("jotting_version"),
    _LAST_RECEIPT.label("receipt"),
    RoundIndex.bands,
)


# Written once: a save is asked for many times a minute, and putting a statement together costs more than running it.
def _of_juror(sheet: Select[Any]) -> Select[Any]:
    return sheet.where(
        Event.slug == bindparam("slug"),
        Assignment.public_id == bindparam("seat"),
        Assignment.user_id == bindparam("juror"),
    )


_MINE = _of_juror(_SHEET)
_OWN = _MINE.where(_HOLDS_ROLE)
_OWN_WITH_NOTES = _of_juror(_WITH_NOTES).where(_HOLDS_ROLE)
_AGAIN = _SHEET.where(Assignment.id == bindparam("assignment"))
_SCORES = (
    Criterion.id,
    Criterion.name,
    Criterion.description,
    Criterion.weight,
    Criterion.minimum,
    Criterion.maximum,
    Criterion.step,
    Criterion.levels,
    Criterion.key,
    BallotScore.value,
    BallotScore.comment,
    BallotScore.comment_internal,
)
_CARD = (
    select(*_SCORES)
    .outerjoin(
        BallotScore,
        (BallotScore.criterion_id == Criterion.id) & (BallotScore.ballot_id == bindparam("ballot")),
    )
    .where(Criterion.rubric_id == bindparam("rubric"))
    .order_by(Criterion.position, Criterion.id)
)


def get_sheet(slug: str, public_id: str, user_id: int) -> Sheet:
    """The juror's own sheet with their private notes in three statements; NotFound unless it is theirs, in this event,
    they hold the role, and no conflict of interest stands.
    """
    sheet = _get_own(slug, public_id, user_id, _OWN_WITH_NOTES)
    sheet.barred = list_barred_seats(sheet.event_id, user_id)
    if sheet.idea_id in sheet.barred:
        raise NotFound
    return sheet


def get_sheet_to_save(slug: str, public_id: str, user_id: int) -> Sheet:
    """The same for a save, which shows no other entry: only this one's conflicts are looked for."""
    sheet = _get_own(slug, public_id, user_id)
    if is_barred(sheet.event_id, sheet.idea_id, user_id):
        raise NotFound
    return sheet


def _get_own(slug: str, public_id: str, user_id: int, sheet: Select[Any] = _OWN) -> Sheet:
    mine = {"slug": slug, "seat": public_id, "juror": user_id}
    return _load(db.session.execute(sheet, mine).one_or_none())


def get_former_sheet(slug: str, public_id: str, user_id: int) -> Sheet:
    """The person's own sheet even after they left the jury: what they wrote before may still arrive."""
    mine = {"slug": slug, "seat": public_id, "juror": user_id}
    return _load(db.session.execute(_MINE, mine).one_or_none())


def reload_sheet(sheet: Sheet) -> Sheet:
    """The same sheet as it is now."""
    return _load(db.session.execute(_AGAIN, {"assignment": sheet.assignment_id}).one_or_none())


def list_sheets(assignment_ids: Sequence[int]) -> list[Sheet]:
    """Sheets of many seats of one round by seat, as they are now, without private notes. Four statements a thousand."""
    found: list[Sheet] = []
    criteria: dict[int, dict[int, CriterionRow]] = {}
    for first in range(0, len(assignment_ids), AT_ONCE):
        part = assignment_ids[first : first + AT_ONCE]
        query = _SHEET.where(Assignment.id.in_(part)).order_by(Assignment.id)
        sheets = [_read(row) for row in db.session.execute(query)]
        _load_many_scores(sheets, criteria)
        found += sheets
    return found


def _load_many_scores(sheets: Sequence[Sheet], criteria: dict[int, dict[int, CriterionRow]]) -> None:
    for rubric_id in {sheet.rubric_id for sheet in sheets} - set(criteria):
        card = db.session.execute(_CARD, {"ballot": 0, "rubric": rubric_id})
        criteria[rubric_id] = {row.id: CriterionRow(*row[:9]) for row in card}
    by_ballot = {sheet.ballot_id: sheet for sheet in sheets if sheet.ballot_id is not None}
    for sheet in sheets:
        sheet.criteria = dict(criteria[sheet.rubric_id])
    query = select(
        BallotScore.ballot_id,
        BallotScore.criterion_id,
        BallotScore.value,
        BallotScore.comment,
        BallotScore.comment_internal,
    ).where(BallotScore.ballot_id.in_(by_ballot))
    for ballot_id, criterion_id, *given in db.session.execute(query) if by_ballot else ():
        if criterion_id in by_ballot[ballot_id].criteria:
            by_ballot[ballot_id].put(criterion_id, *given)


def get_panel_sheet(event_id: int, public_id: str) -> Sheet:
    """Any sheet of the event, for those who read or lead the panel."""
    query = _SHEET.where(Round.event_id == event_id, Assignment.public_id == public_id)
    return _load(db.session.execute(query).one_or_none())


def _load(row: Any) -> Sheet:
    if row is None:
        raise NotFound
    sheet = _read(row)
    _load_scores(sheet)
    return sheet


def _read(row: Any) -> Sheet:
    """All of a sheet but its criteria and scores."""
    values: Mapping[str, Any] = row._mapping  # noqa: SLF001 - SQLAlchemy's public name
    known = {name: values[name] for name in _PLAIN}
    return Sheet(
        **known,
        rubric_locked=row.locked_at is not None,
        locked_at=row.hand_in_locked_at,
        revision_id=row.revision_id or row.submitted_revision_id,
        ballot_state=row.ballot_state or BallotState.DRAFT,
        version=row.version or 0,
        comment_team=row.comment_team or "",
        comment_internal=row.comment_internal or "",
        read_seconds=row.read_seconds or 0,
        grant_words=row.juror_reason or "",
        bands=values.get("bands"),
        jotting=values.get("jotting") or "",
        jotting_version=values.get("jotting_version") or 0,
        receipt=values.get("receipt") or "",
    )


_PLAIN = (
    "assignment_id",
    "public_id",
    "user_id",
    "state",
    "cleared_at",
    "signed_at",
    "event_id",
    "event_state",
    "round_id",
    "rubric_id",
    "is_blind",
    "phase",
    "starts_at",
    "ends_at",
    "closed_at",
    "idea_id",
    "idea_public_id",
    "idea_state",
    "ballot_id",
    "total",
    "updated_at",
    "submitted_at",
    "grant_id",
    "peers_opened_at",
    "session_by_id",
)


def _load_scores(sheet: Sheet) -> None:
    card = {"ballot": sheet.ballot_id or 0, "rubric": sheet.rubric_id}
    for *columns, value, note, internal in db.session.execute(_CARD, card):
        criterion = CriterionRow(*columns)
        sheet.criteria[criterion.id] = criterion
        sheet.put(criterion.id, value, note, internal)


@dataclass(frozen=True)
class OwnScores:
    """A juror's ballots of a round as a table: the criteria in force, and a row per entry."""

    criteria: list[CriterionRow]
    rows: list[OwnRow]


@dataclass(frozen=True)
class OwnRow:
    """One ballot: values by criterion."""

    public_id: str
    number: int | None
    title: str
    state: BallotState
    total: float | None
    values: dict[int, Decimal]


def list_own_sheets(round_: Round, user_id: int) -> OwnScores:
    """What a juror gave in a round, by number; entries that do not exist for them are left out. Four statements."""
    barred = list_barred_seats(round_.event_id, user_id)
    columns = (Criterion.id, Criterion.name, Criterion.description, Criterion.weight)
    numbers = (Criterion.minimum, Criterion.maximum, Criterion.step, Criterion.levels)
    query = select(*columns, *numbers).where(Criterion.rubric_id == (round_.rubric_id or 0))
    criteria = [CriterionRow(*row) for row in db.session.execute(query.order_by(Criterion.position))]
    mine = (
        select(Ballot.id, Assignment.public_id, Idea.number, Idea.title, Ballot.state, Ballot.total)
        .join(Assignment, Assignment.id == Ballot.assignment_id)
        .join(Idea, Idea.id == Ballot.idea_id)
        .where(Ballot.round_id == round_.id, Ballot.user_id == user_id, Ballot.idea_id.not_in(barred))
        .order_by(Idea.number, Ballot.id)
    )
    values = select(BallotScore.ballot_id, BallotScore.criterion_id, BallotScore.value)
    values = values.join(Ballot, Ballot.id == BallotScore.ballot_id).where(
        Ballot.round_id == round_.id, Ballot.user_id == user_id, BallotScore.value.is_not(None)
    )
    given: dict[int, dict[int, Decimal]] = {}
    for ballot_id, criterion_id, value in db.session.execute(values):
        given.setdefault(ballot_id, {})[criterion_id] = value
    rows = [OwnRow(*row[1:], given.get(row.id, {})) for row in db.session.execute(mine)]  # type: ignore[call-arg]
    return OwnScores(criteria, rows)
