"""The index of maturity from a template to a workbook: what a unit claims, what a verifier finds."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from openpyxl import load_workbook

from innovate.accounts.models import SiteRole
from innovate.events import queries
from innovate.events.domain.kinds import EventState, Role
from innovate.events.domain.template import propose_timetable
from innovate.events.models import FormField
from innovate.events.services.creation import NewEvent, create_from_template
from innovate.events.services.templates import load_templates
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.scoring.queries.criteria import list_criteria
from innovate.scoring.queries.rounds import list_rounds
from tests.factories.build import (
    NOW,
    give_role,
    make_assignment,
    make_ballot,
    make_event,
    make_idea,
    make_team,
    make_unit,
    make_user,
)
from tests.support.queries import counted_queries


@pytest.fixture
def event(db_session):
    owner = make_user(site_role=SiteRole.ORGANIZER)
    template = load_templates()["iga"]
    spans = propose_timetable(template.phases, NOW.date() + timedelta(days=1), NOW.tzinfo)
    return create_from_template(owner, template, NewEvent("Penjaringan 2027", "iga", spans), at=NOW)


def claim(event, level: int) -> dict[str, str]:
    """The same level for every indicator, and a profile."""
    fields = queries.list_rows(FormField, event.id)
    claims = {f.key: f.options["choices"][level] for f in fields if f.key.startswith("level_")}
    return {**claims, "jenis": "Digital", "rancang_bangun": "Rancang bangun kami."}


def enter_one(event, level: int, verified: list[int] | None = None, title: str = "PECI HAJI"):
    unit = make_unit(name=f"Dinas {title}")
    idea = make_idea(
        make_team(event, make_user(), unit_id=unit.id),
        state=IdeaState.ELIGIBLE,
        title=title,
        answers=claim(event, level),
    )
    if verified:
        (round_,) = list_rounds(event.id)
        make_ballot(make_assignment(round_, idea, make_user()), verified)
    return idea


def reader(event, sign_in_as):
    user = make_user()
    give_role(event, user, Role.AUDITOR)
    return sign_in_as(user)


def test_both_sides_stand_beside_each_other(event, sign_in_as) -> None:
    enter_one(event, 2, [2] * 10 + [1] * 10)
    enter_one(event, 3, title="SIAGA")
    page = reader(event, sign_in_as).get("/k/iga/kelola/indeks").text
    weights = [3, 2, 2, 2, 1, 2, 1, 1, 1, 1, 1, 1, 2, 1, 2, 3, 2, 3, 2, 4]
    points = sum(w * v for w, v in zip(weights, [2] * 10 + [1] * 10, strict=True))
    assert points == 53
    for said in ("paling tinggi 111", ">74<", ">53<", "Inovatif", ">111<", "belum diverifikasi"):
        assert said in page
    assert "Indeks kematangan inovasi" in reader(event, sign_in_as).get("/k/iga/kelola/rubrik").text


def test_the_workbook_has_a_row_for_each_entry_with_profile_levels_and_predicate(event, sign_in_as) -> None:
    enter_one(event, 3, [3] * 20)
    answer = reader(event, sign_in_as).get("/k/iga/kelola/indeks.xlsx")
    verified, claimed = load_workbook(io.BytesIO(answer.data)).worksheets
    heads = [cell.value for cell in verified[3]]
    row = dict(zip(heads, [cell.value for cell in verified[4]], strict=True))
    assert (row["Inovasi"], row["Unit"], row["Jenis inovasi"]) == ("PECI HAJI", "Dinas PECI HAJI", "Digital")
    assert row["Rancang bangun"] == "Rancang bangun kami."
    assert row["Regulasi inovasi daerah"] == 3
    assert (row["Nilai"], row["Predikat"], row["Nilai mandiri"]) == (111, "Sangat Inovatif", 111)
    assert not any("Bukti" in head for head in heads)
    assert [cell.value for cell in claimed[4]][-1] == 111


def test_the_page_costs_the_same_for_more_entries(event, sign_in_as) -> None:
    desk = reader(event, sign_in_as)
    enter_one(event, 1, [1] * 20)
    desk.get("/k/iga/kelola/indeks")
    with counted_queries() as few:
        desk.get("/k/iga/kelola/indeks")
    for n in range(4):
        enter_one(event, 1, [1] * 20, title=f"KARYA {n}")
    with counted_queries() as many:
        desk.get("/k/iga/kelola/indeks")
    assert len(many) == len(few)


def test_others_and_events_without_an_index_have_no_such_page(event, sign_in_as) -> None:
    assert sign_in_as(make_user()).get("/k/iga/kelola/indeks").status_code == 404
    assert sign_in_as(make_user()).get("/k/iga/kelola/indeks.xlsx").status_code == 404
    plain = make_event()
    assert reader(plain, sign_in_as).get(f"/k/{plain.slug}/kelola/indeks").status_code == 404


def test_a_short_design_is_told_how_many_words_are_missing(event) -> None:
    from innovate.ideas.domain.answers import Fault, FaultKind, find_fault

    field = next(f for f in queries.list_rows(FormField, event.id) if f.key == "rancang_bangun")
    assert find_fault(field, "kata " * 299) == Fault(FaultKind.FEW, 1)
    assert find_fault(field, "kata " * 300) is None
    assert find_fault(field, "kata " * 2001) == Fault(FaultKind.WORDS, 1)


def test_the_scorecard_says_points_and_predicate(event, sign_in_as, clock_at) -> None:
    idea = enter_one(event, 1)
    (round_,) = list_rounds(event.id)
    verifier = make_user()
    give_role(event, verifier, Role.JUROR)
    seat = make_assignment(round_, idea, verifier)
    event.state = EventState.PUBLISHED
    clock_at(round_.phase.starts_at + timedelta(hours=1))
    desk = sign_in_as(verifier)
    page = f"/k/iga/juri/karya/{seat.public_id}"
    assert "0 dari 111, Kurang Inovatif" in desk.get(page).text
    criteria = list_criteria(round_.rubric_id)
    answer = desk.post(
        page, data={**{f"nilai-{c.id}": "2" for c in criteria}, "version": "0", "langkah": "simpan"}
    )
    assert answer.status_code == 302, answer.text
    assert "74 dari 111, Sangat Inovatif" in desk.get(page).text
