"""Pages of tests: taking one with and without a script, what comes out when, the rooms, and who gets none of it."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import pytest

from innovate.core.db import db
from innovate.events.domain.kinds import EventState, Role
from innovate.learning.queries.activities import get_guest
from innovate.quizzes.domain.kinds import Moment, QuizState
from innovate.quizzes.models import BankQuestion, QuestionVersion, Quiz, QuizAnswer, QuizSheet
from tests.factories.build import NOW, give_role, make_event, make_unit, make_user
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
from tests.support.queries import counted_queries

FETCH = {"Accept": "application/json", "X-Requested-With": "fetch"}


@pytest.fixture
def event(db_session):
    return make_event(slug="lomba")


@pytest.fixture
def maker(event):
    user = make_user()
    give_role(event, user, Role.ORGANIZER)
    return user


@pytest.fixture
def activity(event, maker):
    return make_activity(maker, event)


@pytest.fixture
def questions(maker, activity):
    return [make_question(maker, activity, content) for content in (SINGLE, MULTIPLE, SCALE, SHORT)]


@pytest.fixture
def quiz(activity, questions):
    return make_quiz(activity, *questions, shuffles=False, minutes=30)


@pytest.fixture
def person(activity):
    user = make_user()
    make_enrolment(activity, user)
    return user


@pytest.fixture
def base(activity) -> str:
    return f"/pelatihan/{activity.public_id}"


@pytest.fixture
def page(base, quiz) -> str:
    return f"{base}/tes/{quiz.public_id}"


def lot(client, page: str) -> str:
    """The key of the sheet on the page."""
    found = re.search(r'name="lembar" value="(\w+)"', client.get(f"{page}/lembar").text)
    assert found
    return found[1]


def test_a_test_is_taken_without_a_script(page, quiz, person, sign_in_as, clock_at) -> None:
    client = sign_in_as(person)
    text = client.get(page).text
    assert "Mulai tes" in text
    assert "30 menit sejak mulai" in text
    assert client.post(f"{page}/mulai").location.endswith(f"{page}/lembar")
    text = client.get(f"{page}/lembar").text
    assert "Berapa menit satu JP?" in text
    assert "Satu jam pelajaran sama dengan" not in text  # no explanation, no key
    sent = {"lembar": lot(client, page), "soal-1": "0", "soal-2": ["0"], "langkah": "simpan"}
    client.post(f"{page}/lembar", data=sent)
    assert re.search(r'name="soal-1" value="0" checked', client.get(f"{page}/lembar").text)
    sent = {**sent, "soal-4": " SISTEM ", "langkah": "kumpulkan"}
    text = client.post(f"{page}/lembar", data=sent, follow_redirects=True).text
    assert "Jawaban Anda sudah dikumpulkan." in text
    assert "Nilai tampil sesudah tes ditutup" in text
    assert "Poin" not in text
    sheet = db.session.query(QuizSheet).one()
    assert (sheet.num, sheet.den, sheet.most, sheet.answered) == (4, 1, 5, 3)
    clock_at(NOW + timedelta(days=2))
    text = client.get(page).text
    assert "80,0%" in text
    assert "Satu jam pelajaran sama dengan 45 menit." in text


def test_every_answer_saves_itself(page, person, sign_in_as) -> None:
    client = sign_in_as(person)
    client.post(f"{page}/mulai")
    key = lot(client, page)
    answer = client.post(f"{page}/lembar", data={"lembar": key, "soal-1": "0", "version": "1"}, headers=FETCH)
    assert answer.status_code == 200
    assert answer.json["version"] == 2
    old = client.post(f"{page}/lembar", data={"lembar": key, "soal-1": "2", "version": "1"}, headers=FETCH)
    assert old.status_code == 409
    assert db.session.query(QuizAnswer).filter_by(position=1).one().given == [0]


def test_an_older_window_empties_nothing(page, person, sign_in_as) -> None:
    client = sign_in_as(person)
    client.post(f"{page}/mulai")
    key = lot(client, page)
    assert 'name="version" value="1"' in client.get(f"{page}/lembar").text
    client.post(f"{page}/lembar", data={"lembar": key, "version": "1", "soal-1": "0"}, headers=FETCH)
    blank = {"lembar": key, "version": "1", "soal-4": "sistem", "langkah": "kumpulkan"}
    client.post(f"{page}/lembar", data=blank)  # opened before the first answer
    rows = db.session.query(QuizAnswer).order_by(QuizAnswer.position)
    assert [row.given for row in rows] == [[0], None, None, ["sistem"]]


def test_the_newest_window_takes_an_answer_back(page, person, sign_in_as) -> None:
    client = sign_in_as(person)
    client.post(f"{page}/mulai")
    key = lot(client, page)
    client.post(f"{page}/lembar", data={"lembar": key, "version": "1", "soal-2": "0"})
    client.post(f"{page}/lembar", data={"lembar": key, "version": "2"})
    assert db.session.query(QuizAnswer).filter_by(position=2).one().given is None


def test_what_comes_too_late_is_kept_and_not_scored(page, person, sign_in_as, clock_at) -> None:
    client = sign_in_as(person)
    client.post(f"{page}/mulai")
    key = lot(client, page)
    client.post(f"{page}/lembar", data={"lembar": key, "soal-1": "0", "langkah": "simpan"})
    clock_at(NOW + timedelta(minutes=31))
    sent = {"lembar": key, "soal-1": "0", "soal-4": "sistem", "langkah": "kumpulkan"}
    text = client.post(f"{page}/lembar", data=sent, follow_redirects=True).text
    assert "disimpan, tetapi tidak dinilai" in text
    late = db.session.query(QuizAnswer).filter_by(position=4).one()
    assert (late.given, late.late) == (None, ["sistem"])
    sheet = db.session.query(QuizSheet).one()
    assert (sheet.num, sheet.handed_at) == (2, None)
    answer = client.post(f"{page}/lembar", data={"lembar": key, "soal-4": "lain"}, headers=FETCH)
    assert answer.json["over"] is True
    assert "Semua percobaan" in client.post(f"{page}/mulai", follow_redirects=True).text


def test_whoever_took_part_is_not_told_otherwise_while_the_last_answers_arrive(
    page, quiz, person, sign_in_as, clock_at
) -> None:
    client = sign_in_as(person)
    quiz.minutes = None
    client.post(f"{page}/mulai")
    client.post(f"{page}/lembar", data={"lembar": lot(client, page), "soal-1": "0", "langkah": "simpan"})
    for seconds in (0, 10):
        clock_at(quiz.closes_at + timedelta(seconds=seconds))
        text = client.get(page).text
        assert "Waktu Anda habis." in text
        assert "Anda tidak mengikutinya" not in text
        assert "Lanjutkan" not in text
    clock_at(quiz.closes_at + timedelta(seconds=30))
    assert "40,0%" in client.get(page).text


def test_an_archived_event_takes_no_test(page, event, person, sign_in_as) -> None:
    event.state = EventState.ARCHIVED
    client = sign_in_as(person)
    assert "Mulai tes" not in client.get(page).text
    assert "Kegiatan ini tidak berlangsung." in client.post(f"{page}/mulai", follow_redirects=True).text
    assert db.session.query(QuizSheet).count() == 0


def test_a_form_without_its_sheet_empties_nothing(page, person, sign_in_as) -> None:
    client = sign_in_as(person)
    client.post(f"{page}/mulai")
    key = lot(client, page)
    client.post(f"{page}/lembar", data={"lembar": key, "soal-1": "0"})
    client.post(f"{page}/lembar", data={"langkah": "simpan"})
    assert db.session.query(QuizAnswer).filter_by(position=1).one().given == [0]


def test_the_page_of_the_activity_leads_who_is_enrolled_into_an_open_test(
    base, page, quiz, person, sign_in_as, client, clock_at
) -> None:
    assert "Kerjakan tes" in sign_in_as(person).get(base).text
    assert "Kerjakan tes" in sign_in_as(person).get(f"{base}/tes").text
    for other in (client, sign_in_as(make_user())):
        text = other.get(base).text
        assert "Tes awal" in text
        assert "Kerjakan tes" not in text
    mine = sign_in_as(person)
    mine.post(f"{page}/mulai")
    assert "Lanjutkan" in mine.get(base).text
    clock_at(quiz.closes_at + timedelta(hours=1))
    assert "Lanjutkan" not in mine.get(base).text


def test_who_is_not_enrolled_reads_why(page, event, sign_in_as) -> None:
    client = sign_in_as(make_user())
    assert "untuk peserta yang terdaftar" in client.get(page).text
    assert "untuk peserta yang terdaftar" in client.post(f"{page}/mulai", follow_redirects=True).text
    assert db.session.query(QuizSheet).count() == 0


def test_the_test_before_is_explained_after_the_test_after(
    activity, questions, quiz, page, person, sign_in_as, clock_at
) -> None:
    post = make_quiz(
        activity,
        *questions,
        moment=Moment.POST,
        shuffles=False,
        opens_at=NOW + timedelta(days=2),
        closes_at=NOW + timedelta(days=3),
    )
    make_sheet(quiz, person, [[1], [0], [1], None])
    make_sheet(post, person, [[0], [0, 1], [2], ["sistem"]])
    client = sign_in_as(person)
    clock_at(NOW + timedelta(days=1, hours=1))
    text = client.get(page).text
    assert "20,0%" in text
    assert "Satu jam pelajaran" not in text
    clock_at(NOW + timedelta(days=4))
    assert "Satu jam pelajaran" in client.get(page).text
    text = client.get(f"/pelatihan/{activity.public_id}/tes").text
    assert "N-gain Anda" in text
    assert "<b>1,00</b> (tinggi)" in text


def test_full_from_the_start_is_said(activity, questions, person, sign_in_as, clock_at) -> None:
    right = [[0], [0, 1], [2], ["sistem"]]
    for moment in Moment:
        make_sheet(make_quiz(activity, *questions, moment=moment), person, right)
    clock_at(NOW + timedelta(days=4))
    text = sign_in_as(person).get(f"/pelatihan/{activity.public_id}/tes").text
    assert "sudah penuh sejak awal" in text


# -- the rooms ----------------------------------------------------------------------------------------------------


def test_a_test_is_made(activity, base, maker, questions, sign_in_as) -> None:
    client = sign_in_as(maker)
    assert "Belum ada tes" in client.get(f"{base}/kelola/tes").text
    sent = {
        "moment": "pre",
        "session": "",
        "opens_at": "2026-11-20T08:00",
        "closes_at": "2026-11-19T08:00",
        "minutes": "15",
        "attempts": "1",
    }
    refused = client.post(f"{base}/kelola/tes/baru", data=sent)
    assert refused.status_code == 422
    assert "Waktu tutup harus sesudah waktu buka." in refused.text
    client.post(f"{base}/kelola/tes/baru", data={**sent, "closes_at": "2030-11-21T08:00"})
    made = db.session.query(Quiz).one()
    room = f"{base}/kelola/tes/{made.public_id}"
    assert "Pilih soalnya terlebih dahulu." in client.post(f"{room}/terbitkan", follow_redirects=True).text
    short = client.post(f"{room}/soal", data={"label": ["data", "", ""], "jumlah": ["3", "", ""]})
    assert short.status_code == 422
    assert "tidak cukup untuk mengundi 3" in short.text
    chosen = {"soal": questions[0].public_id, "label": ["data"], "jumlah": ["2"]}
    client.post(f"{room}/soal", data=chosen)
    assert "Tes terbit." in client.post(f"{room}/terbitkan", follow_redirects=True).text
    db.session.refresh(made)
    assert made.state is QuizState.PUBLISHED
    assert "Berapa menit satu JP?" in client.get(f"{room}/pratinjau").text
    again = client.post(f"{base}/kelola/tes/baru", data={**sent, "closes_at": "2030-11-21T08:00"})
    assert "Tes seperti ini sudah ada" in again.text


def test_once_begun_a_test_is_locked(base, quiz, maker, person, questions, sign_in_as) -> None:
    make_sheet(quiz, person, [[0], None, None, None])
    client = sign_in_as(maker)
    room = f"{base}/kelola/tes/{quiz.public_id}"
    answer = client.post(f"{room}/soal", data={"soal": questions[0].public_id})
    assert "soalnya terkunci" in answer.text
    sent = {
        "moment": "post",
        "opens_at": quiz.opens_at.strftime("%Y-%m-%dT%H:%M"),
        "closes_at": "2030-11-21T08:00",
        "attempts": "2",
    }
    assert client.post(f"{room}/atur", data=sent).status_code == 422


def test_a_question_is_written_and_versioned(base, activity, maker, person, sign_in_as) -> None:
    client = sign_in_as(maker)
    sent = {
        "kind": "single",
        "text": "Apa itu SPBE?",
        "options-0-text": "Sistem",
        "options-1-text": "Aplikasi",
        "points": "2",
        "tags": "data, SPBE",
    }
    refused = client.post(f"{base}/kelola/tes/soal/baru", data=sent)
    assert refused.status_code == 422
    assert "Tandai tepat satu pilihan" in refused.text
    assert "Apa itu SPBE?" in refused.text
    client.post(f"{base}/kelola/tes/soal/baru", data={**sent, "options-0-right": "y"})
    question = db.session.query(BankQuestion).one()
    room = f"{base}/kelola/tes/soal/{question.public_id}"
    changed = {**sent, "options-0-right": "y", "text": "Apa kepanjangan SPBE?"}
    client.post(room, data=changed)
    assert db.session.query(QuestionVersion).one().text == "Apa kepanjangan SPBE?"  # nobody had answered
    sheet = make_sheet(make_quiz(activity, question), person, [[0]])
    client.post(room, data={**changed, "options-0-right": "", "options-1-right": "y"})
    versions = db.session.query(QuestionVersion).order_by(QuestionVersion.number).all()
    assert [version.number for version in versions] == [1, 2]
    assert [option["right"] for option in versions[0].options] == [True, False]
    db.session.refresh(sheet)
    assert (sheet.num, sheet.most) == (2, 2)  # the old result stays
    assert "Versi 2" in client.get(room).text


def test_a_question_a_running_test_asks_stays(base, quiz, questions, maker, sign_in_as) -> None:
    client = sign_in_as(maker)
    room = f"{base}/kelola/tes/soal/{questions[0].public_id}/hapus"
    assert "memakai soal ini" in client.post(room, follow_redirects=True).text
    db.session.refresh(questions[0])
    assert questions[0].removed_at is None


def test_a_sheet_of_questions_is_brought_whole_or_not_at_all(base, maker, activity, sign_in_as) -> None:
    client = sign_in_as(maker)
    head = "Jenis;Soal;Pilihan A;Pilihan B;Kunci\n"
    bad = head + "tunggal;Satu?;a;b;A\ntunggal;Dua?;a;b;C\n"

    def send(text: str | bytes):
        data = text.encode() if isinstance(text, str) else text
        file = (io.BytesIO(data), "soal.csv")
        return client.post(f"{base}/kelola/tes/soal/impor", data={"file": file})

    refused = send(bad)
    assert refused.status_code == 422
    assert "E3" in refused.text
    assert "bukan huruf pilihan yang terisi" in refused.text
    assert db.session.query(BankQuestion).count() == 0
    assert send(bad.replace(";C", ";B")).status_code == 302
    assert db.session.query(BankQuestion).count() == 2
    assert "Tertulis dua kali" in send(bad.replace(";C", ";B")).text
    sample = client.get(f"{base}/kelola/tes/soal/contoh.xlsx").data
    assert send(sample).status_code == 302
    assert db.session.query(BankQuestion).count() == 6
    assert "tidak dapat dibaca" in send(b"\xff\x00\x01").text


def test_questions_are_copied_from_an_activity_one_runs(
    event, base, activity, maker, questions, sign_in_as
) -> None:
    other = make_activity(maker, event, title="Lokakarya prototipe")
    foreign = make_activity(maker, make_event(slug="lain"))
    make_question(maker, foreign)
    client = sign_in_as(maker)
    there = f"/pelatihan/{other.public_id}/kelola/tes/soal/salin"
    assert "Bimtek analisis data" in client.get(there).text
    keys = [question.public_id for question in questions[:2]]
    client.post(there, data={"dari": activity.public_id, "soal": keys})
    copied = db.session.query(BankQuestion).filter_by(activity_id=other.id).all()
    assert len(copied) == 2
    assert client.get(f"{there}?dari={foreign.public_id}").status_code == 404


# -- results ------------------------------------------------------------------------------------------------------


@pytest.fixture
def results(activity, questions, quiz) -> str:
    """Six persons of a unit and two of another took both tests."""
    post = make_quiz(activity, *questions, moment=Moment.POST, shuffles=False)
    units = [make_unit(name="Dinas Kesehatan"), make_unit(name="Kelurahan Tengah")]
    for number in range(8):
        user = make_user(name=f"Peserta {number}", unit_id=units[number >= 6].id)
        make_enrolment(activity, user)
        make_sheet(quiz, user, [[0] if number % 2 else [1], [0], [0], None])
        make_sheet(post, user, [[0], [0, 1], [2], ["sistem"] if number else None])
    return f"/pelatihan/{activity.public_id}/kelola/tes/hasil"


def test_makers_read_persons_and_groups(results, maker, sign_in_as) -> None:
    text = sign_in_as(maker).get(results).text
    assert "Rata-rata N-gain perorangan, n = 8" in text
    assert "Peserta 3" in text
    assert "disembunyikan" in text  # two of a unit, and the other one with them
    assert "Tidak ada kelompok pembanding" in text
    assert "8 dari 8 peserta terdaftar" in text
    assert "Naik: 8 orang, tetap: 0, turun: 0" in text
    book = sign_in_as(maker).get(f"{results}.xlsx")
    assert book.data[:2] == b"PK"


def test_a_session_has_results_of_its_own(results, activity, questions, maker, person, sign_in_as) -> None:
    session = get_guest(activity.public_id, maker).activity.sessions[0]
    for moment in Moment:
        part = make_quiz(activity, *questions, moment=moment, session_id=session.id)
        make_sheet(part, person, [[0], [0], None, None])
    client = sign_in_as(maker)
    whole = client.get(results).text
    assert "n = 8" in whole
    assert "Berapa menit satu JP?" in whole
    text = client.get(f"{results}?sesi={session.public_id}").text
    assert "n = 1" in text
    assert "selang kepercayaan tidak dapat dihitung" in text
    assert client.get(f"{results}?sesi=tidakada").status_code == 404


def test_readers_read_groups_alone_and_only_once_the_tests_are_closed(
    results, event, quiz, person, sign_in_as, clock_at
) -> None:
    make_sheet(quiz, person, [[1], [0], [0], ["tunggal"]])  # the test before alone: may not be the difference
    auditor = make_user()
    give_role(event, auditor, Role.AUDITOR)
    assert "Tes masih berjalan" in sign_in_as(auditor).get(results).text
    assert "Berapa menit" not in sign_in_as(auditor).get(results).text
    clock_at(quiz.closes_at + timedelta(hours=1))
    text = sign_in_as(auditor).get(results).text
    assert "n = 8" in text
    assert "Peserta 3" not in text
    assert "Rata-rata 8 orang: dari 40,0 menjadi 97,5" in text  # one line for all
    assert text.count('class="slope up"') == 1
    assert "Naik:" not in text
    assert '<td class="n" data-label="Tes awal">50,0%</td>' in text  # of the eight, not of the nine
    assert "Tinggi: disembunyikan" not in text
    assert b"Peserta 3" not in sign_in_as(auditor).get(f"{results}.xlsx").data


def test_few_people_are_no_group(activity, questions, quiz, event, person, sign_in_as, clock_at) -> None:
    post = make_quiz(activity, *questions, moment=Moment.POST)
    for each in (quiz, post):
        make_sheet(each, person, [[0], [0], [0], None])
    auditor = make_user()
    give_role(event, auditor, Role.AUDITOR)
    clock_at(quiz.closes_at + timedelta(hours=1))
    text = sign_in_as(auditor).get(f"/pelatihan/{activity.public_id}/kelola/tes/hasil").text
    assert "Kurang dari 5 orang" in text
    assert "40,0%" not in text


def test_queries_do_not_grow_with_people(results, activity, questions, maker, sign_in_as) -> None:
    client = sign_in_as(maker)
    client.get(results)
    with counted_queries() as few:
        client.get(results)
    pre, post = db.session.query(Quiz).order_by(Quiz.id)
    for number in range(5):
        user = make_user(name=f"Lagi {number}", unit_id=make_unit().id)
        make_enrolment(activity, user)
        make_sheet(pre, user, [[0], [0], [0], None])
        make_sheet(post, user, [[0], [0], [0], None])
    with counted_queries() as many:
        client.get(results)
    assert len(many) == len(few)


@pytest.mark.parametrize(
    "way", ["", "/baru", "/soal", "/soal/baru", "/soal/impor", "/soal/salin", "/hasil", "/hasil.xlsx"]
)
def test_rooms_are_not_for_everybody(way, base, quiz, person, sign_in_as) -> None:
    assert sign_in_as(person).get(f"{base}/kelola/tes{way}").status_code == 404


def test_drafts_are_not_there(activity, base, questions, person, sign_in_as) -> None:
    draft = make_quiz(activity, *questions, state=QuizState.DRAFT)
    assert sign_in_as(person).get(f"{base}/tes/{draft.public_id}").status_code == 404
