"""Joining a team and taking a seat in the committee in the same instant: one of the two, never both."""

import threading

import pytest

from innovate.accounts.models import User
from innovate.core.db import db, transaction
from innovate.core.errors import NotFound, Refused
from innovate.events.domain.kinds import Role
from innovate.events.models import RoleInvitation
from innovate.events.queries import get_actor, roles_in
from innovate.events.services import people
from innovate.teams import queries
from innovate.teams.models import JoinRequest, Team
from innovate.teams.services import joining, leading
from tests.factories import build
from tests.factories.build import NOW

PERSONS = 4


@pytest.fixture
def world(committing_app):
    """A team with room, and persons who are each invited into the jury and wait for the captain's answer."""
    with committing_app.app_context(), transaction():
        event = build.make_event(team_max=3 * PERSONS)
        organizer, captain = build.make_user(), build.make_user()
        team = build.make_team(event, captain)
        persons = [build.make_user() for _n in range(PERSONS)]
        chairs = {"event_id": event.id, "role": Role.JUROR, "invited_by_id": organizer.id}
        until = NOW.replace(year=NOW.year + 1)
        offers = [build.add(RoleInvitation(**chairs, created_at=NOW, expires_at=until)) for _p in persons]
        asked = [build.add(JoinRequest(team_id=team.id, user_id=p.id, created_at=NOW)) for p in persons]
        return {
            "app": committing_app,
            "event": event.id,
            "slug": event.slug,
            "captain": captain.id,
            "team": team.id,
            "nonce": team.invite_nonce,
            "persons": list(
                zip([p.id for p in persons], [o.id for o in offers], [a.id for a in asked], strict=True)
            ),
        }


def link(world, actor, _asked):
    return joining.join_by_link(actor, world["nonce"], at=NOW)


def request(world, _actor, asked):
    captain = get_actor(world["slug"], db.session.get_one(User, world["captain"]))
    team = queries.get_team(world["event"], db.session.get_one(Team, world["team"]).public_id)
    return joining.answer_request(captain, team, asked, accept=True, at=NOW)


def register(_world, actor, asked):
    values = {"name": f"Tim baru {asked}", "description": "", "group_id": None, "unit_id": None}
    return leading.register_team(actor, values=values, at=NOW)


def run(world, person, way) -> list[object]:
    """Both acts at once. Each knows the person as they were before, as two open tabs do."""
    user_id, offer_id, asked = person
    gate = threading.Barrier(2)
    results: list[object] = [None, None]

    def act(n: int) -> None:
        with world["app"].app_context():
            try:
                actor = get_actor(world["slug"], db.session.get_one(User, user_id))
                offer = db.session.get_one(RoleInvitation, offer_id)
                gate.wait(10)
                with transaction():
                    if n:
                        results[n] = people.accept_invitation(actor.user, offer, at=NOW)
                    else:
                        results[n] = way(world, actor, asked)
            except Refused as refusal:
                results[n] = refusal
            finally:
                db.session.remove()

    threads = [threading.Thread(target=act, args=(n,)) for n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.mark.parametrize("way", [link, request, register], ids=lambda way: way.__name__)
def test_nobody_competes_and_judges(world, way) -> None:
    for person in world["persons"]:
        results = run(world, person, way)
        refused = [isinstance(result, Refused) for result in results]
        assert sorted(refused) == [False, True], results
        with world["app"].app_context():
            competes = queries.is_in_a_team(world["event"], person[0])
            judges = Role.JUROR in roles_in(world["event"], person[0])
            assert (competes, judges) == (not refused[0], not refused[1])
            db.session.remove()


def at_once(world, act) -> None:
    """Something that somebody else does, and finishes, while this page is open."""

    def run_apart() -> None:
        with world["app"].app_context(), transaction():
            act()
        with world["app"].app_context():
            db.session.remove()

    thread = threading.Thread(target=run_apart)
    thread.start()
    thread.join()


def seen_by(world, user_id: int):
    actor = get_actor(world["slug"], db.session.get_one(User, user_id))
    return actor, queries.get_team(world["event"], db.session.get_one(Team, world["team"]).public_id)


def join(world, user_id: int):
    joining.join_by_link(get_actor(world["slug"], db.session.get_one(User, user_id)), world["nonce"], at=NOW)


def hand_over(world, heir_id: int) -> None:
    captain, team = seen_by(world, world["captain"])
    heir = db.session.get_one(User, heir_id)
    leading.transfer_captaincy(captain, team, heir.public_id, at=NOW)


def test_whoever_was_made_captain_in_this_moment_does_not_leave_the_team_without_one(world) -> None:
    heir_id = world["persons"][0][0]
    at_once(world, lambda: join(world, heir_id))
    with world["app"].app_context():
        heir, team = seen_by(world, heir_id)
        at_once(world, lambda: hand_over(world, heir_id))
        with pytest.raises(Refused), transaction():
            joining.leave_team(heir, team, at=NOW)


def test_the_captaincy_does_not_go_to_somebody_who_just_left_nor_twice(world) -> None:
    (left, *_a), (stays, *_b) = world["persons"][:2]
    for person in (left, stays):
        at_once(world, lambda person=person: join(world, person))
    with world["app"].app_context():
        captain, team = seen_by(world, world["captain"])
        names = {user.id: user.public_id for user in queries.list_members(team.id)}
        at_once(world, lambda: joining.leave_team(*seen_by(world, left), at=NOW))
        with pytest.raises(NotFound), transaction():
            leading.transfer_captaincy(captain, team, names[left], at=NOW)
        at_once(world, lambda: hand_over(world, stays))
        with pytest.raises(NotFound), transaction():
            leading.transfer_captaincy(captain, team, names[captain.user_id], at=NOW)


def test_whoever_joins_while_the_team_is_disbanded_is_free_for_another(world) -> None:
    late = world["persons"][0][0]
    with world["app"].app_context():
        captain, team = seen_by(world, world["captain"])
        at_once(world, lambda: join(world, late))
        with transaction():
            leading.disband_team(captain, team, at=NOW)
        assert not queries.is_in_a_team(world["event"], late)


@pytest.fixture(autouse=True)
def _closing(committing_app):
    yield
    with committing_app.app_context():
        db.session.remove()
        db.engine.dispose()
