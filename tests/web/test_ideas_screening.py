"""The secretariat's rooms and single extensions."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from innovate.events.domain.kinds import Role
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.ideas.models import Extension, Idea, Screening
from innovate.notifications.models import OutboxMail
from tests.factories import build
from tests.factories.proposals import NOW, make_scene, submitted
from tests.support.queries import counted_queries

DEADLINE = NOW + timedelta(days=10)


@pytest.fixture
def scene(db_session):
    return make_scene()


def staff(scene, sign_in_as, role, **values):
    user = build.make_user(**values)
    build.give_role(scene.event, user, role)
    return sign_in_as(user)


@pytest.fixture
def office(scene, sign_in_as):
    return staff(scene, sign_in_as, Role.SECRETARIAT, name="Sri Wahyuni")


def room(scene, idea=None, page=""):
    return f"/k/{scene.event.slug}/kelola/seleksi" + (f"/{idea.public_id}{page}" if idea else "")


def token(page):
    return re.search(r'name="seen" type="hidden" value="([^"]+)"', page.text)[1]


def decide(client, scene, idea, decision, **more):
    page = client.get(room(scene, idea))
    data = {"decision": decision, "seen": token(page), "reason": "Surat belum bertanggal.", **more}
    return client.post(room(scene, idea), data=data)


def test_the_queue_lists_counts_and_filters(scene, office, db_session):
    idea = submitted(scene)
    page = office.get(room(scene))
    assert "1 usulan menunggu pemeriksaan" in page.text
    assert "PARIT KITA" in page.text
    assert "Kelompok A" in page.text
    assert "Tidak ada yang cocok" in office.get(room(scene) + "?q=lain").text
    idea.state = IdeaState.ELIGIBLE
    db_session.commit()
    assert "Semua usulan sudah diperiksa" in office.get(room(scene)).text
    assert "PARIT KITA" in office.get(room(scene) + "?state=eligible").text


def test_an_empty_queue_says_when_it_fills(scene, office):
    assert "begitu tim pertama mengajukan" in office.get(room(scene)).text


def test_hostile_filters_are_harmless(scene, office):
    submitted(scene)
    for query in (
        "?page=-3",
        "?page=abc",
        "?sort=%25",
        "?q=%25%5C_",
        "?kelompok=9999999999",
        "?kelompok=%C2%B2&kategori=" + "9" * 30,
        "?q=%C2%B2",
        "?state=DROP",
    ):
        assert office.get(room(scene) + query).status_code == 200
    for query in ("?sort=%00", "?q=%00%25", "?q=%ff"):
        assert office.get(room(scene) + query).status_code == 400


def test_drafts_are_not_in_the_queue_nor_open(scene, office):
    idea = build.make_idea(scene.team, title="RAHASIA")
    assert "RAHASIA" not in office.get(room(scene) + "?state=semua").text
    assert office.get(room(scene, idea)).status_code == 404


def test_passing_with_the_checklist(scene, office, db_session):
    item = build.make_checklist_item(scene.event)
    idea = submitted(scene)
    page = office.get(room(scene, idea))
    assert "Warga mengukur air parit setiap pagi." in page.text
    assert "Surat dukungan ada" in page.text
    answer = decide(office, scene, idea, "pass", reason="", **{f"cek-{item.id}": "1"})
    assert answer.status_code == 302
    assert db_session.query(Screening).one().checks == {str(item.id): True}
    shown = office.get(room(scene, idea))
    assert "Lolos administrasi" in shown.text
    assert "Diputuskan oleh Sri Wahyuni" in shown.text


def test_returning_with_a_window_the_team_reads(scene, office, sign_in_as, db_session):
    idea = submitted(scene)
    decide(office, scene, idea, "return", return_until="2026-12-05T12:00")
    row = db_session.query(Screening).one()
    assert row.return_until.isoformat() == "2026-12-05T05:00:00+00:00"
    page = sign_in_as(scene.captain).get(f"/k/{scene.event.slug}/usulan/{idea.public_id}")
    assert "PERLU PERBAIKAN" in page.text
    assert "Surat belum bertanggal." in page.text
    assert "Sabtu, 5 Desember 2026 pukul 12.00 WIB" in page.text
    assert "Sri Wahyuni" not in page.text


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"decision": "fail", "reason": ""}, "Tuliskan alasannya"),
        ({"decision": "return", "return_until": ""}, "Pilih batas waktu perbaikan"),
        ({"decision": "return", "return_until": "2020-01-01T00:00"}, "Pilih batas waktu perbaikan"),
        ({"decision": "return", "return_until": "bukan"}, "Isi tanggal dan jam dengan lengkap"),
        ({"decision": ""}, "Pilih salah satu"),
    ],
)
def test_incomplete_decisions_are_refused_and_keep_what_was_typed(scene, office, data, words):
    idea = submitted(scene)
    answer = decide(office, scene, idea, **{"reason": "Tetap ada.", **data})
    assert answer.status_code == 422
    assert words in answer.text
    if data.get("reason") != "":
        assert "Tetap ada." in answer.text


def test_deciding_after_somebody_else_shows_what_they_decided(scene, office, sign_in_as):
    idea = submitted(scene)
    old = token(office.get(room(scene, idea)))
    chief = staff(scene, sign_in_as, Role.ORGANIZER, name="Hendra")
    decide(chief, scene, idea, "fail")
    answer = office.post(room(scene, idea), data={"decision": "pass", "seen": old})
    assert answer.status_code == 409
    assert "Hendra memutuskan tidak lolos." in answer.text


def test_next_goes_through_the_queue(scene, office):
    first = submitted(scene)
    second = build.make_idea(build.make_team(scene.event), state=IdeaState.SUBMITTED, number=2)
    answer = decide(office, scene, first, "pass", action="next")
    assert answer.location == room(scene, second)
    assert decide(office, scene, second, "pass", action="next").location == room(scene)


def test_undoing_with_a_reason(scene, office, db_session):
    idea = submitted(scene)
    decide(office, scene, idea, "fail")
    seen = token(office.get(room(scene, idea)))
    office.post(room(scene, idea, "/batalkan"), data={"seen": seen, "reason": ""})
    assert db_session.get(Idea, idea.id).state is IdeaState.INELIGIBLE
    office.post(room(scene, idea, "/batalkan"), data={"seen": seen, "reason": "Salah baca"})
    db_session.expire_all()
    assert db_session.get(Idea, idea.id).state is IdeaState.SUBMITTED
    page = office.get(room(scene, idea))
    assert "Dibatalkan" in page.text
    assert "Salah baca" in page.text
    stale = office.post(room(scene, idea, "/batalkan"), data={"seen": seen, "reason": "Lagi"})
    assert stale.status_code == 409


def test_members_of_the_team_are_told_to_leave_it_to_others(scene, sign_in_as):
    idea = submitted(scene)
    build.give_role(scene.event, scene.member, Role.SECRETARIAT)
    page = sign_in_as(scene.member).get(room(scene, idea))
    assert "harus diperiksa orang lain" in page.text
    assert 'name="decision"' not in page.text


@pytest.mark.parametrize("role", [Role.JUROR, Role.CHAIR, Role.MENTOR, None])
def test_others_find_no_room(scene, sign_in_as, role):
    idea = submitted(scene)
    client = staff(scene, sign_in_as, role) if role else sign_in_as(build.make_user())
    for where in (room(scene), room(scene, idea), f"/k/{scene.event.slug}/kelola/perpanjangan"):
        assert client.get(where).status_code == 404
    assert client.post(room(scene, idea), data={"decision": "pass"}).status_code == 404


def test_auditors_read_and_write_nothing(scene, sign_in_as, db_session):
    idea = submitted(scene)
    auditor = staff(scene, sign_in_as, Role.AUDITOR)
    page = auditor.get(room(scene, idea))
    assert page.status_code == 200
    assert 'name="decision"' not in page.text
    assert auditor.post(room(scene, idea), data={"decision": "pass", "seen": "x"}).status_code == 404
    assert auditor.post(room(scene, idea, "/batalkan"), data={"reason": "x"}).status_code == 404
    assert db_session.query(Screening).count() == 0


def test_the_queue_costs_the_same_with_one_and_three_rows(scene, office, db_session):
    submitted(scene)
    db_session.commit()
    db_session.expunge_all()
    with counted_queries() as one:
        office.get(room(scene))
    for number in (2, 3):
        build.make_idea(build.make_team(scene.event), state=IdeaState.SUBMITTED, number=number)
    db_session.commit()
    db_session.expunge_all()
    with counted_queries() as three:
        page = office.get(room(scene))
    assert page.text.count("<tr>") == 4
    assert len(one) == len(three)


# -- extensions


@pytest.fixture
def organizer(scene, sign_in_as):
    return staff(scene, sign_in_as, Role.ORGANIZER, name="Suryani")


def extension_page(scene):
    return f"/k/{scene.event.slug}/kelola/perpanjangan"


def test_granting_and_revoking_an_extension(scene, organizer, sign_in_as, db_session):
    data = {"team": scene.team.public_id, "until": "2026-12-04T12:00", "reason": "Listrik padam dua hari"}
    answer = organizer.post(extension_page(scene), data=data)
    assert answer.location == extension_page(scene)
    page = organizer.get(extension_page(scene))
    assert "Jumat, 4 Desember 2026 pukul 12.00 WIB" in page.text
    assert "Listrik padam dua hari" in page.text
    assert "Suryani" in page.text
    mine = sign_in_as(scene.captain).get(f"/k/{scene.event.slug}/usulan")
    assert "Jumat, 4 Desember 2026 pukul 12.00 WIB" in mine.text
    extension = db_session.query(Extension).one()
    organizer.post(f"{extension_page(scene)}/{extension.public_id}/cabut")
    assert "Dicabut" in organizer.get(extension_page(scene)).text
    assert db_session.query(OutboxMail).filter_by(template="idea_extension_revoked").count() == 2


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"until": "2026-11-24T12:00"}, "harus lebih lambat"),
        ({"until": ""}, "Isi tanggal dan jam dengan lengkap"),
        ({"reason": " "}, "wajib diisi"),
        ({"team": ""}, "Pilih salah satu"),
    ],
)
def test_an_impossible_extension_is_refused(scene, organizer, db_session, data, words):
    values = {"team": scene.team.public_id, "until": "2026-12-04T12:00", "reason": "Sakit", **data}
    answer = organizer.post(extension_page(scene), data=values)
    assert answer.status_code == 422
    assert words.lower() in answer.text.lower()
    assert db_session.query(Extension).count() == 0


def test_secretariat_cannot_extend(scene, office):
    assert office.get(extension_page(scene)).status_code == 404
    assert office.post(extension_page(scene), data={}).status_code == 404


def test_anothers_extension_is_not_found(scene, organizer):
    elsewhere = build.make_team(build.make_event())
    data = {"team": elsewhere.public_id, "until": "2026-12-04T12:00", "reason": "Sakit"}
    assert organizer.post(extension_page(scene), data=data).status_code == 404
    assert organizer.post(f"{extension_page(scene)}/abcdefghjkmn/cabut").status_code == 404
