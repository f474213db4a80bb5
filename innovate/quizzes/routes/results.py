"""What an activity or one of its sessions taught: groups for its readers, persons for its makers."""

from __future__ import annotations

from typing import Any

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from innovate.accounts.guard import witness
from innovate.core import clock
from innovate.core.errors import NotFound, require
from innovate.core.suppression import MINIMUM
from innovate.learning.models import Activity, LearningSession
from innovate.quizzes import policy
from innovate.quizzes.domain.gain import GainClass, NoGain, classify, summarise
from innovate.quizzes.domain.items import LEAST, WEAK
from innovate.quizzes.domain.kinds import Stage
from innovate.quizzes.exports.results import results_as_workbook
from innovate.quizzes.guard import enter_results
from innovate.quizzes.queries import results as queries
from innovate.quizzes.queries.quizzes import list_quizzes
from innovate.quizzes.routes.bank import XLSX
from innovate.quizzes.routes.mount import blueprint
from innovate.quizzes.words import CLASSES, KINDS, NO_GAIN


@blueprint.get("/kelola/tes/hasil")
def results(activity_id: str) -> ResponseReturnValue:
    """Gains of persons and groups, the questions, and what all that can claim."""
    guest = enter_results(activity_id)
    found = _read(guest.activity, sees_persons=policy.can_make(guest))
    if found["sees_persons"] and found["persons"]:
        witness("quiz_results", event_id=guest.activity.event_id)
    return render_template(
        "quizzes/lead/results.html",
        activity=guest.activity,
        classify=classify,
        gain_classes=list(GainClass),
        classes=CLASSES,
        no_gain=NO_GAIN,
        NoGain=NoGain,
        kinds=KINDS,
        least=LEAST,
        weak=WEAK,
        minimum=MINIMUM,
        may_make=policy.can_make(guest),
        **found,
    )


@blueprint.get("/kelola/tes/hasil.xlsx")
def results_file(activity_id: str) -> ResponseReturnValue:
    """The same as a workbook."""
    guest = enter_results(activity_id)
    found = _read(guest.activity, sees_persons=policy.can_make(guest))
    if found["sees_persons"] and found["persons"]:
        witness("quiz_results", event_id=guest.activity.event_id)
    title = _("Hasil tes %(title)s", title=guest.activity.title)
    content = results_as_workbook(
        title,
        found["summary"],
        found["units"],
        found["items"],
        found["persons"] if found["sees_persons"] else None,
    )
    answer = Response(content, mimetype=XLSX)
    answer.headers["Content-Disposition"] = f'attachment; filename="hasil-tes-{activity_id}.xlsx"'
    return answer


def _find_session(activity: Activity) -> LearningSession | None:
    key = request.args.get("sesi", "")
    found = next((each for each in activity.sessions if each.public_id == key), None)
    require(found is not None or not key, NotFound())
    return found


def _read(activity: Activity, *, sees_persons: bool) -> dict[str, Any]:
    """What both ways show. Whoever may not read persons reads groups of five or more alone: once the tests are closed,
    so that nobody is told by what one more sheet changed, and of those who took both, so that nobody is the difference.
    """
    at = clock.now()
    session = _find_session(activity)
    quizzes = [row.quiz for row in list_quizzes(activity.id)]
    here = [quiz for quiz in quizzes if quiz.session_id == (session.id if session else None)]
    persons = queries.list_persons(activity.id, session.id if session else None, at)
    both = [person for person in persons if None not in person.pair]
    summary = summarise([person.pair for person in persons])
    is_running = any(quiz.stage(at) in (Stage.WAITING, Stage.OPEN) for quiz in here)
    is_shown = sees_persons or (summary.paired >= MINIMUM and not is_running)
    counted = persons if sees_persons else both if is_shown else []
    return {
        "session": session,
        "sessions": [each for each in activity.sessions if any(q.session_id == each.id for q in quizzes)],
        "quizzes": here,
        "persons": persons if sees_persons else [],
        "sees_persons": sees_persons,
        "is_running": is_running,
        "summary": (summary if sees_persons else queries.cover(summary)) if is_shown else None,
        "pairs": [person.pair for person in both] if sees_persons else [],
        "units": queries.list_unit_rows(persons) if is_shown else [],
        "items": queries.list_items(counted, 1 if sees_persons else MINIMUM),
        "enrolled": queries.count_enrolled(activity.id, persons),
        "late": queries.count_late([quiz.id for quiz in here]),
    }
