"""The trail of the whole site."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask import current_app, render_template, request
from flask.typing import ResponseReturnValue

from innovate.accounts.queries import find_user_by_email, map_users
from innovate.admin.guard import enter
from innovate.admin.routes.blueprint import blueprint
from innovate.audit import queries

_NAMES = ("tindakan", "objek", "id", "orang", "sejak", "sampai")


@blueprint.get("/jejak")
def audit() -> ResponseReturnValue:
    """Who did what, when, and what was there before."""
    enter()
    args = {name: request.args.get(name, "").strip()[:100] for name in _NAMES}
    actor = find_user_by_email(args["orang"]) if args["orang"] else None
    entries = queries.list_entries(
        action=args["tindakan"],
        object_type=args["objek"],
        object_id=args["id"],
        actor_id=actor.id if actor else (-1 if args["orang"] else None),
        since=_day(args["sejak"]),
        until=_day(args["sampai"], days=1),
        page=request.args.get("page", 1, type=int),
    )
    people = map_users({entry.actor_id for entry, _detail in entries.items if entry.actor_id})
    return render_template(
        "admin/audit.html",
        entries=entries,
        people=people,
        args={name: value for name, value in args.items() if value},
        object_types=queries.list_object_types(),
    )


@blueprint.get("/jejak/periksa")
def audit_verify() -> ResponseReturnValue:
    """Walk the whole chain and say whether it holds."""
    enter()
    return render_template(
        "admin/audit_verify.html", fault=queries.find_chain_fault(), count=queries.count_entries()
    )


def _day(text: str, days: int = 0) -> datetime | None:
    """The beginning of a day in the site's zone (`days` later), or None for what is no date."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    zone = ZoneInfo(current_app.config["BABEL_DEFAULT_TIMEZONE"])
    return datetime.combine(day, time(), zone) + timedelta(days=days)
