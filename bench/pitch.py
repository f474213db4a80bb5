"""A hall full of screens that ask for the state of the stage."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select

from bench.load import Plan, run
from bench.people import Person
from bench.report import Line, Report
from bench.server import Server
from innovate.accounts.models import User
from innovate.core import clock
from innovate.core.db import db, transaction

DEVICES = 30
ASKS_A_SECOND = DEVICES / 1.5  # a screen asks every one and a half seconds
SPARE = 3  # so many halls at once must not be felt


def set_stage(app: Flask, slug: str) -> str:
    """A public pitch day with a team on stage; the address that screens poll."""
    # queries want every table known: after the application
    from innovate.demo.services.scale import ORGANIZER
    from innovate.events.queries import get_actor
    from innovate.pitch.domain.schedule import Plan as DayPlan
    from innovate.pitch.domain.timer import Press
    from innovate.pitch.services import days, order, stage
    from innovate.scoring.queries.rounds import list_rounds

    with app.app_context(), transaction():
        user = db.session.scalars(select(User).where(User.email == ORGANIZER)).one()
        actor = get_actor(slug, user)
        round_, now = list_rounds(actor.event.id)[0], clock.now()
        days.save_day(actor, round_, DayPlan(now), at=now)
        order.draw(actor, round_, seed="731904", at=now)
        version = days.publish_day(actor, round_, published=True, at=now).version
        version = stage.call_next_team(actor, round_, version=version, at=now).version
        stage.press_timer(actor, round_, Press.START, version=version, at=now)
    return f"/k/{slug}/presentasi/1/keadaan"


def measure_polling(report: Report, server: Server, path: str, person: Person, seconds: float) -> None:
    """Every screen asks again as soon as it is answered, with the whole state each time and a session to look past."""
    plan = Plan(server.host, server.port, path, DEVICES, seconds, headers=person.headers)
    outcome = run(plan)
    if set(outcome.statuses) != {"200"}:
        raise RuntimeError(f"{path} answered {outcome.statuses}")
    wanted = ASKS_A_SECOND * SPARE
    line = Line(
        f"{DEVICES} screens at once, each as fast as it can",
        f"{outcome.per_second:6.0f}/s  p95 {1000 * outcome.p95:6.1f} ms",
        f"{outcome.bytes_per_answer:.0f} bytes; a hall of {DEVICES} asks {ASKS_A_SECOND:.0f}/s",
        f">= {wanted:.0f}/s",
        outcome.per_second >= wanted,
    )
    report.add("Pitch day: state of the stage", line)
