"""Opening a survey, sending it to whom it is for, reminding, and closing it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from innovate.accounts.models import User
from innovate.core.db import db, locked
from innovate.core.errors import Refused, require
from innovate.learning.domain.kinds import ActivityState
from innovate.notifications.services import enqueue_mail_once
from innovate.surveys.domain.kinds import (
    OF_ACTIVITIES,
    OF_EVENTS,
    Part,
    Segment,
    SurveyKind,
    SurveyState,
    When,
)
from innovate.surveys.domain.timing import Stage, due_at, reminder_number
from innovate.surveys.models import Invitation, Survey
from innovate.surveys.policy import Maker
from innovate.surveys.queries.segments import find_last_session, list_by_address, list_people
from innovate.surveys.queries.surveys import list_running, list_unanswered, load_survey
from innovate.surveys.services.building import draw_token, hold_survey
from innovate.surveys.services.trail import record

MOST_ADDRESSES = 1000
PLAN = (
    "segment",
    "people",
    "activity_id",
    "sends",
    "send_at",
    "phase_id",
    "days",
    "open_days",
    "closes_at",
    "reminders",
    "remind_every",
)


class Guest(NamedTuple):
    """Somebody to be asked."""

    email: str
    name: str
    user: User | None = None
    part: Part | None = None
    named_by_id: int | None = None


def plan_sending(maker: Maker, survey: Survey, values: Mapping[str, Any], *, at: datetime) -> None:
    """Whom it goes to, when, how long it is open, and who is reminded how often. Until it was sent."""
    survey = hold_survey(maker, survey)
    require(
        survey.sent_at is None, Refused(_l("Survei ini sudah dikirim. Waktu tutupnya masih dapat diubah."))
    )
    _check_plan(maker, values, at)
    before = {name: getattr(survey, name) for name in PLAN if getattr(survey, name) != values[name]}
    for name in before:
        setattr(survey, name, values[name])
    if before:
        after = {name: values[name] for name in before}
        record(
            "survey.plan",
            survey,
            actor_id=maker.user_id,
            at=at,
            before=_said(before),
            after=_said(after),
        )


def _said(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as the trail keeps them: of a list of addresses only how many."""
    said: dict[str, Any] = {}
    for name, value in values.items():
        if name == "people":
            said["asked"] = len(value)
        elif name not in {"activity_id", "phase_id"}:
            said[name] = value.isoformat() if isinstance(value, datetime) else value
    return said


def _check_plan(maker: Maker, values: Mapping[str, Any], at: datetime) -> None:
    segment, sends = values["segment"], values["sends"]
    needs_activity = segment in OF_ACTIVITIES or sends is When.ACTIVITY
    checks = (
        (
            segment in OF_EVENTS and maker.event is None,
            "segment",
            _l("Pilihan ini hanya ada dalam kompetisi."),
        ),
        (needs_activity and not values["activity_id"], "activity_id", _l("Pilih kegiatannya.")),
        (
            segment is Segment.LIST and not values["people"],
            "people",
            _l("Isi sekurangnya satu alamat surel."),
        ),
        (len(values["people"]) > MOST_ADDRESSES, "people", _l("Paling banyak 1.000 alamat.")),
        (sends is When.AT and not values["send_at"], "send_at", _l("Isi tanggal dan jam dengan lengkap.")),
        (sends is When.PHASE and not values["phase_id"], "phase_id", _l("Pilih tahapnya.")),
    )
    for fails, field, message in checks:
        require(not fails, Refused(message, field=field))
    closes = values["closes_at"]
    late = closes is not None and closes <= max(at, values["send_at"] or at)
    require(not late, Refused(_l("Waktu tutup harus sesudah waktu kirim."), field="closes_at"))


def open_survey(maker: Maker, survey: Survey, *, at: datetime) -> None:
    """From here it waits for its instant; what goes at once goes now."""
    survey = hold_survey(maker, survey)
    require(survey.state is SurveyState.DRAFT, Refused(_l("Survei ini sudah dibuka.")))
    asks = any(True for _each in survey.version.whole.questions())
    require(asks, Refused(_l("Survei ini belum berisi pertanyaan.")))
    require(
        not (survey.anonymous and survey.kind is SurveyKind.BEHAVIOUR),
        Refused(_l("Survei perilaku harus bernama: jawaban alumnus, atasan, dan rekan dibaca bersama.")),
    )
    plan = {name: getattr(survey, name) for name in PLAN}
    _check_plan(maker, plan, at)
    survey.state, survey.opened_at = SurveyState.OPEN, at
    record("survey.open", survey, actor_id=maker.user_id, at=at)
    send_if_due(survey, at=at)


def close_survey(maker: Maker, survey: Survey, *, at: datetime) -> None:
    """Take no more answers, before the time that was set."""
    survey = hold_survey(maker, survey)
    require(survey.state is SurveyState.OPEN, Refused(_l("Survei ini tidak sedang dibuka.")))
    survey.state, survey.closed_at = SurveyState.CLOSED, at
    record("survey.close", survey, actor_id=maker.user_id, at=at)


def extend_survey(maker: Maker, survey: Survey, closes_at: datetime, *, at: datetime) -> None:
    """Close at another instant. A survey that is over stays over: its results have been seen."""
    survey = hold_survey(maker, survey)
    require(
        survey.stage(at) in {Stage.RUNNING, Stage.WAITING},
        Refused(_l("Survei ini sudah ditutup."), field="closes_at"),
    )
    require(closes_at > at, Refused(_l("Waktu tutup harus di depan."), field="closes_at"))
    before = {"closes_at": survey.closes_at.isoformat() if survey.closes_at else None}
    survey.closes_at = closes_at
    after = {"closes_at": closes_at.isoformat()}
    record("survey.extend", survey, actor_id=maker.user_id, at=at, before=before, after=after)


# -- the runner ---------------------------------------------------------------------------------------------------


def serve_surveys(*, at: datetime) -> int:
    """Send what is due, remind, and close what is over; how many surveys had something to do."""
    done = 0
    for found in list_running(at):
        locked(Survey, found.id)
        survey = load_survey(found.id)
        if survey.state is SurveyState.OPEN:
            done += send_if_due(survey, at=at) or remind(survey, at=at)
    query = select(Survey).where(Survey.state == SurveyState.OPEN, Survey.closes_at <= at)
    for survey in db.session.scalars(query.where(Survey.removed_at.is_(None))):
        survey.state, survey.closed_at = SurveyState.CLOSED, survey.closes_at
        record("survey.close", survey, actor_id=None, at=at)
        done += 1
    return done


def find_due(survey: Survey) -> datetime | None:
    """When it is to go out; None while that is not known, and never about what was cancelled."""
    if survey.activity and survey.activity.state is ActivityState.CANCELLED:
        return None
    if survey.sends is When.AT:
        return survey.send_at
    if survey.sends is When.PHASE:
        return due_at(survey.phase.ends_at if survey.phase else None, survey.days)
    if survey.sends is When.ACTIVITY and survey.activity_id:
        return due_at(find_last_session(survey.activity_id), survey.days)
    return survey.opened_at


def send_if_due(survey: Survey, *, at: datetime) -> bool:
    """Ask everybody of the segment, as it is now, once the instant has come."""
    due = find_due(survey)
    if survey.sent_at is not None or due is None or due > at:
        return False
    if survey.closes_at is not None and survey.closes_at <= at:
        return False  # what it waited for ended after its closing: nobody is asked what can no longer be answered
    survey.sent_at = at
    survey.closes_at = survey.closes_at or at + timedelta(days=survey.open_days)
    part = Part.ALUMNUS if survey.kind is SurveyKind.BEHAVIOUR else None
    invite(survey, _find_guests(survey, part), at=at)
    record("survey.send", survey, actor_id=None, at=at)
    return True


def _find_guests(survey: Survey, part: Part | None) -> Iterable[Guest]:
    if survey.segment is Segment.LIST:
        known = list_by_address(survey.people)
        for address in survey.people:
            user = known.get(address.lower())
            yield Guest(user.email if user else address, user.full_name if user else "", user, part)
        return
    for user in list_people(survey):
        yield Guest(user.email, user.full_name, user, part)


def invite(survey: Survey, guests: Iterable[Guest], *, at: datetime) -> list[Invitation]:
    """Ask each of them by mail, with a link of their own; who was asked already is passed over."""
    asked = select(Invitation.email).where(Invitation.survey_id == survey.id)
    known = {email.lower() for email in db.session.scalars(asked)}
    made = []
    for guest in guests:
        if guest.email.lower() in known:
            continue
        known.add(guest.email.lower())
        made.append(
            Invitation(
                survey_id=survey.id,
                user_id=guest.user.id if guest.user else None,
                email=guest.email,
                name=guest.name,
                locale=(guest.user.locale if guest.user else None) or "id",
                token=draw_token(),
                part=guest.part,
                named_by_id=guest.named_by_id,
            )
        )
    db.session.add_all(made)
    db.session.flush()
    for each in made:
        _mail("survey_invitation", survey, each, "invite", at)
    return made


def remind(survey: Survey, *, at: datetime) -> bool:
    """One mail to each who has not answered, when the next round is due."""
    if survey.sent_at is None or (survey.closes_at is not None and survey.closes_at <= at):
        return False
    due = reminder_number(survey.sent_at, survey.remind_every, survey.reminders, at)
    if due <= survey.reminded:
        return False
    survey.reminded = due
    for each in list_unanswered(survey.id):
        _mail("survey_reminder", survey, each, f"remind:{due}", at)
    return True


def _mail(template: str, survey: Survey, invitation: Invitation, about: str, at: datetime) -> None:
    enqueue_mail_once(
        template,
        cause=f"survey:{survey.id}:{about}",
        address=invitation.email,
        user_id=invitation.user_id,
        locale=invitation.locale,
        event_id=survey.event_id,
        at=at,
        confidential=True,
        context={
            "name": invitation.name,
            "title": survey.name.say(invitation.locale),
            "event": survey.event.name if survey.event else "",
            "until": (survey.closes_at or at).isoformat(),
            "zone": survey.zone,
            "anonymous": survey.anonymous,
            "part": invitation.part.value if invitation.part else "",
            "path": f"/survei/t/{invitation.token}",
        },
    )
