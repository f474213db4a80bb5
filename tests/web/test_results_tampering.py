"""What a stranger's hand may send to the rooms of results: refused in words, never a fault of the server."""

from __future__ import annotations

import pytest

from innovate.core.db import db
from innovate.events.domain.kinds import Role
from innovate.events.domain.seal import BoardState as S
from innovate.events.queries import get_actor
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.results.models import Board, Snapshot, TieRuling
from tests.factories.boards import LADDER, climb, make_objection, make_special
from tests.factories.build import (
    give_role,
    make_assignment,
    make_ballot,
    make_event,
    make_idea,
    make_round,
    make_team,
    make_user,
)

BOARD = "/k/sungai/kelola/hasil/1"
ROOM = "/k/sungai/kelola/sanggahan"
WHY = "Dicatat dalam berita acara."
ENDLESS = "9" * 5000
EVIL = '<script>alert(1)</script>[klik](javascript:alert(1))\n# Judul\n=HYPERLINK("x")'


class Place:
    """A competition with two entries and its people."""

    def __init__(self, slug: str) -> None:
        self.event = make_event(slug=slug, shift_days=-31)
        self.organizer, self.chair, self.captain = make_user(), make_user(), make_user()
        give_role(self.event, self.organizer, Role.ORGANIZER)
        give_role(self.event, self.chair, Role.CHAIR)
        self.round, group = make_round(self.event), get_actor(slug, None).event.groups[0].id
        self.ideas = [
            make_idea(make_team(self.event, who, group_id=group), state=IdeaState.ELIGIBLE)
            for who in (self.captain, make_user())
        ]
        for idea, mark in zip(self.ideas, (5, 4), strict=True):
            make_ballot(make_assignment(self.round, idea, make_user()), [mark] * 5)


@pytest.fixture
def here(db_session) -> Place:
    return Place("sungai")


@pytest.fixture
def staff(here, sign_in_as):
    return sign_in_as(here.organizer)


def test_what_is_announced_or_signed_is_what_was_read(here, staff, sign_in_as) -> None:
    """Two tabs: the ranking was opened, changed and frozen anew since the page was read."""
    climb(here.event, here.organizer, *LADDER[:4])
    old = db.session.query(Snapshot).one().sha256
    move = {"expected": "signed", "after": "announced", "seen": old}
    climb(here.event, here.organizer, S.SIGNED, S.PROVISIONAL)
    make_ballot(make_assignment(here.round, here.ideas[1], make_user()), [5] * 5)
    climb(here.event, here.organizer, *LADDER[1:3])
    sign = {"expected": "frozen", "after": "signed", "seen": old}
    refused = sign_in_as(here.chair).post(f"{BOARD}/pengesahan", data=sign)
    assert refused.status_code == 422
    assert "Potret peringkat sudah berganti" in refused.text
    climb(here.event, here.organizer, *LADDER[2:4])
    refused = staff.post(f"{BOARD}/status", data=move)
    assert refused.status_code == 422
    assert "Potret peringkat sudah berganti" in refused.text
    assert db.session.query(Board).one().state is S.SIGNED
    new = db.session.query(Snapshot).order_by(Snapshot.number.desc()).first().sha256
    assert f'name="seen" value="{new}"' in staff.get(BOARD).text
    assert staff.post(f"{BOARD}/status", data=move | {"seen": new}).status_code == 302
    assert db.session.query(Board).one().state is S.ANNOUNCED


@pytest.mark.parametrize(
    "form",
    [
        {"withdraw": ENDLESS},
        {"withdraw": "-1"},
        {"withdraw": "²"},
        {"tempat-x": ENDLESS},
        {"tempat-x": "٣"},
        {"tempat-": "1"},
        {},
    ],
)
def test_odd_decisions_of_a_session_are_refused(here, sign_in_as, form) -> None:
    climb(here.event, here.organizer, *LADDER[:2])
    answer = sign_in_as(here.chair).post(f"{BOARD}/pleno", data={"order": "seri-1", "reason": WHY, **form})
    assert answer.status_code in {404, 422}
    assert db.session.query(TieRuling).count() == 0


def test_nothing_of_another_competition_opens_here(here, staff) -> None:
    """Every address with somebody else's number in it, by an organizer of this one."""
    there = Place("parit")
    for place in (here, there):
        place.board = climb(place.event, place.organizer)
    theirs = make_objection(there.board, there.ideas[0], there.captain, filename="bukti.pdf")
    award = make_special(there.board, there.ideas[0], there.organizer)
    seat = there.ideas[0].public_id
    db.session.commit()
    for door in (
        f"{ROOM}/{theirs.public_id}",
        f"/k/sungai/sanggahan/{theirs.public_id}",
        f"/k/sungai/sanggahan/{theirs.public_id}/lampiran",
        f"{BOARD}/karya/{seat}",
        f"/k/sungai/peringkat/{seat}",
        f"/k/sungai/galeri/{seat}",
        f"/k/sungai/usulan/{seat}/masukan",
        f"{BOARD}/lembar/{seat}",
        f"{BOARD}/potret/2",
        f"{BOARD}/potret/99999999999999999999",
        "/k/sungai/kelola/hasil/2",
        "/k/sungai/kelola/hasil/0",
        "/k/parit/kelola/hasil/1",
        "/k/parit/kelola/hasil/1/bukti.zip",
    ):
        assert staff.get(door).status_code == 404, door
    answer = {"outcome": "accepted", "answer": "Diterima seluruhnya, terima kasih."}
    assert staff.post(f"{ROOM}/{theirs.public_id}/jawab", data=answer).status_code == 404
    gone = staff.post(f"{BOARD}/penghargaan/{award.public_id}/cabut", data={"reason": WHY})
    assert gone.status_code == 404
    given = {"prize": award.prize_id, "idea": seat, "reason": WHY}
    assert staff.post(f"{BOARD}/penghargaan", data=given).status_code == 422
    for odd in (
        "babak=99999999999999999999",
        "babak=-1",
        "babak=x",
        "page=99999999999999999999",
        "kelompok=%27",
    ):
        assert staff.get(f"/k/sungai/peringkat?{odd}").status_code == 200, odd


def test_what_people_write_is_text_wherever_it_is_shown(here, staff, sign_in_as) -> None:
    board = climb(here.event, here.organizer)
    row = make_objection(board, here.ideas[0], here.captain, reason=EVIL, filename='a";x=<b>.pdf')
    climb(here.event, here.organizer, S.ANNOUNCED, S.SIGNED, reason=EVIL)
    climb(here.event, here.organizer, S.SIGNED, S.PROVISIONAL, reason=EVIL)
    db.session.commit()
    captain = sign_in_as(here.captain)
    for client, door in (
        (staff, BOARD),
        (staff, f"{BOARD}/potret/1"),
        (staff, f"{ROOM}/{row.public_id}"),
        (captain, f"/k/sungai/sanggahan/{row.public_id}"),
    ):
        page = client.get(door)
        assert page.status_code == 200, door
        assert "&lt;script&gt;alert(1)" in page.text, door
        assert "<script>alert(1)" not in page.text, door
        assert 'href="javascript' not in page.text, door
    file = captain.get(f"/k/sungai/sanggahan/{row.public_id}/lampiran")
    assert file.headers["Content-Disposition"].startswith("attachment; filename=")
    assert "\n" not in file.headers["Content-Disposition"]
    assert file.headers["X-Content-Type-Options"] == "nosniff"
