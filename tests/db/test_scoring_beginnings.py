"""Rounds and rubrics of new events."""

from datetime import timedelta
from decimal import Decimal

import pytest

from innovate.core.db import db
from innovate.core.errors import Refused
from innovate.events.domain.kinds import EventState, PhaseKind, Role
from innovate.events.domain.template import propose_timetable
from innovate.events.queries import get_actor
from innovate.events.services import launch, timetable
from innovate.events.services.creation import NewEvent, clone_event, create_from_template
from innovate.events.services.templates import find_template, load_templates
from innovate.scoring.domain.rubric import find_problems
from innovate.scoring.models.jury import Juror
from innovate.scoring.models.rounds import Round, Rubric
from innovate.scoring.queries.rounds import find_rubric, list_rounds, list_rubrics_in_force
from tests.factories import build
from tests.factories.build import NOW


def spans(template):
    return propose_timetable(template.phases, NOW.date() + timedelta(days=3), NOW.tzinfo)


@pytest.fixture
def creator(db_session):
    from innovate.accounts.models import SiteRole

    return build.make_user(site_role=SiteRole.ORGANIZER)


@pytest.mark.parametrize("key", list(load_templates()))
def test_every_template_brings_usable_rubrics_for_all_its_rounds(creator, key):
    template = find_template(key)
    new = NewEvent(name="Lomba", slug=f"lomba-{key}", timetable=spans(template))
    event = create_from_template(creator, template, new, at=NOW)
    rounds = list_rounds(event.id)
    judged = [phase for phase in template.phases if phase.kind.is_round]
    assert [r.phase.kind for r in rounds] == [phase.kind for phase in judged]
    assert all(r.ballots_per_idea == template.ballots_per_idea for r in rounds)
    assert sum(r.weight for r in rounds) == 100 * bool(rounds)
    for round_ in rounds:
        written = next(r for r in template.rubrics if r["phase"] == round_.phase.kind.value)
        rubric = find_rubric(round_.rubric_id)
        assert [c.name for c in rubric.criteria] == [c["name"] for c in written["criteria"]]
        assert find_problems(rubric.criteria) == []
        assert (
            rubric.criteria[0].levels[0]["description"] == written["criteria"][0]["levels"][0]["description"]
        )


def test_a_copied_event_has_the_same_rounds_and_rubrics_of_its_own(creator):
    template = find_template("kota")
    first = create_from_template(creator, template, NewEvent("Satu", "satu", spans(template)), at=NOW)
    source = list_rounds(first.id)[0]
    source.ballots_per_idea, source.weight = 4, Decimal(60)
    db.session.flush()
    actor = get_actor("satu", creator)
    copy = clone_event(actor, NewEvent("Dua", "dua", spans(template)), at=NOW)
    pairs = list_rubrics_in_force(copy.id)
    assert next((r.ballots_per_idea, r.weight) for r, _ in pairs) == (4, Decimal(60))
    old = {rubric.id for _, rubric in list_rubrics_in_force(first.id)}
    assert not old & {rubric.id for _, rubric in pairs}
    assert [c.name for c in pairs[0][1].criteria] == [c["name"] for c in template.rubrics[0]["criteria"]]


def test_a_judging_phase_added_later_gets_its_round_and_takes_it_along_when_removed(db_session):
    event = build.make_event(state=EventState.DRAFT)
    organizer = build.make_user()
    build.give_role(event, organizer, Role.ORGANIZER)
    actor = get_actor(event.slug, organizer)
    phase = timetable.add_phase(actor, PhaseKind.JUDGING, "Verifikasi lapangan", at=NOW)
    assert [r.phase_id for r in list_rounds(event.id)] == [phase.id]
    timetable.remove_phase(actor, phase, at=NOW)
    assert db_session.query(Round).count() == 0
    assert db_session.query(Rubric).count() == 0


def test_a_phase_whose_round_has_jurors_stays(db_session):
    event = build.make_event(state=EventState.DRAFT)
    organizer, juror = build.make_user(), build.make_user()
    build.give_role(event, organizer, Role.ORGANIZER)
    actor = get_actor(event.slug, organizer)
    phase = timetable.add_phase(actor, PhaseKind.JUDGING, "Verifikasi lapangan", at=NOW)
    round_ = list_rounds(event.id)[0]
    idea = build.make_idea(build.make_team(event), state=build.IdeaState.ELIGIBLE)
    build.make_assignment(round_, idea, juror)
    with pytest.raises(Refused, match="sudah memiliki penilaian"):
        timetable.remove_phase(actor, phase, at=NOW)


def test_whoever_becomes_a_juror_has_a_row(db_session):
    from innovate.events.services.people import after_role_given

    event, user = build.make_event(), build.make_user()
    role = build.add(build.EventRole(event_id=event.id, user_id=user.id, role=Role.JUROR, created_at=NOW))
    for listener in after_role_given:
        listener(role, NOW)
    assert db_session.query(Juror).filter_by(event_id=event.id, user_id=user.id).count() == 1


def test_launch_advises_a_usable_rubric(db_session):
    event = build.make_event(state=EventState.DRAFT)
    organizer = build.make_user()
    build.give_role(event, organizer, Role.ORGANIZER)

    def is_done():
        checks = launch.check_readiness(get_actor(event.slug, organizer), at=NOW)
        return next(check.done for check in checks if check.code == "rubrics")

    assert not is_done()
    build.make_round(event)
    assert is_done()
