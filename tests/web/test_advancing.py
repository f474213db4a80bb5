"""The pages that take entries into the next round."""

from __future__ import annotations

import pytest

from innovate.core.db import db
from innovate.events.domain.kinds import PhaseKind, Role
from innovate.events.domain.seal import BoardState as S
from innovate.events.queries import get_actor
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.results.services.boards import move_board
from innovate.scoring.queries.rounds import list_round_entry_ids
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

PAGE = "/k/lomba/kelola/hasil/1/maju"


@pytest.fixture
def event(db_session):
    return make_event(slug="lomba", shift_days=-17)


@pytest.fixture
def final(event):
    round_, final = make_round(event), make_round(event, PhaseKind.FINAL)
    group_id = get_actor("lomba", None).event.groups[0].id
    for title, marks in (("PERTAMA", 5), ("SETARA SATU", 4), ("SETARA DUA", 4), ("TERAKHIR", 2)):
        idea = make_idea(make_team(event, group_id=group_id), state=IdeaState.ELIGIBLE, title=title)
        make_ballot(make_assignment(round_, idea, make_user()), [marks] * 5)
    return final


@pytest.fixture
def staff(event, final, sign_in_as):
    user = make_user()
    give_role(event, user, Role.ORGANIZER)
    actor = get_actor("lomba", user)
    for before, after in ((S.COLLECTING, S.PROVISIONAL), (S.PROVISIONAL, S.FROZEN)):
        move_board(actor, 1, after, expected=before, at=NOW)
    return sign_in_as(user)


def value_of(page: str, name: str) -> str:
    return page.split(f'name="{name}" value="')[1].split('"', maxsplit=1)[0]


def test_preview_then_choose_among_equals_then_confirm(staff, final) -> None:
    board = staff.get("/k/lomba/kelola/hasil/1").text
    assert f'href="{PAGE}"' in board
    page = staff.get(PAGE, query_string={"per_group": "2", "rule": "criteria"}).text
    assert "2 karya maju ke Presentasi dan wawancara" in page
    assert "Pilih tepat 1 dari 2 karya yang nilainya sama." in page
    data = {"per_group": "2", "rule": "criteria", "seen": value_of(page, "seen")}
    missing = staff.post(PAGE, data={**data, "reason": "Berita acara nomor 7"})
    assert missing.status_code == 422
    assert "pilih tepat 1 dari karya yang nilainya sama" in missing.text
    assert "Berita acara nomor 7" in missing.text
    pick = missing.text.split('name="chosen" id="pilih-')[1].split('"')[0]
    unsaid = staff.post(PAGE, data={**data, "chosen": pick, "reason": ""})
    assert unsaid.status_code == 422
    assert f'value="{pick}" checked' in unsaid.text
    db.session.expire_all()
    assert list_round_entry_ids(final.id) == frozenset()
    done = staff.post(
        PAGE, data={**data, "chosen": pick, "reason": "Berita acara nomor 7"}, follow_redirects=True
    )
    assert "2 karya ditambahkan, 0 dikeluarkan." in done.text
    assert "2 karya maju ke Presentasi dan wawancara" in done.text


@pytest.mark.parametrize(
    "query", [{"per_group": "nol"}, {"per_group": "0"}, {"per_group": "9999999999"}, {"rule": "x"}]
)
def test_a_preview_that_makes_no_sense_says_so(staff, query) -> None:
    page = staff.get(PAGE, query_string=query)
    assert page.status_code == 200
    assert "karya maju ke Presentasi" in page.text


def test_while_sealed_or_with_nothing_after_it_there_is_no_such_page(event, final, sign_in_as) -> None:
    user = make_user()
    give_role(event, user, Role.ORGANIZER)
    client = sign_in_as(user)
    assert client.get(PAGE).status_code == 404
    assert client.get("/k/lomba/kelola/hasil/2/maju").status_code == 404
    assert PAGE not in client.get("/k/lomba/kelola/hasil/1").text


def test_queries_do_not_grow_with_the_entries(staff, event) -> None:
    def count() -> int:
        db.session.expunge_all()
        with counted_queries() as queries:
            assert staff.get(PAGE).status_code == 200
        return len(queries)

    before = count()
    assert before <= 16


def test_the_jury_of_a_round(staff, event, final) -> None:
    page = "/k/lomba/kelola/babak/2/juri"
    assert "Belum ada juri" in staff.get(page).text
    jurors = [make_user(name=f"Juri Final {n}") for n in range(2)]
    for juror in jurors:
        give_role(event, juror, Role.JUROR)
    db.session.commit()
    assert "2 dari 2 juri bertugas" in staff.get(page).text
    refused = staff.post(page, data={"csrf_token": "ada"})
    assert (refused.status_code, "Pilih paling sedikit satu juri." in refused.text) == (422, True)
    saved = staff.post(page, data={"chosen": jurors[0].public_id}, follow_redirects=True)
    assert "1 dari 2 juri bertugas" in saved.text
    assert f'href="{page}"' in staff.get("/k/lomba/kelola/babak/2").text
