"""A divided jury in the browser: the juror waits, the chair joins or accepts."""

from __future__ import annotations

import pytest

from innovate.core.db import db
from innovate.events.domain.kinds import Role
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.scoring.models.ballots import Ballot
from tests.factories import build
from tests.support.pages import fill

GROUPS = "/k/lomba/kelola/penugasan/1/kelompok"


@pytest.fixture
def jury(db_session, sign_in_as):
    event = build.make_event(slug="lomba", shift_days=-17)
    round_ = build.make_round(event, accepted_groups=1)
    people = {
        name: build.make_user(name=name) for name in ("Ana Juri", "Budi Juri", "Ketua Juri", "Pak Panitia")
    }
    for name, role in zip(people, (Role.JUROR, Role.JUROR, Role.CHAIR, Role.ORGANIZER), strict=True):
        build.give_role(event, people[name], role)
    ideas = [
        build.make_idea(build.make_team(event), state=IdeaState.ELIGIBLE, number=n, title=f"KARYA {n}")
        for n in (1, 2)
    ]
    seat = build.make_assignment(round_, ideas[0], people["Ana Juri"])
    build.make_assignment(round_, ideas[1], people["Budi Juri"])
    db.session.commit()
    clients = {name.split()[-2]: sign_in_as(user) for name, user in people.items()}
    return clients | {"card": f"/k/lomba/juri/karya/{seat.public_id}"}


def test_the_juror_waits_until_the_chair_accepts(jury) -> None:
    assert "Panitia masih menyelesaikan pembagian karya" in jury["Ana"].get("/k/lomba/juri").text
    card = jury["Ana"].get(jury["card"]).text
    assert "Nilai dapat diisi setelah itu" in card
    assert "KARYA 1" in card
    for path in ("/k/lomba/kelola", "/k/lomba/kelola/penugasan"):
        assert f'href="{GROUPS}"' in jury["Pak"].get(path).text
    page = jury["Ketua"].get(GROUPS).text
    assert "Juri terbagi dalam 2 kelompok terpisah" in page
    assert "Budi Juri" in page
    unticked = fill(jury["Ketua"], GROUPS, having="seen")
    assert (unticked.status_code, "Centang pernyataan ini" in unticked.text) == (422, True)
    assert fill(jury["Ketua"], GROUPS, having="seen", confirmed="y").status_code == 302
    assert "sudah diterima dengan pernyataan" in jury["Ketua"].get(GROUPS).text
    assert GROUPS not in jury["Pak"].get("/k/lomba/kelola").text
    marks = {f"nilai-{each.id}": "4" for each in db.session.query(build.Criterion)}
    answer = fill(jury["Ana"], jury["card"], having="version", langkah="ajukan", **marks)
    assert (answer.status_code, db.session.query(Ballot).count()) == (302, 1)


def test_jurors_have_no_such_page(jury) -> None:
    assert jury["Ana"].get(GROUPS).status_code == 404
