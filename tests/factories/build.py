"""Factories. Give only what the test is about; times default to the cast's clock, NOW."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from innovate.accounts.models import Employment, SiteRole, Unit, UnitKind, User
from innovate.calibration.models import Practice, PracticeSheet
from innovate.core import passwords
from innovate.core.db import db
from innovate.events.domain.eligibility import RuleKind, complete_parameters
from innovate.events.domain.kinds import EventState, FieldKind, PhaseKind, Role
from innovate.events.models import (
    ChecklistItem,
    EligibilityRule,
    Event,
    EventRole,
    FormField,
    Group,
    Phase,
    Track,
)
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.ideas.models import Idea, IdeaRevision
from innovate.paper.domain.agreement import SheetState
from innovate.paper.domain.codes import draw_code
from innovate.paper.models import PaperEntry, PaperSheet
from innovate.scoring.domain.pact import HOUSE
from innovate.scoring.models.ballots import Ballot, BallotScore, BallotState
from innovate.scoring.models.integrity import PactSignature, PactText
from innovate.scoring.models.jury import Assignment, Juror
from innovate.scoring.models.rounds import Criterion, Round, Rubric
from innovate.teams.models import Membership, Team

NOW = datetime(2026, 11, 23, 2, 30, tzinfo=UTC)  # Senin, 23 November 2026 pukul 09.30 WIB
PASSWORD = "Khatulistiwa-2026"
_numbers = itertools.count(1)
_hashes: dict[str, str] = {}


def add(row: Any) -> Any:
    db.session.add(row)
    db.session.flush()
    return row


def make_unit(**values: Any) -> Unit:
    n = next(_numbers)
    return add(
        Unit(**{"code": f"unit-{n}", "name": f"Dinas Percontohan {n}", "kind": UnitKind.DINAS, **values})
    )


def make_user(password: str = PASSWORD, **values: Any) -> User:
    n = next(_numbers)
    if password not in _hashes:
        _hashes[password] = passwords.hash_password(password)
    defaults = {
        "email": f"orang{n}@pontianak.go.id",
        "name": f"Orang Contoh {n}",
        "employment": Employment.PNS,
        "password_hash": _hashes[password],
        "email_verified_at": NOW - timedelta(days=30),
        "created_at": NOW - timedelta(days=30),
        "site_role": SiteRole.MEMBER,
    }
    return add(User(**{**defaults, **values}))


PHASES = (
    (PhaseKind.REGISTRATION, "Pendaftaran", -10, 10),
    (PhaseKind.SUBMISSION, "Pengajuan", -10, 10),
    (PhaseKind.SCREENING, "Seleksi administrasi", 10, 15),
    (PhaseKind.JUDGING, "Penilaian proposal", 15, 25),
    (PhaseKind.FINAL, "Presentasi dan wawancara", 26, 28),
    (PhaseKind.ANNOUNCEMENT, "Pengumuman", 30, 31),
)


def make_event(*, shift_days: float = 0, state: EventState = EventState.PUBLISHED, **values: Any) -> Event:
    """A published event with six phases around NOW (registration and submission open), two groups, two tracks.

    `shift_days` moves all phases: -12 opens screening, -17 judging, -26.5 the final, -30.5 the announcement.
    """
    n = next(_numbers)
    defaults = {
        "slug": f"lomba-{n}",
        "name": f"Lomba Inovasi {n}",
        "state": state,
        "created_at": NOW - timedelta(days=40),
        "published_at": None if state is EventState.DRAFT else NOW - timedelta(days=39),
    }
    event = add(Event(**{**defaults, **values}))
    for position, (kind, name, start, end) in enumerate(PHASES):
        starts_at, ends_at = (NOW + timedelta(days=day + shift_days) for day in (start, end))
        add(
            Phase(
                event_id=event.id,
                kind=kind,
                name=name,
                position=position,
                starts_at=starts_at,
                ends_at=ends_at,
            )
        )
    for position, code in enumerate("AB"):
        add(Group(event_id=event.id, code=code, name=f"Kelompok {code}", position=position))
    for position, (code, name) in enumerate(
        (("tata-kelola", "Tata kelola"), ("layanan", "Pelayanan publik"))
    ):
        add(Track(event_id=event.id, code=code, name=name, position=position))
    return event


def make_field(event: Event, key: str = "ringkasan", **values: Any) -> FormField:
    defaults = {"kind": FieldKind.LONG, "label": key.title(), "required": True, "word_limit": 200}
    return add(FormField(event_id=event.id, key=key, **{**defaults, **values}))


def make_rule(event: Event, kind: RuleKind, *, blocks: bool = False, **parameters: Any) -> EligibilityRule:
    """Something asked of every entry of the event; usual parameters unless given."""
    whole = complete_parameters(kind, parameters)
    return add(EligibilityRule(event_id=event.id, kind=kind, parameters=whole, blocks=blocks))


def make_checklist_item(event: Event, label: str = "Surat dukungan ada") -> ChecklistItem:
    return add(ChecklistItem(event_id=event.id, label=label))


def sign_pact(round_: Round, user: User) -> PactSignature:
    """The juror's signature for a round; the one there is, where there is one."""
    known = db.session.query(PactSignature).filter_by(round_id=round_.id, user_id=user.id).first()
    if known:
        return known
    text = db.session.query(PactText).filter_by(event_id=round_.event_id).first() or add(
        PactText(event_id=round_.event_id, version=1, body=HOUSE.body, body_en=HOUSE.body_en, created_at=NOW)
    )
    return add(
        PactSignature(round_id=round_.id, user_id=user.id, text_id=text.id, name=user.full_name, at=NOW)
    )


def give_role(event: Event, user: User, role: Role) -> EventRole:
    """A juror has signed the pact of every round there is; take `PactSignature` rows away where a test is about it."""
    if role in {Role.JUROR, Role.CHAIR}:
        add(Juror(event_id=event.id, user_id=user.id))
        for round_ in db.session.query(Round).filter_by(event_id=event.id):
            sign_pact(round_, user)
    return add(EventRole(event_id=event.id, user_id=user.id, role=role, created_at=NOW))


def make_team(event: Event, captain: User | None = None, *members: User, **values: Any) -> Team:
    captain = captain or make_user()
    defaults = {"name": f"Tim {next(_numbers)}", "captain_id": captain.id, "created_at": NOW}
    team = add(Team(event_id=event.id, **{**defaults, "unit_id": captain.unit_id, **values}))
    for user in (captain, *members):
        make_membership(team, user, sole_event_id=event.id if event.one_team_per_person else None)
    return team


def make_membership(team: Team, user: User, **values: Any) -> Membership:
    defaults = {"team_id": team.id, "user_id": user.id, "event_id": team.event_id, "joined_at": NOW}
    return add(Membership(**{**defaults, **values}))


def make_idea(team: Team, *, state: IdeaState = IdeaState.DRAFT, **values: Any) -> Idea:
    """An idea of a team; any state but draft gets a number and a pinned submitted revision."""
    n = next(_numbers)
    defaults = {
        "title": f"INOVASI {n}",
        "answers": {"ringkasan": "Warga mengukur air parit setiap pagi."},
        "created_at": NOW,
        "updated_at": NOW,
        "group_id": team.group_id,
        "unit_id": team.unit_id,
    }
    idea = add(Idea(event_id=team.event_id, team_id=team.id, state=state, **{**defaults, **values}))
    if state is IdeaState.DRAFT:
        return idea
    pinned = {
        "title": idea.title,
        "group_id": idea.group_id,
        "track_id": idea.track_id,
        "answers": idea.answers,
    }
    revision = IdeaRevision(
        idea_id=idea.id, number=1, is_submission=True, author_id=team.captain_id, at=NOW, **pinned
    )
    idea.submitted_revision_id, idea.submitted_at = add(revision).id, NOW
    idea.number = idea.number or n
    db.session.flush()
    return idea


CRITERIA = (
    ("Kebaruan", 20),
    ("Efektivitas", 25),
    ("Manfaat", 25),
    ("Mudah disebarkan", 15),
    ("Keberlanjutan", 15),
)


def make_round(event: Event, kind: PhaseKind = PhaseKind.JUDGING, **values: Any) -> Round:
    """The round of the event's judging (or final) phase, with a rubric of five criteria on 1..5."""
    phase = db.session.query(Phase).filter_by(event_id=event.id, kind=kind).one()
    defaults = {"event_id": event.id, "phase_id": phase.id, "takes_all": kind is PhaseKind.JUDGING}
    defaults["accepted_groups"] = 99  # a few assignments by hand are rarely one group
    round_ = add(Round(**{**defaults, **values}))
    rubric = add(Rubric(round_id=round_.id, created_at=NOW))
    for position, (name, weight) in enumerate(CRITERIA):
        key = name.lower().replace(" ", "-")
        add(Criterion(rubric_id=rubric.id, position=position, key=key, name=name, weight=Decimal(weight)))
    round_.rubric_id = rubric.id
    db.session.flush()
    for juror in db.session.query(User).join(Juror, Juror.user_id == User.id).filter_by(event_id=event.id):
        sign_pact(round_, juror)
    return round_


def make_assignment(round_: Round, idea: Idea, juror: User, **values: Any) -> Assignment:
    defaults = {"round_id": round_.id, "idea_id": idea.id, "user_id": juror.id, "created_at": NOW}
    defaults["cleared_at"] = NOW  # declared to be free of conflicts
    sign_pact(round_, juror)
    return add(Assignment(**{**defaults, **values}))


def make_ballot(
    assignment: Assignment, values: list[int], *, state: BallotState = BallotState.SUBMITTED, **more: Any
) -> Ballot:
    """A ballot with one value per criterion of the round's rubric; its total is computed from the weights."""
    round_ = db.session.get_one(Round, assignment.round_id)
    idea = db.session.get_one(Idea, assignment.idea_id)
    criteria = (
        db.session.query(Criterion).filter_by(rubric_id=round_.rubric_id).order_by(Criterion.position).all()
    )
    pairs = list(zip(criteria, values, strict=True))
    weights = float(sum(c.weight for c in criteria))
    share = (
        sum(float(c.weight) * (v - float(c.minimum)) / float(c.maximum - c.minimum) for c, v in pairs)
        / weights
    )
    defaults = {
        "assignment_id": assignment.id,
        "round_id": round_.id,
        "idea_id": idea.id,
        "user_id": assignment.user_id,
        "rubric_id": round_.rubric_id,
        "revision_id": idea.submitted_revision_id,
        "total": 100 * share,
        "created_at": NOW,
        "updated_at": NOW,
        "submitted_at": NOW if state is BallotState.SUBMITTED else None,
    }
    ballot = add(Ballot(state=state, **{**defaults, **more}))
    for criterion, value in pairs:
        add(BallotScore(ballot_id=ballot.id, criterion_id=criterion.id, value=Decimal(value)))
    return ballot


def make_practice(round_: Round, *jurors: User, **values: Any) -> Practice:
    """An open practice entry of the round; these jurors handed in all fours."""
    defaults = {"title": "TELADAN", "body": "Satu karya untuk semua juri.", "opened_at": NOW}
    practice = add(
        Practice(
            **{
                "event_id": round_.event_id,
                "round_id": round_.id,
                "rubric_id": round_.rubric_id,
                **defaults,
                **values,
            }
        )
    )
    criteria = db.session.query(Criterion.id).filter_by(rubric_id=round_.rubric_id)
    given = {str(row.id): "4" for row in criteria}
    for juror in jurors:
        sheet = {"practice_id": practice.id, "user_id": juror.id, "values": given, "total": 75.0}
        add(PracticeSheet(**sheet, updated_at=NOW, submitted_at=NOW))
    return practice


def make_paper(assignment: Assignment, *clerks: User, value: str = "4", **values: Any) -> PaperSheet:
    """The printed sheet of a seat; each of the clerks typed `value` for every criterion."""
    round_ = db.session.get_one(Round, assignment.round_id)
    state = [SheetState.BLANK, SheetState.KEYED, SheetState.MATCHED][len(clerks)]
    defaults = {
        "code": draw_code(),
        "event_id": round_.event_id,
        "round_id": round_.id,
        "rubric_id": round_.rubric_id,
        "user_id": assignment.user_id,
        "assignment_id": assignment.id,
        "state": state,
        "printed_by_id": assignment.user_id,
        "printed_at": NOW,
        "settled_at": NOW if state.is_ballot else None,
    }
    sheet = add(PaperSheet(**{**defaults, **values}))
    criteria = db.session.query(Criterion.id).filter_by(rubric_id=round_.rubric_id)
    given = {str(row.id): value for row in criteria}
    for clerk in clerks:
        entry = {"sheet_id": sheet.id, "assignment_id": assignment.id, "user_id": clerk.id}
        add(PaperEntry(**entry, values=given, at=NOW))
    return sheet
