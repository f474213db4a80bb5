"""An event of any size for measuring: written in bulk, chunk by chunk, the same for the same seed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

from sqlalchemy import insert, select, update

from innovate.accounts.models import Employment, SiteRole, User
from innovate.audit.services import record
from innovate.core import passwords
from innovate.core.db import Base, db
from innovate.core.errors import Refused, require
from innovate.demo.domain import marking
from innovate.demo.domain import scale as made
from innovate.demo.domain.cast import DOMAIN, PASSWORD
from innovate.demo.domain.scale import Size
from innovate.demo.domain.writing import SECTIONS, write_proposal
from innovate.demo.services.history import ZONE, Days
from innovate.demo.services.mails import drop_mails
from innovate.demo.services.material import read_vocabulary
from innovate.demo.services.people import load_units
from innovate.endorsement.domain.quota import Quotas
from innovate.endorsement.services.settings import save_rules
from innovate.events.domain.kinds import PhaseKind, Role
from innovate.events.domain.seal import BoardState
from innovate.events.models import EventRole
from innovate.events.policy import Actor
from innovate.events.queries import get_actor
from innovate.events.services.creation import NewEvent, create_from_template
from innovate.events.services.launch import publish_event
from innovate.events.services.settings import update_settings
from innovate.events.services.templates import load_templates
from innovate.ideas.domain.lifecycle import Decision, IdeaState
from innovate.ideas.models import Idea, IdeaRevision, Screening
from innovate.results.services.boards import move_board
from innovate.scoring.domain import rubric as rules
from innovate.scoring.domain.pact import HOUSE
from innovate.scoring.models.ballots import Ballot, BallotScore, BallotState
from innovate.scoring.models.integrity import PactSignature, PactText
from innovate.scoring.models.jury import Assignment, Juror
from innovate.scoring.models.rounds import Criterion, Rubric
from innovate.scoring.queries.rounds import find_rubric, list_phases_without_round, list_rounds
from innovate.scoring.services.rounds import open_rounds
from innovate.teams.models import Membership, Team

ORGANIZER = f"panitia.skala@{DOMAIN}"
_CALENDAR = {
    PhaseKind.REGISTRATION: (-60, -31),
    PhaseKind.SUBMISSION: (-60, -31),
    PhaseKind.SCREENING: (-30, -21),
    PhaseKind.JUDGING: (-20, 10),
    PhaseKind.ANNOUNCEMENT: (20, 20),
}


_ANSWERED = {"former_winner", "same_title", "minimum_words"}  # rules that the shortened form can answer


@dataclass
class Loading:
    """An event being filled: keys of what every chunk refers to."""

    size: Size
    at: datetime
    event_id: int
    slug: str
    organizer_id: int
    round_id: int
    rubric_id: int
    scales: dict[int, Criterion]
    group_ids: Sequence[int]
    track_ids: Sequence[int]
    unit_ids: Sequence[int]
    jurors: list[int] = field(default_factory=list)
    severity: list[float] = field(default_factory=list)
    password_hash: str = ""

    def __post_init__(self) -> None:
        self.draw, self.texts = self.size.draw("ideas"), self.size.draw("texts")
        self.words = read_vocabulary()
        self.ids = self.size.draw("ids")
        self.seats = made.share_seats(self.size.draw("seats"), self.size.jurors, self.size.per_idea)
        self.total = lru_cache(maxsize=None)(self._total)

    def _total(self, values: tuple[Decimal, ...]) -> float:
        total = rules.total(self.scales, dict(zip(self.scales, values, strict=True)))
        if total is None:
            raise LookupError("a ballot of this event has all its values")
        return float(total)


def begin(size: Size, *, at: datetime) -> Loading:
    """The event, its organizer, its round and its jury; still a draft until `finish`."""
    fault = made.find_fault(size)
    require(not fault, Refused(fault))
    units = load_units()
    organizer = _find_organizer(at)
    actor = _found(organizer, size, at)
    event = actor.event
    round_ = list_rounds(event.id)[0]
    rubric = find_rubric(round_.rubric_id)
    if rubric is None:
        raise LookupError("the round has no rubric")
    db.session.execute(update(Rubric).where(Rubric.id == rubric.id).values(locked_at=at))
    loading = Loading(
        size=size,
        at=at,
        event_id=event.id,
        slug=event.slug,
        organizer_id=organizer.id,
        round_id=round_.id,
        rubric_id=rubric.id,
        scales={criterion.id: criterion for criterion in rubric.criteria},
        group_ids=[group.id for group in event.groups],
        track_ids=[track.id for track in event.tracks],
        unit_ids=[unit.id for unit in units.values()],
        password_hash=passwords.hash_password(PASSWORD),
    )
    _seat_jurors(loading)
    _sign_pacts(loading)
    return loading


def _find_organizer(at: datetime) -> User:
    user = db.session.scalar(select(User).where(User.email == ORGANIZER))
    if user is None:
        user = User(
            email=ORGANIZER,
            name="Panitia Skala",
            employment=Employment.PNS,
            site_role=SiteRole.ORGANIZER,
            password_hash=passwords.hash_password(PASSWORD),
            email_verified_at=at,
            created_at=at,
            is_demo=True,
        )
        db.session.add(user)
        db.session.flush()
    return user


def _found(organizer: User, size: Size, at: datetime) -> Actor:
    days = Days(at.astimezone(ZONE).date(), ZONE)
    template = load_templates()["kota"]
    timetable = [
        days.span(p.kind, p.name, *_CALENDAR[p.kind]) for p in template.phases if p.kind in _CALENDAR
    ]
    new = NewEvent(name=f"Kompetisi Skala {size.ideas}", slug=size.slug, timetable=timetable)
    criteria = [{"name": name, "weight": weight} for name, weight in made.CRITERIA]
    rubrics = [{"phase": PhaseKind.JUDGING.value, "criteria": criteria}]
    form = [row for row in template.form if row["key"] in SECTIONS]
    asked = [row for row in template.eligibility if row["kind"] in _ANSWERED]
    template = replace(
        template, rubrics=rubrics, form=form, eligibility=asked, ballots_per_idea=size.per_idea
    )
    create_from_template(organizer, template, new, at=at - timedelta(days=70))
    actor = Actor(get_actor(size.slug, None).event, organizer, frozenset({Role.ORGANIZER}))
    save_rules(
        actor, asks=False, quotas=Quotas(), reason="", at=at
    )  # teams hand in themselves when it is measured
    update_settings(actor, {"description": "Data untuk mengukur kecepatan.", "team_min": 1}, at=at)
    open_rounds(
        actor.event.id,
        list_phases_without_round(actor.event),
        by_id=organizer.id,
        at=at,
        rubrics=rubrics,
        ballots_per_idea=size.per_idea,
    )
    publish_event(actor, at=at - timedelta(days=65))
    return actor


def _seat_jurors(loading: Loading) -> None:
    size, draw = loading.size, loading.size.draw("jurors")
    rows = [
        _person(loading, f"juri{n}.{size.slug}", f"Juri Skala {n}", Employment.ACADEMIC)
        for n in range(1, size.jurors + 1)
    ]
    loading.jurors = list(_insert(User, rows, "email").values())
    loading.severity = [marking.draw_severity(draw) for _ in rows]
    seat = {"event_id": loading.event_id}
    roles = [
        {**seat, "public_id": token, "user_id": key, "role": Role.JUROR, "created_at": loading.at}
        for key, token in zip(loading.jurors, made.make_ids(loading.ids, size.jurors), strict=True)
    ]
    db.session.execute(insert(EventRole), roles)
    db.session.execute(insert(Juror), [{**seat, "user_id": key, "expertise": []} for key in loading.jurors])


def _person(loading: Loading, local: str, name: str, employment: Employment) -> dict[str, Any]:
    return {
        "public_id": made.make_ids(loading.ids, 1)[0],
        "email": f"{local}@{DOMAIN}",
        "name": name,
        "employment": employment,
        "password_hash": loading.password_hash,
        "email_verified_at": loading.at,
        "created_at": loading.at,
        "is_demo": True,
    }


def _insert(model: type[Base], rows: Sequence[dict[str, Any]], by: str) -> dict[Any, int]:
    """Insert and return the new keys by a unique column, in the order of the rows."""
    table: Any = model
    found = dict(
        db.session.execute(insert(model).returning(getattr(table, by), table.id), list(rows)).tuples().all()
    )
    return {row[by]: found[row[by]] for row in rows}


# -- one chunk ----------------------------------------------------------------------------------------------------


def load_chunk(loading: Loading, numbers: range) -> None:
    """Teams, ideas and ballots of these numbers, in one transaction."""
    teams = _write_teams(loading, numbers)
    ideas, revisions = _write_ideas(loading, numbers, teams)
    _write_ballots(loading, ideas, revisions)


def _write_teams(loading: Loading, numbers: range) -> list[dict[str, Any]]:
    slug = loading.size.slug
    people = [_person(loading, f"ketua{n}.{slug}", f"Ketua Tim {n}", Employment.PNS) for n in numbers]
    captains = list(_insert(User, people, "email").values())
    tokens = made.make_ids(loading.ids, 2 * len(numbers))
    teams = [
        {
            "public_id": tokens[2 * place],
            "invite_nonce": tokens[2 * place + 1],
            "event_id": loading.event_id,
            "name": f"Tim {number}",
            "group_id": loading.draw.choice(loading.group_ids),
            "unit_id": loading.draw.choice(loading.unit_ids),
            "captain_id": captain,
            "locked_at": loading.at - timedelta(days=40),
            "created_at": loading.at - timedelta(days=55),
        }
        for place, (number, captain) in enumerate(zip(numbers, captains, strict=True))
    ]
    keys = _insert(Team, teams, "public_id")
    members = [
        {
            "team_id": keys[team["public_id"]],
            "user_id": team["captain_id"],
            "event_id": loading.event_id,
            "joined_at": team["created_at"],
        }
        for team in teams
    ]
    db.session.execute(insert(Membership), members)
    return [{**team, "id": keys[team["public_id"]]} for team in teams]


def _write_ideas(
    loading: Loading, numbers: range, teams: Sequence[dict[str, Any]]
) -> tuple[list[int], dict[int, int]]:
    handed = loading.at - timedelta(days=40)
    ideas = [
        {
            "public_id": token,
            "event_id": loading.event_id,
            "team_id": team["id"],
            "title": title,
            "group_id": team["group_id"],
            "track_id": loading.draw.choice(loading.track_ids),
            "unit_id": team["unit_id"],
            "answers": write_proposal(loading.texts, title, loading.words),
            "state": IdeaState.ELIGIBLE,
            "number": number,
            "submitted_at": handed,
            "screened_at": loading.at - timedelta(days=25),
            "in_gallery": loading.draw.random() < 0.8,
            "created_at": handed,
            "updated_at": handed,
        }
        for number, team, token in zip(numbers, teams, made.make_ids(loading.ids, len(numbers)), strict=True)
        for title in [made.make_title(loading.draw, number)]
    ]
    keys = _insert(Idea, ideas, "public_id")
    pinned = [
        {
            "idea_id": keys[idea["public_id"]],
            "number": 1,
            **{name: idea[name] for name in ("title", "group_id", "track_id", "answers")},
            "files": [],
            "is_submission": True,
            "author_id": team["captain_id"],
            "at": handed,
        }
        for idea, team in zip(ideas, teams, strict=True)
    ]
    revisions = _insert(IdeaRevision, pinned, "idea_id")
    first, last = min(revisions), max(revisions)
    its_own = select(IdeaRevision.id).where(IdeaRevision.idea_id == Idea.id).scalar_subquery()
    db.session.execute(
        update(Idea)
        .where(Idea.event_id == loading.event_id, Idea.id.between(first, last))
        .values(submitted_revision_id=its_own),
        execution_options={"synchronize_session": False},
    )
    _write_screenings(loading, revisions)
    return list(revisions), revisions


def _write_screenings(loading: Loading, revisions: dict[int, int]) -> None:
    shared = {
        "decision": Decision.PASS,
        "decided_by_id": loading.organizer_id,
        "at": loading.at - timedelta(days=25),
        "checks": {},
    }
    rows = [{**shared, "idea_id": idea, "revision_id": revision} for idea, revision in revisions.items()]
    db.session.execute(insert(Screening), rows)


def _sign_pacts(loading: Loading) -> None:
    """Every juror signed the house's pact the day before they declared."""
    signed = loading.at - timedelta(days=20)
    text = PactText(
        event_id=loading.event_id,
        version=HOUSE.version,
        body=HOUSE.body,
        body_en=HOUSE.body_en,
        created_at=signed,
    )
    db.session.add(text)
    db.session.flush()
    names = dict(
        db.session.execute(select(User.id, User.name).where(User.id.in_(loading.jurors))).tuples().all()
    )
    shared = {"round_id": loading.round_id, "text_id": text.id, "at": signed, "position": ""}
    tokens = made.make_ids(loading.ids, len(loading.jurors))
    rows = [
        {**shared, "public_id": token, "user_id": juror, "name": names[juror]}
        for token, juror in zip(tokens, loading.jurors, strict=True)
    ]
    db.session.execute(insert(PactSignature), rows)


def _write_ballots(loading: Loading, ideas: Sequence[int], revisions: dict[int, int]) -> None:
    chosen = [(idea, juror) for idea in ideas for juror in next(loading.seats)]
    tokens = made.make_ids(loading.ids, len(chosen))
    seats = [
        {
            "public_id": token,
            "round_id": loading.round_id,
            "idea_id": idea,
            "user_id": loading.jurors[juror],
            "by_draw": True,
            "created_at": loading.at - timedelta(days=20),
            "cleared_at": loading.at - timedelta(days=19),
        }
        for token, (idea, juror) in zip(tokens, chosen, strict=True)
    ]
    keys = _insert(Assignment, seats, "public_id")
    strengths = {idea: loading.draw.gauss(0, 0.8) for idea in ideas}
    ballots, values = [], []
    for token, (idea, juror) in zip(tokens, chosen, strict=True):
        given = marking.draw_values(
            loading.draw, loading.scales, strength=strengths[idea], severity=loading.severity[juror]
        )
        if loading.draw.random() * 100 < loading.size.scored:
            values.append(given)
            ballots.append(_ballot(loading, keys[token], idea, juror, revisions[idea], given))
    if not ballots:
        return
    written = _insert(Ballot, ballots, "assignment_id").values()
    db.session.execute(
        insert(BallotScore),
        [
            {"ballot_id": ballot, "criterion_id": criterion, "value": value}
            for ballot, given in zip(written, values, strict=True)
            for criterion, value in given.items()
        ],
    )


def _ballot(
    loading: Loading, seat: int, idea: int, juror: int, revision: int, given: dict[int, Decimal]
) -> dict[str, Any]:
    handed = loading.at - timedelta(minutes=loading.draw.randint(60, 18 * 24 * 60))
    return {
        "assignment_id": seat,
        "round_id": loading.round_id,
        "idea_id": idea,
        "user_id": loading.jurors[juror],
        "rubric_id": loading.rubric_id,
        "revision_id": revision,
        "state": BallotState.SUBMITTED,
        "total": loading.total(tuple(given.values())),
        "version": 2,
        "comment_team": made.make_remark(loading.draw),
        "created_at": handed - timedelta(minutes=20),
        "updated_at": handed,
        "submitted_at": handed,
    }


# -- the end --------------------------------------------------------------------------------------------------------

_LADDER = (BoardState.PROVISIONAL, BoardState.FROZEN, BoardState.SIGNED, BoardState.ANNOUNCED)


def finish(loading: Loading, *, announce: bool) -> None:
    """Settle the receipt numbers and write it down; with `announce`, freeze and announce the board."""
    actor = get_actor(loading.slug, db.session.get_one(User, loading.organizer_id))
    actor.event.next_entry_number = loading.size.ideas + 1
    record(
        "demo.load",
        actor_id=loading.organizer_id,
        at=loading.at,
        object_type="event",
        object_id=loading.event_id,
        event_id=loading.event_id,
        after={"ideas": loading.size.ideas, "jurors": loading.size.jurors, "seed": loading.size.seed},
    )
    before = BoardState.COLLECTING
    for after in _LADDER if announce else ():
        move_board(actor, 1, after, expected=before, reason="Kompetisi ukur tanpa ketua juri.", at=loading.at)
        before = after
    drop_mails(loading.event_id)
