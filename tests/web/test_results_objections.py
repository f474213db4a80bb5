"""Objections, sign-off, awards and the stage, as people meet them."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask.testing import FlaskClient

from innovate.core.db import db
from innovate.events.domain.kinds import Role
from innovate.events.domain.seal import BoardState as S
from innovate.events.models import Prize
from innovate.events.queries import get_actor
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.notifications.models import OutboxMail
from innovate.results.models import Board, BoardSignOff, Objection, ObjectionExtension, Snapshot, SpecialAward
from innovate.scoring.models.jury import Conflict, ConflictSource
from tests.factories.boards import LADDER, WHY, climb, make_objection
from tests.factories.build import (
    NOW,
    add,
    give_role,
    make_assignment,
    make_ballot,
    make_event,
    make_idea,
    make_round,
    make_team,
    make_user,
)

BOARD = "/k/lomba/kelola/hasil/1"
ROOM = "/k/lomba/kelola/sanggahan"
WORDS = "Nilai kriteria kebaruan kami lebih rendah daripada yang tertulis."


class Scene:
    """A judged competition with a team of two, an organizer, a chair and a juror."""

    def __init__(self) -> None:
        self.event = make_event(slug="lomba", name="Lomba Kota", shift_days=-31)
        self.round = make_round(self.event)
        self.captain, self.member = make_user(name="Ketua Tim"), make_user(name="Anggota Tim")
        self.staff, self.chair, self.juror = make_user(name="Panitia"), make_user(name="Ketua"), make_user()
        for user, role in ((self.staff, Role.ORGANIZER), (self.chair, Role.CHAIR), (self.juror, Role.JUROR)):
            give_role(self.event, user, role)
        self.idea = self.judge("TERAS", [4] * 5, self.captain, self.member)

    def judge(self, title, marks, *people):
        group = get_actor("lomba", None).event.groups[0]
        team = make_team(self.event, *(people or (make_user(),)), group_id=group.id)
        idea = make_idea(team, state=IdeaState.ELIGIBLE, title=title, in_gallery=True)
        make_ballot(make_assignment(self.round, idea, make_user()), marks)
        return idea

    def climb(self, *states: S) -> Board:
        return climb(self.event, self.staff, *states)


@pytest.fixture
def scene(db_session) -> Scene:
    return Scene()


def form_of(scene: Scene) -> str:
    return f"/k/lomba/sanggahan/baru/1/{scene.idea.public_id}"


def send(client: FlaskClient, address: str, words: str = WORDS, file: tuple[bytes, str] | None = None):
    data: dict[str, object] = {"reason": words}
    if file:
        data["attachment"] = (io.BytesIO(file[0]), file[1])
    return client.post(address, data=data, content_type="multipart/form-data")


def test_from_the_objection_to_its_answer(scene, client, sign_in_as) -> None:
    scene.climb()
    page = client.get("/k/lomba/peringkat").text
    assert "Masa sanggah sampai Kamis, 26 November 2026 pukul 23.59 WIB." in page
    captain, member = sign_in_as(scene.captain), sign_in_as(scene.member)
    assert form_of(scene) in captain.get("/k/lomba/sanggahan").text
    assert "Diajukan oleh ketua tim" in member.get("/k/lomba/sanggahan").text
    assert member.get(form_of(scene)).status_code == 404
    answer = send(captain, form_of(scene), file=(b"%PDF-1.4\n%%EOF\n", "bukti nilai.pdf"))
    assert answer.status_code == 302
    receipt = answer.location
    page = captain.get(receipt).text
    assert "Tanda terima S-001" in page
    assert "bukti nilai.pdf" in page
    page = member.get(receipt).text
    assert WORDS in page
    assert "Menunggu jawaban" in page
    assert member.get(f"{receipt}/lampiran").data.startswith(b"%PDF")
    expect_an_answer(receipt, sign_in_as(scene.staff), member)


def expect_an_answer(receipt: str, staff: FlaskClient, member: FlaskClient) -> None:
    assert "1 sanggahan menunggu jawaban" in staff.get(BOARD).text
    desk = f"{ROOM}/{receipt.rsplit('/', maxsplit=1)[-1]}"
    assert desk in staff.get(f"{ROOM}?status=menunggu").text
    refused = staff.post(desk, data={"answer": "pendek"})
    assert refused.status_code == 422
    assert "pendek</textarea>" in refused.text
    answered = {"outcome": "accepted", "answer": "Nilai juri ketiga salah diketik dan kami betulkan."}
    assert staff.post(desk, data=answered).status_code == 302
    page = staff.get(desk).text
    assert "Ke langkah koreksi" in page
    assert f"{BOARD}#langkah" in page
    assert staff.post(desk, data=answered).status_code == 422
    assert "Semua sanggahan sudah dijawab" in staff.get(f"{ROOM}?status=menunggu").text
    page = member.get(receipt).text
    assert "Nilai juri ketiga salah diketik" in page
    assert "Diterima" in page


def test_what_comes_late_or_wrong_stays_on_the_page(scene, sign_in_as, clock_at) -> None:
    board = scene.climb()
    captain = sign_in_as(scene.captain)
    refused = send(captain, form_of(scene), "pendek")
    assert refused.status_code == 422
    assert "pendek</textarea>" in refused.text
    refused = send(captain, form_of(scene), file=(b"MZ", "program.exe"))
    assert "Jenis berkas itu tidak diterima" in refused.text
    assert WORDS in refused.text
    clock_at(board.objections_until)
    refused = send(captain, form_of(scene))
    assert refused.status_code == 422
    assert "Masa sanggah sudah berakhir menurut jam peladen" in refused.text
    assert WORDS in refused.text
    assert db.session.query(Objection).count() == 0
    assert "Masa sanggah sudah berakhir" in captain.get(form_of(scene)).text
    assert "<textarea" not in captain.get(form_of(scene)).text


def test_a_button_pressed_twice_is_one_objection(scene, sign_in_as) -> None:
    scene.climb()
    captain = sign_in_as(scene.captain)
    files = ((b"%PDF-1.4\n%%EOF\n", "bukti.pdf"), (b"%PDF-1.4\n%%EOF\n", "bukti.pdf"), None)
    receipts = [send(captain, form_of(scene), file=file).location for file in files]
    assert receipts[0] == receipts[1] != receipts[2]
    assert db.session.query(Objection).count() == 2
    assert send(captain, form_of(scene), WORDS + " Sungguh.").location not in receipts


def test_an_answer_that_came_second_is_not_lost(scene, sign_in_as) -> None:
    row = make_objection(scene.climb(), scene.idea, scene.captain)
    desk = f"{ROOM}/{row.public_id}"
    staff, chair = sign_in_as(scene.staff), sign_in_as(scene.chair)
    first = {"outcome": "accepted", "answer": "Nilai juri ketiga salah diketik dan kami betulkan."}
    second = {"outcome": "rejected", "answer": "Kami memeriksa lembar nilai dan tidak menemukan salah ketik."}
    assert staff.post(desk, data=first).status_code == 302
    late = chair.post(desk, data=second)
    assert late.status_code == 422
    assert "baru saja menjawab" in late.text
    assert second["answer"] in late.text
    assert second["answer"] not in chair.get(desk).text


def test_jurors_and_a_chair_with_a_conflict_do_not_read_it(scene, sign_in_as) -> None:
    board = scene.climb()
    row = make_objection(board, scene.idea, scene.captain)
    desk = f"{ROOM}/{row.public_id}"
    chair = sign_in_as(scene.chair)
    assert chair.get(desk).status_code == 200
    juror = sign_in_as(scene.juror)
    assert juror.get(desk).status_code == juror.get(ROOM).status_code == 404
    said = {"reason": "Pernah membimbing", "declared_by_id": scene.chair.id, "at": NOW}
    about = {"event_id": scene.event.id, "idea_id": scene.idea.id, "user_id": scene.chair.id}
    add(Conflict(source=ConflictSource.DECLARED, **about, **said))
    assert chair.get(desk).status_code == 404
    assert "S-001" not in chair.get(ROOM).text
    assert chair.post(desk, data={"outcome": "rejected", "answer": "x" * 30}).status_code == 404


def test_the_chair_signs_on_the_page_and_takes_it_back(scene, sign_in_as) -> None:
    board = scene.climb(*LADDER[:3])
    staff, chair = sign_in_as(scene.staff), sign_in_as(scene.chair)
    assert "Menunggu pengesahan ketua juri." in staff.get(BOARD).text
    assert "Umumkan hasil" not in staff.get(BOARD).text
    sha256 = db.session.get_one(Snapshot, board.snapshot_id).sha256
    assert f'value="{sha256}"' in chair.get(BOARD).text
    sign = {"expected": "frozen", "after": "signed", "seen": sha256}
    assert staff.post(f"{BOARD}/pengesahan", data=sign).status_code == 422
    stale = chair.post(f"{BOARD}/pengesahan", data=sign | {"seen": "0" * 64})
    assert "Potret peringkat sudah berganti" in stale.text
    assert chair.post(f"{BOARD}/pengesahan", data=sign).status_code == 302
    page = staff.get(BOARD).text
    assert "Disahkan Ketua, ketua juri," in page
    assert "Umumkan hasil" in page
    back = {"expected": "signed", "after": "frozen", "reason": "singkat"}
    assert "Tuliskan alasan" in chair.post(f"{BOARD}/pengesahan", data=back).text
    assert chair.post(f"{BOARD}/pengesahan", data=back | {"reason": WHY}).status_code == 302
    assert db.session.query(BoardSignOff).one().withdrawn_at == NOW
    for after in ("provisional", "announced", "nonsense"):
        skip = {"expected": "frozen", "after": after, "reason": WHY}
        assert chair.post(f"{BOARD}/pengesahan", data=skip).status_code == 422


def test_the_plan_of_an_announcement(scene, sign_in_as) -> None:
    scene.climb(*LADDER[:4])
    staff = sign_in_as(scene.staff)
    for wrong in ("31", "-1", "dua", ""):
        refused = staff.post(f"{BOARD}/rencana", data={"objection_days": wrong})
        assert refused.status_code == 422, wrong
    late = staff.post(f"{BOARD}/rencana", data={"objection_days": "5", "announce_at": "2026-11-22T10:00"})
    assert "Pilih waktu yang belum lewat." in late.text
    assert 'value="2026-11-22T10:00"' in late.text
    plan = {"objection_days": "5", "announce_at": "2026-11-24T10:00"}
    assert staff.post(f"{BOARD}/rencana", data=plan).status_code == 302
    page = staff.get(BOARD).text
    assert "Diumumkan sendiri" in page
    assert "Selasa, 24 November 2026 pukul 10.00 WIB" in page
    assert staff.post(f"{BOARD}/rencana", data={"objection_days": "5"}).status_code == 302
    assert db.session.query(Board).one().announce_at is None


def test_a_final_result_before_its_time_asks_for_a_reason(scene, sign_in_as, clock_at) -> None:
    board = scene.climb()
    staff = sign_in_as(scene.staff)
    final = {"expected": "announced", "after": "final"}
    refused = staff.post(f"{BOARD}/status", data=final)
    assert refused.status_code == 422
    assert "Masa sanggah belum berakhir" in refused.text
    clock_at(board.objections_until + timedelta(seconds=1))
    assert "Masa sanggah berakhir" in staff.get(BOARD).text
    assert staff.post(f"{BOARD}/status", data=final).status_code == 302


def test_a_window_grows_with_a_reason_everybody_reads(scene, client, sign_in_as) -> None:
    staff = sign_in_as(scene.staff)
    longer = {"until": "2026-12-30T12:00", "reason": "Peladen padam dua jam pada hari terakhir."}
    early = staff.post(f"{BOARD}/masa-sanggah", data=longer)
    assert (early.status_code, "belum final" in early.text) == (422, True)
    board = scene.climb(*LADDER)
    old = board.objections_until
    refused = staff.post(f"{BOARD}/masa-sanggah", data=longer | {"until": "2020-01-01T08:00"})
    assert refused.status_code == 422
    assert "hanya dapat diperpanjang" in refused.text
    assert longer["reason"] in refused.text
    assert staff.post(f"{BOARD}/masa-sanggah", data=longer | {"reason": "x"}).status_code == 422
    assert board.objections_until == old
    assert db.session.query(ObjectionExtension).count() == 0
    until = (old + timedelta(days=2)).astimezone(ZoneInfo(scene.event.zone)).strftime("%Y-%m-%dT%H:%M")
    assert staff.post(f"{BOARD}/masa-sanggah", data=longer | {"until": until}).status_code == 302
    db.session.expire_all()
    assert db.session.get_one(Board, board.id).objections_until == old + timedelta(days=2)
    for page in (client.get("/k/lomba/peringkat").text, staff.get(BOARD).text):
        assert "Masa sanggah diperpanjang dari" in page
        assert longer["reason"] in page
    mails = db.session.query(OutboxMail).filter_by(template="results_window").all()
    assert [mail.address for mail in mails] == [scene.captain.email]
    assert mails[0].context["reason"] == longer["reason"]


def test_times_are_those_of_the_events_own_clock(scene, sign_in_as) -> None:
    scene.event.zone = "Asia/Makassar"
    db.session.commit()
    staff = sign_in_as(scene.staff)
    scene.climb(*LADDER[:4])
    plan = {"objection_days": "5", "announce_at": "2026-11-24T10:00"}
    assert staff.post(f"{BOARD}/rencana", data=plan).status_code == 302
    assert db.session.query(Board).one().announce_at == datetime(2026, 11, 24, 2, tzinfo=UTC)
    assert 'value="2026-11-24T10:00"' in staff.get(BOARD).text


def test_awards_say_what_is_shared_and_what_was_given_by_hand(scene, client, sign_in_as) -> None:
    for rank, name in enumerate(("Juara I", "Juara II", "Juara III"), 1):
        add(Prize(event_id=scene.event.id, name=name, rank=rank, position=rank))
    green = add(Prize(event_id=scene.event.id, name="Paling Hijau", position=9))
    scene.judge("RAPI", [4] * 5)
    third = scene.judge("SEMAI", [3] * 5)
    scene.judge("KEPAK", [2] * 5)
    scene.climb(*LADDER[:3])
    staff = sign_in_as(scene.staff)
    page = staff.get(f"{BOARD}/penghargaan").text
    assert "Peringkat 1 dibagi 2 karya." in page
    assert "Karena itu tidak diberikan: Juara II." in page
    wrong = staff.post(f"{BOARD}/penghargaan", data={"prize": "", "idea": "", "reason": "x"})
    assert wrong.status_code == 422
    give = {"prize": green.public_id, "idea": third.public_id, "reason": "Tanpa kertas sama sekali."}
    assert staff.post(f"{BOARD}/penghargaan", data=give).status_code == 302
    assert "Tanpa kertas sama sekali." in staff.get(f"{BOARD}/penghargaan").text
    scene.climb(*LADDER[2:])
    page = client.get("/k/lomba").text
    assert "Paling Hijau" in page
    assert "Karena itu tidak diberikan: Juara II." in page
    page = client.get("/k/lomba/peringkat").text
    assert "Juara I (bersama)" in page
    assert "Penghargaan khusus" in page
    gallery = client.get("/k/lomba/galeri").text
    assert gallery.index("SEMAI") < gallery.index("KEPAK")
    assert "Juara I (bersama)" in gallery
    assert "Paling Hijau" in client.get(f"/k/lomba/galeri/{third.public_id}").text
    award = db.session.query(SpecialAward).one()
    refused = staff.post(f"{BOARD}/penghargaan/{award.public_id}/cabut", data={"reason": "x"})
    assert refused.status_code == 422
    staff.post(f"{BOARD}/penghargaan/{award.public_id}/cabut", data={"reason": "Keliru memilih karya."})
    assert "Pernah dicabut" in staff.get(f"{BOARD}/penghargaan").text
    assert "Penghargaan khusus" not in client.get("/k/lomba/peringkat").text


def test_the_stage_holds_every_step_and_is_kept_by_nobody(scene, sign_in_as) -> None:
    add(Prize(event_id=scene.event.id, name="Juara I", rank=1, position=1))
    scene.judge("RAPI", [3] * 5)
    staff = sign_in_as(scene.staff)
    assert staff.get(f"{BOARD}/upacara").status_code == 404
    scene.climb(*LADDER[:3])
    answer = staff.get(f"{BOARD}/upacara")
    assert answer.headers["Cache-Control"] == "no-store"
    shown, *steps = answer.text.split("<template data-step")
    assert "TERAS" not in shown
    assert [("TERAS" in step, "RAPI" in step) for step in steps] == [
        (False, False),
        (False, False),
        (True, False),
        (True, False),
    ]
    assert "TERAS" not in "".join(step.split(">", 1)[0] for step in steps)
    more = staff.get(f"{BOARD}/upacara?tempat=2").text
    assert more.count("<template data-step") == 5
    assert "RAPI" in more
