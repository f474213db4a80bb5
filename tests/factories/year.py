"""A year of learning before its first day: the event and its people, a partner's challenge, a team not yet whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from innovate.accounts.models import Employment, SiteRole, User
from innovate.core.db import db
from innovate.events.domain.kinds import Role
from innovate.events.models import Event, Group, Track
from innovate.events.queries import get_actor
from innovate.ideas.domain.lifecycle import Decision
from innovate.ideas.domain.screening import seen_token
from innovate.ideas.models import Idea
from innovate.ideas.queries.ideas import get_idea
from innovate.ideas.queries.screening import list_screenings
from innovate.ideas.services import screening
from innovate.learning.models import Activity, LearningSession
from innovate.partners.domain.kinds import MixKind, OrganisationKind, StatementKind
from innovate.partners.models.dealings import Challenge
from innovate.partners.models.teams import TeamMix
from innovate.scoring.models.rounds import Round
from innovate.surveys.models import Invitation
from innovate.surveys.queries.surveys import get_invitation
from innovate.surveys.services.answering import Sent, take_answers
from innovate.teams.models import Team
from tests.factories import build
from tests.factories.boards import climb
from tests.factories.build import add
from tests.factories.learning import make_attendance, make_place
from tests.factories.partners import (
    make_challenge,
    make_organisation,
    make_partner_member,
    make_statement,
)

SLUG = "tahun-belajar"
TITLE = "PARIT TERUKUR"
ANSWER = "Pengukur di parit mengirim tinggi air setiap lima menit, dan warga tahu satu jam sebelum banjir."


@dataclass
class Year:
    """Everybody of the year. `worker`, of the partner's company, is not in the team yet."""

    event: Event
    organizer: User
    clerk: User
    chair: User
    juror: User
    mentor: User
    captain: User
    student: User
    worker: User
    colleagues: Sequence[User]
    team: Team
    idea: Idea
    challenge: Challenge
    track: Track


def make_year() -> Year:
    """Registration and submission are open, one round judges; a team of an ASN and a student lacks somebody."""
    event = build.make_event(slug=SLUG, name="Tantangan Kota 2026", team_max=4, gallery_enabled=True)
    build.make_field(event)
    build.make_round(event, ballots_per_idea=2)
    organizer = _serve(event, "Ratna Dewi", Role.ORGANIZER, site_role=SiteRole.ADMIN)
    unit = build.make_unit(name="Dinas Pekerjaan Umum")
    captain = build.make_user(name="Syarif Abdurrahman", unit_id=unit.id)
    student = build.make_user(name="Melati Putri", employment=Employment.STUDENT)
    worker = build.make_user(name="Bagus Prasetyo", employment=Employment.PRIVATE)
    company = make_organisation(slug="arus-kapuas", name="PT Arus Kapuas", kind=OrganisationKind.COMPANY)
    make_partner_member(company, worker)
    challenge = make_challenge(company, event, title="Banjir rob kawasan pelabuhan")
    for kind in (MixKind.ASN, MixKind.STUDENT, MixKind.COMPANY):
        add(TeamMix(event_id=event.id, kind=kind, at_least=1))
    make_statement(event, StatementKind.PROPERTY, title="Kekayaan intelektual")
    make_statement(event, StatementKind.DATA_USE, title="Pemakaian data mitra")
    group = db.session.query(Group).filter_by(event_id=event.id, code="A").one().id
    team = build.make_team(event, captain, student, name="Tim Parit Terukur", group_id=group)
    idea = build.make_idea(team, title=TITLE, answers={"ringkasan": ANSWER})
    return Year(
        event=event,
        organizer=organizer,
        clerk=_serve(event, "Wulan Sekar", Role.SECRETARIAT),
        chair=_serve(event, "Ngadiman Suryo", Role.CHAIR),
        juror=_serve(event, "Hendra Tanuwijaya", Role.JUROR),
        mentor=_serve(event, "Tania Wirawan", Role.MENTOR),
        captain=captain,
        student=student,
        worker=worker,
        colleagues=[build.make_user(name=f"Rekan Kerja {n}", unit_id=unit.id) for n in range(1, 12)],
        team=team,
        idea=idea,
        challenge=challenge,
        track=db.session.get_one(Track, challenge.track_id),
    )


def _serve(event: Event, name: str, role: Role, **values: SiteRole) -> User:
    user = build.make_user(name=name, **values)
    build.give_role(event, user, role)
    return user


def fill_the_room(year: Year, activity: Activity) -> None:
    """The colleagues were there too, in every session."""
    for user in year.colleagues:
        make_place(activity, user)
        for held in db.session.query(LearningSession).filter_by(activity_id=activity.id):
            make_attendance(held, user)


def judge(year: Year, at: datetime) -> None:
    """The secretariat lets the entry pass, both jurors hand in, and the ranking is announced at `at`."""
    clerk = get_actor(SLUG, year.clerk)
    idea = get_idea(year.event.id, year.idea.public_id)
    seen = seen_token(idea.submitted_revision_id, idea.state, list_screenings(idea.id))
    passed = screening.Verdict(decision=Decision.PASS, seen=seen, reason="", checks={}, return_until=None)
    screening.decide(clerk, idea, passed, at=at - timedelta(days=18))
    round_ = db.session.query(Round).filter_by(event_id=year.event.id).one()
    for user, given in ((year.chair, [5, 4, 5, 4, 4]), (year.juror, [4, 4, 5, 5, 4])):
        build.make_ballot(build.make_assignment(round_, idea, user), given)
    climb(year.event, year.organizer, at=at)


def answer_for_colleagues(survey_id: int, at: datetime) -> None:
    """Five recommend it, five perhaps do, one does not; all are content, and only three write a word."""
    asked = db.session.query(Invitation).filter_by(survey_id=survey_id, answered=False)
    those = [each for each in asked.order_by(Invitation.id) if each.name.startswith("Rekan Kerja")]
    for n, each in enumerate(those):
        invitation = get_invitation(each.token)
        survey = invitation.survey
        raw = {key: ["4"] for key in ("relevan", "jelas", "latihan", "narasumber", "waktu", "tempat", "puas")}
        raw["anjuran"] = ["ya" if n < 5 else "mungkin" if n < 10 else "tidak"]
        if n < 3:
            raw["terapkan"] = [f"Mengukur parit ke-{n + 1}"]
        sent = Sent(f"lembar-rekan-{n}", survey.number, raw)
        assert not take_answers(survey, sent, invitation=invitation, at=at).faults
