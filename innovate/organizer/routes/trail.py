"""The trail of one competition: who did what in it, on a page and as a file."""

from __future__ import annotations

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from innovate.accounts.guard import witness
from innovate.accounts.queries import list_user_ids
from innovate.audit import queries
from innovate.audit.domain.choice import chosen_args, read_filter
from innovate.audit.exports.files import as_csv
from innovate.audit.exports.lines import name_kinds, read_lines
from innovate.events import policy
from innovate.events.guard import enter
from innovate.organizer.routes.dashboard import blueprint


@blueprint.get("/jejak")
def audit(slug: str) -> ResponseReturnValue:
    """Who did what in this competition."""
    event = enter(slug, policy.can_read_all).event
    shown = read_filter(request.args, event.zone)
    people = list_user_ids(shown.who) if shown.who else None
    entries = queries.list_entries(
        shown, event_id=event.id, actor_ids=people, page=request.args.get("page", 1, type=int)
    )
    return render_template(
        "organizer/audit.html",
        event=event,
        entries=entries,
        lines=read_lines(entries.items, event.zone),
        args=chosen_args(request.args),
        kinds=name_kinds(queries.list_object_types(event.id)),
    )


@blueprint.get("/jejak.csv")
def audit_csv(slug: str) -> ResponseReturnValue:
    """The same entries as a file."""
    event = enter(slug, policy.can_read_all).event
    witness("trail", event_id=event.id)
    shown = read_filter(request.args, event.zone)
    people = list_user_ids(shown.who) if shown.who else None
    content = as_csv(queries.list_in_chunks(shown, event_id=event.id, actor_ids=people), event.zone)
    disposition = {"Content-Disposition": f'attachment; filename="jejak-{event.slug}.csv"'}
    return Response(content, content_type="text/csv; charset=utf-8", headers=disposition)
