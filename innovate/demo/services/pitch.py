"""A pitch day under way: the order drawn and public, one team heard, the next one on stage with its time paused."""

from __future__ import annotations

from datetime import datetime, timedelta

from innovate.demo.services import jury
from innovate.demo.services.competition import SECRETARIAT, Competition
from innovate.demo.services.history import Act
from innovate.events.domain.kinds import PhaseKind
from innovate.pitch.domain.schedule import Break, Plan
from innovate.pitch.domain.timer import Press
from innovate.pitch.queries import get_day
from innovate.pitch.services import days, order, stage
from innovate.scoring.models.rounds import Round

_MINUTE = timedelta(minutes=1)
_SEED = "284917"
_PRESSES = (  # minutes before the demo is loaded
    (31.0, "team"),
    (30.0, Press.START),
    (22.8, Press.NEXT),
    (10.5, Press.NEXT),
    (6.0, "team"),
    (5.0, Press.START),
    (1.5, Press.PAUSE),
)


def plan(played: Competition, kind: PhaseKind) -> None:
    """Plan it around the instant at which the demo is loaded."""
    now = played.on.world.history.until
    begins = now - 35 * _MINUTE
    begins -= timedelta(minutes=begins.minute % 5, seconds=begins.second, microseconds=begins.microsecond)
    played.plan(
        now - timedelta(hours=26), lambda at: _prepare(played, jury.round_of(played.on, kind), begins, at)
    )
    for minutes, what in _PRESSES:
        played.plan(now - minutes * _MINUTE, _pressing(played, kind, what))


def _prepare(played: Competition, round_: Round, begins: datetime, at: datetime) -> None:
    organizer = played.on.organizer
    pause = Break(after=3, minutes=15, label="Istirahat")
    days.save_day(organizer, round_, Plan(begins, place="Aula Rohana Muthalib", breaks=(pause,)), at=at)
    order.draw(organizer, round_, seed=_SEED, at=at + 5 * _MINUTE)
    days.publish_day(organizer, round_, published=True, at=at + 9 * _MINUTE)


def _pressing(played: Competition, kind: PhaseKind, what: str) -> Act:
    def act(at: datetime) -> None:
        round_, operator = jury.round_of(played.on, kind), played.on.actor(SECRETARIAT)
        version = get_day(round_.id).version
        if what == "team":
            stage.call_next_team(operator, round_, version=version, at=at)
        else:
            stage.press_timer(operator, round_, Press(what), version=version, at=at)

    return act
