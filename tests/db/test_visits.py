"""Visits: planned, moved, made, locked, amended, shared; photos that say nothing of where they were taken."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from innovate.core import storage
from innovate.core.db import db
from innovate.core.errors import NotFound, Refused, Stale
from innovate.events.domain.kinds import EventState, Role
from innovate.events.models import EventRole
from innovate.events.queries import get_actor
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.ideas.queries.ideas import get_idea
from innovate.notifications.models import OutboxMail
from innovate.scoring.models.jury import Conflict, ConflictSource
from innovate.visits import policy
from innovate.visits.domain.records import Findings, Plan
from innovate.visits.domain.states import DEFAULT_ITEMS, Verdict, VisitEffect, VisitState
from innovate.visits.models import VisitChange
from innovate.visits.queries.items import list_items
from innovate.visits.queries.people import list_candidates
from innovate.visits.queries.visits import get_visit, list_jury_notes, load_room, lock_visit
from innovate.visits.services.items import add_item, change_item, remove_item
from innovate.visits.services.photos import Picture, add_photo, remove_photo
from innovate.visits.services.planning import cancel_visit, change_plan, plan_visit
from innovate.visits.services.recording import amend_visit, finish_visit, save_visit, share_visit
from innovate.visits.services.reminders import remind_visits
from tests.factories.build import (
    NOW,
    add,
    give_role,
    make_event,
    make_idea,
    make_round,
    make_team,
    make_user,
)
from tests.factories.visits import make_visit, picture

DAY = timedelta(days=1)
WHY = "Salah mencatat satu butir."


@pytest.fixture
def event(db_session):
    return make_event(slug="kunjungan", shift_days=-17)


@pytest.fixture
def staff(event):
    return person(event, Role.ORGANIZER)


@pytest.fixture
def juror(event):
    return person(event, Role.JUROR)


@pytest.fixture
def idea(event):
    return make_idea(make_team(event, make_user(), make_user()), state=IdeaState.ELIGIBLE, title="PARIT KITA")


def person(event, role):
    user = make_user()
    give_role(event, user, role)
    return user


def as_(user):
    return get_actor("kunjungan", user)


def whole(idea):
    return get_idea(idea.event_id, idea.public_id)


def plan(*visitors, **values):
    given = {"starts_at": NOW + DAY, "ends_at": NOW + DAY + timedelta(hours=2), "place": "Kantor Lurah"}
    return Plan(visitors=[user.public_id for user in visitors], **{**given, **values})


def found(visit, verdict=Verdict.MET, **values):
    answers = {item.public_id: (verdict, "Dilihat sendiri") for item in list_items(visit.event_id)}
    given = {"version": visit.version, "answers": answers, "conclusion": "Benar dipakai setiap pagi."}
    return Findings(**{**given, **values})


def mails(template):
    query = select(OutboxMail).where(OutboxMail.template == template)
    return list(db.session.scalars(query.order_by(OutboxMail.id)))


# -- planning -----------------------------------------------------------------------------------------------------


def test_a_visit_is_planned_and_both_sides_are_told(event, staff, juror, idea) -> None:
    visit = plan_visit(as_(staff), whole(idea), plan(staff, juror, message="Siapkan buku catat."), at=NOW)
    assert [each.user_id for each in visit.visitors] == [staff.id, juror.id]
    assert [item.label for item in list_items(event.id)] == [label for label, _text in DEFAULT_ITEMS]
    told = mails("visit_planned")
    assert len(told) == 4  # two of the team, two who go
    assert {mail.context["goes"] for mail in told} == {True, False}
    assert all("/usulan/" in mail.context["path"] for mail in told if not mail.context["goes"])


def test_moving_tells_again_and_moving_nothing_does_not(event, staff, idea) -> None:
    visit = plan_visit(as_(staff), whole(idea), plan(staff), at=NOW)
    same = change_plan(as_(staff), visit, plan(staff), at=NOW + DAY / 24)
    assert (same.moved, len(mails("visit_planned"))) == (0, 3)
    later = plan(staff, starts_at=NOW + 2 * DAY, ends_at=NOW + 2 * DAY + timedelta(hours=1))
    moved = change_plan(as_(staff), visit, later, at=NOW + DAY / 24)
    assert (moved.moved, len(mails("visit_planned"))) == (1, 6)


def test_a_juror_with_a_conflict_cannot_go_nor_look(event, staff, juror, idea) -> None:
    visit = plan_visit(as_(staff), whole(idea), plan(juror), at=NOW)
    about = {"event_id": event.id, "idea_id": idea.id, "user_id": juror.id, "declared_by_id": juror.id}
    add(Conflict(**about, source=ConflictSource.DECLARED, reason="Sepupu ketua tim", at=NOW))
    assert juror.id not in {user.id for user in list_candidates(as_(staff).event, idea.id)}
    with pytest.raises(Refused) as refusal:
        plan_visit(as_(staff), whole(idea), plan(juror), at=NOW)
    assert refusal.value.field == "visitors"
    with pytest.raises(NotFound):
        save_visit(as_(juror), visit, found(visit), at=NOW)


def test_no_juror_goes_while_the_jury_judges_without_names(event, staff, juror, idea) -> None:
    make_round(event, is_blind=True)
    assert [user.id for user in list_candidates(as_(staff).event, idea.id)] == [staff.id]


def test_whose_role_has_ended_neither_reads_nor_writes_the_visit(event, staff, juror, idea) -> None:
    visit = make_visit(idea, juror)
    assert policy.can_read(as_(juror), visit)
    db.session.scalars(select(EventRole).where(EventRole.user_id == juror.id)).one().revoked_at = NOW
    db.session.flush()
    assert not policy.can_read(as_(juror), visit)
    with pytest.raises(NotFound):
        save_visit(as_(juror), visit, found(visit), at=NOW)


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("starts_at", {"starts_at": NOW - DAY, "ends_at": NOW - DAY / 2}),
        ("ends_at", {"ends_at": NOW + DAY}),
        ("ends_at", {"ends_at": NOW + 2 * DAY}),
        ("place", {"place": "  "}),
    ],
)
def test_an_impossible_plan_is_refused_at_its_field(event, staff, idea, field, values) -> None:
    with pytest.raises(Refused) as refusal:
        plan_visit(as_(staff), whole(idea), plan(staff, **values), at=NOW)
    assert refusal.value.field == field


def test_only_the_committee_plans_and_only_for_what_is_judged(event, staff, juror, idea) -> None:
    with pytest.raises(NotFound):
        plan_visit(as_(juror), whole(idea), plan(juror), at=NOW)
    draft = make_idea(make_team(event), title="DRAF")
    with pytest.raises(Refused):
        plan_visit(as_(staff), whole(draft), plan(staff), at=NOW)
    event.state = EventState.ARCHIVED
    with pytest.raises(NotFound):
        plan_visit(as_(staff), whole(idea), plan(staff), at=NOW)


def test_calling_off_needs_a_reason_and_stays_on_record(event, staff, idea) -> None:
    visit = make_visit(idea, staff)
    with pytest.raises(Refused):
        cancel_visit(as_(staff), visit, reason="ya", at=NOW)
    gone = cancel_visit(as_(staff), visit, reason="Jalan terendam banjir.", at=NOW)
    assert (gone.state, gone.cancelled_reason) == (VisitState.CANCELLED, "Jalan terendam banjir.")
    assert len(mails("visit_cancelled")) == 3
    with pytest.raises(NotFound):
        save_visit(as_(staff), gone, found(gone), at=NOW)


def test_reminders_go_once_for_each_time_that_was_set(event, staff, idea) -> None:
    visit = make_visit(idea, staff)
    assert remind_visits(at=NOW - timedelta(hours=1)) == 0
    for _twice in range(2):
        remind_visits(at=NOW + timedelta(hours=1))
    assert len(mails("visit_reminder")) == 3
    visit.moved += 1
    remind_visits(at=NOW + timedelta(hours=2))
    assert len(mails("visit_reminder")) == 6


@pytest.mark.parametrize("gone", ["entry", "archived", "deleted"])
def test_nobody_is_reminded_of_a_visit_that_has_lost_its_sense(event, staff, idea, gone) -> None:
    make_visit(idea, staff)
    if gone == "entry":
        idea.state = IdeaState.DISQUALIFIED
    elif gone == "archived":
        event.state = EventState.ARCHIVED
    else:
        event.deleted_at = NOW
    db.session.flush()
    assert remind_visits(at=NOW + timedelta(hours=1)) == 0
    assert mails("visit_reminder") == []


def test_a_visitor_whose_role_has_ended_is_told_nothing_more(event, staff, juror, idea) -> None:
    make_visit(idea, staff, juror)
    db.session.scalars(select(EventRole).where(EventRole.user_id == juror.id)).one().revoked_at = NOW
    db.session.flush()
    remind_visits(at=NOW + timedelta(hours=1))
    assert mails("visit_reminder")
    assert juror.email not in {mail.address for mail in mails("visit_reminder")}


# -- what was found -----------------------------------------------------------------------------------------------


def test_what_is_written_may_be_incomplete_until_it_is_finished(event, staff, juror, idea) -> None:
    visit = make_visit(idea, staff, juror)
    saved = save_visit(as_(juror), visit, Findings(version=1, findings="Alat ada di tiga parit."), at=NOW)
    assert (saved.version, saved.state) == (2, VisitState.PLANNED)
    with pytest.raises(Refused, match="Inovasi digunakan"):
        finish_visit(as_(juror), saved, Findings(version=2, conclusion="Baik"), at=NOW)
    for field, bad in (
        ("conclusion", found(saved, conclusion=" ")),
        ("jury_note", found(saved, effect=VisitEffect.NOTE)),
    ):
        with pytest.raises(Refused) as refusal, db.session.begin_nested():
            finish_visit(as_(juror), saved, bad, at=NOW)
        assert refusal.value.field == field
    done = finish_visit(as_(juror), get_visit(event.id, visit.public_id), found(saved), at=NOW)
    assert (done.state, done.finished_by_id) == (VisitState.FINISHED, juror.id)
    assert done.answers[0] == {
        "item": list_items(event.id)[0].public_id,
        "label": "Inovasi digunakan",
        "verdict": "met",
        "note": "Dilihat sendiri",
    }


def test_of_two_hands_the_slower_one_is_told(event, staff, juror, idea) -> None:
    visit = make_visit(idea, staff, juror)
    save_visit(as_(juror), visit, Findings(version=1, findings="Pertama"), at=NOW)
    with pytest.raises(Stale):
        save_visit(as_(staff), visit, Findings(version=1, findings="Kedua"), at=NOW)
    assert get_visit(event.id, visit.public_id).findings == "Pertama"


def test_a_finished_visit_is_locked_and_amending_keeps_what_it_said(event, staff, juror, idea) -> None:
    visit = make_visit(idea, staff, juror)
    done = finish_visit(as_(juror), visit, found(visit), at=NOW)
    with pytest.raises(Refused, match="sudah selesai"):
        save_visit(as_(juror), done, found(done), at=NOW)
    with pytest.raises(Refused) as short:
        amend_visit(as_(juror), done, found(done), reason="ya", at=NOW)
    assert short.value.field == "reason"
    change_item(as_(staff), list_items(event.id)[0].public_id, label="Kata lain", text="", at=NOW)
    amended = amend_visit(as_(juror), done, found(done, Verdict.PARTLY), reason=WHY, at=NOW)
    assert [answer["verdict"] for answer in amended.answers] == ["partly", "partly"]
    assert amended.answers[0]["label"] == "Inovasi digunakan"
    change = db.session.query(VisitChange).one()
    assert (change.reason, change.before["answers"][0]["verdict"]) == (WHY, "met")


def test_a_note_to_the_jury_is_read_from_the_finish_on(event, staff, idea) -> None:
    visit = make_visit(idea, staff)
    given = found(visit, effect=VisitEffect.NOTE, jury_note="Baru dipakai di satu kelurahan.")
    saved = save_visit(as_(staff), visit, given, at=NOW)
    assert list_jury_notes(event.id, idea.id) == []
    finish_visit(as_(staff), saved, found(saved, effect=VisitEffect.NOTE, jury_note="Satu."), at=NOW)
    assert [each.jury_note for each in list_jury_notes(event.id, idea.id)] == ["Satu."]


def test_the_team_reads_what_the_organizer_shares(event, staff, juror, idea) -> None:
    visit = make_visit(idea, staff, juror, state=VisitState.FINISHED)
    with pytest.raises(NotFound):
        share_visit(as_(juror), visit, text="Lengkapi SOP.", at=NOW)
    shared = share_visit(as_(staff), visit, text="Lengkapi SOP.", at=NOW)
    assert shared.shared == "Lengkapi SOP."
    assert [mail.context["shared"] for mail in mails("visit_shared")] == ["Lengkapi SOP."] * 2
    planned = make_visit(idea, staff)
    with pytest.raises(Refused):
        share_visit(as_(staff), planned, text="Belum.", at=NOW)


# -- photos -------------------------------------------------------------------------------------------------------


def test_a_photo_is_kept_without_what_the_camera_wrote_and_can_be_taken_out(event, staff, idea) -> None:
    visit = make_visit(idea, staff)
    sent = picture(turned=6)
    photo = add_photo(as_(staff), visit, Picture("a.jpeg", sent, 10**6), caption=" Alat ukur ", at=NOW)
    kept = storage.read(photo.storage_key)
    assert b"Rahasia" in sent
    assert b"Rahasia" not in kept
    assert (photo.filename, photo.caption, photo.width, photo.height) == ("a.jpg", "Alat ukur", 30, 40)
    remove_photo(as_(staff), visit, photo.public_id, at=NOW)
    assert lock_visit(visit.id).photos == []


@pytest.mark.parametrize(
    ("name", "content", "limit"),
    [
        ("a.pdf", b"%PDF-1.4", 99),
        ("a.jpg", b"MZ tidak", 99),
        ("a.jpg", b"\xff\xd8\xff rusak", 99),
        ("a.jpg", picture(), 9),
        ("a.jpg", b"", 9),
    ],
)
def test_what_is_no_photo_is_refused(event, staff, idea, name, content, limit) -> None:
    visit = make_visit(idea, staff)
    with pytest.raises(Refused) as refusal:
        add_photo(as_(staff), visit, Picture(name, content, limit), caption="", at=NOW)
    assert refusal.value.field == "photo"
    assert get_visit(event.id, visit.public_id).photos == []


def test_photos_of_a_finished_visit_stay_as_they_are(event, staff, idea) -> None:
    visit = make_visit(idea, staff, state=VisitState.FINISHED)
    with pytest.raises(Refused, match="sudah selesai"):
        add_photo(as_(staff), visit, Picture("a.jpg", picture(), 10**6), caption="", at=NOW)


# -- the list and its checklist -----------------------------------------------------------------------------------


def test_the_room_counts_what_is_covered(event, staff, idea) -> None:
    other = make_idea(make_team(event), state=IdeaState.ELIGIBLE, title="SIAGA")
    make_idea(make_team(event), state=IdeaState.ELIGIBLE, title="RAPI")
    make_visit(idea, staff, state=VisitState.FINISHED)
    make_visit(other, staff)
    room = load_room(as_(staff).event)
    assert (room.coverage.entries, room.coverage.finished, room.coverage.planned) == (3, 1, 1)
    assert [each.title for each in load_room(as_(staff).event, state="unvisited").page.items] == ["RAPI"]
    assert [each.title for each in load_room(as_(staff).event, state="planned").page.items] == ["SIAGA"]
    assert load_room(as_(staff).event, search="parit").page.total == 1


def test_the_checklist_is_the_organizers(event, staff, juror, idea) -> None:
    make_visit(idea, staff)
    first, second = list_items(event.id)
    added = add_item(as_(staff), label="Regulasi ada", text="Perwali atau SK", at=NOW)
    remove_item(as_(staff), first.public_id, at=NOW)
    assert [item.id for item in list_items(event.id)] == [second.id, added.id]
    remove_item(as_(staff), second.public_id, at=NOW)
    with pytest.raises(Refused):
        remove_item(as_(staff), added.public_id, at=NOW)
    with pytest.raises(NotFound):
        add_item(as_(juror), label="Lain", text="", at=NOW)
