"""Without script: what was typed survives an ended session and an outdated token, for its writer and nobody else."""

from datetime import timedelta

import pytest

from innovate.accounts.models import KeptForm, User, UserSession
from innovate.accounts.services import kept_forms
from innovate.core import jobs
from innovate.core.db import db
from innovate.events.domain.kinds import Role
from innovate.ideas.models import Idea
from innovate.scoring.models.ballots import Ballot
from tests.factories import build
from tests.factories.build import NOW, PASSWORD
from tests.factories.proposals import draft, make_scene
from tests.support.pages import fields_of, press
from tests.support.queries import counted_queries

LONG = "Warga mengukur tinggi air parit setiap pagi dan mengirimkannya lewat ponsel."


@pytest.fixture(autouse=True)
def _tokens_on(app, monkeypatch) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)


@pytest.fixture
def scene(app):
    scene = make_scene()
    scene.idea = draft(scene)
    scene.page = f"/k/{scene.event.slug}/usulan/{scene.idea.public_id}/ubah"
    for user in (scene.captain, scene.member):
        user.password_hash = build.make_user().password_hash
    db.session.commit()
    return scene


def sign_in(client, user, path="/masuk"):
    fields = fields_of(client, path, "password") | {"email": [user.email], "password": [PASSWORD]}
    answer = client.post(path, data=fields)
    assert answer.status_code == 302, answer.text
    return answer


def end_sessions() -> None:
    db.session.query(UserSession).update({"revoked_at": NOW})
    db.session.commit()


def stored(idea) -> str:
    db.session.expire_all()
    return db.session.get_one(Idea, idea.id).answers["ringkasan"]


def typed(client, scene, text=LONG):
    return fields_of(client, scene.page, "f-ringkasan") | {"f-ringkasan": [text], "action": ["save"]}


# -- the proposal -------------------------------------------------------------------------------------------------


def test_a_proposal_survives_an_ended_session(app, scene, client) -> None:
    sign_in(client, scene.captain)
    form, before = typed(client, scene), stored(scene.idea)
    end_sessions()
    answer = client.post(scene.page, data=form)
    assert answer.location == f"/masuk?next={scene.page}"
    assert "Tulisan Anda disimpan" in client.get(answer.location).text
    assert stored(scene.idea) == before
    assert sign_in(client, scene.captain, answer.location).location == scene.page
    page = client.get(scene.page).text
    assert LONG in page
    assert "Tulisan Anda kembali di formulir ini." in page
    assert stored(scene.idea) == before  # reading writes nothing
    again = fields_of(client, scene.page, "f-ringkasan") | {"action": ["save"]}
    assert client.post(scene.page, data=again).status_code == 302
    assert stored(scene.idea) == LONG
    assert db.session.query(KeptForm).count() == 0
    assert "Tulisan Anda kembali" not in client.get(scene.page).text


def test_a_proposal_survives_an_outdated_token(app, scene, client) -> None:
    """Signed out and in again in another tab: the old page's token fits no more."""
    sign_in(client, scene.captain)
    form = typed(client, scene)
    press(client, "/beranda", "/keluar")
    sign_in(client, scene.captain)
    answer = client.post(scene.page, data=form)
    assert answer.location == scene.page
    page = client.get(scene.page).text
    assert "sudah terlalu lama terbuka" in page
    assert LONG in page


def test_a_proposal_survives_a_lost_cookie(app, scene, client) -> None:
    """The browser was closed and the tab brought back: neither session nor token is known."""
    sign_in(client, scene.captain)
    form = typed(client, scene)
    client.delete_cookie("innovate")
    answer = client.post(scene.page, data=form)
    assert answer.location == f"/masuk?next={scene.page}"
    sign_in(client, scene.captain, answer.location)
    assert LONG in client.get(scene.page).text


@pytest.mark.parametrize("how", ["session ended", "signed out", "still signed in"])
def test_nothing_reaches_another_person_on_the_same_browser(app, scene, client, how) -> None:
    """A colleague of the same team, who may write in the same proposal."""
    sign_in(client, scene.captain)
    form, before = typed(client, scene), stored(scene.idea)
    if how == "session ended":
        end_sessions()
        client.post(scene.page, data=form)
    elif how == "signed out":
        press(client, "/beranda", "/keluar")
    else:  # the cookie's person changes while the token stays, as after a reset link
        end_sessions()
    sign_in(client, scene.member)
    if how != "session ended":
        answer = client.post(scene.page, data=form)
        assert answer.status_code == 409
        assert "dibuka dengan akun lain" in answer.text
    page = client.get(scene.page).text
    assert LONG not in page
    assert LONG not in client.get("/akun/tulisan").text
    assert stored(scene.idea) == before
    press(client, "/beranda", "/keluar")
    sign_in(client, scene.captain)
    assert LONG in client.get("/akun/tulisan").text
    assert LONG in client.get(scene.page).text


def test_the_script_is_told_to_sign_in_again_for_a_form_of_another(app, scene, client) -> None:
    sign_in(client, scene.captain)
    form, before = typed(client, scene), stored(scene.idea)
    end_sessions()
    sign_in(client, scene.member)
    answer = client.post(scene.page, data=form, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json["error"]) == (401, "signed_out")
    assert stored(scene.idea) == before
    assert db.session.query(KeptForm).count() == 0  # the script keeps its own copy


def test_a_colleagues_newer_text_is_not_written_over(app, scene, client, sign_in_as) -> None:
    sign_in(client, scene.captain)
    form = typed(client, scene)
    end_sessions()
    answer = client.post(scene.page, data=form)
    other = sign_in_as(scene.member)
    theirs = typed(other, scene, "Tulisan rekan yang lebih baru.")
    assert other.post(scene.page, data=theirs).status_code == 302
    sign_in(client, scene.captain, answer.location)
    again = fields_of(client, scene.page, "f-ringkasan") | {"action": ["save"]}
    refused = client.post(scene.page, data=again)
    assert refused.status_code == 409
    assert LONG in refused.text
    assert "Tulisan rekan yang lebih baru." in refused.text
    assert stored(scene.idea) == "Tulisan rekan yang lebih baru."
    assert 'name="kept_form"' in refused.text  # still forgotten once it is saved


def test_a_form_without_a_true_mark_is_nobodys(app, scene, client) -> None:
    sign_in(client, scene.captain)
    form = typed(client, scene)
    end_sessions()
    for mark in (None, "", "x", scene.captain.public_id, form["form_owner"][0][::-1]):
        sent = {**form, "form_owner": [mark]} if mark is not None else form | {"form_owner": []}
        answer = client.post(scene.page, data=sent)
        assert "belum tersimpan" in client.get(answer.location).text
    assert db.session.query(KeptForm).count() == 0


def test_a_text_can_be_thrown_away(app, scene, client) -> None:
    sign_in(client, scene.captain)
    form = typed(client, scene)
    end_sessions()
    sign_in(client, scene.captain, client.post(scene.page, data=form).location)
    assert "Ada tulisan Anda yang belum tersimpan" in client.get("/beranda").text
    kept = db.session.query(KeptForm).one().public_id
    press(client, scene.page, f"/akun/tulisan/{kept}/buang")
    assert LONG not in client.get(scene.page).text
    assert "Ada tulisan Anda yang belum tersimpan" not in client.get("/beranda").text


def test_nobody_throws_away_anothers_text(app, scene, client, sign_in_as) -> None:
    kept_forms.keep_form(scene.captain.public_id, "X", "/x", [["a", LONG]], had_files=False, at=NOW)
    kept = db.session.query(KeptForm).one().public_id
    other = sign_in_as(scene.member)
    press(other, "/beranda", f"/akun/tulisan/{kept}/buang")
    assert db.session.query(KeptForm).count() == 1


# -- other forms --------------------------------------------------------------------------------------------------


def test_a_ballot_survives_too(app, client) -> None:
    event, juror = build.make_event(shift_days=-17), build.make_user()
    build.give_role(event, juror, Role.JUROR)
    idea = build.make_idea(build.make_team(event), state=build.IdeaState.ELIGIBLE)
    seat = build.make_assignment(build.make_round(event), idea, juror)
    db.session.commit()
    page = f"/k/{event.slug}/juri/karya/{seat.public_id}"
    sign_in(client, juror)
    form = fields_of(client, page, "comment_team")
    first = (
        next(name for name in form if name.startswith("nilai-"))
        if any(name.startswith("nilai-") for name in form)
        else f"nilai-{db.session.query(build.Criterion.id).order_by(build.Criterion.position).first()[0]}"
    )
    form |= {first: ["4"], "comment_team": [LONG], "langkah": ["simpan"]}
    end_sessions()
    answer = client.post(page, data=form)
    assert answer.location == f"/masuk?next={page}"
    assert db.session.query(Ballot).count() == 0
    sign_in(client, juror, answer.location)
    shown = fields_of(client, page, "comment_team")
    assert shown["comment_team"] == [LONG]
    assert shown[first] == ["4"]
    assert shown["version"] == form["version"]
    assert client.post(page, data=shown | {"langkah": ["simpan"]}).status_code == 302
    assert db.session.query(Ballot.comment_team).scalar() == LONG
    assert db.session.query(KeptForm).count() == 0


def test_event_texts_survive(app, client) -> None:
    event, organizer = build.make_event(slug="lomba"), build.make_user()
    build.give_role(event, organizer, Role.ORGANIZER)
    db.session.commit()
    page = "/k/lomba/kelola/teks"
    sign_in(client, organizer)
    form = fields_of(client, page, "description") | {"description": [LONG]}
    end_sessions()
    sign_in(client, organizer, client.post(page, data=form).location)
    assert fields_of(client, page, "description")["description"] == [LONG]
    assert client.post(page, data=fields_of(client, page, "description")).status_code == 302
    db.session.expire_all()
    assert db.session.get_one(build.Event, event.id).description == LONG


def test_a_form_sent_elsewhere_is_found_on_the_page_it_stood_on(app, scene, client) -> None:
    """The part in the team is sent to an address of its own, and its page has other forms."""
    page = f"/k/{scene.event.slug}/tim/{scene.team.public_id}"
    sign_in(client, scene.captain)
    form = fields_of(client, page, "part") | {"part": ["Penyusun proposal"]}
    end_sessions()
    answer = client.post(f"{page}/peran-saya", data=form, headers={"Referer": f"http://localhost{page}"})
    assert answer.location == f"/masuk?next={page}"
    sign_in(client, scene.captain, answer.location)
    assert fields_of(client, page, "part")["part"] == ["Penyusun proposal"]
    assert "Penyusun proposal" not in fields_of(client, page, "title").get("title", [])


def test_passwords_are_never_kept(app, client) -> None:
    person = build.make_user()
    sign_in(client, person)
    for page in ("/akun/sandi", "/akun/surel"):
        form = fields_of(client, page, "current") | {"current": ["kata sandi rahasia sekali"]}
        assert "form_owner" not in form
        assert client.post(page, data={**form, "csrf_token": "old"}).status_code == 400
    assert db.session.query(KeptForm).count() == 0


# -- the shelf ----------------------------------------------------------------------------------------------------


def test_the_newest_ten_are_kept_one_for_a_page(app) -> None:
    person = build.make_user()
    for n in range(14):
        path = f"/halaman/{n % 12}"
        at = NOW + timedelta(minutes=n)
        assert kept_forms.keep_form(person.public_id, "X", path, [["a", str(n)]], had_files=False, at=at)
    rows = db.session.query(KeptForm).order_by(KeptForm.id).all()
    assert [row.fields[0][1] for row in rows] == [str(n) for n in range(4, 14)]


def test_no_text_for_a_closed_account(app) -> None:
    person = build.make_user(disabled_at=NOW)
    assert not kept_forms.keep_form(person.public_id, "X", "/x", [["a", "b"]], had_files=False, at=NOW)
    assert not kept_forms.keep_form("tidakada", "X", "/x", [["a", "b"]], had_files=False, at=NOW)


def test_texts_are_forgotten_after_a_month(app, clock_at) -> None:
    person = build.make_user()
    kept_forms.keep_form(person.public_id, "X", "/x", [["a", "b"]], had_files=False, at=NOW)
    db.session.commit()
    jobs.run_job("accounts.forget")
    assert db.session.query(KeptForm).count() == 1
    clock_at(NOW + timedelta(days=31))
    jobs.run_job("accounts.forget")
    assert db.session.query(KeptForm).count() == 0


def test_pages_ask_for_kept_texts_only_when_there_are_some(app, scene, client) -> None:
    sign_in(client, scene.captain)
    db.session.expunge_all()
    with counted_queries() as queries:
        client.get(scene.page)
    assert not [query for query in queries if "kept_forms" in query]


def test_the_list_costs_the_same_for_many(app, sign_in_as) -> None:
    person = build.make_user()
    client, counts = sign_in_as(person), []
    public_id = person.public_id
    for n in (1, 5):
        for k in range(n):
            kept_forms.keep_form(public_id, "X", f"/x/{n}/{k}", [["a", LONG]], had_files=False, at=NOW)
        db.session.commit()
        db.session.expunge_all()
        with counted_queries() as queries:
            assert client.get("/akun/tulisan").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert db.session.query(User).count() >= 1
