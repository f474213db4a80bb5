"""What everybody may read: the agenda, one activity, its calendar, what is handed out."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from babel.dates import format_date
from flask import Response, current_app, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _
from werkzeug.http import dump_options_header

from innovate.core import clock, storage
from innovate.core.errors import NotFound, require
from innovate.core.web.access import public
from innovate.core.web.page_cache import cached_for_visitors
from innovate.events.domain.calendar import Entry, build_calendar
from innovate.events.guard import signed_in_user
from innovate.events.routes.public import public_url
from innovate.learning import policy
from innovate.learning.domain.enrolling import places_left
from innovate.learning.domain.kinds import ActivityKind, ActivityState, EnrolmentState
from innovate.learning.guard import enter_activity
from innovate.learning.models import Activity, Enrolment, LearningSession
from innovate.learning.policy import Guest
from innovate.learning.queries import agenda
from innovate.learning.queries.enrolments import (
    find_enrolment,
    find_place_in_line,
)
from innovate.learning.queries.materials import get_material, list_materials
from innovate.learning.queries.schedule import list_coming, list_overlapping
from innovate.learning.queries.suggested import list_suggested
from innovate.learning.routes.mount import blueprint
from innovate.learning.routes.panels import fill_panels
from innovate.learning.services.enrolling import door_of, find_own_obstacle
from innovate.learning.words import AUDIENCES, KINDS, OBSTACLES

_MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")


@blueprint.get("")
@public
@cached_for_visitors
def index() -> ResponseReturnValue:
    """What is coming, and what was held."""
    now, user = clock.now(), signed_in_user()
    wanted, args = _read_filter()
    makes = policy.can_make_free(user)
    return render_template(
        "learning/index.html",
        page=agenda.list_agenda(wanted, now, page=request.args.get("page", 1, type=int)),
        args=args,
        past=wanted.past,
        asked={key for key in args if key != "saat"},
        rest={key: value for key, value in args.items() if key not in {"saat", "bulan"}},
        kinds=KINDS,
        options=_list_options(now, past=wanted.past),
        mine=list_coming(user.id, now) if user else [],
        suggested=list_suggested(user.id, now) if user and not wanted.past else [],
        drafts=agenda.list_free_drafts() if makes else [],
        makes=makes,
    )


def _read_filter() -> tuple[agenda.Wanted, dict[str, str]]:
    asked = {key: request.args.get(key, "").replace("\x00", "").strip()[:80] for key in _KEYS}
    kind = ActivityKind(asked["jenis"]) if asked["jenis"] in set(ActivityKind) else None
    since, until = _bounds(asked["bulan"])
    wanted = agenda.Wanted(
        past=asked["saat"] == "lalu",
        kind=kind,
        event=asked["acara"],
        skill=asked["keterampilan"],
        search=asked["q"],
        since=since,
        until=until,
    )
    return wanted, {key: value for key, value in asked.items() if value}


_KEYS = ("q", "saat", "jenis", "acara", "keterampilan", "bulan")


def _bounds(month: str) -> tuple[datetime | None, datetime | None]:
    """The instants between which a month lies, in the zone of the site."""
    found = _MONTH.fullmatch(month)
    if found is None:
        return None, None
    zone = ZoneInfo(current_app.config["BABEL_DEFAULT_TIMEZONE"])
    year, number = int(found[1]), int(found[2])
    following = (year + number // 12, number % 12 + 1)
    return datetime(year, number, 1, tzinfo=zone), datetime(*following, 1, tzinfo=zone)


def _list_options(now: datetime, *, past: bool) -> dict[str, list[tuple[str, Any]]]:
    """What can be chosen in the filter, each list with everything on top."""
    everything: list[tuple[str, Any]] = [("", _("Semua"))]
    return {
        "kinds": everything + [(kind.value, name) for kind, name in KINDS.items()],
        "months": everything + _list_months(now, past=past),
        "events": everything + [(event.slug, event.name) for event in agenda.list_filter_events()],
        "skills": everything + [(skill.public_id, skill.name) for skill in agenda.list_filter_skills()],
    }


def _list_months(now: datetime, *, past: bool) -> list[tuple[str, Any]]:
    """Twelve months from the present one on, or back."""
    local = now.astimezone(ZoneInfo(current_app.config["BABEL_DEFAULT_TIMEZONE"]))
    found: list[tuple[str, Any]] = []
    for step in range(12):
        count = local.year * 12 + local.month - 1 + (-step if past else step)
        day = local.replace(year=count // 12, month=count % 12 + 1, day=1)
        found.append((f"{day:%Y-%m}", str(format_date(day, "MMMM y", locale=get_locale()))))
    return found


@blueprint.get("/<public_id>")
@public
@cached_for_visitors
def show(public_id: str) -> ResponseReturnValue:
    """One activity: for visitors, for who may enrol, and for its makers as a preview."""
    guest = enter_activity(public_id)
    now = clock.now()
    return render_template("learning/show.html", panels=fill_panels(guest, now), **values_of(guest, now))


def values_of(guest: Guest, now: datetime) -> dict[str, Any]:
    """What the page of an activity shows this person."""
    activity = guest.activity
    enrolment = find_enrolment(activity.id, guest.user.id) if guest.user else None
    placed, waiting = agenda.map_counts([activity.id]).get(activity.id, (0, 0))
    obstacle = find_own_obstacle(guest, now)
    inside = may_read_inside(guest, enrolment)
    return {
        "guest": guest,
        "activity": activity,
        "enrolment": enrolment,
        "has_place": enrolment is not None and enrolment.state is EnrolmentState.ENROLLED,
        "line": find_place_in_line(enrolment) if enrolment else 0,
        "inside": inside,
        "placed": placed,
        "waiting": waiting,
        "left": places_left(activity.capacity, placed),
        "obstacle": OBSTACLES[obstacle] if obstacle else None,
        "until": door_of(guest).until,
        "overlapping": list_overlapping(activity, guest.user.id) if guest.user and not obstacle else [],
        "materials": [each for each in list_materials(activity.id) if each.is_public or inside],
        "over": bool(activity.sessions) and all(each.ends_at <= now for each in activity.sessions),
        "runs": policy.can_run(guest),
        "edits": policy.can_edit(guest),
        "reads_people": policy.can_read_people(guest),
        "kinds": KINDS,
        "audiences": AUDIENCES,
    }


def may_read_inside(guest: Guest, enrolment: Enrolment | None) -> bool:
    """Links of sessions and what is handed out: for who has a place, speaks, or runs it."""
    has_place = enrolment is not None and enrolment.state is EnrolmentState.ENROLLED
    return has_place or policy.can_read_people(guest) or policy.is_speaker(guest)


@blueprint.get("/<public_id>/jadwal.ics")
@public
@cached_for_visitors
def calendar(public_id: str) -> ResponseReturnValue:
    """The sessions for a calendar program, with their links for who has a place; none of a cancelled activity."""
    guest = enter_activity(public_id)
    activity = guest.activity
    enrolment = find_enrolment(activity.id, guest.user.id) if guest.user else None
    inside = may_read_inside(guest, enrolment)
    page = public_url("learning.show", public_id=public_id)
    host = urlsplit(page).hostname or "innovate"
    sessions = activity.sessions if activity.state is not ActivityState.CANCELLED else []
    entries = [
        Entry(
            uid=f"{each.public_id}@{host}",
            summary=f"{activity.title}: {each.title}",
            starts_at=each.starts_at,
            ends_at=each.ends_at,
            changed_at=activity.published_at or activity.created_at,
            sequence=activity.version - 1,
            description=_describe(activity, each, inside=inside),
            location=each.room or (each.link if inside else ""),
            url=page,
        )
        for each in sessions
    ]
    answer = Response(build_calendar(activity.title, entries), mimetype="text/calendar")
    answer.headers["Content-Disposition"] = "attachment; filename=pelatihan.ics"
    return answer


def _describe(activity: Activity, held: LearningSession, *, inside: bool) -> str:
    link = _("Ikuti daring: %(link)s", link=held.link) if held.link and inside else ""
    return "\n\n".join(part for part in (activity.summary, link) if part)


@blueprint.get("/<public_id>/bahan/<material_id>")
@public
def material(public_id: str, material_id: str) -> ResponseReturnValue:
    """A file or the way to a link: for everybody where it is public, else for who may read inside."""
    guest = enter_activity(public_id)
    row = get_material(guest.activity.id, material_id)
    enrolment = find_enrolment(guest.activity.id, guest.user.id) if guest.user else None
    require(row.is_public or may_read_inside(guest, enrolment), NotFound())
    if row.link:
        return redirect(row.link)
    answer = Response(storage.stream(row.storage_key), mimetype=row.media_type)
    plain = row.filename.encode("ascii", "ignore").decode() or "bahan"
    answer.headers["Content-Disposition"] = dump_options_header("attachment", {"filename": plain})
    answer.headers["Cache-Control"] = "private, no-store"
    answer.content_length = row.size
    return answer
