"""Sign-up and reset on both databases, also at the same moment."""

import threading
from datetime import timedelta

import pytest

from innovate.accounts.domain.limits import place_of
from innovate.accounts.models import Employment, User
from innovate.accounts.queries import find_user_by_email
from innovate.accounts.services import credentials, signup
from innovate.accounts.services.signup import Links, NewPerson
from innovate.accounts.services.tokens import CHANGE_EMAIL, CONFIRM, RESET, Signer
from innovate.core.db import db, transaction
from innovate.core.errors import Refused, TooMany
from innovate.notifications.models import OutboxMail
from tests.factories.build import NOW, make_user

SIGNER = Signer("secret")
LINKS = Links(confirm=lambda token: f"/c/{token}", sign_in="/masuk", reset="/sandi/lupa")


def place(email="rina@x.go.id", device=""):
    return place_of("secret", account=email, address="10.0.0.1", device=device)


def sign_up(email="rina@x.go.id", name="Rina", device=""):
    person = NewPerson(email, name, Employment.STUDENT, password_hash=f"hash of {name}")
    return signup.sign_up(person, place(email, device), signer=SIGNER, links=LINKS, at=NOW)


def claim(mail: OutboxMail, purpose=CONFIRM):
    return SIGNER.read(purpose, mail.context["path"].rpartition("/")[2], at=NOW)


def test_one_link_opens_one_account_once(db_session) -> None:
    sign_up()
    (mail,) = db.session.query(OutboxMail).all()
    user = signup.confirm_email(claim(mail), at=NOW)
    assert (user.email, user.email_verified_at) == ("rina@x.go.id", NOW)
    with pytest.raises(Refused):
        signup.confirm_email(claim(mail), at=NOW)
    with pytest.raises(Refused):
        signup.confirm_email(None, at=NOW)


def test_a_link_for_one_thing_is_none_for_another(db_session) -> None:
    user = make_user()
    token = SIGNER.make(RESET, user, at=NOW)
    assert SIGNER.read(RESET, token, at=NOW).fits(user)
    assert SIGNER.read(CONFIRM, token, at=NOW) is None
    assert SIGNER.read(CHANGE_EMAIL, token, at=NOW) is None
    assert Signer("other").read(RESET, token, at=NOW) is None
    assert SIGNER.read(RESET, token, at=NOW + timedelta(hours=3)) is None
    assert SIGNER.read(RESET, "", at=NOW) is None
    user.disabled_at = NOW
    assert not SIGNER.read(RESET, token, at=NOW).fits(user)


def test_signing_up_again_and_again_waits(db_session) -> None:
    for n in range(5):
        sign_up(name=f"Rina {n}")
    with pytest.raises(TooMany):
        sign_up()
    sign_up("budi@x.go.id")


def test_an_address_taken_meanwhile_is_not_taken_twice(db_session) -> None:
    user = make_user()
    credentials.request_email_change(
        user, "baru@x.go.id", place(user.email), signer=SIGNER, link=lambda token: f"/c/{token}", at=NOW
    )
    (mail,) = db.session.query(OutboxMail).all()
    make_user(email="baru@x.go.id")
    with pytest.raises(Refused):
        credentials.change_email(user, claim(mail, CHANGE_EMAIL), at=NOW)
    assert user.email != "baru@x.go.id"


def test_two_at_the_same_moment_make_one_account(committing_app) -> None:
    together = threading.Barrier(4)
    failures = []

    def run(n: int) -> None:
        with committing_app.app_context():
            together.wait()
            try:
                with transaction():
                    sign_up(name=f"Rina {n}", device=f"d{n}")
            except Exception as error:  # noqa: BLE001 - collected for the assertion
                failures.append(error)

    threads = [threading.Thread(target=run, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with committing_app.app_context():
        assert db.session.query(User).count() == 1
        mails = db.session.query(OutboxMail).all()
        fitting = [mail for mail in mails if claim(mail).fits(find_user_by_email("rina@x.go.id"))]
        assert len(fitting) == 1
