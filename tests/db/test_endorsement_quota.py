"""Places of a unit: counted as they are, given once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from innovate.accounts.models import SiteRole, User
from innovate.audit.models import AuditEntry
from innovate.core.db import db, transaction
from innovate.core.errors import DomainError, NotAllowed, Refused
from innovate.endorsement.domain.chain import Stage, Standing
from innovate.endorsement.domain.quota import Place, Quotas
from innovate.endorsement.models import Chain, EndorsementRules
from innovate.endorsement.queries.chains import find_chain, read_standing
from innovate.endorsement.queries.places import list_places, read_quotas
from innovate.endorsement.services import deciding, settings
from innovate.events.domain.kinds import EventState, Role
from innovate.events.domain.template import Timespan
from innovate.events.queries import get_actor
from innovate.events.services.creation import NewEvent, clone_event, create_from_template
from innovate.events.services.templates import load_templates
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.ideas.queries.ideas import get_idea
from innovate.ideas.services import submission
from innovate.teams.services import leading
from tests.factories.build import NOW, give_role, make_team, make_unit, make_user
from tests.factories.endorsement import make_chain, make_office, make_ready, new_letter

AT_ONCE = 5


@pytest.fixture
def office(db_session):
    return make_office()


def waiting(office, unit=None, group="A"):
    """One more proposal of the unit, asked for."""
    team = make_team(office.event, make_user(), unit_id=(unit or office.puskesmas).id)
    idea = make_ready(office.event, team)
    idea.group_id = next(g.id for g in office.actor().event.groups if g.code == group)
    make_chain(idea, Stage.WAITING, team_captain(team))
    return idea


def team_captain(team):
    return db.session.get_one(User, team.captain_id)


def endorse(office, idea, by=None):
    actor = office.actor(by or office.head)
    seen = deciding.seen_mark(db.session.get_one(Chain, idea.id))
    return deciding.endorse(actor, idea, seen=seen, letter=new_letter(), at=NOW)


def limit(office, per_unit=None, **groups):
    codes = {group.code: group.id for group in office.actor().event.groups}
    rules = db.session.get_one(EndorsementRules, office.event.id)
    rules.per_unit, rules.per_group = per_unit, {str(codes[code]): n for code, n in groups.items()}


def test_a_unit_sends_no_more_than_its_quota(office):
    limit(office, 2)
    first, second, third = (waiting(office) for _n in range(3))
    endorse(office, first)
    endorse(office, second)
    with pytest.raises(Refused, match="paling banyak 2 usulan"):
        endorse(office, third)
    below = waiting(office, make_unit(parent_id=office.puskesmas.id))
    endorse(office, below)  # a unit below has places of its own


def test_a_team_that_leaves_its_unit_and_returns_asks_again(office):
    limit(office, 1)
    first, second = waiting(office), waiting(office)
    endorse(office, first)
    actor = office.actor(team_captain(first.team))
    for unit in (make_unit(), office.puskesmas):
        if unit is office.puskesmas:
            endorse(office, second)  # the place is free meanwhile
        values = {"name": first.team.name, "unit_id": unit.id}
        leading.edit_team(actor, first.team, values=values, at=NOW)
    assert len(list_places(office.event.id)) == 1
    first = get_idea(office.event.id, first.public_id)
    assert read_standing(find_chain(first.id), first) is Standing.CHANGED


def test_a_quota_of_a_group(office):
    limit(office, B=1)
    endorse(office, waiting(office, group="B"))
    with pytest.raises(Refused, match="Kelompok B"):
        endorse(office, waiting(office, group="B"))
    endorse(office, waiting(office))


def test_what_changed_or_was_withdrawn_frees_its_place_and_what_failed_keeps_it(office):
    limit(office, 1)
    first, second = waiting(office), waiting(office)
    endorse(office, first)
    first.version += 1  # the team edits: the endorsement is void
    endorse(office, second)
    second.state, second.number = IdeaState.INELIGIBLE, 7
    assert list_places(office.event.id) == [Place(office.puskesmas.id, None)]
    with pytest.raises(Refused):
        endorse(office, waiting(office))
    second.state = IdeaState.WITHDRAWN
    assert list_places(office.event.id) == []


def test_a_withdrawn_proposal_comes_back_only_if_there_is_a_place(office, db_session):
    limit(office, 1)
    first, second = waiting(office), waiting(office)
    captain = db_session.get_one(User, office.read(first).team.captain_id)
    endorse(office, first)
    chain = db_session.get_one(Chain, first.id)
    deciding.hand_in_for_team(office.actor(office.head), first, seen=deciding.seen_mark(chain), at=NOW)
    submission.withdraw_idea(office.actor(captain), office.read(first), at=NOW)
    endorse(office, second)
    with pytest.raises(Refused, match="Kuota"):
        submission.restore_idea(office.actor(captain), office.read(first), at=NOW)
    assert office.read(first).state is IdeaState.WITHDRAWN


def test_the_last_place_is_given_once(committing_app):
    with committing_app.app_context():
        with transaction():
            office = make_office()
            limit(office, 2)
            ideas = [waiting(office).public_id for _n in range(AT_ONCE)]
            slug, event_id, head = office.event.slug, office.event.id, office.head.id
        db.session.remove()

    def one(public_id):
        with committing_app.app_context():
            try:
                with transaction():
                    idea = get_idea(event_id, public_id)
                    actor = get_actor(slug, db.session.get_one(User, head))
                    seen = deciding.seen_mark(db.session.get_one(Chain, idea.id))
                    deciding.endorse(actor, idea, seen=seen, letter=new_letter(), at=NOW)
                return "endorsed"
            except DomainError as error:
                return type(error).__name__
            finally:
                db.session.remove()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        found = list(pool.map(one, ideas))
    assert sorted(found) == ["Refused"] * (AT_ONCE - 2) + ["endorsed"] * 2
    with committing_app.app_context():
        assert len(list_places(event_id)) == 2


# -- what is asked ----------------------------------------------------------------------------------------------------


def save(office, actor=None, *, asks=True, quotas=Quotas(2), reason=""):  # noqa: B008 - it never changes
    actor = actor or office.actor(office.organizer)
    return settings.save_rules(actor, asks=asks, quotas=quotas, reason=reason, at=NOW)


def test_rules_change_after_the_launch_only_with_a_reason(office, db_session):
    with pytest.raises(Refused) as refused:
        save(office)
    assert refused.value.field == "reason"
    assert read_quotas(office.event.id) == Quotas()
    assert save(office, reason="Rapat panitia 12 November")
    assert not save(office)
    group = office.actor().event.groups[0]
    assert save(office, quotas=Quotas(2, {group.id: 1}), reason="Juknis")
    entry = db_session.query(AuditEntry).filter_by(action="endorsement.rules").order_by(AuditEntry.id.desc())
    assert entry.first().actor_id == office.organizer.id
    office.event.state = EventState.DRAFT
    assert save(office, asks=False, quotas=Quotas())


def test_only_organizers_set_rules_within_bounds(office):
    for actor in (office.actor(office.clerk), office.actor(office.near)):
        with pytest.raises(NotAllowed):
            save(office, actor, reason="Saya mau")
    for quotas in (Quotas(1000), Quotas(-1), Quotas(None, {999_999: 1})):
        with pytest.raises(Refused):
            save(office, quotas=quotas, reason="Salah ketik")


def new_event(slug, template):
    spans = [
        Timespan(phase.kind, phase.name, NOW + timedelta(days=n), NOW + timedelta(days=n + 1))
        for n, phase in enumerate(template.phases)
    ]
    return NewEvent(slug, slug, spans)


@pytest.mark.parametrize(
    ("key", "asks"),
    [("kota", True), ("kipp", True), ("hackathon", False), ("ideathon", False), ("empty", False)],
)
def test_competitions_between_units_ask_from_the_start(db_session, key, asks):
    template = load_templates()[key]
    user = make_user(site_role=SiteRole.ORGANIZER)
    event = create_from_template(user, template, new_event("lomba-satu", template), at=NOW)
    assert event.asks_endorsement is asks


def test_a_copy_asks_as_its_source_did(office, db_session):
    codes = {group.code: group.id for group in office.actor().event.groups}
    save(office, quotas=Quotas(3, {codes["B"]: 1}), reason="Juknis")
    organizer = office.organizer
    organizer.site_role = SiteRole.ORGANIZER
    give_role(office.event, organizer, Role.AUDITOR)
    template = load_templates()["kota"]
    copy = clone_event(office.actor(organizer), new_event("lomba-dua", template), at=NOW)
    assert copy.asks_endorsement
    groups = {group.code: group.id for group in get_actor("lomba-dua", None).event.groups}
    assert read_quotas(copy.id) == Quotas(3, {groups["B"]: 1})
