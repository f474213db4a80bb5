"""One more of everything the jury's rooms show beside ballots: pacts, conflicts, late ballots, pitch days, contests."""

from __future__ import annotations

from datetime import timedelta

from innovate.accounts.models import KeptForm, User
from innovate.calibration.models import Practice, PracticeSheet
from innovate.core.db import db
from innovate.deliberation.models import Deliberation, DeliberationNote, SignOff
from innovate.events.domain.kinds import Role
from innovate.events.models import EventRole
from innovate.events.queries import get_actor
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.ideas.models import Idea
from innovate.intake.models import ImportedBallot, ImportFile
from innovate.pairwise.models import Contest, ContestEntry, ContestJuror
from innovate.pitch.models import PitchChange, PitchDay, PitchSlot, PitchStep
from innovate.scoring.domain.conflicts import Reason
from innovate.scoring.models.ballots import Ballot
from innovate.scoring.models.integrity import Clash, Dismissal, LeakAnswer, LeakReview, PactText
from innovate.scoring.models.jury import Assignment, AssignmentState, Juror
from innovate.scoring.models.late import LateBallot, Reopening
from innovate.scoring.models.locks import HandInLock
from innovate.scoring.models.receipts import BallotReceipt
from innovate.scoring.models.rounds import Round, RoundJuror
from innovate.scoring.services.draws import start_draw
from innovate.tasks.services import run_here
from innovate.teams.models import TeamMentor
from tests.factories.build import (
    NOW,
    add,
    make_assignment,
    make_idea,
    make_paper,
    make_team,
    make_unit,
    make_user,
    sign_pact,
)
from tests.factories.contests import make_contest, walk
from tests.factories.pitch import make_pitch_day
from tests.factories.spreadsheets import make_import
from tests.factories.world import World

CONTENT = {"values": {}, "notes": {}, "comment_team": "", "comment_internal": "Ditulis di desa"}


def add_to_the_jury(world: World, idea: Idea, n: int) -> None:
    """`idea` is one of the round's entries that came with this turn."""
    seat = make_assignment(world.round, idea, make_user(unit_id=make_unit().id))
    _serving(world.round)
    _integrity(world, idea, seat, n)
    _late(world, seat, n)
    _paper(world, seat)
    _imported(world)
    _session(world, idea, n)
    _contest(world, n)
    _pitch(world, n)
    _draw(world, n)
    add(KeptForm(user_id=world.users["captain"].id, form="TeamForm", path=f"/k/{n}", fields=[], at=NOW))


def add_pitch_day(world: World, round_: Round) -> None:
    """A later round has a day of its own."""
    make_pitch_day(round_, world.idea, make_idea(make_team(world.event), state=IdeaState.ELIGIBLE))


def _serving(round_: Round) -> None:
    """Everybody in the jury serves in this round by name, has signed, and tried the practice entry."""
    practice = db.session.query(Practice).filter_by(round_id=round_.id).one()
    given = {"values": {}, "total": 50.0, "updated_at": NOW, "submitted_at": NOW}
    serving = {row.user_id for row in db.session.query(RoundJuror).filter_by(round_id=round_.id)}
    tried = {row.user_id for row in db.session.query(PracticeSheet).filter_by(practice_id=practice.id)}
    jury = db.session.query(User).join(Juror, Juror.user_id == User.id).filter_by(event_id=round_.event_id)
    for user in jury:
        sign_pact(round_, user)
        if user.id not in serving:
            add(RoundJuror(round_id=round_.id, user_id=user.id))
        if user.id not in tried:
            add(PracticeSheet(practice_id=practice.id, user_id=user.id, **given))


def _integrity(world: World, idea: Idea, seat: Assignment, n: int) -> None:
    event, users = world.event, world.users
    kept = {"version": n + 100, "body": "Saya berjanji.", "body_en": "I promise.", "reason": "Diperjelas"}
    add(PactText(event_id=event.id, created_at=NOW - timedelta(days=1), **kept))
    barred = {"state": AssignmentState.BARRED, "ended_at": NOW, "cleared_at": None}
    for held in (seat, make_assignment(world.round, idea, make_user(unit_id=idea.unit_id), **barred)):
        found = {"reason": Reason.OWN_UNIT, "cause": "person_unit", "found_at": NOW}
        add(Clash(event_id=event.id, assignment_id=held.id, **found))
    mentor, by = make_user(), users["organizer"].id
    add(EventRole(event_id=event.id, user_id=mentor.id, role=Role.MENTOR, created_at=NOW))
    named = {"event_id": event.id, "named_by_id": by, "named_at": NOW}
    for team_id, user_id in ((world.team.id, mentor.id), (idea.team_id, users["mentor"].id)):
        add(TeamMentor(team_id=team_id, user_id=user_id, **named))
    said = {"reason": Reason.OWN_UNIT, "basis": f"unit:{n}", "proposed_reason": "Sudah pindah unit"}
    add(
        Dismissal(
            event_id=event.id,
            idea_id=idea.id,
            user_id=seat.user_id,
            proposed_by_id=by,
            proposed_at=NOW,
            **said,
        )
    )
    answer = {"answer": LeakAnswer.ACCEPTED, "by_id": by, "at": NOW}
    add(LeakReview(idea_id=idea.id, revision_id=idea.submitted_revision_id, **answer))


def _late(world: World, seat: Assignment, n: int) -> None:
    juror, by = world.users["juror"], world.users["organizer"].id
    content = {**CONTENT, "rubric": world.round.rubric_id}
    times = {"written_at": NOW, "arrived_at": NOW}
    for held, user_id in ((world.assignment, juror.id), (seat, seat.user_id)):
        about = {"event_id": world.event.id, "assignment_id": held.id, "user_id": user_id}
        add(LateBallot(key=f"perangkat-{n}", handed_in=True, content=content, **about, **times))
    add(Reopening(assignment_id=seat.id, granted_by_id=by, reason="Listrik padam", granted_at=NOW))
    ended = {"ended_by_id": by, "ended_at": NOW, "ended_reason": "Keliru"}
    where = {"round_id": world.round.id, "idea_id": world.idea.id}
    add(HandInLock(locked_by_id=by, locked_at=NOW, **where, **ended))
    for ballot in db.session.query(Ballot).filter_by(user_id=juror.id, state="submitted"):
        about = {"event_id": world.event.id, "ballot_id": ballot.id, "user_id": juror.id, "at": NOW}
        add(BallotReceipt(version=n, total=50.0, content=content, digest="b" * 64, **about))


def _paper(world: World, seat: Assignment) -> None:
    """A sheet typed in by two people, one that only the first has typed, and one still blank."""
    clerks = (world.users["secretariat"], world.users["organizer"])
    for typed in range(3):
        make_paper(seat, *clerks[:typed])
    final = db.session.get_one(Round, world.values["final_id"])
    own = db.session.query(Assignment).filter_by(round_id=final.id, user_id=world.users["juror"].id)
    make_paper(own.order_by(Assignment.id.desc()).first(), *clerks, objection="Salah baca", objected_at=NOW)


def _imported(world: World) -> None:
    """Another row of the saved import, and another upload of the round."""
    saved = world.values["saved_import"]
    known = db.session.query(ImportedBallot.ballot_id)
    ballot = db.session.query(Ballot).filter(Ballot.id.not_in(known)).order_by(Ballot.id.desc()).first()
    file = db.session.query(ImportFile.id).filter_by(import_id=saved.id).scalar()
    come = {"import_id": saved.id, "file_id": file, "version": ballot.version}
    add(ImportedBallot(ballot_id=ballot.id, row=9, made_seat=False, **come))
    make_import(world.round, world.users["organizer"], b"Karya;Juri\n1;x")


def _session(world: World, idea: Idea, n: int) -> None:
    """An earlier session of the jury; what was said in the present one, and who agreed."""
    by = world.users["chair"].id
    present = db.session.query(Deliberation).filter_by(round_id=world.round.id, closed_at=None).one()
    where = {"event_id": world.event.id, "round_id": world.round.id}
    add(Deliberation(opened_by_id=by, opened_at=NOW, closed_by_id=by, closed_at=NOW, **where))
    for entry in (world.idea, idea):
        said = {"idea_id": entry.id, "author_id": by, "text": f"Catatan {n}", "at": NOW}
        add(DeliberationNote(deliberation_id=present.id, **said))
    for user_id in (by, world.users["juror"].id):
        agreed = {"round_id": world.round.id, "user_id": user_id, "stamp": f"cap-{n}", "at": NOW}
        add(SignOff(deliberation_id=present.id, **agreed))


def _contest(world: World, n: int) -> None:
    """Another stand and another juror in the hall that is open, and another hall."""
    hall: Contest = world.values["contest"]
    ideas = [make_idea(make_team(world.event), state=IdeaState.ELIGIBLE) for _ in range(2)]
    for place, idea in enumerate(ideas):
        add(ContestEntry(contest_id=hall.id, idea_id=idea.id, stand=f"{n}-{place}"))
    add(ContestJuror(contest_id=hall.id, user_id=make_user().id))
    more = make_contest(world.round, ideas, [world.users["juror"]], name=f"Aula {n}")
    walk(world.event.slug, more, world.users["juror"], 1)


def _pitch(world: World, n: int) -> None:
    """Another turn on the first round's day, with what was done and moved."""
    day = db.session.query(PitchDay).filter_by(round_id=world.round.id).one()
    turns = db.session.query(PitchSlot).filter_by(day_id=day.id).count()
    idea = make_idea(make_team(world.event), state=IdeaState.ELIGIBLE)
    slot = add(PitchSlot(day_id=day.id, idea_id=idea.id, position=turns))
    by = {"day_id": day.id, "actor_id": world.users["organizer"].id, "at": NOW}
    add(PitchStep(slot_id=slot.id, what="call", before=None, undone_at=NOW, **by))
    add(PitchChange(what="move", label=f"A-{n}", before=1, after=2, reason="Terlambat", **by))


def _draw(world: World, n: int) -> None:
    actor = get_actor(world.event.slug, world.users["organizer"])
    run_here(start_draw(actor, world.round, seed=100 + n, at=NOW), at=NOW)
