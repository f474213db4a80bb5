"""Surveys in every state, and people who answered them."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from innovate.accounts.models import User
from innovate.events.models import Event
from innovate.surveys.domain.kinds import Part, QuestionKind, Segment, SurveyKind, SurveyState
from innovate.surveys.domain.questionnaire import (
    Condition,
    Option,
    Question,
    Questionnaire,
    Section,
    Text,
    pack,
)
from innovate.surveys.models import Invitation, Survey, SurveyResponse, SurveyVersion
from tests.factories.build import NOW, add

_numbers = itertools.count(1)
YES_NO = (Option("ya", Text("Ya", "Yes")), Option("tidak", Text("Tidak", "No")))
WHOLE = Questionnaire(
    (
        Section(
            "s1",
            Text("Kesan", "Impressions"),
            questions=(
                Question("p1", QuestionKind.SCALE, Text("Saya puas.", "I am satisfied."), required=True),
                Question("p2", QuestionKind.SINGLE, Text("Ikut lagi?", "Again?"), options=YES_NO),
                Question(
                    "p3",
                    QuestionKind.LONG,
                    Text("Mengapa tidak?", "Why not?"),
                    required=True,
                    show=Condition("p2", ("tidak",)),
                ),
            ),
        ),
        Section(
            "s2",
            Text("Saran"),
            questions=(Question("p4", QuestionKind.SHORT, Text("Saran Anda")),),
        ),
    )
)


def make_survey(
    organizer: User, event: Event | None = None, whole: Questionnaire = WHOLE, **values: Any
) -> Survey:
    """A public anonymous survey that takes answers since yesterday."""
    defaults = {
        "event_id": event.id if event else None,
        "title": "Kesan peserta",
        "state": SurveyState.OPEN,
        "created_by_id": organizer.id,
        "created_at": NOW - timedelta(days=3),
        "opened_at": NOW - timedelta(days=1),
        "sent_at": NOW - timedelta(days=1),
        "closes_at": NOW + timedelta(days=9),
        "people": [],
    }
    survey = add(Survey(**{**defaults, **values}))
    made = {"made_by_id": organizer.id, "made_at": NOW}
    add(SurveyVersion(survey_id=survey.id, number=1, content=pack(whole), **made))
    return survey


def make_draft(organizer: User, event: Event | None = None, **values: Any) -> Survey:
    """A survey that is being written."""
    empty: dict[str, Any] = dict.fromkeys(("opened_at", "sent_at", "closes_at"))
    return make_survey(organizer, event, **{"state": SurveyState.DRAFT, **empty, **values})


def invite(survey: Survey, user: User | None = None, **values: Any) -> Invitation:
    """Somebody who was asked."""
    n = next(_numbers)
    defaults = {
        "survey_id": survey.id,
        "user_id": user.id if user else None,
        "email": user.email if user else f"diminta{n}@contoh.example",
        "name": user.full_name if user else "",
        "token": f"tautan-{n}",
    }
    return add(Invitation(**{**defaults, **values}))


def respond(survey: Survey, answers: Mapping[str, Any], **values: Any) -> SurveyResponse:
    """An answer as it is kept."""
    survey.answered = (survey.answered or 0) + 1
    n = next(_numbers)
    return add(
        SurveyResponse(
            **{"survey_id": survey.id, "number": 1, "slip": f"lembar-{n}", "answers": dict(answers), **values}
        )
    )


def add_surveys(event: Event, organizer: User, captain: User) -> dict[str, Any]:
    """A named one with answers, a public one, a draft, and one of the site; an alumnus who may name others."""
    survey = make_survey(
        organizer, event, anonymous=False, segment=Segment.PARTICIPANTS, kind=SurveyKind.BEHAVIOUR
    )
    asked = invite(survey, captain, part=Part.ALUMNUS)
    peer = invite(survey, part=Part.PEER, named_by_id=asked.id, answered=True)
    respond(survey, {"p1": 4, "p2": "tidak", "p3": "Jauh"}, invitation_id=peer.id, part=Part.PEER, at=NOW)
    return {
        "survey": survey,
        "asked": asked,
        "public_survey": make_survey(organizer, event),
        "draft_survey": make_draft(organizer, event),
        "site_survey": make_survey(organizer, anonymous=False),
    }


def add_to_the_surveys(survey: Survey, event: Event, organizer: User) -> None:
    """One more answer, one more who was asked, and one more survey in each place."""
    peer = invite(survey, part=Part.PEER, answered=True)
    respond(
        survey,
        {"p1": 3, "p2": "ya"},
        invitation_id=peer.id,
        part=Part.PEER,
        at=NOW,
        unit_id=organizer.unit_id,
    )
    for place in (event, None):
        respond(make_survey(organizer, place), {"p1": 5})
    invite(make_survey(organizer, event, segment=Segment.LIST), organizer)
