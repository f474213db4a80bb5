"""Organisations and what they do."""

from __future__ import annotations

import itertools
from datetime import timedelta
from typing import Any

from innovate.accounts.models import User
from innovate.core import storage
from innovate.core.db import db
from innovate.events.models import Event, Prize, Track
from innovate.partners.domain.kinds import MixKind, OfferKind, OrganisationKind, Stage, StatementKind, Support
from innovate.partners.models.dealings import Challenge, Proposal
from innovate.partners.models.offers import Offer, OfferUse
from innovate.partners.models.organisations import Organisation, OrganisationMember
from innovate.partners.models.teams import Statement, StatementAcceptance, TeamMix
from innovate.teams.models import Team
from tests.factories.build import NOW, add, make_membership, make_team, make_user

_numbers = itertools.count(1)


def make_organisation(manager: User | None = None, **values: Any) -> Organisation:
    """An accepted university with one manager."""
    manager, n = manager or make_user(), next(_numbers)
    defaults = {
        "slug": f"universitas-{n}",
        "name": f"Universitas Contoh {n}",
        "kind": OrganisationKind.UNIVERSITY,
        "description": "Kampus di tepi Kapuas.",
        "domains": [],
        "state": Stage.ACCEPTED,
        "registered_by_id": manager.id,
        "registered_at": NOW,
    }
    organisation = add(Organisation(**{**defaults, **values}))
    make_partner_member(organisation, manager, is_manager=True, by="register")
    return organisation


def make_partner_member(
    organisation: Organisation, user: User | None = None, **values: Any
) -> OrganisationMember:
    user = user or make_user()
    defaults = {"state": Stage.ACCEPTED, "by": "manager", "asked_at": NOW}
    return add(OrganisationMember(organisation_id=organisation.id, user_id=user.id, **{**defaults, **values}))


def make_challenge(organisation: Organisation, event: Event, **values: Any) -> Challenge:
    """An accepted challenge with a track of its own, unless `state` says otherwise."""
    n = next(_numbers)
    if values.get("state", Stage.ACCEPTED) is Stage.ACCEPTED and "track_id" not in values:
        track = add(Track(event_id=event.id, code=f"tantangan-{n}", name=f"Tantangan {n}", position=n))
        values["track_id"] = track.id
    defaults = {
        "title": f"Banjir rob kawasan {n}",
        "background": "Air pasang masuk permukiman.",
        "criteria": "Peringatan satu jam lebih awal.",
        "contact": "riset@contoh.ac.id",
        "state": Stage.ACCEPTED,
        "proposed_by_id": organisation.registered_by_id,
        "proposed_at": NOW,
    }
    return add(Challenge(organisation_id=organisation.id, event_id=event.id, **{**defaults, **values}))


def make_proposal(organisation: Organisation, event: Event, kind: Support, **values: Any) -> Proposal:
    defaults = {"proposed_by_id": organisation.registered_by_id, "proposed_at": NOW}
    return add(
        Proposal(organisation_id=organisation.id, event_id=event.id, kind=kind, **{**defaults, **values})
    )


def make_offer(organisation: Organisation, **values: Any) -> Offer:
    defaults = {
        "kind": OfferKind.INTERNSHIP,
        "title": f"Magang gelombang {next(_numbers)}",
        "text": "Tiga bulan di laboratorium data.",
        "places": 1,
        "until": NOW + timedelta(days=400),
        "created_by_id": organisation.registered_by_id,
        "created_at": NOW,
    }
    return add(Offer(organisation_id=organisation.id, **{**defaults, **values}))


def make_use(offer: Offer, team: Team, **values: Any) -> OfferUse:
    defaults = {"note": "Kami ingin belajar.", "asked_by_id": team.captain_id, "asked_at": NOW}
    return add(OfferUse(offer_id=offer.id, team_id=team.id, **{**defaults, **values}))


def make_statement(event: Event, kind: StatementKind = StatementKind.PROPERTY, **values: Any) -> Statement:
    defaults = {"version": 1, "title": "Pernyataan", "text": "Karya ini karya kami.", "written_at": NOW}
    return add(Statement(event_id=event.id, kind=kind, **{**defaults, **values}))


def make_acceptance(statement: Statement, team: Team, user_id: int) -> StatementAcceptance:
    values = {"statement_id": statement.id, "team_id": team.id, "user_id": user_id, "accepted_at": NOW}
    return add(StatementAcceptance(**values))


def fill_partners(world: Any) -> dict[str, Any]:
    """What the addresses of partners need: the stranger manages an organisation that is in everything."""
    event, team, manager = world.event, world.team, world.users["stranger"]
    logo = storage.save(b"\x89PNG\r\n\x1a\n lambang").key
    organisation = make_organisation(manager, slug="universitas-khatulistiwa", logo_key=logo)
    member = make_partner_member(organisation, state=Stage.PENDING, by="", note="Dosen informatika")
    offer = make_offer(organisation, places=3)
    statement = make_statement(event)
    for name in ("captain", "member"):
        make_acceptance(statement, team, world.users[name].id)
    add(TeamMix(event_id=event.id, kind=MixKind.ASN, at_least=1))
    return {
        "organisation": organisation,
        "waiting_organisation": make_organisation(slug="komunitas-parit", state=Stage.PENDING),
        "partner_member": member,
        "challenge": make_challenge(
            organisation,
            event,
            filename="rob.csv",
            media_type="text/csv",
            storage_key=storage.save(b"jam,tinggi\n1,2\n").key,
            size=15,
        ),
        "waiting_challenge": make_challenge(organisation, event, state=Stage.PENDING),
        "offer": offer,
        "offer_use": make_use(offer, team),
        "proposal": make_proposal(organisation, event, Support.MENTOR, user_id=manager.id),
        "statement": statement,
    }


def add_to_the_partners(world: Any) -> None:
    """One more of everything."""
    organisation, event, team = world.values["organisation"], world.event, world.team
    person = make_user()
    make_partner_member(organisation, person)
    make_membership(team, person, left_at=None)
    make_organisation()
    make_organisation(state=Stage.PENDING)
    make_challenge(organisation, event)
    make_challenge(organisation, event, state=Stage.PENDING)
    prize = add(Prize(event_id=event.id, name=f"Hadiah {next(_numbers)}"))
    make_proposal(organisation, event, Support.PRIZE, prize_id=prize.id, state=Stage.ACCEPTED)
    make_proposal(organisation, event, Support.MENTOR, user_id=person.id)
    offer = make_offer(organisation)
    make_use(offer, team)
    make_use(world.values["offer"], make_team(event))
    versions = [row.version for row in _statements(event.id)]
    statement = make_statement(event, version=max(versions) + 1)
    make_acceptance(statement, team, person.id)
    taken = {row.kind for row in _mixes(event.id)}
    add(
        TeamMix(
            event_id=event.id, kind=next(kind for kind in MixKind if kind not in taken), at_least=0, at_most=9
        )
    )


def _statements(event_id: int) -> list[Statement]:
    return db.session.query(Statement).filter_by(event_id=event_id).all()


def _mixes(event_id: int) -> list[TeamMix]:
    return db.session.query(TeamMix).filter_by(event_id=event_id).all()
