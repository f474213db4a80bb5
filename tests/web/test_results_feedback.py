"""Feedback to the teams: after the announcement, one's own, without a juror's name, and closable again."""

from __future__ import annotations

import itertools
import re

import pytest

from innovate.audit.models import AuditEntry
from innovate.core.db import db
from innovate.events.domain.kinds import Role
from innovate.events.domain.seal import BoardState as S
from innovate.events.models import Event
from innovate.events.queries import get_actor
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.ideas.models import Idea
from innovate.notifications.models import OutboxMail
from innovate.results.domain.feedback import ENOUGH
from innovate.results.models import FeedbackRelease
from innovate.results.services import boards
from innovate.scoring.models.ballots import BallotScore
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
from tests.support.queries import counted_queries

UP = (S.COLLECTING, S.PROVISIONAL, S.FROZEN, S.SIGNED, S.ANNOUNCED)
ROOM = "/k/lomba/kelola/hasil/masukan"


@pytest.fixture
def event(db_session) -> Event:
    return make_event(slug="lomba", name="Lomba Kota", shift_days=-31)


def person(event: Event, role: Role):
    user = make_user()
    give_role(event, user, role)
    return user


@pytest.fixture
def organizer(event):
    return person(event, Role.ORGANIZER)


@pytest.fixture
def captain(event):
    return make_user(name="Ketua Tim Satu")


@pytest.fixture
def idea(event, captain) -> Idea:
    return _entries(event, captain, ENOUGH)


def _entries(event: Event, captain, count: int) -> Idea:
    round_ = make_round(event)
    group = get_actor("lomba", None).event.groups[0]
    jurors = [make_user(name="Juri Pertama"), make_user(name="Juri Kedua")]
    ideas = []
    for n in range(count):
        team = make_team(event, captain if n == 0 else make_user(), group_id=group.id)
        idea = make_idea(team, state=IdeaState.ELIGIBLE, title=f"KARYA {n}", number=n + 1)
        ideas.append(idea)
        for place, juror in enumerate(jurors):
            mark = (n + place) % 5 + 1
            ballot = make_ballot(
                make_assignment(round_, idea, juror),
                [mark] * 5,
                comment_team=f"Catatan {'ZA'[place]} untuk {n}",
                comment_internal="RAHASIA JURI",
            )
            score = db.session.query(BallotScore).filter_by(ballot_id=ballot.id).first()
            score.comment, score.comment_internal = f"Pada kriteria {n}", "RAHASIA JURI"
    db.session.flush()
    return ideas[0]


def move(organizer, *states: S) -> None:
    actor = get_actor("lomba", organizer)
    for before, after in itertools.pairwise(states):
        boards.move_board(actor, 1, after, expected=before, reason="Nilai satu juri masuk terlambat.", at=NOW)
    db.session.commit()


def token(client, address: str) -> str:
    return re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get(address).text).group(1)


def press(client, what: str, **data):
    return client.post(f"{ROOM}/{what}", data={"csrf_token": token(client, ROOM), **data})


def test_a_team_reads_its_own_and_nobody_elses(event, organizer, captain, idea, sign_in_as) -> None:
    move(organizer, *UP)
    own = f"/k/lomba/usulan/{idea.public_id}/masukan"
    team, manager = sign_in_as(captain), sign_in_as(organizer)
    assert team.get(own).status_code == 404
    assert press(manager, "buka").status_code == 302
    page = team.get(own).text
    for part in ("1,50 dari 5", "Catatan A untuk 0", "Catatan Z untuk 0", "Pada kriteria 0", "Separuh karya"):
        assert part in page
    assert page.index("Catatan A untuk 0") < page.index("Catatan Z untuk 0")
    for part in ("RAHASIA", "Juri Pertama", "Juri Kedua", "untuk 1", "KARYA 1"):
        assert part not in page
    assert manager.get(own).status_code == 404
    other = db.session.query(Idea).filter_by(title="KARYA 1").one()
    assert team.get(f"/k/lomba/usulan/{other.public_id}/masukan").status_code == 404
    assert "Baca masukan juri" in team.get("/k/lomba").text
    mails = db.session.query(OutboxMail).filter_by(template="results_feedback").all()
    assert {mail.context["path"] for mail in mails if mail.user_id == captain.id} == {own}
    assert len(mails) == ENOUGH


def test_it_is_sealed_with_the_results_and_closed_with_a_reason(
    event, organizer, captain, idea, sign_in_as
) -> None:
    own = f"/k/lomba/usulan/{idea.public_id}/masukan"
    manager, team = sign_in_as(organizer), sign_in_as(captain)
    assert "Hasil belum diumumkan" in manager.get(ROOM).text
    move(organizer, *UP[:4])
    refused = manager.post(f"{ROOM}/buka", data={"csrf_token": token(manager, "/k/lomba/kelola/hasil/1")})
    assert refused.status_code == 422
    assert "sesudah hasil diumumkan" in refused.text
    move(organizer, *UP[3:])
    press(manager, "buka")
    again = press(manager, "buka")
    assert again.status_code == 422
    assert "sudah dibuka" in again.text
    assert press(manager, "tutup", reason="singkat").status_code == 422
    assert team.get(own).status_code == 200
    move(organizer, S.ANNOUNCED, S.SIGNED)
    assert team.get(own).status_code == 404
    move(organizer, S.SIGNED, S.ANNOUNCED)
    assert team.get(own).status_code == 200
    assert press(manager, "tutup", reason="Ada catatan yang perlu diperiksa.").status_code == 302
    assert team.get(own).status_code == 404
    assert "Ada catatan yang perlu diperiksa." in manager.get(ROOM).text
    assert press(manager, "buka").status_code == 302
    assert [row.is_open for row in db.session.query(FeedbackRelease).order_by(FeedbackRelease.id)] == [
        False,
        True,
    ]
    actions = [
        row.action for row in db.session.query(AuditEntry).filter(AuditEntry.action.like("feedback.%"))
    ]
    assert actions == ["feedback.open", "feedback.close", "feedback.open"]


def test_a_small_category_has_no_spread(event, organizer, captain, sign_in_as) -> None:
    idea = _entries(event, captain, ENOUGH - 1)
    move(organizer, *UP)
    press(sign_in_as(organizer), "buka")
    page = sign_in_as(captain).get(f"/k/lomba/usulan/{idea.public_id}/masukan").text
    assert "terlalu sedikit" in page
    assert "Separuh karya" not in page
    assert "1,50 dari 5" in page


def test_who_may_open_it(event, organizer, captain, idea, sign_in_as) -> None:
    move(organizer, *UP)
    auditor = sign_in_as(person(event, Role.AUDITOR))
    assert "Buka masukan juri" not in auditor.get(ROOM).text
    juror = sign_in_as(person(event, Role.JUROR))
    assert juror.get(ROOM).status_code == 404
    data = {"csrf_token": token(auditor, "/beranda")}
    assert auditor.post(f"{ROOM}/buka", data=data).status_code == 404
    assert db.session.query(FeedbackRelease).count() == 0


def test_more_entries_ask_no_more_queries(event, organizer, captain, idea, sign_in_as) -> None:
    move(organizer, *UP)
    press(sign_in_as(organizer), "buka")
    team = sign_in_as(captain)
    own = f"/k/lomba/usulan/{idea.public_id}/masukan"
    team.get(own)
    with counted_queries() as queries:
        assert team.get(own).status_code == 200
    assert len(queries) <= 16
