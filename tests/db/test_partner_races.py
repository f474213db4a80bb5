"""Two managers give the last place in the same instant: one team has it."""

from __future__ import annotations

import threading

from innovate.accounts.models import User
from innovate.core.db import db, transaction
from innovate.core.errors import Refused
from innovate.partners.domain.kinds import Stage
from innovate.partners.models.offers import OfferUse
from innovate.partners.models.organisations import Organisation
from innovate.partners.services.offers import answer_offer
from tests.factories.build import NOW, make_event, make_team, make_user
from tests.factories.partners import make_offer, make_organisation, make_use

PLACES, TEAMS = 2, 5


def test_no_more_teams_than_places(committing_app) -> None:
    with committing_app.app_context(), transaction():
        manager, event = make_user(), make_event()
        organisation = make_organisation(manager)
        offer = make_offer(organisation, places=PLACES)
        uses = [make_use(offer, make_team(event)).id for _n in range(TEAMS)]
        keys = manager.id, organisation.id
    start, answers = threading.Barrier(TEAMS), []

    def accept(use_id: int) -> None:
        with committing_app.app_context():
            start.wait()
            try:
                with transaction():
                    user, place = db.session.get_one(User, keys[0]), db.session.get_one(Organisation, keys[1])
                    answer_offer(user, place, db.session.get_one(OfferUse, use_id), accept=True, at=NOW)
                answers.append("taken")
            except Refused:
                answers.append("full")

    threads = [threading.Thread(target=accept, args=(use_id,)) for use_id in uses]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == ["full"] * (TEAMS - PLACES) + ["taken"] * PLACES
    with committing_app.app_context():
        assert db.session.query(OfferUse).filter_by(state=Stage.ACCEPTED).count() == PLACES
