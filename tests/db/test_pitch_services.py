"""Planning, drawing, running and undoing a pitch day; the lock of an entry's ballots."""

from datetime import timedelta

import pytest

from innovate.audit.models import AuditEntry
from innovate.core.db import db
from innovate.core.errors import NotAllowed, NotFound, Refused, Stale
from innovate.events.domain.kinds import PhaseKind, Role
from innovate.events.queries import get_actor
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.pitch import queries
from innovate.pitch.domain.order import draw_order
from innovate.pitch.domain.schedule import Break, Plan
from innovate.pitch.domain.timer import Press, Run, Stage
from innovate.pitch.models import PitchChange, PitchDay, PitchStep
from innovate.pitch.services import days, order, stage
from innovate.scoring.domain.rubric import Filled
from innovate.scoring.models.ballots import BallotState
from innovate.scoring.queries.ballots import get_sheet
from innovate.scoring.queries.locks import HandIn, list_hand_ins, list_locked
from innovate.scoring.services import ballots, locks
from tests.factories import build
from tests.factories.build import NOW
from tests.factories.pitch import make_pitch_day

MINUTE = timedelta(minutes=1)


@pytest.fixture
def final(app):
    """A final with three entries, numbered 1, 2, 3, and a person in every role."""
    event = build.make_event(shift_days=-26.5)
    round_ = build.make_round(event, PhaseKind.FINAL, takes_all=True)
    ideas = [
        build.make_idea(build.make_team(event), state=IdeaState.ELIGIBLE, number=n, title=f"KARYA {n}")
        for n in (1, 2, 3)
    ]
    people = {}
    for role in Role:
        people[role] = build.make_user(name=f"Orang {role.value}")
        build.give_role(event, people[role], role)
    actors = {role: get_actor(event.slug, user) for role, user in people.items()}
    return {"round": round_, "ideas": ideas, "event": event, **actors}


def programme_of(final):
    db.session.flush()
    return queries.load_programme(queries.get_day(final["round"].id), final["round"])


def labels(final):
    return [turn.label for turn in programme_of(final).listed]


def press(final, what, at=NOW, role=Role.SECRETARIAT):
    day = queries.get_day(final["round"].id)
    if what == "team":
        return stage.call_next_team(final[role], final["round"], version=day.version, at=at)
    if what == "undo":
        return stage.undo(final[role], final["round"], version=day.version, at=at)
    return stage.press_timer(final[role], final["round"], Press(what), version=day.version, at=at)


# -- planning and drawing ---------------------------------------------------------------------------------------------


def test_a_plan_is_kept_changed_and_recorded(final):
    plan = Plan(NOW, "Balai Kota", breaks=(Break(2, 15, "Kopi"),))
    day = days.save_day(final[Role.ORGANIZER], final["round"], plan, at=NOW)
    assert (day.presentation_minutes, day.question_minutes, day.warnings) == (7, 13, [120, 30])
    again = days.save_day(
        final[Role.ORGANIZER], final["round"], Plan(NOW + MINUTE, presentation_minutes=5), at=NOW
    )
    assert (again.id, again.starts_at, again.presentation_minutes) == (day.id, NOW + MINUTE, 5)
    assert again.version == 2
    assert db.session.query(AuditEntry).filter_by(action="pitch.plan").count() == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"presentation_minutes": 0},
        {"question_minutes": 121},
        {"gap_minutes": -1},
        {"warnings": (0,)},
        {"warnings": (14 * 60,)},
        {"warnings": (1, 2, 3, 4, 5)},
        {"breaks": (Break(0, 15),)},
        {"breaks": (Break(1, 241),)},
    ],
)
def test_a_plan_that_makes_no_sense_is_refused(final, wrong):
    with pytest.raises(Refused):
        days.save_day(final[Role.ORGANIZER], final["round"], Plan(NOW, **wrong), at=NOW)


@pytest.mark.parametrize("role", [r for r in Role if r is not Role.ORGANIZER])
def test_only_organizers_plan_draw_and_publish(final, role):
    make_pitch_day(final["round"], seed="", published_at=None)
    for act in (
        lambda: days.save_day(final[role], final["round"], Plan(NOW), at=NOW),
        lambda: order.draw(final[role], final["round"], seed="7", at=NOW),
        lambda: days.publish_day(final[role], final["round"], published=True, at=NOW),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_the_draw_can_be_repeated_by_anybody(final):
    make_pitch_day(final["round"], seed="", published_at=None)
    drawn = order.draw(final[Role.ORGANIZER], final["round"], seed=" 731904 ", at=NOW)
    entrants = queries.list_entrants(final["round"])
    assert drawn == draw_order("731904", entrants)
    assert labels(final) == [entrant.label for entrant in drawn]
    day = queries.get_day(final["round"].id)
    assert (day.seed, day.drawn_at) == ("731904", NOW)
    change = db.session.query(PitchChange).one()
    assert (change.what, change.seed) == ("draw", "731904")
    assert db.session.query(AuditEntry).filter_by(action="pitch.draw").count() == 1


def test_drawing_again_asks_why_and_ends_with_the_first_team(final):
    make_pitch_day(final["round"], *final["ideas"])
    with pytest.raises(Refused) as missing:
        order.draw(final[Role.ORGANIZER], final["round"], seed="8", at=NOW)
    assert missing.value.field == "reason"
    press(final, "team")
    press(final, "undo")
    order.draw(final[Role.ORGANIZER], final["round"], seed="8", reason="Finalis bertambah", at=NOW)
    press(final, "team")
    with pytest.raises(Refused):
        order.draw(final[Role.ORGANIZER], final["round"], seed="9", reason="Finalis bertambah", at=NOW)


def test_nothing_is_drawn_or_published_out_of_nothing(final):
    make_pitch_day(final["round"], seed="", published_at=None)
    with pytest.raises(Refused):
        order.draw(final[Role.ORGANIZER], final["round"], seed="  ", at=NOW)
    with pytest.raises(Refused):
        days.publish_day(final[Role.ORGANIZER], final["round"], published=True, at=NOW)
    for idea in final["ideas"]:
        idea.state = IdeaState.WITHDRAWN
    with pytest.raises(Refused):
        order.draw(final[Role.ORGANIZER], final["round"], seed="1", at=NOW)


def test_another_events_round_is_not_there(final):
    other = build.make_round(build.make_event(), PhaseKind.FINAL)
    make_pitch_day(other)
    with pytest.raises(NotFound):
        days.save_day(final[Role.ORGANIZER], other, Plan(NOW), at=NOW)
    with pytest.raises(NotFound):
        order.draw(final[Role.ORGANIZER], other, seed="1", at=NOW)


def test_entries_that_come_late_go_to_the_end(final):
    make_pitch_day(final["round"], *final["ideas"])
    late = build.make_idea(build.make_team(final["event"]), state=IdeaState.ELIGIBLE, number=9)
    assert [e.key for e in queries.list_missing(programme_of(final), final["round"])] == [late.id]
    order.add_missing(final[Role.SECRETARIAT], final["round"], at=NOW)
    assert labels(final) == ["001", "002", "003", "009"]
    assert order.add_missing(final[Role.SECRETARIAT], final["round"], at=NOW) == []


def test_who_left_the_round_has_no_place_and_is_never_called(final):
    make_pitch_day(final["round"], *final["ideas"])
    final["ideas"][0].state = IdeaState.WITHDRAWN
    assert labels(final) == ["002", "003"]
    press(final, "team")
    assert programme_of(final).current.label == "002"


def test_a_team_that_is_taken_out_while_called_does_not_block_the_stage(final):
    make_pitch_day(final["round"], *final["ideas"])
    press(final, "team")
    final["ideas"][0].state = IdeaState.DISQUALIFIED
    press(final, "team")
    assert programme_of(final).current.label == "002"


# -- moving by hand ---------------------------------------------------------------------------------------------------


def slot_of(final, n):
    return next(t.slot.public_id for t in programme_of(final).turns if t.slot.idea_id == final["ideas"][n].id)


def test_moving_asks_why_and_is_recorded(final):
    make_pitch_day(final["round"], *final["ideas"])
    last = slot_of(final, 2)
    with pytest.raises(Refused):
        order.move_turn(final[Role.CHAIR], final["round"], last, to=1, reason="ya", at=NOW)
    order.move_turn(final[Role.CHAIR], final["round"], last, to=1, reason="Mengejar penerbangan", at=NOW)
    assert labels(final) == ["003", "001", "002"]
    change = db.session.query(PitchChange).one()
    assert (change.what, change.label, change.before, change.after) == ("move", "003", 3, 1)
    assert change.reason == "Mengejar penerbangan"
    assert db.session.query(AuditEntry).filter_by(action="pitch.move").count() == 1


@pytest.mark.parametrize("to", [0, 1, 4, 3])
def test_nobody_is_moved_before_the_stage_beyond_the_end_or_to_where_they_are(final, to):
    make_pitch_day(final["round"], *final["ideas"])
    press(final, "team")
    with pytest.raises(Refused) as refusal:
        order.move_turn(
            final[Role.CHAIR], final["round"], slot_of(final, 2), to=to, reason="Alasan baik", at=NOW
        )
    assert refusal.value.field == "to"
    assert labels(final) == ["001", "002", "003"]


def test_who_is_on_stage_stays(final):
    make_pitch_day(final["round"], *final["ideas"])
    press(final, "team")
    with pytest.raises(Refused):
        order.move_turn(
            final[Role.CHAIR], final["round"], slot_of(final, 0), to=3, reason="Alasan baik", at=NOW
        )


def test_an_absent_team_goes_to_the_end_and_the_next_is_called(final):
    make_pitch_day(final["round"], *final["ideas"])
    press(final, "team")
    order.postpone_turn(
        final[Role.SECRETARIAT], final["round"], slot_of(final, 0), reason="Terjebak banjir", at=NOW
    )
    programme = programme_of(final)
    assert labels(final) == ["002", "003", "001"]
    assert programme.current.label == "002"
    assert programme.turns[-1].slot.postponed_reason == "Terjebak banjir"
    with pytest.raises(Refused):  # a change by hand is not taken back by a key
        press(final, "undo")


def test_who_has_presented_is_not_postponed(final):
    make_pitch_day(final["round"], *final["ideas"])
    press(final, "team")
    press(final, "start")
    with pytest.raises(Refused):
        order.postpone_turn(
            final[Role.SECRETARIAT], final["round"], slot_of(final, 0), reason="Alasan baik", at=NOW
        )


# -- the stage --------------------------------------------------------------------------------------------------------


def test_a_whole_day(final):
    make_pitch_day(final["round"], *final["ideas"])
    press(final, "team")
    press(final, "start", NOW + MINUTE)
    press(final, "next", NOW + 9 * MINUTE)
    press(final, "team", NOW + 20 * MINUTE)
    first, second, _third = programme_of(final).turns
    assert first.run == Run(Stage.DONE, presentation=8 * 60_000, questions=11 * 60_000)
    assert programme_of(final).current.slot.id == second.slot.id
    for minute in (30, 50):
        press(final, "start", NOW + minute * MINUTE)
        press(final, "team", NOW + (minute + 1) * MINUTE)
    programme = programme_of(final)
    assert programme.current is None
    assert programme.is_over
    with pytest.raises(Refused):
        press(final, "team")
    assert db.session.query(PitchStep).count() == 8
    assert db.session.query(AuditEntry).filter_by(action="pitch.start").count() == 3


@pytest.mark.parametrize("role", [Role.JUROR, Role.MENTOR, Role.AUDITOR])
def test_who_does_not_run_the_day_presses_nothing(final, role):
    make_pitch_day(final["round"], *final["ideas"])
    with pytest.raises(NotAllowed):
        press(final, "team", role=role)


@pytest.mark.parametrize("role", [Role.ORGANIZER, Role.SECRETARIAT, Role.CHAIR])
def test_organizer_secretariat_and_chair_run_the_timer(final, role):
    make_pitch_day(final["round"], *final["ideas"])
    press(final, "team", role=role)
    press(final, "start", role=role)
    assert programme_of(final).current.run == Run(Stage.PRESENTATION, NOW)


def test_a_press_that_means_nothing_changes_nothing(final):
    day = make_pitch_day(final["round"], *final["ideas"])
    with pytest.raises(Refused):
        press(final, "start")
    press(final, "team")
    for what in ("pause", "resume", "next", "reset", "team"):
        with pytest.raises(Refused):
            press(final, what)
    assert (day.version, db.session.query(PitchStep).count()) == (2, 1)


def test_a_press_on_an_old_screen_is_stale(final):
    day = make_pitch_day(final["round"], *final["ideas"])
    press(final, "team")
    with pytest.raises(Stale) as refusal:
        stage.press_timer(final[Role.CHAIR], final["round"], Press.START, version=day.version - 1, at=NOW)
    assert refusal.value.details == {"version": day.version}


def test_an_undone_pause_never_happened(final):
    make_pitch_day(final["round"], *final["ideas"])
    press(final, "team")
    press(final, "start")
    press(final, "pause", NOW + 2 * MINUTE)
    press(final, "undo", NOW + 3 * MINUTE)
    run = programme_of(final).current.run
    assert (run.is_running, run.elapsed(NOW + 3 * MINUTE)) == (True, 3 * 60_000)


def test_undo_goes_back_step_by_step_to_the_beginning(final):
    make_pitch_day(final["round"], *final["ideas"])
    press(final, "team")
    press(final, "start")
    press(final, "team", NOW + MINUTE)
    press(final, "undo", NOW + 2 * MINUTE)
    programme = programme_of(final)
    assert programme.current.label == "001"
    assert programme.current.run.elapsed(NOW + 2 * MINUTE) == 2 * 60_000
    press(final, "undo")
    press(final, "undo")
    assert not programme_of(final).has_begun
    with pytest.raises(Refused):
        press(final, "undo")
    assert db.session.query(AuditEntry).filter_by(action="pitch.undo").count() == 3


# -- the programme and phases -----------------------------------------------------------------------------------------


def test_a_plan_without_a_draw_goes_with_its_phase(final):
    make_pitch_day(final["round"], seed="", published_at=None)
    phase = db.session.get_one(build.Phase, final["round"].phase_id)
    days.drop_day(final[Role.ORGANIZER], phase, NOW)
    assert db.session.query(PitchDay).count() == 0


def test_a_drawn_order_stays(final):
    make_pitch_day(final["round"], *final["ideas"])
    phase = db.session.get_one(build.Phase, final["round"].phase_id)
    days.drop_day(final[Role.ORGANIZER], phase, NOW)
    assert db.session.query(PitchDay).count() == 1


# -- the lock ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def seat(final):
    """A juror on the first entry: (juror, sheet loader, full scorecard)."""
    juror = final[Role.JUROR].user
    public_id = build.make_assignment(final["round"], final["ideas"][0], juror).public_id
    keys = [c.id for c in db.session.query(build.Criterion).filter_by(rubric_id=final["round"].rubric_id)]

    def sheet():
        return get_sheet(final["event"].slug, public_id, juror.id)

    return juror, sheet, lambda version, value="4": Filled(version, dict.fromkeys(keys, value))


def test_a_locked_entry_takes_no_save_no_submission_and_no_reopening(final, seat):
    juror, sheet, filled = seat
    ballots.submit_ballot(juror, sheet(), filled(0), at=NOW)
    locks.lock_hand_in(final[Role.CHAIR], final["round"], final["ideas"][0].id, at=NOW)
    db.session.flush()
    for act in (
        lambda: ballots.reopen_ballot(juror, sheet(), version=sheet().version, at=NOW),
        lambda: ballots.save_ballot(juror, sheet(), filled(sheet().version, "1"), at=NOW),
        lambda: ballots.submit_ballot(juror, sheet(), filled(sheet().version, "1"), at=NOW),
    ):
        with pytest.raises(Refused) as refusal:
            act()
        assert refusal.value.details == {"locked": True}
    assert sheet().ballot_state is BallotState.SUBMITTED
    assert set(sheet().values.values()) == {4}


def test_a_ballot_that_was_not_begun_is_locked_as_well(final, seat):
    juror, sheet, filled = seat
    locks.lock_hand_in(final[Role.CHAIR], final["round"], final["ideas"][0].id, at=NOW)
    with pytest.raises(Refused):
        ballots.save_ballot(juror, sheet(), filled(0), at=NOW)
    assert sheet().ballot_id is None


def test_a_save_that_read_before_the_lock_is_refused_in_its_own_statement(final, seat):
    juror, sheet, filled = seat
    ballots.save_ballot(juror, sheet(), filled(0), at=NOW)
    before = sheet()
    locks.lock_hand_in(final[Role.CHAIR], final["round"], final["ideas"][0].id, at=NOW)
    with pytest.raises(Refused) as refusal:
        ballots.save_ballot(juror, before, filled(before.version, "1"), at=NOW)
    assert refusal.value.details == {"locked": True}
    assert set(sheet().values.values()) == {4}


def test_unlocking_asks_why_and_lets_writing_go_on(final, seat):
    juror, sheet, filled = seat
    ballots.save_ballot(juror, sheet(), filled(0), at=NOW)
    idea_id = final["ideas"][0].id
    with pytest.raises(Refused):
        locks.unlock_hand_in(final[Role.CHAIR], final["round"], idea_id, reason="Salah ketik", at=NOW)
    first = locks.lock_hand_in(final[Role.CHAIR], final["round"], idea_id, at=NOW)
    assert locks.lock_hand_in(final[Role.CHAIR], final["round"], idea_id, at=NOW + MINUTE) is first
    with pytest.raises(Refused):
        locks.unlock_hand_in(final[Role.CHAIR], final["round"], idea_id, reason=" ", at=NOW)
    locks.unlock_hand_in(final[Role.CHAIR], final["round"], idea_id, reason="Salah ketik", at=NOW)
    assert list_locked(final["round"].id) == {}
    done = ballots.submit_ballot(juror, sheet(), filled(sheet().version, "5"), at=NOW)
    assert done.ballot_state is BallotState.SUBMITTED
    actions = [row.action for row in db.session.query(AuditEntry).filter_by(object_type="idea")]
    assert actions == ["ballots.lock", "ballots.unlock"]
    locks.lock_hand_in(final[Role.CHAIR], final["round"], idea_id, at=NOW + 2 * MINUTE)
    assert list_locked(final["round"].id) == {idea_id: NOW + 2 * MINUTE}


def test_a_lock_is_of_one_entry_in_one_round(final, seat):
    juror, sheet, filled = seat
    locks.lock_hand_in(final[Role.CHAIR], final["round"], final["ideas"][1].id, at=NOW)
    assert ballots.save_ballot(juror, sheet(), filled(0), at=NOW).version == 1


@pytest.mark.parametrize("role", [Role.SECRETARIAT, Role.JUROR, Role.AUDITOR, Role.MENTOR])
def test_only_chair_and_organizers_lock(final, role):
    with pytest.raises(NotAllowed):
        locks.lock_hand_in(final[role], final["round"], final["ideas"][0].id, at=NOW)


def test_who_still_has_to_hand_in(final, seat):
    juror, sheet, filled = seat
    ballots.save_ballot(juror, sheet(), filled(0), at=NOW)
    idle, ready = build.make_user(name="Anwar"), build.make_user(name="Zainab")
    build.make_assignment(final["round"], final["ideas"][0], idle)
    build.make_ballot(build.make_assignment(final["round"], final["ideas"][0], ready), [5] * 5)
    db.session.flush()
    assert list_hand_ins(final["round"].id, final["ideas"][0].id) == [
        HandIn("Anwar", None),
        HandIn(juror.name, BallotState.DRAFT),
        HandIn("Zainab", BallotState.SUBMITTED),
    ]
