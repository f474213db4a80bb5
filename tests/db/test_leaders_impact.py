"""Leaders read the same of impact as everybody does on its page, counted by the database: on both of them."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest

from innovate.accounts.models import UnitKind
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.impact.domain.kinds import Check, Status
from innovate.impact.queries import summary
from innovate.leaders.domain.classes import UnitClass
from innovate.leaders.queries.frame import read_frame
from innovate.leaders.queries.impact import count_totals, list_alive
from innovate.leaders.queries.lists.named import read_list
from innovate.leaders.queries.lists.wanted import Wanted
from innovate.leaders.queries.page import read_sections
from tests.factories.build import NOW, make_event, make_idea, make_team, make_unit, make_user
from tests.factories.impact import make_followup, make_innovation, make_replication

YEAR = NOW.year


@pytest.fixture(autouse=True)
def now(db_session, clock_at):
    clock_at(NOW)


def idea_of(unit, *, days: int = 0, state: IdeaState = IdeaState.ELIGIBLE):
    captain = make_user(unit_id=unit.id)
    return make_idea(make_team(make_event(shift_days=days), captain), state=state, submitted_at=NOW)


def answered(innovation, months: int, last: date, **values):
    about = {"answered_at": NOW, "check": Check.VERIFIED, "is_used": True, "status": Status.RUNNING}
    return make_followup(innovation, **{**about, "months": months, "last": last, **values})


def test_alive_and_totals_are_those_of_the_impact_page(db_session) -> None:
    draw, unit = Random("dampak"), make_unit()
    states = (IdeaState.ELIGIBLE, IdeaState.ELIGIBLE, IdeaState.INELIGIBLE, IdeaState.DISQUALIFIED)
    for number in range(16):
        year = YEAR - number % 2
        innovation = make_innovation(
            idea_of(unit, days=-365 * (number % 2), state=states[number % 4]), announced_on=date(year, 3, 1)
        )
        for months in (3, 6, 12, 24):
            if draw.random() < 0.3:
                make_followup(innovation, months=months, last=date(year, 5, 31))
                continue
            answered(
                innovation,
                months,
                date(year, 5 if months == 3 else 8, 31),
                check=draw.choice((Check.VERIFIED, Check.VERIFIED, Check.WAITING, Check.RETURNED)),
                is_used=draw.random() < 0.8,
                status=draw.choice(list(Status)),
                people=draw.choice((None, 40, 130)),
                saved=draw.choice((None, 0, 3_000_000_000)),
            )
        if number == 0:
            answered(make_replication(innovation, make_user()), 3, date(year, 5, 31), people=7)
    frame = read_frame(at=NOW)
    theirs = {(a.year, a.months): (a.asked, a.answered, a.verified, a.alive) for a in summary.list_alive()}
    ours = {(a.year, a.months): (a.asked, a.answered, a.verified, a.alive) for a in list_alive(frame)}
    assert ours == theirs
    assert len(ours) == 6
    totals = count_totals(frame)
    expected = summary.total_by_year(summary.list_reports())
    found = {year: (totals.people[year], totals.saved[year], totals.innovations[year]) for year in expected}
    assert found == {year: (one.people, one.saved, one.innovations) for year, one in expected.items()}
    for year in (YEAR, YEAR - 1):
        wanted = Wanted(read_frame(year=str(year), at=NOW), whole=True)
        assert read_list("laporan", wanted).page.total == len(summary.list_reports(year))
        asked = sum(counts[0] for (edition, _months), counts in theirs.items() if edition == year)
        assert read_list("bertahan", wanted).page.total == asked


def test_only_innovations_of_the_class_asked_for_are_counted(db_session) -> None:
    for kind in (UnitKind.KELURAHAN, UnitKind.DINAS, UnitKind.DINAS):
        innovation = make_innovation(idea_of(make_unit(kind=kind)), announced_on=date(YEAR, 3, 1))
        answered(innovation, 3, date(YEAR, 5, 31), people=10)
    wards = read_frame(unit_class=UnitClass.WARD, at=NOW)
    assert [row.alive for row in list_alive(wards)] == [1]
    assert count_totals(wards).people == {YEAR: 10}
    assert count_totals(read_frame(at=NOW)).people == {YEAR: 30}


def test_the_section_says_how_many_answered_and_the_river_ends_with_what_is_used(db_session) -> None:
    unit = make_unit()
    answered(make_innovation(idea_of(unit), announced_on=date(YEAR, 3, 1)), 6, date(YEAR, 8, 31))
    make_followup(
        make_innovation(idea_of(unit), announced_on=date(YEAR, 3, 1)), months=6, last=date(YEAR, 8, 31)
    )
    sections = {section.key: section for section in read_sections(read_frame(at=NOW))}
    assert sections["dampak"].finding.startswith("100")
    assert "(1 jawaban terverifikasi)" in sections["dampak"].finding
    assert sections["dampak"].pictures[0].table[0][1:] == ("1 dari 1 (100 %)", "2 ditanya, 1 belum menjawab")
    assert sections["alur"].pictures[0].table[-1] == ("Masih dipakai", "1")


def test_titles_of_innovations_are_not_told_while_their_results_are_not_public(db_session) -> None:
    idea = idea_of(make_unit())
    answered(make_innovation(idea, announced_on=date(YEAR, 3, 1)), 3, date(YEAR, 5, 31))
    for name in ("bertahan", "laporan"):
        wanted = Wanted(read_frame(at=NOW))
        assert [row[0] for row in read_list(name, wanted).page.items] == ["Belum diumumkan"]
        assert read_list(name, Wanted(read_frame(at=NOW), search=idea.title)).page.total == 0


def test_before_anybody_was_asked_there_is_no_section_and_the_river_is_open(db_session) -> None:
    idea_of(make_unit())
    sections = {section.key: section for section in read_sections(read_frame(at=NOW))}
    assert "dampak" not in sections
    assert sections["alur"].pictures[0].rows[-1].value is None


def test_a_year_of_which_there_are_only_reports_is_a_year(db_session) -> None:
    innovation = make_innovation(idea_of(make_unit(), days=-365), announced_on=date(YEAR - 1, 12, 24))
    waiting = answered(innovation, 6, date(YEAR, 6, 23), people=640, check=Check.WAITING)
    assert read_frame(at=NOW).years == (YEAR - 1,)
    waiting.check = Check.VERIFIED
    frame = read_frame(at=NOW)
    assert (frame.years, frame.year) == ((YEAR - 1, YEAR), YEAR)
    assert count_totals(frame).people[YEAR] == 640
