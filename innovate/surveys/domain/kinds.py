"""The kinds of surveys and questions, whom they go to and when."""

from __future__ import annotations

import enum


class SurveyKind(enum.StrEnum):
    """What a survey is for: results of the ready-made kinds are read together over the years."""

    GENERAL = "general"
    REACTION = "reaction"  # Kirkpatrick 1
    BEHAVIOUR = "behaviour"  # Kirkpatrick 3
    RESULTS = "results"  # Kirkpatrick 4
    SKM = "skm"
    SKILLS = "skills"


KIRKPATRICK = (SurveyKind.REACTION, SurveyKind.BEHAVIOUR, SurveyKind.RESULTS)  # the second level is tests


class SurveyState(enum.StrEnum):
    """draft: being written; open: waits for its instant, is sent, takes answers; closed: takes none any more."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"


class Segment(enum.StrEnum):
    """To whom it goes, found out when it is sent. `public`: nobody is asked by name, a link is open to all."""

    PARTICIPANTS = "participants"
    CAPTAINS = "captains"
    JURORS = "jurors"
    COMMITTEE = "committee"
    ENROLLED = "enrolled"
    ATTENDEES = "attendees"
    COORDINATORS = "coordinators"
    LIST = "list"
    EVERYBODY = "everybody"
    PUBLIC = "public"


OF_EVENTS = frozenset({Segment.PARTICIPANTS, Segment.CAPTAINS, Segment.JURORS, Segment.COMMITTEE})
OF_ACTIVITIES = frozenset({Segment.ENROLLED, Segment.ATTENDEES})


class When(enum.StrEnum):
    """at once, at an instant, or days after a phase or an activity's last session."""

    NOW = "now"
    AT = "at"
    PHASE = "phase"
    ACTIVITY = "activity"


class QuestionKind(enum.StrEnum):
    """What is answered: options, a scale from 1 to 4 or 5, a number, words, a day, a level from 0 to 4."""

    SINGLE = "single"
    SEVERAL = "several"
    SCALE = "scale"
    NUMBER = "number"
    SHORT = "short"
    LONG = "long"
    DATE = "date"
    SKILL = "skill"


CHOOSING = frozenset({QuestionKind.SINGLE, QuestionKind.SEVERAL})
MEASURED = frozenset({QuestionKind.SCALE, QuestionKind.SKILL, QuestionKind.NUMBER})
WRITTEN = frozenset({QuestionKind.SHORT, QuestionKind.LONG})


class Part(enum.StrEnum):
    """As what somebody answers about behaviour after a training."""

    ALUMNUS = "alumnus"
    SUPERIOR = "superior"
    PEER = "peer"


class Occasion(enum.StrEnum):
    """What the levels of skills in a survey stand before or after."""

    NONE = "none"
    BEFORE = "before"
    AFTER = "after"
