"""What a juror's device asks for and sends; receipts; the chair's room for late ballots."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import text

from innovate.core.db import db
from innovate.events.domain.kinds import Role
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.scoring.models.ballots import Ballot, BallotChange
from innovate.scoring.models.late import LateBallot
from innovate.scoring.models.receipts import BallotReceipt
from tests.factories import build
from tests.factories.build import NOW
from tests.support.queries import counted_queries

JSON = {"Accept": "application/json"}


@pytest.fixture
def desk(app):
    class Desk:
        pass

    desk = Desk()
    event = build.make_event(shift_days=-17)
    build.make_field(event)
    round_ = build.make_round(event)
    desk.juror, desk.chair = build.make_user(name="Hendra Juri"), build.make_user(name="Ketua Juri")
    desk.other = build.make_user()
    build.give_role(event, desk.juror, Role.JUROR)
    build.give_role(event, desk.other, Role.JUROR)
    build.give_role(event, desk.chair, Role.CHAIR)
    desk.seats = []
    for n in range(1, 4):
        idea = build.make_idea(build.make_team(event), state=IdeaState.ELIGIBLE, title=f"PARIT {n}", number=n)
        desk.seats.append(build.make_assignment(round_, idea, desk.juror))
    db.session.commit()
    desk.slug, desk.round_id = event.slug, round_.id
    desk.keys = [c.id for c in db.session.query(build.Criterion).filter_by(rubric_id=round_.rubric_id)]
    desk.base = f"/k/{event.slug}"
    desk.cards = [f"{desk.base}/juri/karya/{seat.public_id}" for seat in desk.seats]
    desk.card = desk.cards[0]
    return desk


def sheet(desk, client, *values, version="0", **more):
    token = client.get("/pekerja/sesi", headers=JSON).get_json()["token"]
    given = {f"nilai-{key}": value for key, value in zip(desk.keys, values, strict=False)}
    return {"csrf_token": token, "version": version, **given, **more}


def late(desk, client, **more):
    clockless = {"key": "perangkat-1", "handed_in": "1", "written_at": "2026-12-01T01:00:00.000Z"}
    data = sheet(desk, client, *"44325", **{**clockless, **more})
    return client.post(f"{desk.card}/terlambat", data=data, headers=JSON)


def test_the_list_names_what_may_be_kept_and_for_whom(desk, sign_in_as):
    client = sign_in_as(desk.juror)
    found = client.get(f"{desk.base}/juri/luring", headers=JSON).get_json()
    assert found["owner"] == desk.juror.public_id
    assert [item["title"] for item in found["items"]] == ["PARIT 1", "PARIT 2", "PARIT 3"]
    assert any(url.endswith("/modules/device-sync.js") for url in found["assets"])
    for url in found["assets"]:
        with client.get(url) as answer:
            assert answer.status_code == 200, url
    assert found["until"] == (NOW + timedelta(days=8)).isoformat()
    page = client.get(found["items"][0]["page"]).text
    assert f'data-unsent="{desk.juror.public_id}"' in page


def test_undeclared_removed_and_closed_entries_are_not_kept(desk, sign_in_as, clock_at):
    desk.seats[0].cleared_at = None
    desk.seats[1].state = "removed"
    db.session.commit()
    client = sign_in_as(desk.juror)
    found = client.get(f"{desk.base}/juri/luring", headers=JSON).get_json()
    assert [item["title"] for item in found["items"]] == ["PARIT 3"]
    assert sign_in_as(desk.other).get(f"{desk.base}/juri/luring").get_json()["items"] == []
    clock_at(NOW + timedelta(days=9))
    assert client.get(f"{desk.base}/juri/luring").get_json()["items"] == []


def test_the_worker_is_new_with_each_build_and_stands_for_every_event_page(client):
    answer = client.get("/pekerja.js")
    assert answer.headers["Service-Worker-Allowed"] == "/k/"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.mimetype == "text/javascript"
    assert re.match(r'const BUILD = "[0-9a-f]{12}";\n', answer.text)
    assert "worker-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "Set-Cookie" not in answer.headers


def test_whose_session_this_is_is_told_to_its_owner_only(desk, client, sign_in_as):
    assert client.get("/pekerja/sesi", headers=JSON).status_code == 401
    assert sign_in_as(desk.juror).get("/pekerja/sesi").get_json()["owner"] == desk.juror.public_id


def test_handing_in_from_a_script_leaves_a_receipt(desk, sign_in_as):
    client = sign_in_as(desk.juror)
    answer = client.post(f"{desk.card}/ajukan", data=sheet(desk, client, *"44325"), headers=JSON)
    assert (answer.status_code, answer.get_json()["submitted"]) == (200, True)
    assert answer.get_json()["next"].endswith(desk.seats[1].public_id)
    receipt = db.session.query(BallotReceipt).one()
    listed = client.get(f"{desk.base}/juri/tanda-terima").text
    assert receipt.public_id.upper()[:4] in listed
    page = client.get(f"{desk.base}/juri/tanda-terima/{receipt.public_id}").text
    assert receipt.digest in page
    assert "65,00" in page
    assert sign_in_as(desk.other).get(f"{desk.base}/juri/tanda-terima/{receipt.public_id}").status_code == 404


def test_an_incomplete_hand_in_and_a_missing_token_change_nothing(desk, sign_in_as):
    client = sign_in_as(desk.juror)
    answer = client.post(f"{desk.card}/ajukan", data=sheet(desk, client, "4"), headers=JSON)
    assert answer.status_code == 422
    assert "Keberlanjutan" in answer.get_json()["message"]
    assert db.session.query(Ballot).count() == 0


def test_a_stale_hand_in_answers_with_what_stands(desk, sign_in_as):
    client = sign_in_as(desk.juror)
    client.post(f"{desk.card}/simpan", data=sheet(desk, client, "5"), headers=JSON)
    answer = client.post(f"{desk.card}/ajukan", data=sheet(desk, client, *"44325"), headers=JSON)
    assert answer.status_code == 409
    assert answer.get_json()["current"]["values"] == {str(desk.keys[0]): "5.00"}


def test_the_version_that_was_not_chosen_goes_into_the_history_the_chair_reads(desk, sign_in_as):
    client = sign_in_as(desk.juror)
    client.post(f"{desk.card}/simpan", data=sheet(desk, client, "5"), headers=JSON)
    data = sheet(desk, client, "2", comment_team="Yang lama")
    assert client.post(f"{desk.card}/versi-lain", data=data, headers=JSON).get_json() == {"kept": True}
    assert db.session.query(BallotChange).one().before["comment_team"] == "Yang lama"
    page = sign_in_as(desk.chair).get(f"{desk.base}/kelola/panel/lembar/{desk.seats[0].public_id}").text
    assert "Versi lain yang tidak dipilih oleh Hendra Juri" in page


def test_late_only_when_it_is_late_and_only_ones_own(desk, sign_in_as, clock_at):
    client = sign_in_as(desk.juror)
    assert late(desk, client).get_json()["open"] is True
    assert late(desk, sign_in_as(desk.other)).status_code == 404
    clock_at(NOW + timedelta(days=9))
    answer = late(desk, client)
    assert answer.get_json() == {"late": db.session.query(LateBallot).one().public_id}
    assert late(desk, client, key="x").status_code == 422
    assert "Nilai Anda sampai terlambat" in client.get(desk.card).text


def test_a_device_clock_that_makes_no_sense_is_not_believed(desk, sign_in_as, clock_at):
    clock_at(NOW + timedelta(days=9))
    late(desk, sign_in_as(desk.juror), written_at="+275760-09-13T00:00:00.000Z")
    row = db.session.query(LateBallot).one()
    assert (row.written_at, row.arrived_at) == (None, NOW + timedelta(days=9))


def test_a_juror_who_left_still_delivers_what_they_wrote(desk, sign_in_as):
    client = sign_in_as(desk.juror)
    db.session.execute(text("UPDATE assignments SET state = 'removed'"))
    db.session.execute(text("UPDATE event_roles SET revoked_at = '2026-11-23 00:00:00'"))
    db.session.commit()
    assert client.get(desk.card).status_code == 404
    assert late(desk, client).get_json()["late"]


def test_the_chair_decides_with_a_reason(desk, sign_in_as, clock_at):
    clock_at(NOW + timedelta(days=9))
    late(desk, sign_in_as(desk.juror))
    row = db.session.query(LateBallot).one()
    chair = sign_in_as(desk.chair)
    assert "1 nilai terlambat menunggu keputusan" in chair.get(f"{desk.base}/kelola/panel").text
    address = f"{desk.base}/kelola/terlambat/{row.public_id}"
    page = chair.get(address).text
    assert "Selasa, 1 Desember 2026 pukul 08.00 WIB" in page  # on the device
    assert "Rabu, 2 Desember 2026 pukul 09.30 WIB" in page  # at the server
    token = re.search(r'name="csrf_token" value="([^"]+)"', page).group(1)
    refused = chair.post(address, data={"csrf_token": token, "reason": "", "putusan": "hitung"})
    assert refused.status_code == 422
    done = chair.post(address, data={"csrf_token": token, "reason": "Sinyal putus", "putusan": "hitung"})
    assert done.status_code == 302
    assert db.session.query(Ballot).one().total == 65.0
    assert "Sinyal putus" in chair.get(f"{desk.base}/kelola/terlambat").text


def test_the_number_of_queries_does_not_grow(desk, sign_in_as, clock_at):
    client, chair = sign_in_as(desk.juror), sign_in_as(desk.chair)
    counts = []
    for n in (1, 3):
        clock_at(NOW)
        for card in desk.cards[:n]:
            client.post(f"{card}/ajukan", data=sheet(desk, client, *"44325"), headers=JSON)
        clock_at(NOW + timedelta(days=9))
        for m in range(n):
            late(desk, client, key=f"perangkat-{n}-{m}", comment_team=f"{n}{m}")
        counts.append([queries_of(client, f"{desk.base}/juri/tanda-terima")])
        counts[-1].append(queries_of(client, f"{desk.base}/juri/luring"))
        counts[-1].append(queries_of(chair, f"{desk.base}/kelola/terlambat"))
    assert counts[0] == counts[1]


def queries_of(client, address):
    db.session.expunge_all()
    with counted_queries() as queries:
        assert client.get(address).status_code == 200
    return len(queries)
