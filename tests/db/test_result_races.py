"""Two hands at one board at the same moment: what was read before somebody else committed decides nothing."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from flask import Flask

from innovate.accounts.models import User
from innovate.core.db import db, transaction
from innovate.core.errors import DomainError, NotFound, Refused, Stale
from innovate.events.domain.kinds import Role
from innovate.events.domain.seal import BoardState as S
from innovate.events.models import Event
from innovate.events.policy import Actor
from innovate.events.queries import get_actor
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.notifications.models import OutboxMail
from innovate.results.models import Board, BoardChange, Objection, TieRuling
from innovate.results.services import objections, plenary
from innovate.results.services.boards import move_board
from innovate.results.services.rules import begin_rules
from tests.factories.boards import LADDER, WHY, climb
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

PATIENCE = 30  # seconds a test waits for its other half before it fails


@dataclass
class Hall:
    """Two equal entries, two organizers and a chair, in a database of its own."""

    app: Flask
    people: dict[str, int]
    ideas: list[str]

    def as_(self, who: str) -> Actor:
        return get_actor("balapan", db.session.get_one(User, self.people[who]))


@pytest.fixture
def hall(committing_app) -> Hall:
    with committing_app.app_context(), transaction():
        event = make_event(slug="balapan", shift_days=-31)
        people = {name: make_user(name=name) for name in ("satu", "dua", "ketua", "kapten", "juri")}
        give_role(event, people["satu"], Role.ORGANIZER)
        give_role(event, people["dua"], Role.ORGANIZER)
        give_role(event, people["ketua"], Role.CHAIR)
        round_ = make_round(event)
        begin_rules(round_, None)
        captains = (people["kapten"], make_user())
        ideas = [make_idea(make_team(event, who), state=IdeaState.ELIGIBLE) for who in captains]
        for idea in ideas:
            make_ballot(make_assignment(round_, idea, people["juri"]), [4] * 5)
        return Hall(
            committing_app, {k: user.id for k, user in people.items()}, [idea.public_id for idea in ideas]
        )


def bring(hall: Hall, *states: S) -> None:
    with hall.app.app_context(), transaction():
        event = db.session.query(Event).filter_by(slug="balapan").one()
        climb(event, db.session.get_one(User, hall.people["satu"]), *states)


def announce(hall: Hall, who: str) -> None:
    move_board(hall.as_(who), 1, S.ANNOUNCED, expected=S.SIGNED, at=NOW)


def test_two_organizers_announce_at_once_and_every_captain_hears_it_once(hall: Hall) -> None:
    bring(hall, *LADDER[:4])
    together = threading.Barrier(2)
    outcomes: list[str] = []

    def press(who: str) -> None:
        with hall.app.app_context():
            together.wait(PATIENCE)
            try:
                with transaction():
                    announce(hall, who)
                outcomes.append("announced")
            except Stale:
                outcomes.append("told")

    threads = [threading.Thread(target=press, args=(who,)) for who in ("satu", "dua")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert sorted(outcomes) == ["announced", "told"]
    with hall.app.app_context():
        assert db.session.query(OutboxMail).filter_by(template="results_announced").count() == 2
        assert db.session.query(BoardChange).filter_by(after=S.ANNOUNCED).count() == 1


@pytest.fixture
def between(hall: Hall, monkeypatch) -> Callable[..., DomainError | None]:
    """`between(service module, its work, another hand's)`: the other hand commits after the first has read and before
    it holds what it decides on. For PostgreSQL: SQLite lets nobody read within another's writing.
    """

    def run(module, work: Callable[[], object], other: Callable[[], object]) -> DomainError | None:
        real, has_read, is_done = module.locked, threading.Event(), threading.Event()
        refused: list[DomainError] = []

        def slow(*args):
            if not has_read.is_set():
                has_read.set()
                assert is_done.wait(PATIENCE)
            return real(*args)

        def first() -> None:
            with hall.app.app_context():
                try:
                    with transaction():
                        work()
                except DomainError as error:
                    refused.append(error)

        monkeypatch.setattr(module, "locked", slow)
        thread = threading.Thread(target=first)
        thread.start()
        assert has_read.wait(PATIENCE)
        with hall.app.app_context(), transaction():
            other()
        is_done.set()
        thread.join(PATIENCE)
        return refused[0] if refused else None

    return run


@pytest.mark.parametrize("database_kind", ["postgres"])
def test_nobody_settles_a_tie_of_a_ranking_that_was_frozen_meanwhile(hall: Hall, between) -> None:
    bring(hall, *LADDER[:2])
    refused = between(
        plenary,
        lambda: plenary.rule_tie(hall.as_("ketua"), 1, hall.ideas, reason=WHY, at=NOW),
        lambda: move_board(hall.as_("satu"), 1, S.FROZEN, expected=S.PROVISIONAL, at=NOW),
    )
    assert isinstance(refused, Refused)
    with hall.app.app_context():
        assert db.session.query(TieRuling).count() == 0


@pytest.mark.parametrize("database_kind", ["postgres"])
def test_no_objection_to_an_announcement_that_was_withdrawn_meanwhile(hall: Hall, between) -> None:
    bring(hall, *LADDER)
    refused = between(
        objections,
        lambda: objections.file_objection(hall.as_("kapten"), 1, hall.ideas[0], reason="x" * 30, at=NOW),
        lambda: move_board(hall.as_("satu"), 1, S.SIGNED, expected=S.ANNOUNCED, reason=WHY, at=NOW),
    )
    assert isinstance(refused, NotFound)
    with hall.app.app_context():
        assert db.session.query(Objection).count() == 0
        assert db.session.query(Board).one().state is S.SIGNED
