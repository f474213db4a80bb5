"""What everybody may read: the list of competitions, a competition, its calendar."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from flask import Response, current_app, g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from innovate.audit.exports.names import add_names
from innovate.core import clock
from innovate.core.web.access import public
from innovate.core.web.page_cache import cached_for_visitors
from innovate.core.web.plumbing import Plumbing
from innovate.events import policy, queries
from innovate.events.domain.calendar import Entry, build_calendar
from innovate.events.domain.eligibility import RuleKind
from innovate.events.domain.letters import describe_move
from innovate.events.domain.moment import find_moment
from innovate.events.guard import enter
from innovate.events.models import Event, FormField
from innovate.events.policy import Actor
from innovate.events.queries import TRAIL_NAMES
from innovate.events.routes.mount import blueprint
from innovate.events.services import public_page
from innovate.events.services.names import known
from innovate.events.words import say_rule

_WHEN = ("open", "running", "upcoming", "past", "all")


def init_app(plumbing: Plumbing) -> None:
    """Templates ask what an event is doing, and what the present person may do in it; the trail asks for names."""
    add_names(TRAIL_NAMES)
    plumbing.app.jinja_env.filters["known"] = known

    @plumbing.app.context_processor
    def values() -> dict[str, object]:
        return {
            "moment_of": _moment_of,
            "public_url": public_url,
            "policy": policy,
            "describe_move": describe_move,
            "actor": g.get("actor"),
        }


def _moment_of(event: Event) -> object:
    return find_moment(event.state, event.phases, clock.now())


def public_url(endpoint: str, **values: object) -> str:
    """An address that works outside this site: in a mail, a calendar, a message."""
    base = current_app.config["PUBLIC_URL"].rstrip("/") or request.url_root.rstrip("/")
    return f"{base}{url_for(endpoint, **values)}"  # type: ignore[arg-type]


@blueprint.get("/kompetisi")
@public
@cached_for_visitors
def index() -> ResponseReturnValue:
    """All competitions that are public."""
    when = request.args.get("saat", "")
    when = when if when in _WHEN else "all"
    search = request.args.get("q", "").strip()[:80]
    page = queries.list_events(when, clock.now(), page=request.args.get("page", 1, type=int), search=search)
    return render_template("events/index.html", page=page, when=when, search=search)


@blueprint.get("/k/<slug>")
@public
@cached_for_visitors
def show(slug: str) -> ResponseReturnValue:
    """One competition: for visitors, for participants, and for its committee as a preview while it is a draft."""
    return _render_show(enter(slug))


def _render_show(actor: Actor) -> str:
    now, event = clock.now(), actor.event
    parts = queries.load_public_parts(event.id)
    return render_template(
        "events/show.html",
        actor=actor,
        event=event,
        moment=find_moment(event.state, event.phases, now),
        parts=parts,
        requirements=_say_rules(event, parts.rules),
        changes=queries.list_phase_changes(event.id),
        jury=queries.list_jury(event.id),
        sections=public_page.fill_sections(actor, now),
        facts=public_page.list_facts(actor, now),
        next_step=public_page.find_next_step(actor, now),
    )


def _say_rules(event: Event, rules: Sequence[Any]) -> list[str]:
    """What every entry is held against, with its dates."""
    asked = [(RuleKind(row.title), json.loads(row.text)) for row in rules]
    fields = queries.list_rows(FormField, event.id) if any("fields" in each for _kind, each in asked) else []
    labels = {field.key: field.label for field in fields if field.removed_at is None}
    closing = queries.find_closing(event)
    return [say_rule(kind, each, labels=labels, closing=closing) for kind, each in asked]


@blueprint.get("/k/<slug>/jadwal.ics")
@public
@cached_for_visitors
def calendar(slug: str) -> ResponseReturnValue:
    """The phases for a calendar program."""
    event = enter(slug).event
    page = public_url("events.show", slug=event.slug)
    host = urlsplit(page).hostname or "innovate"
    changes = queries.list_phase_changes(event.id)
    entries = []
    for phase in event.phases:
        moved = [change for change in changes if change.phase_id == phase.id]
        entries.append(
            Entry(
                uid=f"{phase.public_id}@{host}",
                summary=f"{phase.name}: {event.name}",
                starts_at=phase.starts_at,
                ends_at=phase.ends_at,
                changed_at=max(
                    [change.at for change in moved], default=event.published_at or event.created_at
                ),
                sequence=len(moved),
                description=event.tagline,
                location=event.place,
                url=page,
            )
        )
    answer = Response(build_calendar(event.name, entries), mimetype="text/calendar")
    answer.headers["Content-Disposition"] = f"attachment; filename={event.slug}.ics"
    return answer
