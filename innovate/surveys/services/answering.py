"""Taking what was answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from innovate.accounts.domain.limits import Place
from innovate.accounts.models import User
from innovate.core.db import db, locked
from innovate.core.errors import DomainError, Refused, require
from innovate.skills.models import Occasion as RatedOn
from innovate.skills.models import Skill
from innovate.skills.services.rating import add_ratings
from innovate.surveys.domain.answers import Raw, Reading, read
from innovate.surveys.domain.kinds import Occasion, Part, QuestionKind, Segment, SurveyKind
from innovate.surveys.domain.timing import Stage
from innovate.surveys.models import Invitation, Survey, SurveyResponse
from innovate.surveys.queries.segments import list_by_address
from innovate.surveys.queries.surveys import list_named
from innovate.surveys.services.pacing import take_turn
from innovate.surveys.services.sending import Guest, invite
from innovate.surveys.services.trail import record

MOST_PEERS = 5
_RATED = {Occasion.NONE: RatedOn.PROFILE, Occasion.BEFORE: RatedOn.BEFORE, Occasion.AFTER: RatedOn.AFTER}


class Over(DomainError):
    """Answers came after the closing."""


class Answered(DomainError):
    """The person has answered before."""


@dataclass(frozen=True)
class Sent:
    """What came in: the form's slip, the version it showed, and what was typed, by the question's key.

    `place`: from where an answer to a public link comes.
    """

    slip: str
    number: int
    raw: Raw
    place: Place | None = None


def take_answers(
    survey: Survey, sent: Sent, *, invitation: Invitation | None = None, at: datetime
) -> Reading:
    """Keep one filled-in survey. With faults nothing is kept: the reading names them.

    `survey` must have its version loaded. Without an invitation only a public survey takes answers.
    """
    require(invitation is not None or survey.segment is Segment.PUBLIC)
    locked(Survey, survey.id)
    if db.session.scalar(
        select(SurveyResponse.id).where(
            SurveyResponse.survey_id == survey.id, SurveyResponse.slip == sent.slip
        )
    ):
        return Reading((), frozenset())  # the same form, sent twice
    require(
        survey.stage(at) is Stage.RUNNING,
        Over(_l("Survei ini sudah ditutup. Jawaban Anda tidak dikirim, tetapi masih ada di halaman ini.")),
    )
    if invitation is not None:
        locked(Invitation, invitation.id)
        require(not invitation.answered, Answered(_l("Anda sudah menjawab survei ini.")))
    require(
        sent.number == survey.number,
        Refused(_l("Pertanyaannya baru saja diubah. Periksa jawaban Anda, lalu kirim lagi.")),
    )
    part = invitation.part if invitation else None
    reading = read(survey.version.whole, sent.raw, part)
    if reading.faults:
        return reading
    require(bool(reading.answers), Refused(_l("Jawab sekurangnya satu pertanyaan.")))
    if invitation is None and sent.place is not None:
        take_turn(sent.place, at=at)
    _keep(survey, sent, reading, invitation, at)
    return reading


def _keep(survey: Survey, sent: Sent, reading: Reading, invitation: Invitation | None, at: datetime) -> None:
    known = invitation if not survey.anonymous else None
    user = db.session.get(User, known.user_id) if known and known.user_id else None
    db.session.add(
        SurveyResponse(
            survey_id=survey.id,
            number=survey.number,
            slip=sent.slip,
            answers=dict(reading.answers),
            part=known.part if known else None,
            invitation_id=known.id if known else None,
            unit_id=user.unit_id if user else None,
            at=at if not survey.anonymous else None,
        )
    )
    survey.answered += 1
    if invitation is not None:
        invitation.answered = True
    if user is not None:
        _rate_skills(survey, user, reading, at)
    if known is not None:
        actor_id = user.id if user else None
        record("survey.answer", survey, actor_id=actor_id, at=at, after={"number": survey.number})
    db.session.flush()


def _rate_skills(survey: Survey, user: User, reading: Reading, at: datetime) -> None:
    """Levels of skills in a named survey are the person's own ratings too."""
    whole = survey.version.whole
    levels = {
        question.skill: reading.answers[question.key]
        for question in whole.questions()
        if question.kind is QuestionKind.SKILL and question.skill and question.key in reading.answers
    }
    if not levels:
        return
    about = f"activity:{survey.activity_id}" if survey.activity_id else f"survey:{survey.id}"
    skills = db.session.scalars(select(Skill).where(Skill.code.in_(levels)))
    rated = {skill.id: levels[skill.code] for skill in skills}
    add_ratings(user.id, rated, occasion=_RATED[survey.occasion], about=about, at=at)


def name_others(
    invitation: Invitation, named: Mapping[Part, Sequence[str]], *, at: datetime
) -> list[Invitation]:
    """An alumnus names a superior and peers by their address; each gets a link of their own."""
    survey = invitation.survey
    require(survey.kind is SurveyKind.BEHAVIOUR and invitation.part is Part.ALUMNUS)
    locked(Survey, survey.id)
    require(survey.stage(at) is Stage.RUNNING, Refused(_l("Survei ini sudah ditutup.")))
    former = list_named(invitation.id)
    for part, most in ((Part.SUPERIOR, 1), (Part.PEER, MOST_PEERS)):
        count = sum(each.part is part for each in former) + len(named.get(part, ()))
        message = _l("Sebutkan paling banyak satu atasan dan lima rekan.")
        require(count <= most, Refused(message, field=part.value))
    addresses = [address for part in named for address in named[part]]
    require(
        invitation.email.lower() not in {each.lower() for each in addresses},
        Refused(_l("Alamat ini alamat Anda sendiri."), field=Part.PEER.value),
    )
    known = list_by_address(addresses)
    guests = []
    for part, those in named.items():
        for each in those:
            user = known.get(each.lower())
            guests.append(Guest(each, user.full_name if user else "", user, part, invitation.id))
    made = invite(survey, guests, at=at)
    require(
        len(made) == len(guests),
        Refused(_l("Salah satu alamat itu sudah diminta menjawab survei ini."), field=Part.PEER.value),
    )
    record("survey.name_others", survey, actor_id=invitation.user_id, at=at, after={"asked": len(made)})
    return made
