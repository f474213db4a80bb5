"""Clinics: offered, booked once, given back in time, written down, kept from the jury; a mentor does not judge."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select

from innovate.accounts.models import User
from innovate.clinics import policy
from innovate.clinics.domain.slots import Offer, Outcome, SlotState, Span, Terms
from innovate.clinics.models import ClinicAction, ClinicBooking, ClinicRules, ClinicSlot
from innovate.clinics.queries.bookings import get_booking, list_of_team, map_open_actions
from innovate.clinics.queries.room import load_room
from innovate.clinics.queries.slots import Choice, get_slot, has_free, is_used, list_free
from innovate.clinics.services import recording
from innovate.clinics.services.booking import book_slot, give_back
from innovate.clinics.services.ending import MENTOR_LEFT, TEAM_LEFT
from innovate.clinics.services.offering import cancel_slot, change_slot, offer_slots
from innovate.clinics.services.rules import remind_clinics, save_rules
from innovate.core.db import db, transaction
from innovate.core.errors import NotFound, Refused, Stale
from innovate.events.domain.kinds import Role
from innovate.events.models import EventRole
from innovate.events.queries import get_actor
from innovate.events.services.people import remove_role
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.notifications.models import OutboxMail
from innovate.scoring.domain.conflicts import Reason
from innovate.scoring.models.jury import Assignment, AssignmentState
from innovate.scoring.queries.conflicts import find_conflicts
from innovate.scoring.services.assignment import assign_juror
from innovate.teams.models import Team, TeamMentor
from innovate.teams.queries import get_team
from innovate.teams.services.leading import disband_team
from tests.factories.build import (
    NOW,
    give_role,
    make_assignment,
    make_event,
    make_idea,
    make_round,
    make_team,
    make_user,
)
from tests.factories.clinics import make_booking, make_slot, skill

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
TERMS = Terms("Ukuran keberhasilan", "Ruang rapat")
ASK = "Bagaimana mengukur manfaatnya?"


@pytest.fixture
def event(db_session):
    return make_event(slug="klinik")


@pytest.fixture
def mentor(event):
    user = make_user(name="Ratu Ayu")
    give_role(event, user, Role.MENTOR)
    return user


@pytest.fixture
def staff(event):
    user = make_user()
    give_role(event, user, Role.ORGANIZER)
    return user


@pytest.fixture
def team(event):
    return get_team(event.id, make_team(event, make_user(), make_user()).public_id)


@pytest.fixture
def slot(event, mentor):
    return make_slot(event, mentor, NOW + 2 * DAY)


def as_(user):
    return get_actor("klinik", user)


def captain(team):
    return as_(db.session.get_one(User, team.captain_id))


def book(team, slot, at=NOW):
    return book_slot(captain(team), team, slot, question=ASK, at=at)


def mails(template):
    query = select(OutboxMail).where(OutboxMail.template == template).order_by(OutboxMail.id)
    return list(db.session.scalars(query))


# -- offering -----------------------------------------------------------------------------------------------------


def test_a_series_is_offered_whole_or_not_at_all(event, mentor) -> None:
    terms = Terms("Data", "Ruang rapat", "", [skill().public_id])
    made = offer_slots(as_(mentor), Offer(NOW + DAY, 30, count=3, pause=10, weeks=2), terms, at=NOW)
    assert len({each.series for each in made}) == 1
    free = list_free(event.id, Choice(skill=skill().public_id), NOW)
    assert [each.id for each in free.items] == [each.id for each in made]
    assert list_free(event.id, Choice(skill=skill("pemetaan").public_id), NOW).total == 0
    with pytest.raises(Refused, match="bertabrakan"):
        offer_slots(as_(mentor), Offer(NOW + DAY - HOUR, 50, count=2), TERMS, at=NOW)
    assert db.session.query(ClinicSlot).count() == 6


@pytest.mark.parametrize(
    ("offer", "terms", "field"),
    [
        (Offer(NOW - HOUR), TERMS, "starts_at"),
        (Offer(NOW + HOUR, minutes=5), TERMS, "minutes"),
        (Offer(NOW + HOUR, count=16, weeks=12), TERMS, "count"),
        (Offer(NOW + HOUR), Terms("Data"), "place"),
        (Offer(NOW + HOUR), Terms("Data", link="javascript:alert(1)"), "link"),
    ],
)
def test_a_wrong_offer_is_refused(mentor, offer, terms, field) -> None:
    with pytest.raises(Refused) as refusal:
        offer_slots(as_(mentor), offer, terms, at=NOW)
    assert refusal.value.field == field
    assert db.session.query(ClinicSlot).count() == 0


def test_only_mentors_offer_and_only_their_own_slots_move(event, team, slot) -> None:
    other = make_user()
    give_role(event, other, Role.MENTOR)
    with pytest.raises(NotFound):
        offer_slots(captain(team), Offer(NOW + DAY), TERMS, at=NOW)
    with pytest.raises(NotFound):
        change_slot(as_(other), slot, slot.span, TERMS, at=NOW)
    with pytest.raises(NotFound):
        cancel_slot(as_(other), slot, reason="Bukan slot saya sendiri", at=NOW)


def test_moving_a_booked_slot_tells_the_team_and_moving_nothing_does_not(mentor, team, slot) -> None:
    booking = book(team, slot)
    terms = Terms(slot.topic, slot.place, slot.link, [skill().public_id])
    change_slot(as_(mentor), slot, slot.span, terms, at=NOW + HOUR)
    assert (slot.version, mails("clinic_moved")) == (1, [])
    later = Span(slot.starts_at + HOUR, slot.ends_at + HOUR)
    change_slot(as_(mentor), slot, later, terms, at=NOW + HOUR)
    assert slot.version == 2
    assert len(mails("clinic_moved")) == 2
    assert get_booking(slot.event_id, booking.public_id).slot.starts_at == later.starts_at


# -- booking ------------------------------------------------------------------------------------------------------


def test_a_booked_slot_is_gone_for_others_and_both_sides_are_told(event, mentor, team, slot) -> None:
    book(team, slot)
    assert list_free(event.id, Choice(), NOW).total == 0
    told = mails("clinic_booked")
    assert sorted(mail.user_id for mail in told) == sorted(
        [mentor.id, *(m.user_id for m in team.memberships)]
    )
    assert [mail.context["mentors"] for mail in told].count(True) == 1
    other = get_team(event.id, make_team(event).public_id)
    with pytest.raises(Refused, match="baru saja dipesan"):
        book(other, slot)


def test_a_team_has_a_limit_which_the_organizer_sets(event, staff, mentor, team) -> None:
    save_rules(as_(staff), per_team=1, notice_hours=2, at=NOW)
    assert db.session.get_one(ClinicRules, event.id).per_team == 1
    first = book(team, make_slot(event, mentor, NOW + DAY))
    second = make_slot(event, mentor, NOW + 2 * DAY)
    with pytest.raises(Refused, match="sudah memakai 1 slot"):
        book(team, second)
    give_back(captain(team), first, reason="", at=NOW)
    assert book(team, second).slot_id == second.id
    with pytest.raises(NotFound):
        save_rules(captain(team), per_team=9, notice_hours=2, at=NOW)


def test_a_team_cannot_be_in_two_clinics_at_once_nor_book_what_began(event, mentor, team, slot) -> None:
    other = make_user()
    give_role(event, other, Role.MENTOR)
    book(team, slot)
    with pytest.raises(Refused, match="klinik lain pada waktu ini"):
        book(team, make_slot(event, other, slot.starts_at + HOUR / 4))
    begun = make_slot(event, other, NOW)
    with pytest.raises(Refused, match="tidak ditawarkan"):
        book(team, begun)


def test_only_the_captain_books_and_no_member_meets_themselves(event, team, slot) -> None:
    member = next(m.user for m in team.memberships if m.user_id != team.captain_id)
    with pytest.raises(NotFound):
        book_slot(as_(member), team, slot, question=ASK, at=NOW)
    give_role(event, member, Role.MENTOR)
    with pytest.raises(Refused, match="timnya sendiri"):
        book(team, make_slot(event, member, NOW + 3 * DAY))


def test_a_mentor_whose_role_ended_meets_nobody(mentor, team, slot) -> None:
    db.session.scalars(select(EventRole).where(EventRole.user_id == mentor.id)).one().revoked_at = NOW
    db.session.flush()
    with pytest.raises(Refused, match="tidak ditawarkan"):
        book(team, slot)


def test_when_the_role_ends_the_slots_to_come_end_and_the_team_is_told(
    event, staff, mentor, team, slot
) -> None:
    booking = book(team, slot)
    free = make_slot(event, mentor, NOW + 3 * DAY)
    past = make_slot(event, mentor, NOW - DAY)
    role = db.session.scalars(select(EventRole).where(EventRole.user_id == mentor.id)).one()
    remove_role(as_(staff), role, at=NOW)
    assert [bool(each.cancelled_at) for each in (slot, free, past)] == [True, True, False]
    assert booking.cancelled_reason == MENTOR_LEFT
    assert {mail.user_id for mail in mails("clinic_cancelled")} == {
        mentor.id,
        *(each.user_id for each in team.memberships),
    }
    assert db.session.query(TeamMentor).one().ended_at == NOW


def test_what_cannot_be_booked_is_not_offered(event, mentor, slot) -> None:
    assert (list_free(event.id, Choice(), NOW).total, has_free(event.id, NOW)) == (1, True)
    mentor.disabled_at = NOW
    assert (list_free(event.id, Choice(), NOW).total, has_free(event.id, NOW)) == (0, False)
    mentor.disabled_at = None
    db.session.scalars(select(EventRole).where(EventRole.user_id == mentor.id)).one().revoked_at = NOW
    assert (list_free(event.id, Choice(), NOW).total, has_free(event.id, NOW)) == (0, False)


def test_a_team_that_ends_gives_its_slot_back(event, mentor, team, slot) -> None:
    booking = book(team, slot)
    disband_team(captain(team), team, at=slot.starts_at - HOUR)  # also within the notice
    assert booking.cancelled_reason == TEAM_LEFT
    assert [mail.user_id for mail in mails("clinic_given_back")] == [mentor.id]
    assert list_free(event.id, Choice(), NOW).total == 1
    assert remind_clinics(at=slot.starts_at - HOUR) == 0


def test_the_mentor_is_told_what_the_organizer_does_to_their_slot(event, staff, mentor, team, slot) -> None:
    book(team, slot)
    later = Span(slot.starts_at + HOUR, slot.ends_at + HOUR)
    change_slot(as_(staff), slot, later, TERMS, at=NOW)
    assert mentor.id in {mail.user_id for mail in mails("clinic_moved")}
    cancel_slot(as_(staff), slot, reason="Ruang rapat dipakai.", at=NOW)
    assert mentor.id in {mail.user_id for mail in mails("clinic_cancelled")}


def test_giving_back_ends_with_the_notice_and_frees_the_slot(event, mentor, team, slot) -> None:
    booking = book(team, slot)
    with pytest.raises(Refused, match="24 jam"):
        give_back(captain(team), booking, reason="", at=slot.starts_at - 23 * HOUR)
    give_back(captain(team), booking, reason="Ada rapat", at=slot.starts_at - 24 * HOUR)
    assert mails("clinic_given_back")[0].user_id == mentor.id
    assert list_free(event.id, Choice(), NOW).total == 1
    assert list_of_team(team.id) == []
    assert db.session.query(ClinicBooking).one().cancelled_reason == "Ada rapat"
    with pytest.raises(Refused, match="sudah dibatalkan"):
        give_back(captain(team), booking, reason="", at=NOW)


def test_a_slot_called_off_needs_a_reason_and_does_not_count(event, staff, mentor, team, slot) -> None:
    save_rules(as_(staff), per_team=1, notice_hours=24, at=NOW)
    book(team, slot)
    with pytest.raises(Refused) as refusal:
        cancel_slot(as_(mentor), get_slot(event.id, slot.public_id), reason="sakit", at=NOW)
    assert refusal.value.field == "reason"
    cancel_slot(as_(mentor), slot, reason="Saya dirawat di rumah sakit.", at=NOW)
    assert len(mails("clinic_cancelled")) == 2
    assert book(team, make_slot(event, mentor, NOW + 3 * DAY)).id


@pytest.fixture
def race(committing_app):
    with committing_app.app_context(), transaction():
        event = make_event()
        mentor = make_user()
        give_role(event, mentor, Role.MENTOR)
        slots = [make_slot(event, mentor, NOW + DAY + n * HOUR).public_id for n in range(3)]
        teams = [make_team(event).public_id for _ in range(3)]
        return {"app": committing_app, "event": event.id, "slug": event.slug, "slots": slots, "teams": teams}


def at_once(race, wishes):
    """Every (team, slot) at the same moment; what came of each."""
    gate = threading.Barrier(len(wishes))
    results: list[object] = [None] * len(wishes)

    def act(n: int, team_id: str, slot_id: str) -> None:
        with race["app"].app_context():
            try:
                team = get_team(race["event"], team_id)
                actor = get_actor(race["slug"], db.session.get_one(User, team.captain_id))
                slot = get_slot(race["event"], slot_id)
                gate.wait(10)
                db.session.rollback()
                with transaction():
                    results[n] = book_slot(actor, team, slot, question=ASK, at=NOW).id
            except Refused as refusal:
                results[n] = refusal
            finally:
                db.session.remove()

    threads = [threading.Thread(target=act, args=(n, *wish)) for n, wish in enumerate(wishes)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_of_three_teams_at_once_one_gets_the_slot(race) -> None:
    results = at_once(race, [(team, race["slots"][0]) for team in race["teams"]])
    assert sorted(isinstance(result, int) for result in results) == [False, False, True], results
    with race["app"].app_context():
        assert db.session.query(ClinicBooking).count() == 1


def test_a_team_that_clicks_everywhere_keeps_its_limit(race) -> None:
    with race["app"].app_context(), transaction():
        db.session.add(ClinicRules(event_id=race["event"], per_team=1))
    results = at_once(race, [(race["teams"][0], slot) for slot in race["slots"]])
    assert sorted(isinstance(result, int) for result in results) == [False, False, True], results


# -- who judges ---------------------------------------------------------------------------------------------------


def test_a_mentor_who_was_booked_is_barred_from_the_entry(event, staff, mentor, team, slot) -> None:
    give_role(event, mentor, Role.JUROR)
    round_ = make_round(event)
    idea = make_idea(team, state=IdeaState.ELIGIBLE, title="PARIT", number=1)
    seat = make_assignment(round_, idea, mentor)
    booking = book(team, slot)
    assert find_conflicts(event.id) == {(idea.id, mentor.id): Reason.MENTOR}
    assert db.session.get_one(Assignment, seat.id, populate_existing=True).state is AssignmentState.BARRED
    give_back(captain(team), booking, reason="", at=NOW)
    assert db.session.query(TeamMentor).one().ended_at == NOW
    assert find_conflicts(event.id) == {
        (idea.id, mentor.id): Reason.MENTOR
    }  # kept; dismissed by a second person
    with pytest.raises(Refused):
        assign_juror(as_(staff), round_, idea.public_id, mentor.public_id, at=NOW)


def test_the_mentoring_stays_while_another_clinic_stands_or_the_organizer_named_it(
    event, mentor, team
) -> None:
    first = book(team, make_slot(event, mentor, NOW + 2 * DAY))
    second = book(team, make_slot(event, mentor, NOW + 3 * DAY))
    give_back(captain(team), first, reason="", at=NOW)
    assert db.session.query(TeamMentor).one().ended_at is None
    give_back(captain(team), second, reason="", at=NOW)
    assert db.session.query(TeamMentor).one().ended_at == NOW


def test_the_jury_reads_no_notes_whatever_else_they_are(event, staff, mentor, team, slot) -> None:
    booking = book(team, slot)
    juror, auditor = make_user(), make_user()
    give_role(event, juror, Role.JUROR)
    give_role(event, auditor, Role.AUDITOR)
    readers = [db.session.get_one(User, team.captain_id), mentor, staff, auditor]
    assert all(policy.can_read(as_(user), booking) for user in readers)
    assert not policy.can_read(as_(juror), booking)
    assert not policy.can_read(as_(make_user()), booking)
    give_role(event, auditor, Role.CHAIR)
    assert not policy.can_read(as_(auditor), booking)


# -- what came of it ----------------------------------------------------------------------------------------------


def test_notes_and_outcome_are_the_mentors_and_a_stale_save_is_refused(mentor, team, slot) -> None:
    booking = book(team, slot)
    during = slot.starts_at + HOUR / 4
    with pytest.raises(Refused) as refusal:
        recording.save_notes(as_(mentor), booking, outcome=Outcome.HELD, notes="", version=0, at=NOW)
    assert refusal.value.field == "outcome"
    saved = recording.save_notes(
        as_(mentor), booking, outcome=Outcome.HELD, notes="Ukur waktu tunggu.", version=0, at=during
    )
    assert (saved.outcome, saved.outcome_at, saved.notes_version) == (Outcome.HELD, during, 1)
    with pytest.raises(Stale):
        recording.save_notes(as_(mentor), booking, outcome=None, notes="Lain", version=0, at=during)
    with pytest.raises(NotFound):
        recording.save_notes(captain(team), booking, outcome=None, notes="Kami", version=1, at=during)
    assert get_slot(slot.event_id, slot.public_id).state_at(during) is SlotState.HELD


def test_actions_are_agreed_by_the_mentor_and_done_by_the_team(event, mentor, team, slot) -> None:
    booking = book(team, slot)
    due = (slot.starts_at + 7 * DAY).date()
    first = recording.add_action(as_(mentor), booking, text="Hitung", who="Ketua", due_on=due, at=NOW)
    recording.add_action(as_(mentor), booking, text="Uji", who="", due_on=None, at=NOW)
    assert len(mails("clinic_action")) == 2  # one a day for each member
    with pytest.raises(Refused) as refusal:
        recording.add_action(as_(mentor), booking, text="Dulu", who="", due_on=NOW.date() - DAY, at=NOW)
    assert refusal.value.field == "due_on"
    with pytest.raises(NotFound):
        recording.tick_action(as_(mentor), booking, first.public_id, done=True, at=NOW)
    recording.tick_action(captain(team), booking, first.public_id, done=True, at=NOW)
    [(_team, rows)] = map_open_actions(event.id, mentor.id)
    assert [row.text for row in rows] == ["Uji"]
    recording.tick_action(captain(team), booking, first.public_id, done=False, at=NOW)
    recording.remove_action(as_(mentor), booking, rows[0].public_id, at=NOW)
    [(_team, rows)] = map_open_actions(event.id, mentor.id)
    assert [row.text for row in rows] == ["Hitung"]
    assert db.session.query(ClinicAction).count() == 2


def test_both_are_reminded_once_for_each_time(mentor, team, slot) -> None:
    book(team, slot)
    assert remind_clinics(at=slot.starts_at - 25 * HOUR) == 0
    for _again in range(2):
        remind_clinics(at=slot.starts_at - 23 * HOUR)
    assert len(mails("clinic_reminder")) == 3
    later = Span(slot.starts_at + HOUR, slot.ends_at + HOUR)
    change_slot(as_(mentor), slot, later, TERMS, at=slot.starts_at - 22 * HOUR)
    remind_clinics(at=slot.starts_at - 22 * HOUR)
    assert len(mails("clinic_reminder")) == 6


def test_the_room_counts_use_and_names_teams_without_a_clinic(event, mentor, team, slot) -> None:
    idle = make_team(event, name="Tim Sendiri")
    booking = make_booking(slot, db.session.get_one(Team, team.id))
    booking.outcome = Outcome.MISSED
    make_slot(event, mentor, NOW + 3 * DAY)
    make_slot(event, mentor, NOW + 4 * DAY, cancelled_at=NOW)
    db.session.flush()
    db.session.expire_all()
    view = load_room(event, NOW + 5 * DAY)
    [use] = view.mentors
    assert (use.offered, use.taken, use.held, use.missed) == (2, 1, 0, 1)
    assert [each.id for each in view.without] == [idle.id]


def test_an_event_without_mentors_does_not_speak_of_clinics(event, db_session) -> None:
    assert not is_used(event.id)
    give_role(event, make_user(), Role.MENTOR)
    assert is_used(event.id)
