"""Declining an invitation on its page and from home; the organizer's list of who said no."""

import pytest

from innovate.core.db import db
from innovate.events.domain.kinds import Role
from innovate.events.models import RoleInvitation
from tests.factories.build import NOW, give_role, make_event, make_user
from tests.support.pages import press

ROOM = "/k/lomba/kelola/orang"


@pytest.fixture
def staff(app, sign_in_as):
    event, organizer = make_event(slug="lomba", name="Lomba Inovasi"), make_user(name="Sari Wulandari")
    give_role(event, organizer, Role.ORGANIZER)
    db.session.add(
        RoleInvitation(
            event_id=event.id,
            email="juri@untan.ac.id",
            name="Prof. Ngadi",
            role=Role.JUROR,
            invited_by_id=organizer.id,
            created_at=NOW,
            expires_at=NOW.replace(year=2027),
        )
    )
    db.session.commit()
    return sign_in_as(organizer)


def offer() -> RoleInvitation:
    return db.session.query(RoleInvitation).populate_existing().one()


def address() -> str:
    return f"/undangan/peran/{offer().nonce}"


def test_without_an_account(staff, client) -> None:
    assert "Tolak undangan" in client.get(address()).text
    answer = press(client, address(), f"{address()}/tolak")
    assert answer.location == address()
    page = client.get(address()).text
    assert "Undangan ini sudah ditolak" in page
    assert "Terima undangan" not in page
    assert "Undangan ditolak. Panitia sudah diberi tahu." in page


def test_from_home(staff, sign_in_as) -> None:
    guest = sign_in_as(make_user(email="juri@untan.ac.id"))
    home = guest.get("/beranda").text
    assert "Jawab undangan menjadi juri" in home
    assert f'action="{address()}/tolak"' in home
    answer = press(guest, "/beranda", f"{address()}/tolak", dari="beranda")
    assert answer.location == "/beranda"
    assert "Jawab undangan menjadi juri" not in guest.get("/beranda").text
    assert offer().declined_by_id is not None


def test_declining_twice_is_said(staff, client) -> None:
    press(client, address(), f"{address()}/tolak")
    answer = client.post(f"{address()}/tolak", data={}, follow_redirects=True)
    assert "Undangan ini sudah ditolak." in answer.text


def test_the_organizer_sees_it_and_asks_again(staff, client) -> None:
    old = address()
    press(client, address(), f"{address()}/tolak")
    page = staff.get(ROOM).text
    assert "Undangan yang ditolak" in page
    assert "Prof. Ngadi" in page.split("Undangan yang ditolak")[1]
    assert "Tidak ada undangan yang menunggu" in page
    press(staff, ROOM, f"{ROOM}/undangan/{offer().nonce}/lagi")
    page = staff.get(ROOM).text
    assert "Undangan yang ditolak" not in page
    assert "Undangan dikirim lagi ke juri@untan.ac.id." in page
    assert client.get(old).status_code == 404
    assert "Anda diundang menjadi juri" in client.get(address()).text


def test_asking_again_who_did_not_decline_is_refused_kindly(staff) -> None:
    answer = press(staff, ROOM, f"{ROOM}/undangan/{offer().nonce}/lagi")
    assert answer.status_code == 302
    assert "Undangan ini tidak ditolak." in staff.get(ROOM).text


def test_a_declined_one_leaves_the_list(staff, client) -> None:
    press(client, address(), f"{address()}/tolak")
    press(staff, ROOM, f"{ROOM}/undangan/{offer().nonce}/cabut")
    assert "Prof. Ngadi" not in staff.get(ROOM).text
