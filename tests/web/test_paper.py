"""Sheets of paper in the browser: prepare, print, find by code, type twice, object."""

from __future__ import annotations

import pytest

from innovate.accounts.models import User
from innovate.core.db import db
from innovate.events.domain.kinds import EventState, Role
from innovate.events.models import Event
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.paper.domain.codes import check_letter
from innovate.paper.models import PaperSheet
from innovate.scoring.models.jury import Conflict, ConflictSource
from innovate.scoring.models.rounds import Round
from innovate.scoring.queries.criteria import list_criteria
from tests.factories.build import (
    NOW,
    add,
    give_role,
    make_assignment,
    make_event,
    make_idea,
    make_paper,
    make_round,
    make_team,
    make_user,
)
from tests.support.queries import counted_queries

ROOM = "/k/lomba/kelola/kertas"


@pytest.fixture
def event(db_session):
    return make_event(slug="lomba", shift_days=-17)


@pytest.fixture
def round_(event):
    return make_round(event)


@pytest.fixture
def enter_as(event, round_, sign_in_as):
    def enter(role: Role, name: str = "Petugas"):
        user = make_user(name=name)
        give_role(event, user, role)
        return sign_in_as(user)

    return enter


@pytest.fixture
def seat(event, round_):
    """Juror Hendra on PARIT KITA."""
    juror = make_user(name="Hendra")
    give_role(event, juror, Role.JUROR)
    team = make_team(event, name="Tim Rahasia")
    idea = make_idea(team, state=IdeaState.ELIGIBLE, title="PARIT KITA", number=7)
    return make_assignment(round_, idea, juror)


def marks(round_, value: str, **more: str) -> dict[str, str]:
    return {
        "ttd": "1",
        **{f"nilai-{row.id}": value for row in list_criteria(round_.rubric_id)},
        **more,
    }


def sheet_of(seat) -> PaperSheet:
    return db.session.query(PaperSheet).filter_by(assignment_id=seat.id).one()


def test_the_whole_way(enter_as, round_, seat, sign_in_as) -> None:
    ana, budi = enter_as(Role.SECRETARIAT, "Ana"), enter_as(Role.SECRETARIAT, "Budi")
    juror = sign_in_as(db.session.get_one(User, seat.user_id))
    assert "Belum ada lembar" in ana.get(ROOM).text
    printed = ana.post(f"{ROOM}/1", follow_redirects=True).text
    assert printed.count('class="iv-scoresheet"') == 2
    sheet = sheet_of(seat)
    code, address = f"{sheet.code[:4]}-{sheet.code[4:]}", f"{ROOM}/lembar/{sheet.public_id}"
    assert code in printed
    assert "PARIT KITA" in printed
    assert "Tim Rahasia" not in printed
    assert ana.get(ROOM, query_string={"kode": code.lower()}).location == address
    assert juror.get(f"/k/lomba/juri/kertas/{sheet.public_id}").status_code == 404
    bad = ana.post(address, data=marks(round_, "9", comment_team="Catatan panjang"))
    assert (bad.status_code, "Catatan panjang" in bad.text, "Nilai dari 1 sampai 5" in bad.text) == (
        422,
        True,
        True,
    )
    first = ana.post(address, data=marks(round_, "4", comment_team="Sangat rapi"), follow_redirects=True).text
    assert "Ketikan pertama tersimpan." in first
    blind = budi.get(address).text
    assert "Sangat rapi" not in blind
    assert "ketikan pertama baru diperlihatkan bila berbeda" in blind
    assert "Anda yang mengetik pertama." in ana.get(address).text
    assert ana.post(address, data=marks(round_, "4")).status_code == 422
    differs = budi.post(address, data=marks(round_, "3"), follow_redirects=True).text
    assert "Ketikan berdampingan" in differs
    assert "Sangat rapi" in differs
    done = budi.post(address, data=marks(round_, "4", comment_team="Sangat rapi"), follow_redirects=True).text
    assert "Dua orang mengetik sama." in done
    assert "1 dari 1 lembar sudah dimasukkan" in done


def test_a_juror_reads_what_was_typed_and_objects(enter_as, round_, seat, sign_in_as) -> None:
    paper = make_paper(seat, make_user(name="Ana"), make_user(name="Budi"))
    address, own = f"{ROOM}/lembar/{paper.public_id}", f"/k/lomba/juri/kertas/{paper.public_id}"
    juror, chair = sign_in_as(db.session.get_one(User, seat.user_id)), enter_as(Role.CHAIR, "Ketua")
    mine = juror.get("/k/lomba/juri/kertas").text
    assert "007 PARIT KITA" in mine
    assert "Diketik Ana, Budi" in juror.get(own).text
    assert juror.post(own, data={"words": "x"}).status_code == 422
    said = juror.post(own, data={"words": "Manfaat seharusnya 5"}, follow_redirects=True).text
    assert "menunggu jawaban ketua juri" in said
    assert "1 keberatan juri menunggu jawaban" in chair.get(ROOM).text
    answered = chair.post(f"{address}/keberatan", data={"words": "Kertas memuat 4"}, follow_redirects=True)
    assert "Kertas memuat 4" in answered.text
    assert "Kertas memuat 4" in juror.get(own).text


def test_a_code_mistyped_is_said_and_kept(enter_as, round_, seat) -> None:
    make_paper(seat)
    ana = enter_as(Role.SECRETARIAT)
    page = ana.get(ROOM, query_string={"kode": "K7QM-4XA4"})
    assert (page.status_code, "salah ketik" in page.text, 'value="K7QM-4XA4"' in page.text) == (
        200,
        True,
        True,
    )
    unknown = "2222222" + check_letter("2222222")
    assert "Tidak ada lembar dengan kode ini" in ana.get(ROOM, query_string={"kode": unknown}).text


def test_undo(enter_as, round_, seat) -> None:
    paper = make_paper(seat)
    address = f"{ROOM}/lembar/{paper.public_id}"
    ana, budi = enter_as(Role.SECRETARIAT, "Ana"), enter_as(Role.SECRETARIAT, "Budi")
    ana.post(address, data=marks(round_, "4"))
    assert "Batalkan ketikan pertama" not in budi.get(address).text
    assert budi.post(f"{address}/batal").status_code == 422
    assert "Ketikan Ana dibatalkan" in ana.post(f"{address}/batal", follow_redirects=True).text


def test_closed_doors(enter_as, event, round_, seat, sign_in_as) -> None:
    paper = make_paper(seat, make_user(), make_user())
    other, foreign = enter_as(Role.JUROR), make_user()
    give_role(make_event(shift_days=-17), foreign, Role.ORGANIZER)
    public_id = paper.public_id
    stranger = sign_in_as(foreign)
    assert other.get(f"/k/lomba/juri/kertas/{public_id}").status_code == 404
    for path in (ROOM, f"{ROOM}/1/cetak", f"{ROOM}/lembar/{public_id}"):
        assert other.get(path).status_code == 404
        assert stranger.get(path).status_code == 404
    assert enter_as(Role.AUDITOR).get(f"{ROOM}/1/cetak").status_code == 404
    staff = enter_as(Role.ORGANIZER)
    event.state = EventState.ARCHIVED
    db.session.commit()
    assert staff.post(f"{ROOM}/1").status_code == 404
    assert staff.get(ROOM).status_code == 200


def test_a_chair_with_a_conflict_finds_no_sheet_of_that_entry(
    enter_as, event, round_, seat, sign_in_as
) -> None:
    head = make_user(name="Ketua")
    give_role(event, head, Role.CHAIR)
    paper = make_paper(seat, make_user(name="Ana"), make_user(name="Budi"))
    spare = make_paper(seat, make_user(name="Ana"), is_spare=True, assignment_id=None)
    chair, address = sign_in_as(head), f"{ROOM}/lembar/{paper.public_id}"
    assert "PARIT KITA" in chair.get(ROOM).text
    assert chair.get(address).status_code == 200
    said = {"source": ConflictSource.DECLARED, "reason": "Keluarga", "declared_by_id": head.id, "at": NOW}
    add(Conflict(event_id=event.id, idea_id=seat.idea_id, user_id=head.id, **said))
    db.session.commit()
    assert "PARIT KITA" not in chair.get(ROOM).text
    assert chair.get(ROOM, query_string={"kode": paper.code}).status_code == 200
    for path in (address, f"{ROOM}/lembar/{spare.public_id}"):
        assert chair.get(path).status_code == 404
    assert chair.post(f"{address}/keberatan", data={"words": "Sudah sesuai"}).status_code == 404
    assert enter_as(Role.ORGANIZER).get(address).status_code == 200


def test_queries_do_not_grow_with_the_sheets(enter_as, event, round_, seat, sign_in_as) -> None:
    paper = make_paper(seat, make_user(), make_user())
    make_paper(seat, is_spare=True, assignment_id=None)
    pages = {
        ROOM: enter_as(Role.SECRETARIAT),
        f"{ROOM}/1/cetak": enter_as(Role.ORGANIZER),
        f"{ROOM}/lembar/{paper.public_id}": enter_as(Role.CHAIR),
        "/k/lomba/juri/kertas": sign_in_as(db.session.get_one(User, seat.user_id)),
    }
    event_id, round_id, juror_id = event.id, round_.id, seat.user_id

    def count() -> list[int]:
        numbers = []
        for path, client in pages.items():
            db.session.expunge_all()
            with counted_queries() as queries:
                assert client.get(path).status_code == 200
            numbers.append(len(queries))
        return numbers

    few = count()
    event, round_ = db.session.get_one(Event, event_id), db.session.get_one(Round, round_id)
    juror = db.session.get_one(User, juror_id)
    for number in range(30, 34):
        idea = make_idea(make_team(event), state=IdeaState.ELIGIBLE, number=number)
        other = make_user()
        give_role(event, other, Role.JUROR)
        make_paper(make_assignment(round_, idea, juror), make_user(), make_user())
        make_paper(make_assignment(round_, idea, other))
    db.session.commit()
    assert count() == few
    assert max(few) <= 22
