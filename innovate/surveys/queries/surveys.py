"""Surveys and who was asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import joinedload

from innovate.audit.queries import names_by
from innovate.core.db import db
from innovate.core.errors import NotFound
from innovate.learning.domain.kinds import ActivityState
from innovate.learning.models import Activity
from innovate.surveys.domain.kinds import SurveyState
from innovate.surveys.models import Invitation, Survey, SurveyResponse, SurveyVersion

TRAIL_NAMES = {"survey": names_by(Survey.id, Survey.title)}


class Rate(NamedTuple):
    """How many were asked by name, and how many answers came."""

    asked: int
    answered: int

    @property
    def share(self) -> float | None:
        """The part that answered, 0 to 1; None where nobody was asked by name."""
        return self.answered / self.asked if self.asked else None


def _whole() -> Select[tuple[Survey]]:
    query = select(Survey).where(Survey.removed_at.is_(None))
    return query.options(*map(joinedload, (Survey.event, Survey.activity, Survey.phase, Survey.version)))


def list_surveys(event_id: int | None) -> list[tuple[Survey, Rate]]:
    """The surveys of an event (None: of the site), the newest first. One statement."""
    return _list(Survey.event_id.is_(None) if event_id is None else Survey.event_id == event_id)


def list_about(activity_id: int) -> list[tuple[Survey, Rate]]:
    """The surveys about an activity, the newest first. One statement."""
    return _list(Survey.activity_id == activity_id)


def _list(which: ColumnElement[bool]) -> list[tuple[Survey, Rate]]:
    asked = select(func.count()).where(Invitation.survey_id == Survey.id).scalar_subquery().correlate(Survey)
    query = select(Survey, asked).where(Survey.removed_at.is_(None), which).options(joinedload(Survey.event))
    rows = db.session.execute(query.order_by(Survey.id.desc())).tuples()
    return [(survey, Rate(count, survey.answered)) for survey, count in rows]


def get_survey(event_id: int | None, public_id: str) -> Survey:
    """A survey of the event (None: of the site) with its version, or NotFound."""
    survey = find_survey(public_id)
    if survey is None or survey.event_id != event_id:
        raise NotFound
    return survey


def find_survey(public_id: str) -> Survey | None:
    """Any survey by its address, with event, activity, phase and version."""
    return db.session.scalar(_whole().where(Survey.public_id == public_id))


def load_survey(survey_id: int) -> Survey:
    """A survey that exists, read anew."""
    return db.session.scalars(
        _whole().where(Survey.id == survey_id), execution_options={"populate_existing": True}
    ).one()


def get_rate(survey: Survey) -> Rate:
    """How many were asked and how many answered."""
    query = select(func.count()).where(Invitation.survey_id == survey.id)
    return Rate(db.session.scalar(query) or 0, survey.answered)


def list_versions(survey_id: int) -> list[SurveyVersion]:
    """Every version, oldest first."""
    query = select(SurveyVersion).where(SurveyVersion.survey_id == survey_id)
    return list(db.session.scalars(query.order_by(SurveyVersion.number)))


def is_answered(survey_id: int, number: int) -> bool:
    """Whether somebody answered this version."""
    query = select(SurveyResponse.id).where(
        SurveyResponse.survey_id == survey_id, SurveyResponse.number == number
    )
    return db.session.scalar(query.limit(1)) is not None


def get_invitation(token: str) -> Invitation:
    """What a personal link leads to, with its survey, or NotFound."""
    query = select(Invitation).join(Invitation.survey)
    query = query.where(Invitation.token == token, Survey.removed_at.is_(None))
    query = query.options(
        joinedload(Invitation.survey).options(*map(joinedload, (Survey.event, Survey.version))),
        joinedload(Invitation.user),
        joinedload(Invitation.named_by),
    )
    invitation = db.session.scalar(query)
    if invitation is None:
        raise NotFound
    return invitation


def find_own(survey_id: int, user_id: int) -> Invitation | None:
    """Whether and as whom a person was asked; who named them is loaded."""
    query = select(Invitation).where(Invitation.survey_id == survey_id, Invitation.user_id == user_id)
    return db.session.scalar(query.options(joinedload(Invitation.named_by)).order_by(Invitation.id).limit(1))


def list_waiting(user_id: int, at: datetime) -> list[Survey]:
    """Surveys that wait for a person's answer, those that close first in front."""
    query = _whole().join(Invitation, Invitation.survey_id == Survey.id)
    query = query.where(
        Invitation.user_id == user_id,
        Invitation.answered.is_(False),
        Survey.state == SurveyState.OPEN,
        Survey.closes_at > at,
    )
    return list(db.session.scalars(query.order_by(Survey.closes_at, Survey.id)))


def list_named(invitation_id: int) -> list[Invitation]:
    """Whom an alumnus named."""
    query = select(Invitation).where(Invitation.named_by_id == invitation_id)
    return list(db.session.scalars(query.order_by(Invitation.id)))


def list_unanswered(survey_id: int) -> list[Invitation]:
    """Who was asked and has not answered."""
    query = select(Invitation).where(Invitation.survey_id == survey_id, Invitation.answered.is_(False))
    return list(db.session.scalars(query.order_by(Invitation.id)))


def list_running(at: datetime) -> Sequence[Survey]:
    """Open surveys that are not over: to be sent, or reminded of."""
    query = _whole().where(Survey.state == SurveyState.OPEN)
    query = query.where(Survey.closes_at.is_(None) | (Survey.closes_at > at) | Survey.sent_at.is_(None))
    return list(db.session.scalars(query.order_by(Survey.id)))


def list_activities(event_id: int | None) -> list[Activity]:
    """The activities a survey of this place may be about, the newest first."""
    query = select(Activity).where(Activity.state != ActivityState.CANCELLED)
    query = query.where(Activity.event_id.is_(None) if event_id is None else Activity.event_id == event_id)
    return list(db.session.scalars(query.order_by(Activity.id.desc())))
