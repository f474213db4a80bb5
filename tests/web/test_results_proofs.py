"""Proofs in the browser: nothing before the announcement, the organizer's choice, a juror's own, the public keys."""

from __future__ import annotations

import io
import json

import pytest

from innovate.core.db import db
from innovate.events.domain.kinds import Role
from innovate.events.domain.seal import BoardState as S
from innovate.events.queries import get_actor
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.results.domain.bundle.inputs import Publication
from innovate.results.domain.bundle.verifier.files import read_keys
from innovate.results.domain.bundle.verifier.whole import verify
from innovate.results.services import boards as board_services
from innovate.results.services.publishing import publish_bundle
from innovate.scoring.domain.rubric import Filled
from innovate.scoring.queries.ballots import get_sheet
from innovate.scoring.services.ballots import submit_ballot
from innovate.tasks.services import run_next
from tests.factories.boards import climb
from tests.factories.build import (
    NOW,
    give_role,
    make_assignment,
    make_event,
    make_idea,
    make_round,
    make_team,
    make_user,
)
from tests.factories.bundles import unpack

PUBLIC = "/k/lomba/peringkat/bukti.zip"
ROOM = "/k/lomba/kelola/hasil/1/bukti"
OWN = "/k/lomba/juri/bukti"
STEPS = (S.COLLECTING, S.PROVISIONAL, S.FROZEN, S.SIGNED, S.ANNOUNCED)


@pytest.fixture
def event(db_session):
    return make_event(slug="lomba", name="Lomba Kota", shift_days=-17)


@pytest.fixture
def people(event):
    make_round(event)
    found = {}
    for role in (Role.ORGANIZER, Role.AUDITOR, Role.CHAIR, Role.JUROR):
        found[role] = make_user(name=f"Petugas {role.value}")
        give_role(event, found[role], role)
    return found


@pytest.fixture
def scored(event, people):
    """One entry of group A that the juror scored through the product."""
    group = get_actor("lomba", None).event.groups[0].id
    round_ = board_services.get_board(event, 1).round
    idea = make_idea(make_team(event, group_id=group), state=IdeaState.ELIGIBLE, title="TERAS")
    seat = make_assignment(round_, idea, people[Role.JUROR])
    sheet = get_sheet("lomba", seat.public_id, people[Role.JUROR].id)
    filled = Filled(version=sheet.version, values=dict.fromkeys(sheet.criteria, "4"))
    submit_ballot(people[Role.JUROR], sheet, filled, at=NOW)
    return idea


@pytest.fixture
def move(event, people):
    def go(*states: S) -> None:
        climb(event, people[Role.ORGANIZER], *states)
        db.session.commit()

    return go


def test_nothing_leaves_before_the_announcement(scored, move, people, client, sign_in_as, event) -> None:
    auditor, juror = sign_in_as(people[Role.AUDITOR]), sign_in_as(people[Role.JUROR])
    move(*STEPS[:3])
    publish_bundle(event, 1, Publication.FULL, at=NOW)
    publish_bundle(event, 1, Publication.SUMMARY, at=NOW)
    for person in (client, juror, sign_in_as(people[Role.CHAIR]), auditor):
        assert person.get(PUBLIC).status_code == 404
    for person in (juror, sign_in_as(people[Role.CHAIR])):
        assert person.get(ROOM).status_code == 404
        assert person.get(f"{ROOM}.zip").status_code == 404
    assert auditor.get(f"{ROOM}.zip").status_code == 200
    assert "Menunggu pengumuman" in juror.get(OWN).text
    move(S.FROZEN, S.SIGNED, S.ANNOUNCED)
    assert client.get(PUBLIC).status_code == 404  # a closing checkpoint wants its own bundle
    assert run_next(lambda: NOW)
    assert client.get(PUBLIC).status_code == 200
    move(S.ANNOUNCED, S.SIGNED)
    assert client.get(PUBLIC).status_code == 404


def test_everybody_downloads_what_the_organizer_chose(scored, move, people, client, sign_in_as) -> None:
    staff = sign_in_as(people[Role.ORGANIZER])
    move(*STEPS)
    assert "Hitung ulang sendiri" not in client.get("/k/lomba/peringkat").text
    assert "Menyusun berkas bukti" in staff.get(ROOM).text
    assert run_next(lambda: NOW)
    page = client.get("/k/lomba/peringkat").text
    assert "Penilaian satu per satu tidak dimuat" in page
    keys = client.get("/kunci.txt")
    assert keys.content_type == "text/plain; charset=utf-8"
    assert keys.headers["ETag"]
    summary = client.get(PUBLIC)
    assert summary.headers["Content-Disposition"] == 'attachment; filename="bukti-lomba-babak-1-summary.zip"'
    assert verify(io.BytesIO(summary.data), read_keys(keys.text)).unchecked
    answer = staff.post(f"{ROOM}/terbitan", data={"publication": "full"}, follow_redirects=True)
    assert "Pilihan disimpan." in answer.text
    assert "ballots.ndjson" in unpack(client.get(PUBLIC).data)
    assert "setiap penilaian dengan nama samaran juri" in client.get("/k/lomba/peringkat").text
    assert client.get("/kunci").text.count(keys.text.split()[-3]) == 1
    wrong = staff.post(f"{ROOM}/terbitan", data={"publication": "everything"})
    assert wrong.status_code == 422
    assert "ballots.ndjson" in unpack(client.get(PUBLIC).data)


def test_the_auditor_always_gets_the_full_one(scored, move, people, sign_in_as) -> None:
    auditor = sign_in_as(people[Role.AUDITOR])
    move(*STEPS)
    run_next(lambda: NOW)
    files = unpack(auditor.get(f"{ROOM}.zip").data)
    assert json.loads(files["manifest.json"])["publication"] == "full"
    page = auditor.get(ROOM).text
    assert "Unduh berkas lengkap" in page
    assert "Simpan pilihan" not in page
    assert auditor.post(f"{ROOM}/susun").status_code == 404


def test_a_juror_sees_each_ballot_in_the_published_root(scored, move, people, sign_in_as) -> None:
    juror = sign_in_as(people[Role.JUROR])
    assert "Bukti penilaian saya dalam hasil" in juror.get("/k/lomba/juri/tanda-terima").text
    move(*STEPS)
    run_next(lambda: NOW)
    page = juror.get(OWN).text
    assert "Ada di hasil" in page
    assert "penilaian ke-1 dari 1" in page
    files = unpack(sign_in_as(people[Role.AUDITOR]).get(f"{ROOM}.zip").data)
    assert json.loads(files["manifest.json"])["ballots"]["root"] in page
    assert "TERAS" in page


def test_bundles_can_be_asked_for_once_something_is_frozen(scored, move, people, sign_in_as) -> None:
    staff = sign_in_as(people[Role.ORGANIZER])
    assert staff.get(ROOM).status_code == 404
    answer = staff.post(f"{ROOM}/susun", follow_redirects=True)
    assert "Bekukan peringkat lebih dahulu" in answer.text
    move(*STEPS[:3])
    assert "Susun sekarang" in staff.get(ROOM).text
    assert f'href="{ROOM}"' in staff.get("/k/lomba/kelola/hasil/1").text
    staff.post(f"{ROOM}/susun")
    assert run_next(lambda: NOW)
    assert "Unduh berkas lengkap" in staff.get(ROOM).text


def test_a_site_that_never_signed_has_no_key_to_show(client, db_session) -> None:
    assert "Belum ada kunci" in client.get("/kunci").text
    assert client.get("/kunci.txt").text == "# Ed25519 public keys: id, key, valid from, valid until\n"
