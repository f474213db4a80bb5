"""One competition with somebody in every role and something behind every address; the same world for the permission
matrix, the accessibility walk and whoever needs a full house.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from innovate.accounts.models import SiteRole, Unit, User, UserSession
from innovate.core import storage
from innovate.core.db import db
from innovate.core.workbooks import Sheet, write_workbook
from innovate.deliberation.models import Deliberation
from innovate.editions.models import EditionImport, PastEdition
from innovate.endorsement.domain.chain import Stage
from innovate.endorsement.models import EndorsementRules
from innovate.events.domain.eligibility import RuleKind
from innovate.events.domain.kinds import EventState, PhaseKind, Role
from innovate.events.models import Event, EventRole, FormField, Phase, Prize, RoleInvitation
from innovate.events.queries import get_actor
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.ideas.models import Extension, Idea, IdeaFile, IdeaRevision, PagesState, SimilarPair
from innovate.impact.services.links import Links
from innovate.leaders.queries.papers import PAPER
from innovate.notifications.models import MailState, OutboxMail
from innovate.pairwise.models import ContestEntry, ContestKind, ContestState
from innovate.pitch.models import PitchSlot
from innovate.quizzes.domain.kinds import Moment
from innovate.results.domain.bundle.inputs import Publication
from innovate.results.models import CommitteePack, StandingRow
from innovate.results.services.feedback import open_feedback
from innovate.scoring.domain.conflicts import Reason
from innovate.scoring.models.ballots import Ballot
from innovate.scoring.models.integrity import Clash
from innovate.scoring.models.jury import Assignment, AssignmentState, Conflict, ConflictSource
from innovate.scoring.models.late import LateBallot
from innovate.scoring.models.reading import ReadingNote
from innovate.scoring.models.receipts import BallotReceipt
from innovate.scoring.models.rounds import Round
from innovate.scoring.services.draws import start_draw
from innovate.skills.models import SkillEndorsement
from innovate.tasks.models import Task, TaskState
from innovate.tasks.services import run_here
from innovate.teams.models import JoinRequest, OpenRole, Team, TeamInvitation, TeamMentor
from innovate.visits.domain.states import VisitEffect, VisitState
from innovate.visits.models import VisitItem
from innovate.voting.models import VoteVoid
from tests.factories.agenda import add_agenda
from tests.factories.alike import add_pair
from tests.factories.archive import make_index, make_past, make_pending, make_template
from tests.factories.boards import climb, make_objection, make_special, make_withdrawal
from tests.factories.build import (
    CRITERIA,
    NOW,
    add,
    give_role,
    make_assignment,
    make_ballot,
    make_checklist_item,
    make_event,
    make_field,
    make_idea,
    make_paper,
    make_practice,
    make_round,
    make_rule,
    make_team,
    make_unit,
    make_user,
    sign_pact,
)
from tests.factories.bundles import make_result_bundle
from tests.factories.clinics import make_action, make_booking, make_slot, rate, show, skill
from tests.factories.contests import make_contest, walk
from tests.factories.documents import make_document, make_letter
from tests.factories.endorsement import make_chain, make_coordinator, make_paper_proposal
from tests.factories.impact import furnish, make_innovation
from tests.factories.learned import add_training
from tests.factories.papers import add_page
from tests.factories.partners import fill_partners
from tests.factories.pitch import make_pitch_day
from tests.factories.privacy import (
    make_access,
    make_breach,
    make_case,
    make_consent,
    make_export,
    make_impact,
)
from tests.factories.quizzes import (
    MULTIPLE,
    SCALE,
    SHORT,
    SINGLE,
    make_activity,
    make_enrolment,
    make_question,
    make_quiz,
    make_sheet,
)
from tests.factories.spreadsheets import make_import
from tests.factories.surveys import add_surveys
from tests.factories.visits import make_visit, make_visit_photo
from tests.factories.votes import entries_of, make_poll, make_request, make_void, make_vote

PRIVATE = (
    "Bagi saya sendiri: tanya biayanya"  # what the juror wrote beside the entry; nobody else may ever read it
)
EVENT_ROLES = {
    "organizer": Role.ORGANIZER,
    "secretariat": Role.SECRETARIAT,
    "chair": Role.CHAIR,
    "juror": Role.JUROR,
    "other_juror": Role.JUROR,
    "mentor": Role.MENTOR,
    "auditor": Role.AUDITOR,
}
FOREIGN_ROLES = {"foreign_organizer": Role.ORGANIZER, "foreign_juror": Role.JUROR}
PEOPLE = (
    "stranger",
    "captain",
    "member",
    "other_captain",
    "coordinator",
    *EVENT_ROLES,
    *FOREIGN_ROLES,
    "site_organizer",
    "admin",
)
ROLES = ("visitor", *PEOPLE)


@dataclass
class World:
    """Who and what there is. `users` by role name; the rest as the addresses need them."""

    event: Event
    users: dict[str, User]
    team: Team
    idea: Idea
    draft: Idea
    round: Round
    assignment: Assignment
    values: dict[str, Any] = field(default_factory=dict)


def _ask(event: Event) -> None:
    """The checklist, and rules of eligibility that ask the database; the crowd brings the others."""
    make_checklist_item(event)
    make_rule(event, RuleKind.SAME_TITLE)
    make_rule(event, RuleKind.FORMER_WINNER)
    make_rule(event, RuleKind.LETTERS, fields=["lampiran"])


def build_world() -> World:
    """Fill the present database (in a transaction of the caller)."""
    event = make_event(shift_days=-17, membership_open=True, team_min=1, asks_endorsement=True)
    foreign = make_event(shift_days=-17)
    users = {name: make_user(unit_id=make_unit().id) for name in PEOPLE}
    users["site_organizer"].site_role = SiteRole.ORGANIZER
    users["admin"].site_role = SiteRole.ADMIN
    roles = {name: give_role(event, users[name], role) for name, role in EVENT_ROLES.items()}
    for name, role in FOREIGN_ROLES.items():
        give_role(foreign, users[name], role)
    groups = {group.code: group.id for group in get_actor(event.slug, None).event.groups}
    team = make_team(event, users["captain"], users["member"], group_id=groups["A"], locked_at=NOW)
    other = make_team(event, users["other_captain"], group_id=groups["A"])
    make_field(event)
    field_ = make_field(event, "lampiran", kind="file", word_limit=None, required=False)
    _ask(event)
    prize = add(Prize(event_id=event.id, name="Juara I", rank=1))
    answers = {"ringkasan": f"Warga dan {team.name} mengukur air parit setiap pagi."}
    idea = make_idea(team, state=IdeaState.ELIGIBLE, title="PARIT KITA", in_gallery=True, answers=answers)
    draft = make_idea(other, title="SIAGA PASANG")
    round_ = make_round(event)
    final = make_round(event, PhaseKind.FINAL)
    assignment = make_assignment(round_, idea, users["juror"])
    add(ReadingNote(assignment_id=assignment.id, text=PRIVATE, version=1, updated_at=NOW))
    make_practice(round_, users["chair"])
    ballot = make_ballot(make_assignment(round_, idea, make_user()), [4, 4, 4, 4, 4])
    own = make_assignment(final, idea, users["juror"])
    make_ballot(own, [4, 4, 4, 4, 4])
    paper = make_paper(own, users["secretariat"], users["organizer"], objection="Salah baca", objected_at=NOW)
    world = World(event, users, team, idea, draft, round_, assignment)
    world.values = {
        "final_id": final.id,
        "paper": paper,
        "prize": prize,
        "field": field_,
        "role_row": roles["other_juror"],
        **_papers(world, field_),
        **add_surveys(world.event, users["organizer"], users["captain"]),
        "turn": _pitch(world),
        **_slips(world, ballot.id),
    }
    world.values |= _units(world) | _contests(world, groups["A"])
    world.values["similar_pair"] = _add_past_pair(world)
    world.values |= _imports(world, ballot)
    for more in (
        _announce,
        _votes,
        _draws,
        _visits,
        _clinics,
        _archive,
        _protect,
        add_agenda,
        add_training,
        _teach,
        fill_partners,
        _impact,
        _summary,
    ):
        world.values |= more(world)
    _sit_down(world)
    db.session.flush()
    return world


def _archive(world: World) -> dict[str, Any]:
    """Templates and past editions of a site organizer, and an index that the first round verifies."""
    keeper = world.users["site_organizer"]
    make_index(world.round)
    winner = make_past(keeper)
    return {
        "template": make_template(keeper),
        "removed_template": make_template(keeper, removed_at=NOW),
        "past_entry": winner,
        "past_edition": db.session.get_one(PastEdition, winner.edition_id),
        "removed_entry": make_past(keeper, 900, removed_at=NOW),
        "past_import": db.session.get_one(EditionImport, winner.import_id),
        "pending_editions": make_pending(keeper),
    }


def _units(world: World) -> dict[str, Any]:
    """The unit of the first team has a coordinator, who handed its idea in; another proposal came on paper."""
    users = world.users
    unit = db.session.get_one(Unit, world.team.unit_id)
    row = make_coordinator(unit, users["coordinator"], users["admin"])
    add(EndorsementRules(event_id=world.event.id, per_unit=3, per_group={}))
    chain = make_chain(world.idea, Stage.SUBMITTED, users["coordinator"])
    names = {"unit_id": unit.id, "named_members": ["Rudi Hartono"], "captain_id": users["secretariat"].id}
    team = add(Team(event_id=world.event.id, name="Tim Berkas", is_listed=False, created_at=NOW, **names))
    on_paper = make_idea(team, title="JAMBAN SEHAT")
    scan = make_paper_proposal(on_paper, users["secretariat"])
    make_chain(on_paper, Stage.WAITING, users["secretariat"])
    return {"coordinator_row": row, "chain": chain, "on_paper": on_paper, "scan": scan}


def _imports(world: World, ballot: Ballot) -> dict[str, Any]:
    """One upload that waits, with a name nobody knows; one that was saved."""
    head = ";".join(["Karya", "Surel juri", *(name for name, _weight in CRITERIA)])
    waits = f"{head}\nPARIT KITA;{world.users['juror'].email};4;4;4;4;4\nLain;x@y.id;4;4;4;4;9".encode()
    clerk = world.users["organizer"]
    return {
        "import": make_import(world.round, clerk, waits),
        "saved_import": make_import(world.round, clerk, waits, ballot),
    }


def _papers(world: World, field_: FormField) -> dict[str, Any]:
    event, users, team = world.event, world.users, world.team
    stored = storage.save(b"%PDF-1.4\n%contoh\n%%EOF\n")
    extra = make_user()
    file = add(
        IdeaFile(
            idea_id=world.idea.id,
            field_key=field_.key,
            filename="bukti.pdf",
            media_type="application/pdf",
            size=stored.size,
            sha256=stored.sha256,
            storage_key=stored.key,
            uploaded_by_id=users["captain"].id,
            uploaded_at=NOW,
            pages_state=PagesState.READY,
            pages_total=1,
        )
    )
    add_page(file, "Air parit diukur setiap pagi.")
    db.session.get_one(IdeaRevision, world.idea.submitted_revision_id).files = [file.id]
    barred = make_assignment(
        world.round, world.idea, make_user(), state=AssignmentState.BARRED, ended_at=NOW, cleared_at=None
    )
    return {
        "file": file,
        "signature": sign_pact(world.round, users["juror"]),
        "clash": add(
            Clash(
                event_id=event.id,
                assignment_id=barred.id,
                reason=Reason.OWN_UNIT,
                cause="person_unit",
                found_at=NOW,
            )
        ),
        "mentoring": add(
            TeamMentor(
                team_id=team.id,
                user_id=users["mentor"].id,
                event_id=event.id,
                named_by_id=users["organizer"].id,
                named_at=NOW,
            )
        ),
        "conflict": add(
            Conflict(
                event_id=event.id,
                idea_id=world.idea.id,
                user_id=users["other_juror"].id,
                source=ConflictSource.DECLARED,
                reason="Pernah membimbing tim ini",
                declared_by_id=users["other_juror"].id,
                at=NOW,
            )
        ),
        "join_request": add(JoinRequest(team_id=team.id, user_id=extra.id, created_at=NOW)),
        "team_invitation": add(
            TeamInvitation(
                team_id=team.id, email="baru@pontianak.go.id", invited_by_id=team.captain_id, created_at=NOW
            )
        ),
        "open_role": add(OpenRole(team_id=team.id, title="Analis data", created_at=NOW)),
        "extension": add(
            Extension(
                event_id=event.id,
                team_id=team.id,
                until=NOW,
                reason="Listrik padam",
                granted_by_id=users["organizer"].id,
                granted_at=NOW,
            )
        ),
        "role_invitation": add(
            RoleInvitation(
                event_id=event.id,
                email="calon@untan.example",
                role=Role.JUROR,
                invited_by_id=users["organizer"].id,
                created_at=NOW,
                expires_at=NOW.replace(year=2027),
            )
        ),
        "mail": add(
            OutboxMail(
                created_at=NOW,
                next_attempt_at=NOW,
                address="baru@pontianak.go.id",
                template="team_invitation",
                context={},
                event_id=event.id,
                state=MailState.SENT,
                sent_at=NOW,
                subject="Undangan",
                body="Anda diundang.",
            )
        ),
        "deleted": _deleted_draft(users["site_organizer"]),
        "phase": db.session.query(Phase).filter_by(event_id=event.id, kind=PhaseKind.FINAL).one(),
    }


def _add_past_pair(world: World) -> SimilarPair:
    """The idea and one of an edition that is over."""
    past = make_event(shift_days=-400, state=EventState.ARCHIVED)
    return add_pair(world.idea, make_idea(make_team(past), title="PARIT LAMA", state=IdeaState.ELIGIBLE))


def _deleted_draft(organizer: User) -> Event:
    draft = make_event(state=EventState.DRAFT, deleted_at=NOW)
    draft.slug = f"{draft.slug}~{draft.id}"
    give_role(draft, organizer, Role.ORGANIZER)
    return draft


def _pitch(world: World) -> PitchSlot:
    """A public pitch day of the first round, with two teams; nobody is on stage."""
    team = make_team(world.event, group_id=world.team.group_id)
    second = make_idea(team, state=IdeaState.ELIGIBLE, title="PETA RASA")
    day = make_pitch_day(world.round, world.idea, second)
    return db.session.query(PitchSlot).filter_by(day_id=day.id, idea_id=world.idea.id).one()


def _contests(world: World, group_id: int) -> dict[str, Any]:
    """A hall that is open, and a run-off that is over; the juror compares in both, the other juror in neither."""
    rival = make_team(world.event, group_id=group_id)
    ideas = [world.idea, make_idea(rival, state=IdeaState.ELIGIBLE, title="PECI HAJI")]
    juror = world.users["juror"]
    hall = make_contest(world.round, ideas, [juror])
    over = make_contest(world.round, ideas, [juror], kind=ContestKind.RUNOFF, name="Banding ulang")
    walk(world.event.slug, hall, juror, 1)
    walk(world.event.slug, over, juror, 1)
    over.state, over.closed_at, over.published_at = ContestState.CLOSED, NOW, NOW
    stall = db.session.query(ContestEntry).filter_by(contest_id=hall.id, idea_id=world.idea.id).one()
    return {"contest": hall, "closed_contest": over, "stall": stall}


def _protect(world: World) -> dict[str, Any]:
    """The captain asks, has a copy and agrees; the event's impact record is signed; something once went wrong."""
    captain, admin = world.users["captain"], world.users["admin"]
    make_impact(world.event, world.users["organizer"])
    make_consent(captain)
    make_access(admin, subject_id=captain.id)
    return {"case": make_case(captain), "export": make_export(captain), "breach": make_breach(admin)}


def _votes(world: World) -> dict[str, Any]:
    """A vote that runs, and one that has closed, each with votes; some were voided."""
    organizer = world.users["organizer"]
    rival = db.session.query(Idea).filter_by(event_id=world.event.id, title="PECI HAJI").one()
    rival.in_gallery = True
    poll = make_poll(world.event, organizer, world.idea, rival)
    past = {
        "opens_at": NOW - timedelta(days=9),
        "closes_at": NOW - timedelta(days=2),
        "name": "Favorit pelajar",
    }
    closed = make_poll(world.event, organizer, world.idea, rival, **past)
    for each in (poll, closed):
        own, other = entries_of(each)
        for entry in (own, other, other):
            make_vote(each, entry)
        for n in range(3):
            make_vote(each, own, address=f"warga{n}@contoh.example")
        make_void(each, organizer, make_vote(each, own))
    make_request(poll, entries_of(poll)[:1], "sri@kantor.example", "tautan-suara")
    void = db.session.query(VoteVoid).filter_by(poll_id=poll.id).one()
    return {"poll": poll, "closed_poll": closed, "void": void}


def _slips(world: World, ballot_id: int) -> dict[str, Any]:
    """A receipt and a late ballot of the juror."""
    juror, content = world.users["juror"], {"values": {}, "notes": {}, "rubric": world.round.rubric_id}
    texts = {"comment_team": "", "comment_internal": "Ditulis di desa"}
    return {
        "receipt": add(
            BallotReceipt(
                event_id=world.event.id,
                ballot_id=ballot_id,
                user_id=juror.id,
                version=1,
                total=75.0,
                content=content | texts,
                digest="a" * 64,
                at=NOW,
            )
        ),
        "late": add(
            LateBallot(
                event_id=world.event.id,
                assignment_id=world.assignment.id,
                user_id=juror.id,
                key="perangkat-satu",
                handed_in=True,
                content=content | texts,
                written_at=NOW,
                arrived_at=NOW,
            )
        ),
    }


def _announce(world: World) -> dict[str, Any]:
    """The first round's board, announced: public pages have something to show, a team objects, a prize was given."""
    board = climb(world.event, world.users["organizer"])
    for publication in Publication:
        make_result_bundle(board.snapshot_id, publication)
    open_feedback(get_actor(world.event.slug, world.users["organizer"]), at=NOW)
    _pack(world.event, world.users["organizer"])
    row = db.session.get_one(StandingRow, (board.snapshot_id, world.idea.id))
    row.award = "Juara I"
    past = {"ended_at": NOW, "ended_by_id": world.users["organizer"].id, "ended_reason": "Banding diterima"}
    return {
        "withdrawal": make_withdrawal(board, world.idea, world.users["organizer"], **past),
        "letter": make_letter(world.event, world.users["organizer"]),
        "objection": make_objection(board, world.idea, world.users["captain"], filename="bukti.pdf"),
        "special_award": make_special(board, world.idea, world.users["organizer"]),
        "certificate": make_document(world.event, world.users["organizer"], world.users["captain"]),
    }


def _visits(world: World) -> dict[str, Any]:
    """A visit to come with a photo already, and one that is finished with a note to the jury; the juror goes."""
    organizer, juror = world.users["organizer"], world.users["juror"]
    visit = make_visit(world.idea, organizer, organizer, juror)
    checked = [{"item": "x", "label": "Inovasi digunakan", "verdict": "met", "note": ""}]
    note = {"effect": VisitEffect.NOTE, "jury_note": "Baru dipakai di satu kelurahan.", "answers": checked}
    done = make_visit(world.idea, organizer, organizer, juror, state=VisitState.FINISHED, **note)
    return {
        "visit": visit,
        "finished_visit": done,
        "photo": make_visit_photo(visit, organizer),
        "visit_item": db.session.query(VisitItem).filter_by(event_id=world.event.id).first(),
    }


def _teach(world: World) -> dict[str, Any]:
    """A training with a test the captain is taking, and one after it; four kinds of questions, one of the site."""
    organizer, captain = world.users["organizer"], world.users["captain"]
    activity = make_activity(organizer, world.event)
    for name in ("captain", "member"):
        make_enrolment(activity, world.users[name])
    questions = [make_question(organizer, activity, each) for each in (SINGLE, MULTIPLE, SCALE, SHORT)]
    make_question(world.users["admin"])
    quiz = make_quiz(activity, *questions, minutes=600)
    make_quiz(activity, *questions, moment=Moment.POST)
    make_sheet(quiz, captain, [[0], [0], None, None], handed_at=None)
    return {"tested_activity": activity, "quiz": quiz, "question": questions[0]}


def _clinics(world: World) -> dict[str, Any]:
    """A slot of the mentor that the team booked, one that is free, and a stranger whom captains find."""
    mentor = world.users["mentor"]
    booked = make_slot(world.event, mentor)
    booking = make_booking(booked, world.team, notes="Ukur waktu tunggunya.")
    for name in ("captain", "member", "stranger"):
        rate(world.users[name], 3)
    show(world.users["stranger"])
    about = {
        "user_id": world.users["member"].id,
        "skill_id": skill().id,
        "endorser_id": mentor.id,
        "level": 3,
    }
    add(SkillEndorsement(**about, team_id=world.team.id, at=NOW))
    return {
        "slot": make_slot(world.event, mentor, NOW + timedelta(days=2)),
        "booked_slot": booked,
        "booking": booking,
        "action": make_action(booking, due_on=NOW.date()),
        "skill": skill(),
    }


def _impact(world: World) -> dict[str, Any]:
    """The world's entry is in use: something of everything waits, and somebody asks to adopt it."""
    innovation = make_innovation(world.idea)
    found = furnish(innovation, world.users["captain"], world.users["stranger"])
    token = Links("test-secret").make(found["answer"].public_id, world.users["captain"].public_id)
    return {"innovation": innovation, "answer_token": token, **found}


def _pack(event: Event, organizer: User) -> None:
    """The committee's workbook."""
    stored = storage.save(write_workbook("Berkas panitia", [Sheet("Peringkat", ["Karya"], [["SUNGAI"]])]))
    about = {"storage_key": stored.key, "size": stored.size, "sha256": stored.sha256}
    about |= {
        "minutes_key": about["storage_key"],
        "minutes_size": about["size"],
        "minutes_sha256": about["sha256"],
    }
    add(CommitteePack(event_id=event.id, **about, made_by_id=organizer.id, made_at=NOW))


def _summary(world: World) -> dict[str, Any]:
    """The leaders' page as a paper, made for the site's organizer."""
    reader = world.users["site_organizer"]
    stored = storage.save(b"%PDF-1.4\n%contoh\n%%EOF\n")
    result = {"key": stored.key, "size": stored.size, "sha256": stored.sha256, "year": NOW.year}
    about = {
        "kind": PAPER,
        "about": f"user:{reader.id}",
        "actor_id": reader.id,
        "inputs": {},
        "result": result,
    }
    return {"summary": add(Task(**about, state=TaskState.DONE, created_at=NOW, ended_at=NOW))}


def _draws(world: World) -> dict[str, Any]:
    """Two draws the organizer asked for: a preview, and one a runner is still at work on."""
    actor = get_actor(world.event.slug, world.users["organizer"])
    preview = start_draw(actor, world.round, seed=1, at=NOW)
    run_here(preview, at=NOW)
    running = start_draw(actor, world.round, seed=2, at=NOW)
    running.state, running.attempts, running.lease_until = TaskState.RUNNING, 1, NOW.replace(year=2030)
    running.stage, running.done, running.total = "places", 1, 4
    return {"preview": preview, "task": running}


def _sit_down(world: World) -> None:
    """The first round's jury is in session."""
    world.round.peers_opened_at, world.round.peers_opened_by_id = NOW, world.users["chair"].id
    values = {"event_id": world.event.id, "round_id": world.round.id, "opened_by_id": world.users["chair"].id}
    add(Deliberation(**values, opened_at=NOW, missing=1, reason="Satu juri sakit"))


def role_row_of(world: World, name: str) -> EventRole:
    """The event role of a person of the world."""
    return db.session.query(EventRole).filter_by(event_id=world.event.id, user_id=world.users[name].id).one()


def session_of(user: User) -> UserSession:
    """A signed-in device of a person."""
    return db.session.query(UserSession).filter_by(user_id=user.id).first()
