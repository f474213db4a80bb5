"""Many at once: receipt numbers, one living idea, one decision."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from innovate.accounts.models import User
from innovate.core.db import db, transaction
from innovate.core.errors import DomainError
from innovate.events.domain.kinds import Role
from innovate.events.queries import get_actor
from innovate.ideas.domain.lifecycle import Decision
from innovate.ideas.domain.screening import seen_token
from innovate.ideas.models import Idea, Screening
from innovate.ideas.queries.ideas import get_idea
from innovate.ideas.services import drafts, screening, submission
from innovate.teams.models import Team
from tests.factories import build
from tests.factories.proposals import NOW, draft, make_scene, submitted

AT_ONCE = 8


def together(app, act, arguments):
    """Run `act` in as many threads as there are arguments, each in its own transaction; what they return or raise."""

    def one(argument):
        with app.app_context():
            try:
                with transaction():
                    return act(argument)
            except DomainError as error:
                return error
            finally:
                db.session.remove()

    with ThreadPoolExecutor(len(arguments)) as pool:
        return list(pool.map(one, arguments))


def person(slug, user_id):
    return get_actor(slug, db.session.get_one(User, user_id))


def test_every_submission_gets_its_own_number(committing_app):
    with committing_app.app_context():
        with transaction():
            first = make_scene()
            scenes = [(first.captain.id, draft(first))]
            for _n in range(AT_ONCE - 1):
                captain = build.make_user()
                first.captain, first.team = captain, build.make_team(first.event, captain, build.make_user())
                scenes.append((captain.id, draft(first)))
            slug, event_id = first.event.slug, first.event.id
            jobs = [(user_id, idea.public_id, idea.version) for user_id, idea in scenes]
        db.session.remove()

    def submit(job):
        user_id, public_id, version = job
        actor = person(slug, user_id)
        idea = get_idea(event_id, public_id)
        return submission.submit_idea(actor, idea, version=version, in_gallery=False, at=NOW).number

    assert sorted(together(committing_app, submit, jobs)) == list(range(1, AT_ONCE + 1))


def test_a_double_click_from_many_tabs_gives_one_receipt(committing_app):
    with committing_app.app_context():
        with transaction():
            scene = make_scene()
            idea = draft(scene)
            slug, event_id, key = scene.event.slug, scene.event.id, idea.public_id
            job = (scene.captain.id, idea.version)
        db.session.remove()

    def submit(job):
        user_id, version = job
        idea = get_idea(event_id, key)
        done = submission.submit_idea(person(slug, user_id), idea, version=version, in_gallery=False, at=NOW)
        return done.number, done.submitted_revision_id

    assert len(set(together(committing_app, submit, [job] * AT_ONCE))) == 1


def test_members_who_begin_at_once_share_one_idea(committing_app):
    with committing_app.app_context():
        with transaction():
            scene = make_scene()
            slug, team_id = scene.event.slug, scene.team.id
            people = [scene.captain.id, scene.member.id] * 3
        db.session.remove()

    def begin(user_id):
        return drafts.create_idea(person(slug, user_id), db.session.get_one(Team, team_id), at=NOW).id

    assert len(set(together(committing_app, begin, people))) == 1
    with committing_app.app_context():
        assert db.session.query(Idea).count() == 1
        db.session.remove()


def test_only_one_of_two_decisions_at_once_counts(committing_app):
    with committing_app.app_context():
        with transaction():
            scene = make_scene()
            idea = submitted(scene)
            office = [build.make_user() for _n in range(4)]
            for user in office:
                build.give_role(scene.event, user, Role.SECRETARIAT)
            slug, event_id, key = scene.event.slug, scene.event.id, idea.public_id
            token = seen_token(idea.submitted_revision_id, idea.state, [])
            jobs = list(zip([u.id for u in office], [Decision.PASS, Decision.FAIL] * 2, strict=True))
        db.session.remove()

    def decide(job):
        user_id, decision = job
        idea = get_idea(event_id, key)
        verdict = screening.Verdict(decision, token, reason="Karena.")
        return screening.decide(person(slug, user_id), idea, verdict, at=NOW).decision

    results = together(committing_app, decide, jobs)
    assert sum(isinstance(result, Decision) for result in results) == 1
    with committing_app.app_context():
        assert db.session.query(Screening).count() == 1
        db.session.remove()


@pytest.fixture(autouse=True)
def _closing(committing_app):
    yield
    with committing_app.app_context():
        db.session.remove()
        db.engine.dispose()
