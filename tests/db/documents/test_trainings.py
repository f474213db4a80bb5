"""Certificates of trainings: who gets one, numbered without a gap, revoked, issued again, and kept sheets."""

from __future__ import annotations

import threading
from contextlib import nullcontext

import pytest

from innovate.accounts.models import SiteRole
from innovate.core.db import db, transaction
from innovate.core.errors import NotAllowed, Refused
from innovate.documents.domain.kinds import PaperKind
from innovate.documents.domain.texts import Text
from innovate.documents.models import AttendanceSheet, Document
from innovate.documents.queries import trainings as reads
from innovate.documents.queries.papers import find_by_code, list_own
from innovate.documents.services.ending import SignedFile
from innovate.documents.services.texts import save_text
from innovate.documents.services.trainings import issuing, sheets
from innovate.documents.services.trainings.drafting import draft_trainings, list_lost
from innovate.documents.services.trainings.issuing import (
    ask_for_certificates,
    issue_missing,
    reissue_certificate,
    revoke_certificate,
    run_making,
)
from innovate.documents.services.trainings.wording import FIELDS, read_papers, save_papers
from innovate.events.domain.kinds import Role
from innovate.events.queries import get_actor
from innovate.learning.domain.kinds import ActivityState
from innovate.learning.models import Attendance
from innovate.learning.queries import record
from innovate.learning.queries.activities import get_guest
from innovate.tasks.services import Work
from tests.factories.build import NOW, give_role, make_event, make_user
from tests.factories.learning import (
    HOUR,
    make_activity,
    make_attendance,
    make_place,
    make_session,
    make_speaker,
)

SITE = "https://contoh.example"
WHY = "Salah nama pada naskah."


@pytest.fixture
def maker(db_session):
    return make_user(site_role=SiteRole.ORGANIZER)


@pytest.fixture
def ani():
    return make_user(name="Ani Peserta", title_after="S.Kom.")


def make_past(maker, *people, **values):
    """An activity of yesterday, two sessions of 3 JP each, with everybody in both."""
    activity = make_activity(maker, **values)
    for starts, title in ((-30 * HOUR, "Membaca data"), (-26 * HOUR, "Menyajikan data")):
        session = make_session(activity, starts=starts, title=title)
        make_speaker(session, maker)
        for user in people:
            make_attendance(session, user)
    for user in people:
        make_place(activity, user)
    return activity


def fresh(activity):
    db.session.flush()
    db.session.expire_all()
    return reads.get_activity(activity.id)


def issue(activity, at=NOW):
    return issue_missing(fresh(activity), site=SITE, actor_id=activity.created_by_id, at=at)


def guest_of(activity, user):
    db.session.flush()
    return get_guest(activity.public_id, user)


def papers(activity):
    return db.session.query(Document).filter_by(activity_id=activity.id).order_by(Document.id).all()


def test_whoever_reached_the_share_gets_one_and_only_one(maker, ani):
    activity = make_past(maker, ani)
    budi = make_user(name="Budi")
    make_place(activity, budi)
    make_attendance(fresh(activity).sessions[0], budi)
    assert issue(activity) == 1
    assert issue(activity) == 0
    (row,) = papers(activity)
    assert (row.kind, row.user_id, row.event_id) == (PaperKind.TRAINING, ani.id, None)
    assert row.holder == "Ani Peserta, S.Kom."
    assert row.number == "001/SERT/ORG/XI/2026"
    assert row.data["closing"] == [
        "Bimtek Analisis Data",
        "yang diselenggarakan oleh Badan Kepegawaian Contoh",
        "pada Minggu, 22 November 2026",
        "selama 6 jam pelajaran (JP)",
    ]
    assert [line[1] for line in row.data["materi"]["rows"][:-1]] == ["Membaca data", "Menyajikan data"]
    assert row.data["materi"]["rows"][0][2] == maker.name
    assert row.data["materi"]["rows"][-1][4] == "270"


def test_a_closed_account_gets_no_number(maker, ani):
    activity = make_past(maker, ani, gone := make_user())
    gone.disabled_at = NOW
    assert issue(activity) == 1
    assert [row.user_id for row in papers(activity)] == [ani.id]


@pytest.mark.parametrize(
    "values",
    [{"state": ActivityState.CANCELLED}, {"state": ActivityState.DRAFT}, {"gives_certificate": False}],
)
def test_what_gives_none_issues_none(maker, ani, values):
    with pytest.raises(Refused):
        draft_trainings(fresh(make_past(maker, ani, **values)), at=NOW)


def test_before_the_last_session_is_over_none_is_issued(maker, ani):
    activity = make_past(maker, ani)
    make_session(activity, starts=HOUR)
    with pytest.raises(Refused, match="sesi terakhir"):
        issue(activity)
    empty = make_activity(maker)
    with pytest.raises(Refused, match="sesi terakhir"):
        issue(empty)


def test_free_activities_count_together_and_events_by_themselves(maker, ani):
    event = make_event()
    one, two, of_event = make_past(maker, ani), make_past(maker, ani), make_past(maker, ani, event=event)
    for activity in (one, two, of_event):
        issue(activity)
    assert [papers(each)[0].sequence for each in (one, two, of_event)] == [1, 2, 1]
    assert papers(of_event)[0].event_id == event.id


def test_the_text_of_an_event_is_the_one_its_organizer_wrote(maker, ani):
    event, organizer = make_event(), make_user()
    give_role(event, organizer, Role.ORGANIZER)
    parts = {"title": "Tanda Tamat", "opening": "untuk", "closing": "{{ pelatihan }} {{ jp }}", "pattern": ""}
    save_text(get_actor(event.slug, organizer), Text.TRAINING, parts, (), based_on=0, at=NOW)
    activity = make_past(maker, ani, event=event)
    issue(activity)
    data = papers(activity)[0].data
    assert (data["title"], data["closing"]) == ("Tanda Tamat", ["Bimtek Analisis Data 6"])


def test_a_free_activity_has_letterhead_and_words_of_its_own(maker, ani):
    activity = make_past(maker, ani)
    values = {name: getattr(read_papers(activity), name) for name in FIELDS}
    values |= {
        "institution": "Dinas Contoh",
        "pattern": "{nomor}/BIMTEK/{tahun}",
        "closing": "lulus {{ jp }} JP",
    }
    for wrong in ({"pattern": "tanpa"}, {"closing": "{{ tidak_ada }}"}, {"title": ""}):
        with pytest.raises(Refused):
            save_papers(guest_of(activity, maker), {**values, **wrong}, at=NOW)
    with pytest.raises(NotAllowed):
        save_papers(guest_of(activity, ani), values, at=NOW)
    save_papers(guest_of(activity, maker), values, at=NOW)
    issue(activity)
    row = papers(activity)[0]
    assert row.number == "001/BIMTEK/2026"
    assert (row.data["host"], row.data["closing"]) == ("Dinas Contoh", ["lulus 6 JP"])
    assert read_papers(make_activity(maker)).institution == "Dinas Contoh"  # the next begins with it


def test_revoked_and_issued_again(maker, ani):
    activity = make_past(maker, ani)
    issue(activity)
    (first,) = papers(activity)
    guest = guest_of(activity, maker)
    with pytest.raises(Refused):
        revoke_certificate(guest, first.public_id, reason="pendek", at=NOW)
    with pytest.raises(NotAllowed):
        revoke_certificate(guest_of(activity, ani), first.public_id, reason=WHY, at=NOW)
    revoke_certificate(guest, first.public_id, reason=WHY, at=NOW)
    assert issue(activity) == 0  # what was revoked is passed over
    guest = guest_of(activity, maker)
    new = reissue_certificate(guest, first.public_id, reason=WHY, site=SITE, at=NOW)
    assert (new.sequence, db.session.get_one(Document, first.id).replaced_by_id) == (2, new.id)
    third = reissue_certificate(guest, new.public_id, reason=WHY, site=SITE, at=NOW)
    assert [row.public_id for row in papers(activity) if row.ended_at is None] == [third.public_id]
    with pytest.raises(Refused):
        reissue_certificate(guest, first.public_id, reason=WHY, site=SITE, at=NOW)


def test_a_certificate_whose_ground_is_gone_is_named_and_not_issued_again(maker, ani):
    activity = make_past(maker, ani)
    issue(activity)
    assert list_lost(fresh(activity), papers(activity)) == []
    db.session.query(Attendance).first().removed_at = NOW
    (row,) = papers(activity)
    assert list_lost(fresh(activity), [row]) == [row]
    guest = guest_of(activity, maker)
    revoke_certificate(guest, row.public_id, reason=WHY, at=NOW)
    with pytest.raises(Refused, match="tidak lagi berhak"):
        reissue_certificate(guest, row.public_id, reason=WHY, site=SITE, at=NOW)


def test_the_runner_numbers_and_sets_them_and_may_begin_again(maker, ani, committed_work):
    activity = make_past(maker, ani)
    task = ask_for_certificates(guest_of(activity, maker), site=SITE, at=NOW)
    assert run_making(committed_work(task)) == {"issued": 1, "set": 1}
    assert run_making(committed_work(task)) == {"issued": 0, "set": 0}
    (row,) = papers(activity)
    assert row.is_set
    assert [each.id for each in list_own(ani.id)] == [row.id]
    assert list_own(ani.id)[0].occasion_name == "Bimtek Analisis Data"
    assert find_by_code(row.code) == (row, True)
    assert record.list_learnt(ani.id, at=NOW)[0].paper.number == row.number


@pytest.fixture
def committed_work(monkeypatch):
    """The work of a task within the test's own transaction."""
    monkeypatch.setattr(issuing, "transaction", nullcontext)

    class Quiet(Work):
        def tell(self, *_done):
            db.session.flush()

    return lambda task: Quiet(task.id, 1, task.inputs, task.event_id, task.actor_id, lambda: NOW)


def test_only_who_runs_it_asks_for_them(maker, ani):
    activity = make_past(maker, ani)
    with pytest.raises(NotAllowed):
        ask_for_certificates(guest_of(activity, ani), site=SITE, at=NOW)
    nobody = make_past(maker)
    with pytest.raises(Refused):
        ask_for_certificates(guest_of(nobody, maker), site=SITE, at=NOW)


def test_the_printed_list_has_names_or_empty_lines(maker, ani):
    activity = fresh(make_past(maker, ani))
    held = activity.sessions[0]
    named = sheets.write_sheet(activity, held, blank=False, rows=0, at=NOW)
    assert named["people"][0][0] == "Ani Peserta, S.Kom."
    assert len(named["people"]) == 1 + sheets.EMPTY_ROWS
    blank = sheets.write_sheet(activity, held, blank=True, rows=25, at=NOW)
    assert blank["people"] == [["", "", ""]] * 25


def test_a_signed_list_is_kept_until_it_is_taken_out(maker, ani):
    activity = make_past(maker, ani)
    guest = guest_of(activity, maker)
    held = guest.activity.sessions[0]
    file = SignedFile("daftar.pdf", b"%PDF-1.4 contoh", 1000)
    row = sheets.keep_sheet(guest, held, file, at=NOW)
    with pytest.raises(NotAllowed):
        sheets.keep_sheet(guest_of(activity, ani), held, file, at=NOW)
    assert [each.id for each in reads.list_sheets(held.id)] == [row.id]
    with pytest.raises(Refused):
        sheets.drop_sheet(guest, held, row.public_id, reason="", at=NOW)
    sheets.drop_sheet(guest, held, row.public_id, reason="Berkas keliru.", at=NOW)
    assert reads.list_sheets(held.id) == []
    assert db.session.query(AttendanceSheet).count() == 1


def test_two_activities_issued_at_once_share_no_number(committing_app):
    with committing_app.app_context(), transaction():
        maker = make_user()
        keys = [make_past(maker, make_user(), make_user()).id for _n in range(3)]
        maker_id = maker.id
    gate = threading.Barrier(3)

    def run(key):
        with committing_app.app_context():
            gate.wait()
            with transaction():
                issue_missing(reads.get_activity(key), site=SITE, actor_id=maker_id, at=NOW)

    threads = [threading.Thread(target=run, args=(key,)) for key in keys]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    with committing_app.app_context():
        found = sorted(row.sequence for row in db.session.query(Document))
        db.session.rollback()
    assert found == [1, 2, 3, 4, 5, 6]
