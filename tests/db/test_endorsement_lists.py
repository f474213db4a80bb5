"""The coordinator's list, the organizer's overview, and what came on paper."""

import itertools
from datetime import date, timedelta

import pytest

from innovate.core.errors import NotAllowed, Refused
from innovate.endorsement.domain.chain import Stage
from innovate.endorsement.models import EndorsementRules, PaperScan
from innovate.endorsement.queries.chains import find_chain, find_paper, read_standing
from innovate.endorsement.queries.hats import find_hat
from innovate.endorsement.queries.lists import (
    ListFilter,
    count_unit_proposals,
    count_waiting,
    list_unit_events,
    list_unit_proposals,
    list_vacant,
    map_standings,
)
from innovate.endorsement.queries.overview import list_units, page_of
from innovate.endorsement.services import asking, deciding, paper
from innovate.endorsement.services.letters import Sent
from innovate.events.domain.kinds import EventState, Role
from innovate.ideas import policy
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.ideas.domain.merging import Posted
from innovate.ideas.services import drafts, screening, submission
from innovate.ideas.services.screening import Verdict
from innovate.notifications.models import OutboxMail
from innovate.teams import policy as teams
from innovate.teams.queries import count_members, is_in_a_team, list_captains
from tests.factories.build import NOW, add, give_role, make_idea, make_team, make_unit, make_user
from tests.factories.endorsement import PDF, make_chain, make_office, make_ready, new_letter


@pytest.fixture
def office(db_session):
    return make_office()


def one_more(office, stage=None, *, unit=None, state=IdeaState.DRAFT, **values):
    team = make_team(office.event, make_user(), unit_id=(unit or office.puskesmas).id)
    idea = make_idea(team, state=state)
    if stage:
        make_chain(idea, stage, office.near, **values)
    return idea


def test_the_database_says_what_the_rule_says(office, db_session):
    """Every stage (or none), unchanged, changed or of another unit, in every state of the idea."""
    other = make_unit()
    cases = itertools.product([None, *Stage], ["same", "changed", "moved"], IdeaState)
    made = []
    for stage, change, state in cases:
        idea = one_more(office, stage, state=state)
        if stage and change == "changed":
            find_chain(idea.id).version += 1
        if stage and change == "moved":
            find_chain(idea.id).unit_id = other.id
        made.append(idea)
    db_session.flush()
    said = map_standings(made)
    for idea in made:
        assert said[idea.id] is read_standing(find_chain(idea.id), office.read(idea))


def test_the_list_tells_the_title_that_was_shown_and_not_the_one_being_written(office):
    idea = one_more(office, Stage.WAITING)
    shown, idea.title = idea.title, "JUDUL RAHASIA"
    idea.version += 1
    assert [row.title for row in list_unit_proposals(office.head.id, ListFilter()).items] == [shown]


def test_a_coordinator_sees_the_unit_and_what_is_below_in_every_competition(office):
    second = make_office()
    for user in (office.head, office.near):
        give_role(second.event, user, Role.JUROR)
    third = make_office(state=EventState.DRAFT)
    fourth = make_office(asks_endorsement=False)
    for each in (second, third, fourth):
        make_idea(make_team(each.event, make_user(), unit_id=office.puskesmas.id))
    foreign = make_idea(make_team(office.event, make_user(), unit_id=make_unit().id))
    here = one_more(office, Stage.WAITING), one_more(office, unit=office.dinas)
    found = list_unit_proposals(office.head.id, ListFilter()).items
    assert {row.idea_id for row in found} == {idea.public_id for idea in here}
    assert foreign.public_id not in {row.idea_id for row in found}
    assert {row.idea_id for row in list_unit_proposals(office.near.id, ListFilter()).items} == {
        here[0].public_id
    }
    assert list_unit_proposals(office.clerk.id, ListFilter()).items == []
    assert list_unit_events(office.head.id) == [(office.event.slug, office.event.name)]


def test_the_list_narrows_counts_and_pages(office):
    for stage in (Stage.WAITING, Stage.WAITING, Stage.ENDORSED, Stage.RETURNED, None):
        one_more(office, stage)
    assert count_unit_proposals(office.head.id) == {"waiting": 2, "endorsed": 1, "returned": 1, "writing": 1}
    assert count_waiting(office.head.id) == 3
    page = list_unit_proposals(office.head.id, ListFilter("waiting", office.event.slug), page=2, size=1)
    assert (page.total, page.pages, [row.standing for row in page.items]) == (2, 2, ["waiting"])
    assert list_unit_proposals(office.head.id, ListFilter("", "lain")).total == 0
    assert list_unit_proposals(office.head.id, ListFilter("bukan")).total == 5


def test_a_draft_goes_by_its_teams_name_until_it_is_shown(office):
    hidden, shown = one_more(office), one_more(office, Stage.WAITING)
    one_more(office, Stage.TAKEN_BACK)
    titles = {row.idea_id: row.title for row in list_unit_proposals(office.head.id, ListFilter()).items}
    assert sorted(titles.values()) == ["", "", shown.title]
    assert titles[hidden.public_id] == ""


def test_ones_own_team_waits_for_somebody_else(office):
    own = make_ready(office.event, make_team(office.event, office.head, unit_id=office.puskesmas.id))
    make_chain(own, Stage.WAITING, office.head)
    [row] = list_unit_proposals(office.head.id, ListFilter()).items
    assert row.is_own
    assert (count_waiting(office.head.id), count_waiting(office.near.id)) == (0, 1)


def test_what_waits_for_the_secretariat(office):
    lonely = make_unit(name="Satpol PP")
    alone = one_more(office, Stage.WAITING, unit=lonely)
    one_more(office, Stage.WAITING)
    one_more(office, unit=lonely)
    [row] = list_vacant(office.event)
    assert (row.idea_id, row.unit, row.is_paper) == (alone.public_id, "Satpol PP", False)


def test_the_overview_counts_each_unit(office, db_session):
    for stage in (Stage.WAITING, Stage.ENDORSED, Stage.RETURNED, None, None):
        one_more(office, stage)
    one_more(office, Stage.SUBMITTED, state=IdeaState.ELIGIBLE, unit=office.dinas)
    add(office.team).unit_id = None
    make_idea(office.team)
    db_session.get_one(EndorsementRules, office.event.id).per_unit = 2
    lines = {line.unit: line for line in list_units(office.event.id)}
    here = lines["Puskesmas Alianyang"]
    assert (here.writing, here.waiting, here.returned, here.endorsed, here.submitted) == (2, 1, 1, 1, 0)
    assert (here.total, here.taken, here.quota, here.coordinators) == (5, 1, 2, 1)
    assert (lines["Dinas Kesehatan"].submitted, lines["Dinas Kesehatan"].taken) == (1, 1)
    assert (lines[""].writing, lines[""].quota) == (1, None)
    assert next(line.unit for line in page_of(list(lines.values()), "-writing", 9).items) == here.unit
    assert page_of([], "apa", 0).total == 0


# -- on paper ---------------------------------------------------------------------------------------------------------


def sheet(office, **values):
    event = office.actor().event
    defaults = {
        "team": "Tim Berkas",
        "title": "JAMBAN SEHAT",
        "members": ["Rudi  Hartono", "", "Sri Lestari"],
        "unit_id": office.puskesmas.id,
        "group_id": event.groups[0].id,
        "track_id": event.tracks[0].id,
        "contact_name": "Rudi Hartono",
        "contact_email": "rudi@contoh.example",
        "contact_phone": "",
        "received_on": date(2026, 11, 20),
    }
    return paper.Sheet(**{**defaults, **values})


SCAN = Sent("berkas.pdf", PDF, 1_000_000)


def enter(office, *, scans=(SCAN,), by=None, at=NOW, **values):
    return paper.enter_paper(office.actor(by or office.clerk), sheet(office, **values), scans, at=at)


def test_the_secretariat_enters_a_proposal_and_takes_no_part(office, db_session):
    idea = enter(office)
    clerk, team = office.actor(office.clerk), office.read(idea).team
    assert (team.member_names, team.size, count_members(team.id)) == (["Rudi Hartono", "Sri Lestari"], 2, 2)
    assert not is_in_a_team(office.event.id, office.clerk.id)
    assert not policy.is_member(clerk, office.read(idea))
    assert not teams.is_captain(clerk, team)
    assert not teams.can_lead(clerk, team)
    assert office.clerk.id not in {user.id for user in list_captains(office.event.id)}
    row = find_paper(idea.id)
    assert (row.entered_by_id, row.received_on) == (office.clerk.id, date(2026, 11, 20))
    assert db_session.query(PaperScan).filter_by(idea_id=idea.id).count() == 1
    mail = db_session.query(OutboxMail).filter_by(template="endorsement_paper_received").one()
    assert mail.address == "rudi@contoh.example"


def test_what_came_on_paper_goes_the_same_way(office, db_session):
    idea = enter(office)
    clerk = office.actor(office.clerk)
    posted = Posted({"f-ringkasan": ["Warga membangun jamban bersama."]}, idea.version)
    idea = drafts.save_draft(clerk, office.read(idea), posted, at=NOW).idea
    with pytest.raises(Refused, match="koordinator unit"):
        submission.submit_idea(clerk, idea, version=idea.version, in_gallery=False, at=NOW)
    asking.ask_unit(clerk, idea, version=idea.version, in_gallery=False, at=NOW)
    assert [row.is_paper for row in list_vacant(office.event)] == [True]
    seen = deciding.seen_mark(find_chain(idea.id))
    deciding.endorse(clerk, idea, seen=seen, letter=new_letter(), at=NOW)
    seen = deciding.seen_mark(find_chain(idea.id))
    sent = deciding.hand_in_for_team(office.actor(office.near), idea, seen=seen, at=NOW)
    assert (sent.number, sent.state) == (1, IdeaState.SUBMITTED)
    assert policy.can_screen(clerk, office.read(idea))  # typing is not taking part
    verdict = Verdict(
        screening.Decision.PASS, screening.seen_token(sent.submitted_revision_id, sent.state, [])
    )
    assert screening.decide(clerk, office.read(idea), verdict, at=NOW)


def test_only_those_who_screen_write_it(office):
    idea = enter(office)
    assert policy.can_edit(office.actor(office.organizer), office.read(idea))
    for user in (office.near, office.captain, make_user()):
        assert not policy.can_edit(office.actor(user), office.read(idea))
        with pytest.raises(NotAllowed):
            enter(office, by=user)
    own = make_ready(office.event, office.team)
    assert not policy.can_edit(office.actor(office.clerk), office.read(own))
    assert find_hat(office.actor(office.near), office.read(idea)).acts


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"members": [" "]}, "members"),
        ({"members": ["A", "B", "C", "D", "E", "F"]}, "members"),
        ({"received_on": date(2026, 11, 24)}, "received_on"),
        ({"scans": ()}, "scans"),
        ({"scans": (SCAN,) * 6}, "scans"),
        ({"scans": (Sent("x.pdf", b"MZ", 99),)}, "scans"),
    ],
)
def test_a_sheet_that_is_wrong_enters_nothing(office, values, field):
    with pytest.raises(Refused) as refused:
        enter(office, **values)
    assert refused.value.field == field


def test_paper_is_entered_in_time_and_under_a_free_name(office):
    with pytest.raises(Refused, match="Batas waktu"):
        enter(office, at=NOW + timedelta(days=10))
    with pytest.raises(Refused) as refused:
        enter(office, team=office.team.name.upper())
    assert refused.value.field == "team"


def test_standings_of_events_that_do_not_ask_are_left_out(office):
    office.event.asks_endorsement = False
    assert map_standings([one_more(office)]) == {}
    assert map_standings([]) == {}
