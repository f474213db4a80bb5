"""Practice in the browser: prepare, score, see the spread."""

from __future__ import annotations

import pytest

from innovate.calibration.models import PracticeSheet
from innovate.core.db import db
from innovate.events.domain.kinds import Role
from tests.factories.build import NOW, give_role, make_event, make_practice, make_round, make_user
from tests.support.queries import counted_queries

ROOM = "/k/lomba/kelola/latihan/1"
SHEET = "/k/lomba/juri/latihan/1"


@pytest.fixture
def event(db_session):
    return make_event(slug="lomba", shift_days=-10)


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


def marks(round_, value: str) -> dict[str, str]:
    from innovate.scoring.queries.criteria import list_criteria

    return {f"nilai-{row.id}": value for row in list_criteria(round_.rubric_id)}


def test_the_whole_way(enter_as, round_) -> None:
    staff, juror = enter_as(Role.ORGANIZER), enter_as(Role.JUROR, "Juri Satu")
    assert juror.get(SHEET).status_code == 404
    assert "Belum ada karya latihan untuk babak ini." in staff.get("/k/lomba/kelola/latihan").text
    empty = staff.post(ROOM, data={"title": "", "body": "Teks panjang yang sudah ditulis"})
    assert (empty.status_code, "Teks panjang yang sudah ditulis" in empty.text) == (422, True)
    staff.post(ROOM, data={"title": "TELADAN", "body": "## Masalah\n\nAntrean panjang"})
    assert juror.get(SHEET).status_code == 404
    opened = staff.post(f"{ROOM}/buka", follow_redirects=True).text
    assert "0 dari 1 juri mengajukan nilai latihan." in opened
    page = juror.get(SHEET).text
    assert "Antrean panjang" in page
    part = juror.post(SHEET, data={"version": "0", "langkah": "ajukan", "nilai-0": "3"})
    assert (part.status_code, "Belum dinilai" in part.text) == (422, True)
    sent = {**marks(round_, "4"), "version": "0", "langkah": "ajukan", "comment_internal": "Bukti kurang"}
    done = juror.post(SHEET, data=sent, follow_redirects=True).text
    assert "Latihan diajukan." in done
    again = juror.post(SHEET, data={**sent, **marks(round_, "2")})
    assert again.status_code == 409
    room = staff.get(ROOM).text
    assert "1 dari 1 juri mengajukan" in room
    assert "Bukti kurang" in room
    staff.post(f"{ROOM}/perlihatkan")
    shown = juror.get(SHEET).text
    assert "Sebaran latihan" in shown
    assert "75,00" in shown
    assert juror.post(SHEET, data={**sent, "version": "1"}).status_code == 422


def test_the_spread_is_sealed_until_shown_and_never_names_anybody(enter_as, event, round_) -> None:
    other = make_user(name="Juri Rahasia")
    give_role(event, other, Role.JUROR)
    practice = make_practice(round_, other)
    juror = enter_as(Role.JUROR, "Juri Satu")
    before = juror.get(SHEET).text
    assert "75,00" not in before
    assert "Rata-rata" not in before
    practice.shown_at = NOW
    db.session.commit()
    after = juror.get(SHEET).text
    assert "Anda tidak mengajukan nilai latihan ini" in after
    assert "Rahasia" not in after


def test_queries_do_not_grow_with_the_jury(enter_as, event, round_) -> None:
    practice = make_practice(round_, make_user(), shown_at=NOW)
    pages = {
        ROOM: enter_as(Role.CHAIR),
        SHEET: enter_as(Role.JUROR),
        "/k/lomba/kelola/latihan": enter_as(Role.AUDITOR),
    }

    def count() -> list[int]:
        numbers = []
        for address, client in pages.items():
            db.session.expunge_all()
            with counted_queries() as queries:
                assert client.get(address).status_code == 200
            numbers.append(len(queries))
        return numbers

    practice_id = practice.id
    few = count()
    for _ in range(3):
        juror = make_user()
        give_role(event, juror, Role.JUROR)
        db.session.add(
            PracticeSheet(
                practice_id=practice_id, user_id=juror.id, updated_at=NOW, submitted_at=NOW, total=50.0
            )
        )
    db.session.commit()
    assert count() == few
