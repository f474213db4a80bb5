"""Rules of eligibility in force: put by the organizer, shown to the team, kept with the submission; both databases."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

from innovate.accounts.models import Employment
from innovate.audit.models import AuditEntry
from innovate.core.db import db
from innovate.core.errors import NotAllowed, Refused
from innovate.events import queries as events
from innovate.events.domain.eligibility import RuleKind
from innovate.events.domain.kinds import EventState, PhaseKind, Role
from innovate.events.domain.meanings import Meaning
from innovate.events.models import EligibilityRule, Phase
from innovate.events.services import eligibility as services
from innovate.ideas.domain.eligibility.answers import Outcome
from innovate.ideas.domain.eligibility.facts import FormerWin
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.ideas.domain.merging import Posted
from innovate.ideas.models import IdeaRevision
from innovate.ideas.queries import eligibility
from innovate.ideas.queries.ideas import get_idea
from innovate.ideas.services import drafts, extensions, files, submission
from innovate.results.queries.former import list_former_wins
from tests.factories import build
from tests.factories.boards import climb
from tests.factories.build import NOW, make_event, make_rule, make_unit, make_user
from tests.factories.proposals import PDF, draft, make_scene, submitted
from tests.support.queries import counted_queries

CLOSING = date(2026, 12, 3)  # ten days after NOW


@pytest.fixture
def scene(db_session):
    made = make_scene()
    field = next(f for f in events.list_rows(build.FormField, made.event.id) if f.key == "mulai")
    field.meaning = Meaning.USE_START
    db.session.flush()
    return made


def organizer(scene, role=Role.ORGANIZER):
    user = make_user()
    build.give_role(scene.event, user, role)
    return scene.actor(user)


def check(scene, idea):
    return eligibility.check_draft_eligibility(scene.event, get_idea(scene.event.id, idea.public_id))


def outcomes(found):
    return [(answer.kind, answer.outcome) for answer in found.answers]


# -- the organizer's rules ----------------------------------------------------------------------------------------


def test_a_rule_is_put_in_force_changed_and_taken_away_each_with_a_trace(scene):
    actor = organizer(scene)
    rule = services.set_rule(actor, RuleKind.MINIMUM_AGE, {"months": 12}, blocks=False, at=NOW)
    assert rule.parameters == {"since": "use_start", "months": 12}
    again = services.set_rule(actor, RuleKind.MINIMUM_AGE, {"months": 24}, blocks=True, at=NOW)
    assert (again.id, again.parameters["months"], again.blocks) == (rule.id, 24, True)
    services.remove_rule(actor, rule, at=NOW)
    db.session.flush()
    assert events.list_rules(scene.event.id) == []
    trail = [row.action for row in db.session.query(AuditEntry).order_by(AuditEntry.id)]
    assert trail[-3:] == ["eligibility_rule.add", "eligibility_rule.update", "eligibility_rule.remove"]


@pytest.mark.parametrize(
    ("kind", "parameters", "field"),
    [
        (RuleKind.MINIMUM_AGE, {"months": 0}, "months"),
        (RuleKind.FORMER_WINNER, {"years": 21}, "years"),
        (RuleKind.LETTERS, {"fields": []}, "fields"),
        (RuleKind.LETTERS, {"fields": ["ringkasan"]}, "fields"),  # no file field
        (RuleKind.LETTERS, {"fields": ["hilang"]}, "fields"),
    ],
)
def test_what_cannot_be_asked_is_refused(scene, kind, parameters, field):
    with pytest.raises(Refused) as refused:
        services.set_rule(organizer(scene), kind, parameters, blocks=False, at=NOW)
    assert refused.value.field == field
    assert events.list_rules(scene.event.id) == []


def test_only_organizers_of_a_living_event_set_rules(scene):
    with pytest.raises(NotAllowed):
        services.set_rule(organizer(scene, Role.SECRETARIAT), RuleKind.SAME_TITLE, {}, blocks=False, at=NOW)
    actor = organizer(scene)
    actor.event.state = EventState.ARCHIVED
    with pytest.raises(Refused):
        services.set_rule(actor, RuleKind.SAME_TITLE, {}, blocks=False, at=NOW)
    with pytest.raises(Refused):
        services.remove_rule(actor, make_rule(scene.event, RuleKind.SAME_TITLE), at=NOW)


def test_the_public_page_reads_the_rules_with_its_other_lists(scene):
    make_rule(scene.event, RuleKind.LETTERS, fields=["bukti"])
    (row,) = events.load_public_parts(scene.event.id).rules
    assert (row.title, json.loads(row.text)) == ("letters", {"fields": ["bukti"]})


# -- the draft ----------------------------------------------------------------------------------------------------


def test_a_draft_is_held_against_what_is_asked_now(scene):
    idea = draft(scene, f_mulai="2026-03-03")
    assert check(scene, idea).answers == ()
    make_rule(scene.event, RuleKind.MINIMUM_AGE, months=12)
    make_rule(scene.event, RuleKind.LETTERS, fields=["bukti"])
    make_rule(scene.event, RuleKind.MINIMUM_WORDS, least_words=6)
    make_rule(scene.event, RuleKind.ASN_ONLY)
    found = check(scene, idea)
    assert found.closing == CLOSING
    assert outcomes(found) == [
        (RuleKind.MINIMUM_AGE, Outcome.NOT_MET),
        (RuleKind.LETTERS, Outcome.NOT_MET),
        (RuleKind.MINIMUM_WORDS, Outcome.MET),
        (RuleKind.ASN_ONLY, Outcome.MET),
    ]
    age = found.answers[0].values
    assert (age["months"], age["day"], age["closing"]) == (9, "2026-03-03", "2026-12-03")
    files.attach_file(scene.actor(), idea, "bukti", filename="a.pdf", content=PDF, max_bytes=999, at=NOW)
    scene.member.employment = Employment.OTHER
    db.session.flush()
    assert outcomes(check(scene, idea))[1:] == [
        (RuleKind.LETTERS, Outcome.MET),
        (RuleKind.MINIMUM_WORDS, Outcome.MET),
        (RuleKind.ASN_ONLY, Outcome.NOT_MET),
    ]


def test_a_title_handed_in_by_others_counts_and_their_drafts_do_not(scene):
    make_rule(scene.event, RuleKind.SAME_TITLE)
    other = build.make_team(scene.event)
    idea = draft(scene)
    theirs = build.make_idea(other, title="Parit  Kita!")
    assert outcomes(check(scene, idea)) == [(RuleKind.SAME_TITLE, Outcome.MET)]
    db.session.delete(theirs)
    db.session.flush()
    theirs = build.make_idea(other, title="Parit-Kita!", state=IdeaState.SUBMITTED)
    assert outcomes(check(scene, idea)) == [(RuleKind.SAME_TITLE, Outcome.NOT_MET)]
    theirs.state = IdeaState.WITHDRAWN
    db.session.flush()
    assert outcomes(check(scene, idea)) == [(RuleKind.SAME_TITLE, Outcome.MET)]
    elsewhere = build.make_team(make_event())
    build.make_idea(elsewhere, title="PARIT KITA", state=IdeaState.SUBMITTED)
    assert outcomes(check(scene, idea)) == [(RuleKind.SAME_TITLE, Outcome.MET)]


def test_the_rules_cost_six_queries_at_most_and_one_where_nothing_is_asked(scene):
    idea = get_idea(scene.event.id, draft(scene, f_mulai="2025-03-03").public_id)
    with counted_queries() as queries:
        eligibility.check_draft_eligibility(scene.event, idea)
    assert len(queries) == 1
    scene.team.unit_id = make_unit().id
    make_rule(scene.event, RuleKind.LETTERS, fields=["bukti"])
    for kind in set(RuleKind) - {RuleKind.LETTERS}:
        make_rule(scene.event, kind)
    idea = get_idea(scene.event.id, idea.public_id)
    with counted_queries() as queries:
        found = eligibility.check_draft_eligibility(scene.event, idea)
    assert len(found.answers) == len(RuleKind)
    assert len(queries) == 6


# -- handing in ---------------------------------------------------------------------------------------------------


def test_a_blocking_rule_keeps_a_draft_from_being_handed_in_and_changes_nothing(scene):
    make_rule(scene.event, RuleKind.MINIMUM_AGE, blocks=True)
    idea = draft(scene, f_mulai="2026-03-03")
    with pytest.raises(Refused) as refused:
        submitted(scene, f_mulai="2026-03-03")
    assert refused.value.details == {"rules": ["minimum_age"]}
    idea = get_idea(scene.event.id, idea.public_id)
    assert (idea.state, idea.number) == (IdeaState.DRAFT, None)
    drafts.save_draft(scene.actor(), idea, Posted({"f-mulai": ["2025-12-03"]}, idea.version), at=NOW)
    idea = get_idea(scene.event.id, idea.public_id)
    done = submission.submit_idea(scene.actor(), idea, version=idea.version, in_gallery=True, at=NOW)
    assert done.state is IdeaState.SUBMITTED


def test_a_rule_that_only_informs_lets_the_entry_through_and_is_kept_with_it(scene):
    make_rule(scene.event, RuleKind.MINIMUM_AGE)
    idea = submitted(scene, f_mulai="2026-03-03")
    kept = db.session.query(IdeaRevision.eligibility).filter_by(id=idea.submitted_revision_id).scalar()
    assert kept["answers"][0]["code"] == "young"
    assert kept["closing"] == "2026-12-03"
    found = eligibility.read_eligibility(scene.event, idea)
    assert (found.frozen, found.moved, outcomes(found)) == (
        True,
        False,
        [(RuleKind.MINIMUM_AGE, Outcome.NOT_MET)],
    )


def test_what_was_found_stays_when_the_rules_change(scene):
    rule = make_rule(scene.event, RuleKind.MINIMUM_AGE)
    idea = submitted(scene, f_mulai="2026-03-03")
    rule.parameters = {"since": "use_start", "months": 1}
    make_rule(scene.event, RuleKind.ASN_ONLY)
    db.session.flush()
    found = eligibility.read_eligibility(scene.event, idea)
    assert found.frozen
    assert outcomes(found) == [(RuleKind.MINIMUM_AGE, Outcome.NOT_MET)]
    db.session.query(EligibilityRule).delete()
    assert eligibility.read_eligibility(scene.event, idea).answers == found.answers


def test_a_deadline_that_moved_is_counted_again_by_the_rules_of_then(scene):
    rule = make_rule(scene.event, RuleKind.MINIMUM_AGE, months=10)
    idea = submitted(scene, f_mulai="2026-03-03")
    rule.parameters = {"since": "use_start", "months": 200}
    phase = db.session.query(Phase).filter_by(event_id=scene.event.id, kind=PhaseKind.SUBMISSION).one()
    phase.ends_at += timedelta(days=31)
    db.session.flush()
    found = eligibility.read_eligibility(scene.event, idea)
    assert (found.frozen, found.moved) == (False, True)
    assert outcomes(found) == [(RuleKind.MINIMUM_AGE, Outcome.MET)]
    assert found.answers[0].values["asked"] == 10
    assert found.answers[0].values["closing"] == "2027-01-03"


def test_one_teams_extension_changes_nobodys_age(scene):
    make_rule(scene.event, RuleKind.MINIMUM_AGE, months=10)
    idea = draft(scene, f_mulai="2026-03-03")
    until = NOW + timedelta(days=60)
    extensions.grant_extension(
        organizer(scene), scene.team, until=until, reason="Banjir di kantor tim.", at=NOW
    )
    assert check(scene, idea).closing == CLOSING


def test_an_entry_from_before_the_rules_is_held_against_them_now(scene):
    idea = submitted(scene, f_mulai="2026-03-03")
    assert eligibility.read_eligibility(scene.event, idea).answers == ()
    make_rule(scene.event, RuleKind.MINIMUM_AGE)
    make_rule(scene.event, RuleKind.LETTERS, fields=["bukti"])
    found = eligibility.read_eligibility(scene.event, idea)
    assert (found.frozen, found.moved) == (False, False)
    assert [outcome for _kind, outcome in outcomes(found)] == [Outcome.NOT_MET, Outcome.NOT_MET]


# -- former winners -----------------------------------------------------------------------------------------------


@pytest.fixture
def wins():
    before = list(eligibility.FORMER_WINS)
    yield eligibility.FORMER_WINS
    eligibility.FORMER_WINS[:] = before


def test_every_source_of_former_wins_is_asked_for_the_unit_and_its_relatives(scene, wins):
    make_rule(scene.event, RuleKind.FORMER_WINNER)
    above = make_unit()
    own = make_unit(parent_id=above.id)
    below, brother = make_unit(parent_id=own.id), make_unit(parent_id=above.id)
    scene.team.unit_id = own.id
    idea = draft(scene)
    asked = []

    def source(event, unit_ids):
        asked.append((event.id, set(unit_ids)))
        return [FormerWin("Kompetisi 2025", 2025, "Parit Kita", below.id, 1, "Juara I")]

    wins[:] = [lambda _event, _ids: [], source]
    (answer,) = check(scene, idea).answers
    assert asked == [(scene.event.id, {above.id, own.id, below.id})]
    assert brother.id not in asked[0][1]
    assert (answer.outcome, answer.values["award"]) == (Outcome.NOT_MET, "Juara I")


def test_announced_boards_of_earlier_events_tell_who_won(scene):
    unit = make_unit()
    earlier = make_event(shift_days=-31, name="Kompetisi Dulu")
    first = build.make_round(earlier)
    leader = make_user()
    build.give_role(earlier, leader, Role.ORGANIZER)
    for title, values, place in (("PARIT KITA", "54444", unit), ("LAIN", "11111", make_unit())):
        team = build.make_team(earlier, unit_id=place.id)
        idea = build.make_idea(team, title=title, state=IdeaState.ELIGIBLE)
        juror = make_user()
        build.make_ballot(build.make_assignment(first, idea, juror), [int(value) for value in values])
    assert list_former_wins(scene.event, {unit.id}) == []
    climb(earlier, leader)
    (win,) = list_former_wins(scene.event, {unit.id})
    assert (win.event_name, win.year, win.title, win.unit_id, win.rank) == (
        "Kompetisi Dulu",
        2026,
        "PARIT KITA",
        unit.id,
        1,
    )
    assert list_former_wins(earlier, {unit.id}) == []
    assert list_former_wins(scene.event, set()) == []
    assert list_former_wins(scene.event, {make_unit().id}) == []
