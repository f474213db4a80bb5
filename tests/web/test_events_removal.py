"""The page that deletes a draft, and the list from which it comes back."""

import pytest

from innovate.core.db import db
from innovate.events.domain.kinds import EventState, Role
from innovate.events.models import Event
from tests.factories.build import NOW, give_role, make_event, make_user
from tests.support.pages import fill, press
from tests.support.queries import counted_queries


@pytest.fixture
def organizer(app):
    return make_user()


@pytest.fixture
def staff(organizer, sign_in_as):
    event = make_event(slug="lomba", name="Lomba Coba", state=EventState.DRAFT)
    give_role(event, organizer, Role.ORGANIZER)
    return sign_in_as(organizer)


def the_event() -> Event:
    return db.session.query(Event).populate_existing().one()


def test_a_draft_is_deleted_by_typing_its_name(staff) -> None:
    assert "/k/lomba/kelola/hapus" in staff.get("/k/lomba/kelola/persiapan").text
    assert fill(staff, "/k/lomba/kelola/hapus", name="Lomba Coba").location == "/kompetisi/dihapus"
    page = staff.get("/kompetisi/dihapus").text
    assert "Lomba Coba dihapus. Anda dapat mengembalikannya dari sini." in page
    assert staff.get("/k/lomba/kelola/persiapan").status_code == 404
    assert "Lomba Coba" not in staff.get("/beranda").text
    press(staff, "/kompetisi/dihapus", f"/kompetisi/dihapus/{the_event().slug}/kembalikan")
    assert "Lomba Coba kembali sebagai draf." in staff.get("/k/lomba/kelola/persiapan").text
    assert "Tidak ada draf yang dihapus" in staff.get("/kompetisi/dihapus").text


def test_another_name_keeps_what_was_typed(staff) -> None:
    answer = fill(staff, "/k/lomba/kelola/hapus", name="Lomba Lain")
    assert answer.status_code == 422
    assert "Nama ini tidak sama dengan nama kompetisinya." in answer.text
    assert 'value="Lomba Lain"' in answer.text
    assert the_event().deleted_at is None


def test_a_published_one_says_why_and_offers_the_archive(staff) -> None:
    the_event().state = EventState.PUBLISHED
    the_event().published_at = NOW
    db.session.commit()
    page = staff.get("/k/lomba/kelola/hapus").text
    assert "Kompetisi ini tidak dapat dihapus" in page
    assert 'name="name"' not in page
    assert 'action="/k/lomba/kelola/arsipkan"' in page
    assert "kelola/hapus" not in staff.get("/k/lomba/kelola/persiapan").text
    assert staff.post("/k/lomba/kelola/hapus", data={"name": "Lomba Coba"}).status_code == 422
    press(staff, "/k/lomba/kelola/hapus", "/k/lomba/kelola/arsipkan")
    assert the_event().state is EventState.ARCHIVED
    assert "dapat dibiarkan" in staff.get("/k/lomba/kelola/hapus").text


def test_the_list_costs_the_same_for_many(staff, organizer) -> None:
    counts = []
    for _n in range(2):
        for _m in range(3):
            event = make_event(state=EventState.DRAFT, deleted_at=NOW)
            give_role(event, organizer, Role.ORGANIZER)
        db.session.commit()
        db.session.expunge_all()
        with counted_queries() as queries:
            assert staff.get("/kompetisi/dihapus").status_code == 200
        counts.append(len(queries))
        organizer = db.session.merge(organizer)
    assert counts[0] == counts[1]
