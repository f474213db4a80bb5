"""A chair with a conflict of interest: nothing before the announcement tells where the entry kept from them stands."""

from __future__ import annotations

import io

import openpyxl
import pytest

from innovate.core.db import db
from innovate.core.errors import NotFound, Refused
from innovate.events.domain.kinds import Role
from innovate.events.domain.seal import BoardState
from innovate.events.models import Prize
from innovate.events.queries import get_actor
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.results.models import TieRuling
from innovate.results.services.boards import move_board
from innovate.results.services.plenary import rule_tie, withdraw_ruling
from innovate.results.services.rules import begin_rules
from innovate.scoring.models.jury import Conflict, ConflictSource
from innovate.scoring.queries.rounds import list_rounds
from tests.factories.boards import LADDER, climb
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

BOARD = "/k/sungai/kelola/hasil/1"
# The kept entry is second of five; the last two are equal.
MARKS = {"EMPANG": [5] * 5, "SAUDARA": [4] * 5, "GERTAK": [3] * 5, "KERIS": [2] * 5, "LANCANG": [2] * 5}
WHY = "Diputuskan sidang pleno."


@pytest.fixture
def hall(db_session, sign_in_as):
    """The event, its people, its ideas, and a chair related to SAUDARA."""
    event = make_event(slug="sungai", shift_days=-31)
    for rank, name in enumerate(("Juara I", "Juara II", "Juara III"), 1):
        add(Prize(event_id=event.id, name=name, rank=rank, position=rank))
    organizer, chair = make_user(name="Panitia"), make_user(name="Ketua")
    give_role(event, organizer, Role.ORGANIZER)
    give_role(event, chair, Role.CHAIR)
    round_, jury = make_round(event), [make_user(), make_user()]
    group = get_actor("sungai", None).event.groups[0].id
    ideas = {}
    for number, (title, marks) in enumerate(MARKS.items(), 1):
        idea = make_idea(
            make_team(event, make_user(), group_id=group),
            state=IdeaState.ELIGIBLE,
            title=title,
            number=number,
        )
        for juror in jury:
            make_ballot(make_assignment(round_, idea, juror), marks)
        ideas[title] = idea
    said = {"source": ConflictSource.DECLARED, "reason": "Keluarga", "declared_by_id": chair.id, "at": NOW}
    add(Conflict(event_id=event.id, idea_id=ideas["SAUDARA"].id, user_id=chair.id, **said))
    return event, organizer, chair, ideas, sign_in_as(organizer), sign_in_as(chair)


def ranks_in(client, door: str) -> dict[str, int | None]:
    """Titles and ranks of a workbook."""
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(door).data)).active
    return {row[5]: row[1] for row in sheet.iter_rows(min_row=4, values_only=True)}


RENUMBERED = {"EMPANG": 1, "GERTAK": 2, "KERIS": 3, "LANCANG": 3}


@pytest.mark.parametrize("steps", [LADDER[:2], LADDER[:3]], ids=["provisional", "frozen"])
def test_no_door_has_a_gap_where_the_kept_entry_stands(hall, steps) -> None:
    event, organizer, _chair, ideas, staff, chair = hall
    climb(event, organizer, *steps)
    assert ranks_in(staff, f"{BOARD}/unduh.xlsx") == {
        "EMPANG": 1,
        "SAUDARA": 2,
        "GERTAK": 3,
        "KERIS": 4,
        "LANCANG": 4,
    }
    assert ranks_in(chair, f"{BOARD}/unduh.xlsx") == RENUMBERED
    for door in (BOARD, f"{BOARD}/potret/1")[: len(steps) - 1]:
        page = chair.get(door).text
        assert '<span class="pos">2</span><span class="who"><b>GERTAK</b>' in page, door
        assert "berbagi peringkat 3" in page, door
        assert "Sebagian karya tidak tampil bagi Anda" in page, door
        for told in ("SAUDARA", "Juara", "peringkat 4", '<span class="pos">4</span>'):
            assert told not in page, (door, told)
        assert "Sebagian karya tidak tampil" not in staff.get(door).text
    explained = chair.get(f"{BOARD}/karya/{ideas['GERTAK'].public_id}").text
    assert "yang ke-2 dari 4 karya" in explained
    assert chair.get(f"{BOARD}/karya/{ideas['SAUDARA'].public_id}").status_code == 404
    assert "yang ke-3 dari 5 karya" in staff.get(f"{BOARD}/karya/{ideas['GERTAK'].public_id}").text


def test_prizes_and_the_stage_wait_for_the_announcement_whether_it_wins_or_not(hall) -> None:
    event, organizer, _chair, ideas, staff, chair = hall
    climb(event, organizer, *LADDER[:3])
    assert "Juara II" in staff.get(f"{BOARD}/penghargaan").text
    page = chair.get(f"{BOARD}/penghargaan").text
    assert "Penghargaan tampil bagi Anda setelah diumumkan" in page
    assert "Juara I" not in page
    assert chair.get(f"{BOARD}/upacara").status_code == 404
    assert "/upacara" not in chair.get(BOARD).text
    said = db.session.query(Conflict).one()
    said.idea_id = ideas["LANCANG"].id  # wins nothing
    db.session.commit()
    assert chair.get(f"{BOARD}/upacara").status_code == 404
    assert "Juara I" not in chair.get(f"{BOARD}/penghargaan").text
    climb(event, organizer, *LADDER[2:])
    assert "SAUDARA" in chair.get(f"{BOARD}/upacara").text
    assert "Juara II" in chair.get(f"{BOARD}/penghargaan").text
    assert "Sebagian karya" not in chair.get(BOARD).text


def test_a_ballot_s_effect_counts_only_what_is_shown(hall) -> None:
    event, organizer, _chair, ideas, staff, chair = hall
    climb(event, organizer, *LADDER[:2])
    seat = staff.get(f"{BOARD}/karya/{ideas['GERTAK'].public_id}").text.split("/lembar/")[1].split('"')[0]
    assert "peringkat 3, nilai" in staff.get(f"{BOARD}/lembar/{seat}").text
    page = chair.get(f"{BOARD}/lembar/{seat}").text
    assert "peringkat 2, nilai" in page
    assert "peringkat 3, nilai" not in page


def test_a_run_off_is_among_the_entries_whose_shared_rank_is_read(hall) -> None:
    """The rank on a chair's page is not that of the whole ranking."""
    event, organizer, _chair, _ideas, _staff, chair = hall
    climb(event, organizer, *LADDER[:2])
    asked = chair.post(f"{BOARD}/banding", data={"kelompok": "A", "peringkat": "3"})
    assert "/kelola/banding/" in asked.location
    page = chair.get(asked.location).text
    assert "KERIS" in page
    assert "LANCANG" in page
    assert "GERTAK" not in page


def test_jurors_are_told_without_what_a_sum_would_give_away(hall) -> None:
    event, organizer, _chair, _ideas, staff, chair = hall
    climb(event, organizer, *LADDER[:2])
    head = '<th scope="col" class="n">Rata-rata</th>'
    assert head in staff.get(f"{BOARD}/juri").text
    page = chair.get(f"{BOARD}/juri")
    assert page.status_code == 200
    assert head not in page.text
    assert "SAUDARA" not in page.text


def test_a_tie_with_the_kept_entry_is_not_theirs_to_decide(hall) -> None:
    event, organizer, head, ideas, _staff, chair = hall
    round_ = list_rounds(event.id)[0]
    begin_rules(round_, None)  # a session decides ties
    climb(event, organizer, *LADDER[:2])
    page = chair.get(f"{BOARD}/pleno").text
    assert "2 karya berbagi peringkat 3" in page
    tied = [ideas["KERIS"], ideas["LANCANG"]]
    order = [idea.id for idea in tied]
    ruling = add(TieRuling(round_id=round_.id, order=order, reason=WHY, made_by_id=organizer.id, made_at=NOW))
    assert WHY in chair.get(f"{BOARD}/pleno").text
    db.session.query(Conflict).one().idea_id = ideas["KERIS"].id
    db.session.commit()
    actor = get_actor("sungai", head)
    page = chair.get(f"{BOARD}/pleno").text
    assert WHY not in page
    assert "berbagi peringkat" not in page
    with pytest.raises(NotFound):
        withdraw_ruling(actor, 1, ruling.id, reason=WHY, at=NOW)
    ruling.withdrawn_at = NOW
    db.session.commit()
    with pytest.raises(Refused):
        rule_tie(actor, 1, [idea.public_id for idea in tied], reason=WHY, at=NOW)


def test_reasons_of_corrections_wait_too(hall) -> None:
    """They may name the kept entry: why a board went back, and why a snapshot holds no longer."""
    event, organizer, _chair, _ideas, staff, chair = hall
    climb(event, organizer, *LADDER[:3])
    actor = get_actor(event.slug, organizer)
    move_board(
        actor,
        1,
        BoardState.PROVISIONAL,
        expected=BoardState.FROZEN,
        reason="SAUDARA didiskualifikasi.",
        at=NOW,
    )
    climb(event, organizer, *LADDER[1:3])
    for door in (BOARD, f"{BOARD}/potret/1"):
        assert "SAUDARA didiskualifikasi." in staff.get(door).text, door
        assert "SAUDARA" not in chair.get(door).text, door
    assert "Tidak berlaku" in chair.get(BOARD).text
