"""What is withdrawn is gone at once: from the memory of every process, and with it what a visitor's browser kept."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from innovate.core import clock, withdrawn
from innovate.core.db import commit, db, transaction
from innovate.events.domain.kinds import Role
from innovate.events.domain.seal import BoardState as S
from innovate.events.models import Event
from innovate.events.queries import get_actor
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.ideas.services.submission import set_gallery_consent
from tests.factories.boards import climb
from tests.factories.build import (
    NOW,
    give_role,
    make_assignment,
    make_ballot,
    make_event,
    make_idea,
    make_round,
    make_team,
    make_user,
)

DOORS = ("/k/sungai/peringkat", "/k/sungai/galeri", "/k/sungai", "/")


@pytest.fixture
def keeping(databases, request) -> Iterator[Flask]:
    """The application with pages kept for a minute."""
    app = databases.fresh_app("sqlite", "withdrawn", PAGE_CACHE_SECONDS=60)
    with clock.frozen(NOW), app.app_context():
        yield app


def test_no_kept_page_outlives_an_announcement_or_a_team_s_consent(keeping: Flask) -> None:
    event = make_event(slug="sungai", shift_days=-31)
    organizer, captain = make_user(), make_user()
    give_role(event, organizer, Role.ORGANIZER)
    team = make_team(event, captain, group_id=get_actor("sungai", None).event.groups[0].id)
    idea = make_idea(team, state=IdeaState.ELIGIBLE, title="SUNGAI KITA", in_gallery=True)
    make_ballot(make_assignment(make_round(event), idea, make_user()), [5, 5, 4, 4, 4])
    db.session.commit()
    with transaction():
        climb(event, organizer)
    kept = {door: keeping.test_client().get(door) for door in DOORS}
    assert all(answer.headers["ETag"] for answer in kept.values())
    assert "SUNGAI KITA" in kept["/k/sungai/peringkat"].text
    assert "SUNGAI KITA" in kept["/k/sungai/galeri"].text
    with transaction():
        set_gallery_consent(get_actor("sungai", captain), idea, shown=False, at=NOW)
    assert "SUNGAI KITA" not in keeping.test_client().get("/k/sungai/galeri").text
    with transaction():
        climb(db.session.get_one(Event, event.id), organizer, S.ANNOUNCED, S.SIGNED)
    for door, before in kept.items():
        now = keeping.test_client().get(door)
        assert "SUNGAI KITA" not in now.text, door
        again = keeping.test_client().get(door, headers={"If-None-Match": before.headers["ETag"]})
        assert again.status_code == (304 if before.data == now.data else 200), door


def test_a_place_that_cannot_be_written_stops_nobody(app: Flask, tmp_path, caplog, monkeypatch) -> None:
    monkeypatch.setitem(app.config, "INSTANCE_PATH", str(tmp_path / "berkas"))
    (tmp_path / "berkas").write_text("bukan map")
    withdrawn.withdraw()
    commit()
    assert "could not write" in caplog.text
    assert withdrawn.count(withdrawn.path_of(str(tmp_path / "berkas"))) == 0
