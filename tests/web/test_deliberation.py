"""A session of the jury and the progress page in the browser."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from innovate.core.db import db
from innovate.deliberation.models import SignOff
from innovate.events.domain.kinds import Role
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.notifications.models import OutboxMail
from innovate.scoring.models.jury import Assignment, AssignmentState, Conflict, ConflictSource
from innovate.scoring.models.late import Reopening
from tests.factories import build
from tests.factories.build import NOW
from tests.support.pages import fill, press
from tests.support.queries import counted_queries

ROOM = "/k/lomba/kelola/sidang/1"
DESK = "/k/lomba/juri/sidang/1"
PROGRESS = "/k/lomba/kelola/kemajuan"


@pytest.fixture
def city(db_session, sign_in_as):
    """Two jurors on two entries, everything handed in; the first entry is disputed."""
    event = build.make_event(slug="lomba", shift_days=-17)
    round_ = build.make_round(event)
    people = {}
    for name, role in (
        ("Ketua", Role.CHAIR),
        ("Ana", Role.JUROR),
        ("Budi", Role.JUROR),
        ("Cici", Role.JUROR),
    ):
        people[name] = build.make_user(name=name)
        build.give_role(event, people[name], role)
    people["Panitia"] = build.make_user(name="Panitia")
    build.give_role(event, people["Panitia"], Role.ORGANIZER)
    titles = ("TENANG", "RAMAI")
    ideas = [
        build.make_idea(build.make_team(event, name=f"Tim {t}"), state=IdeaState.ELIGIBLE, title=t, number=n)
        for n, t in enumerate(titles, 1)
    ]
    seats = {}
    for idea, marks in zip(ideas, ((4, 4), (2, 5)), strict=True):
        for name, mark in zip(("Ana", "Budi"), marks, strict=True):
            seat = seats[name, idea.title] = build.make_assignment(round_, idea, people[name])
            build.make_ballot(seat, [mark] * 5)
    db.session.commit()
    clients = {name: sign_in_as(user) for name, user in people.items()}
    return SimpleNamespace(event=event, round=round_, people=people, ideas=ideas, seats=seats, **clients)


def _open(city, reason: str = ""):
    return fill(city.Ketua, ROOM, to=f"{ROOM}/buka", **({"reason": reason} if reason else {}))


def _amend(city, mark: str, reason: str = "Salah membaca lampiran"):
    """Ana opens her own ballot of the disputed entry and hands in other marks."""
    card = f"/k/lomba/juri/karya/{city.seats['Ana', 'RAMAI'].public_id}"
    assert press(city.Ana, card, f"{card}/buka", version="1", alasan=reason).status_code == 302
    marks = {f"nilai-{each.id}": mark for each in db.session.query(build.Criterion)}
    return fill(city.Ana, card, having="version", langkah="ajukan", **marks)


def test_the_whole_way(city) -> None:
    assert city.Ana.get(DESK).status_code == 404
    assert "4 dari 4 lembar nilai diajukan" in city.Ketua.get(ROOM).text
    assert _open(city).status_code == 302
    assert db.session.query(OutboxMail).filter_by(template="deliberation_opened").count() == 2
    page = city.Ana.get(DESK).text
    assert page.index("RAMAI") < page.index("TENANG")  # disagreements first
    assert "100,00" in page
    assert "Tim RAMAI" not in page
    assert press(city.Ana, DESK, f"{DESK}/setuju", stamp="lain").status_code == 422
    assert fill(city.Ana, DESK, to=f"{DESK}/setuju", having="stamp").status_code == 302
    assert fill(city.Budi, DESK, to=f"{DESK}/setuju", having="stamp").status_code == 302
    assert "2 dari 2 juri mengesahkan" in city.Ketua.get(ROOM).text
    assert _amend(city, "4").status_code == 302
    room = city.Ketua.get(ROOM).text
    assert "0 dari 2 juri mengesahkan" in room
    assert "Salah membaca lampiran" in room
    assert "25,00 → 75,00" in room
    assert "Perlu disahkan lagi" in room
    assert "Mohon periksa dan setujui lagi" in city.Budi.get(DESK).text
    assert fill(city.Budi, DESK, to=f"{DESK}/setuju", having="stamp").status_code == 302
    assert db.session.query(SignOff).count() == 3  # the outdated ones are kept
    results = city.Panitia.get("/k/lomba/kelola/hasil/1").text
    assert "1 dari 2 juri mengesahkan" in results
    assert press(city.Ketua, ROOM, f"{ROOM}/tutup").status_code == 302
    closed = city.Budi.get(DESK).text
    assert "Sidang sudah ditutup" in closed
    assert "TENANG" not in closed


def test_without_rounds_the_tab_says_so(db_session, sign_in_as) -> None:
    event, chair = build.make_event(slug="kosong"), build.make_user()
    build.give_role(event, chair, Role.CHAIR)
    db.session.commit()
    answer = sign_in_as(chair).get("/k/kosong/kelola/sidang/1")
    assert (answer.status_code, "Belum ada babak penilaian" in answer.text) == (200, True)


def test_amending_needs_a_reason_and_one_permission(city) -> None:
    _open(city)
    card = f"/k/lomba/juri/karya/{city.seats['Ana', 'RAMAI'].public_id}"
    refused = press(city.Ana, card, f"{card}/buka", version="1", alasan="")
    assert refused.status_code == 422
    db.session.rollback()
    assert db.session.query(Reopening).count() == 0
    _amend(city, "3")
    (grant,) = db.session.query(Reopening)
    assert (grant.granted_by_id, grant.ended_at is not None) == (city.people["Ketua"].id, True)


def test_opening_early_needs_a_reason(city) -> None:
    build.make_assignment(city.round, city.ideas[0], city.people["Cici"])
    db.session.commit()
    refused = fill(city.Ketua, ROOM, to=f"{ROOM}/buka", having="reason", reason="")
    assert (refused.status_code, "1 nilai belum diajukan" in refused.text) == (422, True)
    assert _open(city, "Cici sakit").status_code == 302
    assert "Cici sakit" in city.Ketua.get(ROOM).text


def test_a_juror_with_a_conflict_never_meets_the_entry(city) -> None:
    _open(city)
    idea = city.ideas[1]
    entry = f"{DESK}/karya/{idea.public_id}"
    assert city.Cici.get(entry).status_code == 200
    said = {"source": ConflictSource.DECLARED, "reason": "Saudara", "declared_by_id": city.people["Cici"].id}
    values = {"event_id": city.event.id, "idea_id": idea.id, "user_id": city.people["Cici"].id}
    build.add(Conflict(**values, **said, at=NOW))
    db.session.commit()
    _amend(city, "4")
    page = city.Cici.get(DESK).text
    assert "RAMAI" not in page
    assert "TENANG" in page
    assert city.Cici.get(entry).status_code == 404
    assert city.Cici.post(entry, data={"text": "Halo"}).status_code == 404


def test_notes_have_an_author(city) -> None:
    _open(city)
    entry = f"{DESK}/karya/{city.ideas[1].public_id}"
    assert fill(city.Budi, entry, text="Lampiran ketiga meyakinkan").status_code == 302
    empty = fill(city.Budi, entry, text=" ")
    assert empty.status_code == 422
    page = city.Ketua.get(f"{ROOM}/karya/{city.ideas[1].public_id}").text
    assert "Lampiran ketiga meyakinkan" in page
    assert "Budi" in page


def test_reminding_those_who_have_not_signed(city) -> None:
    _open(city)
    fill(city.Ana, DESK, to=f"{DESK}/setuju", having="stamp")
    assert press(city.Ketua, ROOM, f"{ROOM}/ingatkan").status_code == 302
    assert [m.user_id for m in db.session.query(OutboxMail).filter_by(template="deliberation_sign")] == [
        city.people["Budi"].id
    ]
    assert press(city.Ketua, ROOM, f"{ROOM}/ingatkan").status_code == 422


def test_progress_is_sealed_from_the_chair_and_closed_to_jurors(city) -> None:
    assert city.Ana.get(PROGRESS).status_code == 404
    staff, chair = city.Panitia.get(PROGRESS).text, city.Ketua.get(PROGRESS).text
    assert "Rata-rata panel 68,8" in staff
    assert "Rata-rata panel" not in chair
    assert "terlihat oleh ketua setelah" in chair


def test_reminding_and_its_quiet_period(city) -> None:
    build.make_assignment(city.round, city.ideas[0], city.people["Cici"])
    db.session.commit()
    answer = press(city.Ketua, PROGRESS, f"{PROGRESS}/1/ingatkan", juri=city.people["Cici"].public_id)
    assert answer.status_code == 302
    assert "berikutnya dari" in city.Ketua.get(PROGRESS).text
    assert press(city.Ketua, PROGRESS, f"{PROGRESS}/1/ingatkan").status_code == 422


@pytest.mark.parametrize("chosen", [True, False])
def test_replacing_a_juror(city, chosen) -> None:
    third = build.make_idea(build.make_team(city.event), state=IdeaState.ELIGIBLE, title="BARU", number=9)
    build.make_assignment(city.round, third, city.people["Ana"])
    db.session.commit()
    path = f"{PROGRESS}/1/ganti/{city.people['Ana'].public_id}"
    assert "1 karya belum diajukan" in city.Ketua.get(path).text
    others = {"others": city.people["Cici"].public_id} if chosen else {}
    answer = fill(city.Ketua, path, having="reason", reason="Sakit", **others)
    assert answer.status_code == 302
    assert answer.location.endswith("/kelola/kemajuan?babak=1" if chosen else "/kelola/penugasan/1/undian")
    held = db.session.query(Assignment).filter_by(idea_id=third.id, state=AssignmentState.ACTIVE).all()
    assert [seat.user_id for seat in held] == ([city.people["Cici"].id] if chosen else [])
    mine = db.session.query(Assignment).filter_by(user_id=city.people["Ana"].id, state=AssignmentState.ACTIVE)
    assert mine.count() == 2  # what was handed in stays


@pytest.mark.parametrize(("name", "path"), [("Ketua", ROOM), ("Ana", DESK), ("Panitia", PROGRESS)])
def test_a_page_costs_the_same_with_more_entries(city, name, path) -> None:
    _open(city)
    client = getattr(city, name)
    keys = city.event.id, city.round.id, [city.people[juror].id for juror in ("Ana", "Budi")]
    client.get(path)
    db.session.expunge_all()
    with counted_queries() as few:
        client.get(path)
    event, round_ = db.session.get(build.Event, keys[0]), db.session.get(build.Round, keys[1])
    jurors = [db.session.get(build.User, key) for key in keys[2]]
    for n in range(3):
        idea = build.make_idea(build.make_team(event), state=IdeaState.ELIGIBLE, number=20 + n)
        for juror in jurors:
            build.make_ballot(build.make_assignment(round_, idea, juror), [n + 1] * 5)
    db.session.commit()
    db.session.expunge_all()
    with counted_queries() as more:
        client.get(path)
    assert len(few) == len(more)
