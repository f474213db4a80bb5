"""Innovations in use as rows, with what belongs to them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from innovate.accounts.models import User
from innovate.core import storage
from innovate.core.db import db
from innovate.ideas.models import Idea
from innovate.impact.domain.kinds import Direction, Measure, Status
from innovate.impact.models import (
    Actual,
    AdoptionRequest,
    FollowUp,
    ImpactFile,
    Indicator,
    Innovation,
    Material,
    ReachReport,
    StatusEntry,
)
from innovate.impact.queries.innovations import get_innovation
from innovate.teams.models import Team
from tests.factories.build import NOW, add


def make_innovation(idea: Idea, **values: Any) -> Innovation:
    """An entry whose impact is followed, announced today."""
    about = {
        "announced_on": NOW.date(),
        "unit_id": idea.unit_id or db.session.get_one(Team, idea.team_id).unit_id,
        "title": idea.title,
    }
    row = add(Innovation(event_id=idea.event_id, idea_id=idea.id, created_at=NOW, **{**about, **values}))
    return get_innovation(row.public_id)


def make_replication(parent: Innovation, owner: User, **values: Any) -> Innovation:
    """An innovation adopted elsewhere."""
    about = {"event_id": parent.event_id, "root_id": parent.root_id or parent.id, "parent_id": parent.id}
    about |= {"owner_id": owner.id, "title": parent.title, "unit_name": "Dinas Sosial Singkawang"}
    row = add(Innovation(created_at=NOW, announced_on=NOW.date(), **{**about, **values}))
    return get_innovation(row.public_id)


def make_followup(innovation: Innovation, **values: Any) -> FollowUp:
    """An asking after three months, open and not answered."""
    about = {"months": 3, "first": date(2025, 1, 1), "last": date(2025, 3, 31), "asked_at": NOW}
    about |= {"closes_at": NOW + timedelta(days=60)}
    return add(FollowUp(innovation_id=innovation.id, **{**about, **values}))


def make_request(innovation: Innovation, asker: User, **values: Any) -> AdoptionRequest:
    """Somebody asks to adopt."""
    about = {
        "unit_name": "Dinas Sosial Singkawang",
        "words": "Kami menghadapi masalah yang sama.",
        "asked_at": NOW,
    }
    return add(AdoptionRequest(innovation_id=innovation.id, asker_id=asker.id, **{**about, **values}))


def furnish(innovation: Innovation, by: User, asker: User) -> dict[str, Any]:
    """One row of everything an innovation has, all waiting for somebody."""
    stored = storage.save(b"%PDF-1.4 bukti")
    file = add(
        ImpactFile(
            innovation_id=innovation.id,
            filename="bukti.pdf",
            media_type="application/pdf",
            size=stored.size,
            sha256=stored.sha256,
            storage_key=stored.key,
            uploaded_by_id=by.id,
            uploaded_at=NOW,
        )
    )
    own: dict[str, Any] = {"by_id": by.id, "at": NOW}
    of = {"innovation_id": innovation.id}
    add(StatusEntry(**of, status=Status.RUNNING, since=NOW.date(), **own))
    innovation.status = Status.RUNNING
    aim = {"name": f"Waktu layanan {innovation.public_id}", "unit": "hari", "direction": Direction.DOWN}
    aim |= {"baseline": Decimal(14), "baseline_on": date(2024, 1, 1), "baseline_source": "Register"}
    indicator = add(Indicator(**of, **aim, target=Decimal(3), **own))
    span = {"first": date(2025, 1, 1), "last": date(2025, 3, 31)}
    actual = add(Actual(indicator_id=indicator.id, **span, value=Decimal("7.5"), file_id=file.id, **own))
    reach = add(
        ReachReport(
            **of, measure=Measure.PEOPLE, year=2025, value=Decimal(501), link="https://x.example", **own
        )
    )
    answered = {"answered_at": NOW, "answered_by_id": by.id, "status": Status.RUNNING, "is_used": True}
    answered |= {
        "people": 501,
        "saved": 1_000_000,
        "story": "Warga tidak perlu datang lagi.",
        "file_id": file.id,
    }
    answer = make_followup(innovation, months=6, **answered)
    material = add(Material(**of, label="Panduan", file_id=file.id, **own))
    waiting = make_request(innovation, asker)
    return {
        "indicator": indicator,
        "actual": actual,
        "reach": reach,
        "answer": answer,
        "impact_material": material,
        "impact_file": file,
        "adoption": waiting,
    }
