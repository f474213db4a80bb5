"""The signed-in client of the tests is signed in through a real session row."""

from sqlalchemy import select

from innovate.accounts.models import UserSession
from innovate.core import clock
from innovate.core.db import db
from tests.factories.build import make_user


def test_each_client_is_a_person_of_its_own(client, sign_in_as) -> None:
    ani, budi = make_user(name="Ani"), make_user(name="Budi")
    as_ani, as_budi = sign_in_as(ani), sign_in_as(budi)
    assert as_ani.get("/beranda").status_code == 200
    assert as_budi.get("/beranda").status_code == 200
    assert client.get("/beranda").status_code == 302
    for row in db.session.scalars(select(UserSession).where(UserSession.user_id == ani.id)):
        row.revoked_at = clock.now()
    assert as_ani.get("/beranda").status_code == 302
    assert as_budi.get("/beranda").status_code == 200


def test_a_post_commits_and_the_test_sees_it(sign_in_as) -> None:
    ani = make_user()
    person = sign_in_as(ani)
    assert person.post("/keluar").status_code == 302
    assert db.session.scalars(select(UserSession.revoked_at)).all() == [clock.now()]


def test_a_post_without_token_is_refused_where_tokens_are_on(app, sign_in_as, monkeypatch) -> None:
    person = sign_in_as(make_user())
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    assert person.post("/keluar").status_code == 400
    assert db.session.scalars(select(UserSession.revoked_at)).all() == [None]
