"""Pages of the public vote: choosing, confirming, and that nobody learns totals before the closing."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from innovate.core.db import db
from innovate.events.domain.kinds import PhaseKind, Role
from innovate.events.domain.seal import BoardState as S
from innovate.events.models import Prize
from innovate.events.queries import get_actor
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.notifications.models import OutboxMail
from innovate.voting.domain.stages import PollState
from innovate.voting.models import Poll, PollEntry, Vote, VoteChoice, VoteVoid
from innovate.voting.queries import packs
from innovate.voting.services import counting
from tests.factories.boards import climb
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
from tests.factories.votes import entries_of, make_poll, make_void, make_vote
from tests.support.queries import counted_queries

TITLES = ("PARIT KITA", "PECI HAJI", "SIPUTRI", "SIAGA PASANG")
WHY = "Dicatat dalam rapat panitia."


@pytest.fixture
def event(db_session):
    return make_event(slug="lomba", shift_days=-17)


@pytest.fixture
def organizer(event):
    user = make_user()
    give_role(event, user, Role.ORGANIZER)
    return user


@pytest.fixture
def actor(event, organizer):
    return get_actor(event.slug, organizer)


@pytest.fixture
def ideas(event):
    return [
        make_idea(make_team(event), state=IdeaState.ELIGIBLE, title=title, in_gallery=True)
        for title in TITLES
    ]


@pytest.fixture
def poll(event, organizer, ideas) -> Poll:
    return make_poll(event, organizer, *ideas)


@pytest.fixture
def page(poll) -> str:
    return f"/k/lomba/favorit/{poll.public_id}"


@pytest.fixture
def room(poll) -> str:
    return f"/k/lomba/kelola/suara-publik/{poll.public_id}"


def token(client, path: str) -> dict[str, str]:
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get(path).text)
    return {"csrf_token": found[1]} if found else {}


def order(text: str) -> list[str]:
    return re.findall(r"<b>([A-Z ]+)</b>", text)


def link() -> str:
    mail = db.session.query(OutboxMail).order_by(OutboxMail.id.desc()).first()
    return str(mail.context["path"])


# -- choosing ---------------------------------------------------------------------------------------------------------


def test_every_visitor_has_an_order_of_their_own_that_stays(app, page):
    orders = []
    for _ in range(12):
        person = app.test_client()
        person.set_cookie("innovate_order", f"{len(orders):016x}")
        orders.append(tuple(order(person.get(page).text)))
        assert tuple(order(person.get(page).text)) == orders[-1]
    assert len(set(orders)) > 4
    assert {tuple(sorted(each)) for each in orders} == {tuple(sorted(TITLES))}
    first = app.test_client()
    text = first.get(page)
    assert order(first.get(page).text) == order(text.text)  # the cookie that came with the first look
    assert "no-store" in text.headers["Cache-Control"]


def test_a_filter_keeps_what_was_chosen(client, page, poll):
    chosen = entries_of(poll)[0].public_id
    text = client.get(f"{page}?q=siaga&pilih={chosen}").text
    assert sorted(order(text)) == ["PARIT KITA", "SIAGA PASANG"]
    assert re.search(rf'value="{chosen}"[^>]*checked', text)


def test_names_stay_out_while_a_blind_jury_judges(client, event, page, ideas):
    round_ = make_round(event, is_blind=True)
    team = ideas[0].team_id
    name = db.session.get_one(type(make_team(event)), team).name
    assert name not in client.get(page).text
    round_.is_blind = False
    db.session.commit()
    assert name in client.get(page).text


def test_from_the_choice_to_the_counted_vote(client, page, poll, ideas):
    chosen = entries_of(poll)[1].public_id
    give = f"{page}/suara"
    assert "PECI HAJI" in client.get(f"{give}?pilih={chosen}").text
    answer = client.post(give, data={"pilih": chosen, "email": "Budi@Gmail.com"})
    assert answer.location.endswith("/terkirim")
    assert "gmail" not in client.get(answer.location).text
    path = link()
    stranger = client.application.test_client()
    text = stranger.get(path).text  # as a scanner of mails would
    assert "Konfirmasi suara saya" in text
    assert db.session.query(Vote).count() == 0
    assert stranger.post(path, data={"act": "sahkan"}).location.endswith(path)
    assert "Suara Anda dihitung untuk" in stranger.get(path).text
    other = entries_of(poll)[2].public_id
    stranger.post(path, data={"act": "ganti", "pilih": other})
    assert "<b>SIPUTRI</b>" in stranger.get(path).text
    stranger.post(path, data={"act": "tarik"})
    assert "ditarik" in stranger.get(path).text
    assert db.session.query(Vote).one().withdrawn_at == NOW


def test_a_voter_is_answered_like_anybody_else(client, page, poll):
    entry = entries_of(poll)[0]
    make_vote(poll, entry, address="sudah@kantor.example", secret=client.application.config["SECRET_KEY"])
    answers = [
        client.post(f"{page}/suara", data={"pilih": entry.public_id, "email": address})
        for address in ("sudah@kantor.example", "belum@kantor.example")
    ]
    assert {answer.location for answer in answers} == {f"{page}/terkirim"}
    assert "Ganti pilihan" in client.get(link()).text


@pytest.mark.parametrize("address", ["", "bukan surel", "a@b"])
def test_a_wrong_address_keeps_the_choice(client, page, poll, address):
    chosen = entries_of(poll)[0].public_id
    answer = client.post(f"{page}/suara", data={"pilih": chosen, "email": address})
    assert answer.status_code == 422
    assert f'name="pilih" value="{chosen}"' in answer.text
    assert db.session.query(OutboxMail).count() == 0


def test_too_many_choices_are_said_and_kept(client, page, poll):
    keys = [entry.public_id for entry in entries_of(poll)[:2]]
    answer = client.get(f"{page}/suara?pilih={keys[0]}&pilih={keys[1]}")
    assert answer.status_code == 422
    assert "Paling banyak 1 karya" in answer.text
    assert client.get(f"{page}/suara").status_code == 422
    assert client.post(f"{page}/suara", data={"pilih": keys[0], "email": "a@b.example"}).status_code == 302


def test_whoever_is_signed_in_votes_without_a_mail(sign_in_as, page, poll):
    person = sign_in_as(make_user(email="sri.rahayu@gmail.com"))
    keys = [entry.public_id for entry in entries_of(poll)]
    assert person.post(f"{page}/suara", data={"pilih": keys[0]}).location.endswith("/suara-saya")
    assert "<b>PARIT KITA</b>" in person.get(f"{page}/suara-saya").text
    person.post(f"{page}/suara-saya", data={"act": "ganti", "pilih": keys[1]})
    assert "<b>PECI HAJI</b>" in person.get(f"{page}/suara-saya").text
    assert db.session.query(Vote).count() == 1
    assert db.session.query(OutboxMail).count() == 0


def test_whoever_was_voided_or_forgotten_is_not_told_that_it_counts(sign_in_as, organizer, page, poll):
    person = sign_in_as(make_user(email="sri@kantor.example"))
    first, second, *_rest = entries_of(poll)
    own = f"{page}/suara-saya"
    assert (
        "Suara Anda dihitung"
        in person.post(f"{page}/suara", data={"pilih": first.public_id}, follow_redirects=True).text
    )
    make_void(poll, organizer, db.session.query(Vote).one())
    changed = person.post(own, data={"act": "ganti", "pilih": second.public_id}, follow_redirects=True).text
    assert "Panitia tidak menghitung suara ini" in changed
    assert "Suara Anda dihitung" not in changed
    db.session.query(Vote).one().voter, poll.salt, poll.forgotten_at = "x", "", NOW
    db.session.commit()
    assert "Anda belum memberi suara" not in person.get(own).text


def test_an_unconfirmed_account_is_no_proof_of_an_address(sign_in_as, page, poll):
    person = sign_in_as(make_user(email_verified_at=None))
    chosen = entries_of(poll)[0].public_id
    assert person.get(f"{page}/suara-saya").status_code == 410
    assert person.post(f"{page}/suara", data={"pilih": chosen}).status_code == 422
    assert db.session.query(Vote).count() == 0


def test_links_of_others_open_nothing(client, page, poll, event, organizer, ideas):
    chosen = entries_of(poll)[0].public_id
    client.post(f"{page}/suara", data={"pilih": chosen, "email": "a@b.example"})
    elsewhere = make_poll(event, organizer, *ideas)
    key = link().rpartition("/")[2]
    for path in (f"{page}/tautan/{key}x", f"/k/lomba/favorit/{elsewhere.public_id}/tautan/{key}"):
        assert client.post(path, data={"act": "sahkan"}).status_code == 410
    assert client.post(link(), data={"act": "lain"}).status_code == 422
    assert db.session.query(Vote).count() == 0


def test_drafts_are_nobodys(client, page, poll):
    poll.state = PollState.DRAFT
    db.session.commit()
    assert client.get(page).status_code == 404
    assert client.post(f"{page}/suara", data={"pilih": "x", "email": "a@b.example"}).status_code == 404


# -- hidden totals ----------------------------------------------------------------------------------------------------

DOORS = (
    "/k/lomba",
    "/k/lomba/favorit/{id}",
    "/k/lomba/favorit/{id}/terkirim",
    "/k/lomba/kelola/suara-publik",
    "/k/lomba/kelola/suara-publik/{id}",
    "/k/lomba/kelola/suara-publik/{id}/atur",
    "/k/lomba/kelola/suara-publik/{id}/periksa",
    "/k/lomba/kelola/suara-publik/{id}/hasil",
    "/k/lomba/kelola/audit",
    "/k/lomba/kelola/pesan",
    "/k/lomba/galeri",
    "/k/lomba/peringkat",
)


@pytest.mark.parametrize("who", ["visitor", "captain", "juror", "organizer", "auditor"])
def test_no_door_tells_how_votes_are_spread_while_the_vote_runs(
    app, sign_in_as, event, organizer, poll, ideas, who
):
    """The same number of votes, spread the other way round: every page of everybody stays the same to the letter."""
    people = {"organizer": organizer, "captain": make_user(), "juror": make_user(), "auditor": make_user()}
    give_role(event, people["juror"], Role.JUROR)
    give_role(event, people["auditor"], Role.AUDITOR)
    person = app.test_client() if who == "visitor" else sign_in_as(people[who])
    first, second = entries_of(poll)[:2]
    votes = [
        make_vote(poll, first, network="198.51.100.1", at=NOW + n * timedelta(seconds=9)) for n in range(9)
    ]
    before = look(person, poll)
    for vote in votes:
        db.session.query(VoteChoice).filter_by(vote_id=vote.id).update({"entry_id": second.id})
    db.session.commit()
    assert look(person, poll) == before
    assert before[f"/k/lomba/kelola/suara-publik/{poll.public_id}/hasil"][0] in {302, 404}


def look(person, poll) -> dict[str, tuple[int, str]]:
    """What every door answers, without what differs from one answer to the next anyway."""
    found = {}
    for door in DOORS:
        path = door.format(id=poll.public_id)
        answer = person.get(path)
        text = re.sub(r'(name="(?:csrf_token|form_owner)"[^>]*value=|nonce=)"[^"]+"', "", answer.text)
        found[path] = (answer.status_code, text)
    return found


# -- the organizer's rooms --------------------------------------------------------------------------------------------


def test_an_organizer_sets_a_vote_up_and_opens_it(sign_in_as, organizer, ideas):
    person = sign_in_as(organizer)
    base = "/k/lomba/kelola/suara-publik"
    form = {
        "name": "Favorit warga",
        "pool": "all",
        "opens_at": "2026-11-23T08:00",
        "closes_at": "2026-11-25T17:00",
        "cap": "2",
        "winners": "1",
        "excludes_winners": "y",
    }
    wrong = person.post(f"{base}/baru", data=form | {"closes_at": "2026-11-22T08:00"})
    assert wrong.status_code == 422
    assert "Favorit warga" in wrong.text
    # the first cannot be told in the world's time, the others are slips
    for year in ("0001", "0026", "9999"):
        typed = f"{year}-01-01T00:00"
        odd = person.post(f"{base}/baru", data=form | {"opens_at": typed})
        assert (odd.status_code, typed in odd.text, "Periksa tahunnya" in odd.text) == (422, True, True)
    made = person.post(f"{base}/baru", data=form)
    assert "Draf" in person.get(made.location).text
    person.post(f"{made.location}/buka")
    text = person.get(made.location).text
    poll = db.session.query(Poll).one()
    assert f"/k/lomba/favorit/{poll.public_id}" in text
    assert poll.closes_at.hour == 10  # 17.00 WIB
    assert "Juara dan Harapan" in text
    assert "Favorit warga" in person.get("/k/lomba").text
    person.post(f"{made.location}/perpanjang", data={"until": "2026-11-26T17:00", "reason": WHY})
    db.session.refresh(poll)
    assert poll.closes_at.day == 26
    short = person.post(f"{made.location}/tutup", data={"reason": "x"})
    assert short.status_code == 422
    person.post(f"{made.location}/tutup", data={"reason": WHY})
    assert "Ditutup, belum dihitung" in person.get(made.location).text


def test_votes_are_questioned_voided_and_counted_again(sign_in_as, organizer, poll, room):
    person = sign_in_as(organizer)
    votes = [make_vote(poll, entries_of(poll)[0], address=f"warga{n}@contoh.example") for n in range(4)]
    text = person.get(f"{room}/periksa").text
    assert "Alamat yang hanya berbeda angka" in text
    assert "contoh.example" in text
    assert "warga" not in re.sub(r"<nav.*?</nav>", "", text, flags=re.DOTALL).replace(
        "Tautan untuk warga", ""
    )
    keys = {"votes": [vote.public_id for vote in votes[:3]], "question": "series-x"}
    assert person.post(f"{room}/periksa", data=keys | {"reason": "x"}).status_code == 422
    person.post(f"{room}/periksa", data=keys | {"reason": WHY})
    assert WHY in person.get(f"{room}/periksa").text
    void = db.session.query(VoteVoid).one()
    person.post(f"{room}/pembatalan/{void.public_id}", data={"reason": WHY})
    db.session.refresh(void)
    assert void.lifted_reason == WHY


def test_the_outcome_from_the_count_to_the_winners(
    client, sign_in_as, event, organizer, poll, ideas, room, page
):
    round_ = make_round(event)
    add(Prize(event_id=event.id, name="Juara I", rank=1))
    for idea, mark in zip(ideas, (5, 4, 3, 2), strict=True):
        make_ballot(make_assignment(round_, idea, make_user()), [mark] * 5)
    for entry, number in zip(entries_of(poll), (5, 2, 2, 0), strict=True):
        for _ in range(number):
            make_vote(poll, entry)
    poll.closes_at = NOW - timedelta(minutes=1)
    climb(event, organizer, S.COLLECTING, S.PROVISIONAL, S.FROZEN)
    person = sign_in_as(organizer)
    text = person.get(f"{room}/hasil").text
    assert "Juara I, tidak ikut dihitung" in text
    assert "Sama banyak" in text
    keys = [entry.public_id for entry in entries_of(poll)]
    assert person.post(f"{room}/hasil", data={"chosen": keys[1]}).status_code == 422
    person.post(f"{room}/hasil", data={"chosen": keys[1], "reason": WHY})
    assert "PECI HAJI" in person.get("/k/lomba/kelola/hasil/1/penghargaan").text
    sealed = client.get(page).text
    assert "Hasilnya tampil di sini bersama pengumuman" in sealed
    assert "Juara I" not in sealed
    assert not re.search(r"Juara Favorit: PECI HAJI", client.get("/k/lomba/peringkat").text)
    climb(event, organizer, S.FROZEN, S.SIGNED, S.ANNOUNCED)
    db.session.commit()
    shown = client.get(page).text
    assert WHY in shown
    assert "Juara I, tidak ikut dihitung" in shown
    for path in ("/k/lomba", "/k/lomba/peringkat"):
        assert "Juara Favorit: PECI HAJI" in client.get(path).text
    gallery = client.get("/k/lomba/galeri").text
    assert gallery.index("PARIT KITA") < gallery.index("PECI HAJI") < gallery.index("SIPUTRI")
    assert "Juara Favorit" in gallery
    ceremony = person.get("/k/lomba/kelola/hasil/1/upacara").text
    assert "Juara Favorit" in ceremony
    awards = person.get("/k/lomba/kelola/hasil/1/penghargaan").text
    assert "Dipilih publik dengan 2 suara." in awards
    assert f"{room}/hasil/batal" in person.get(f"{room}/hasil").text


def test_an_earlier_announcement_does_not_move_the_favourite_up(client, event, organizer, poll, ideas):
    round_ = make_round(event)
    make_round(event, PhaseKind.FINAL)
    for idea in ideas:
        make_ballot(make_assignment(round_, idea, make_user()), [3] * 5)
    poll.excludes_winners, poll.closes_at = False, NOW - timedelta(minutes=1)
    climb(event, organizer)
    before = client.get("/k/lomba/galeri").text
    make_vote(poll, entries_of(poll)[3])
    counting.count_poll(get_actor("lomba", organizer), poll.public_id, chosen=(), reason="", at=NOW)
    db.session.commit()
    assert order(client.application.test_client().get("/k/lomba/galeri").text) == order(before)


def test_pages_ask_as_often_for_many_as_for_few(client, sign_in_as, event, organizer, poll, page, room):
    person = sign_in_as(organizer)
    paths = ((client, page), (person, room), (person, f"{room}/periksa"))

    def count() -> list[int]:
        found = []
        for who, path in paths:
            with counted_queries() as queries:
                assert who.get(path).status_code == 200
            found.append(len(queries))
        return found

    count()
    few = count()
    for _n in range(12):
        idea = make_idea(make_team(event), state=IdeaState.ELIGIBLE, in_gallery=True)
        make_vote(poll, add(PollEntry(poll_id=poll.id, idea_id=idea.id)), network="198.51.100.1")
    db.session.commit()
    assert count() == few


def test_the_committees_workbook_tells_outcomes_once_they_are_public(event, organizer, actor, poll, ideas):
    vote = make_vote(poll, entries_of(poll)[0], address="rahasia@kantor.example")
    make_vote(poll, entries_of(poll)[1])
    make_void(poll, organizer, vote)
    counting.count_poll(actor, poll.public_id, chosen=(), reason="", at=poll.closes_at)
    assert list(packs.iter_totals(event.id)) == []
    counting.set_published(actor, poll.public_id, published=True, at=poll.closes_at)
    rows = list(packs.iter_totals(event.id))
    assert rows[0][2:5] == ("PECI HAJI", 1, True)
    [(name, number, reason, *_rest)] = packs.iter_voids(event.id)
    assert (name, number, reason) == ("Juara Favorit", 1, "Alamatnya bernomor urut.")
    assert "rahasia" not in str(rows)
    assert packs.find_last_move(event.id) == poll.closes_at
