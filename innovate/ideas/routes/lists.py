"""What was handed in, as a file for the office."""

from __future__ import annotations

from dataclasses import replace

from flask import Response
from flask.typing import ResponseReturnValue

from innovate.events import policy as events
from innovate.events.guard import enter
from innovate.ideas import policy
from innovate.ideas.exports import profiles_as_workbook
from innovate.ideas.queries.profiles import list_profiles
from innovate.ideas.routes.proposals import blueprint

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("/kelola/seleksi/daftar.xlsx")
def queue_file(slug: str) -> ResponseReturnValue:
    """Every entry with its profile; those the person is kept from are left out."""
    actor = enter(slug, events.can_read_screening)
    found = list_profiles(actor.event.id)
    open_ = [row for row in found.rows if policy.can_read_as_committee(actor, row.idea)]
    answer = Response(profiles_as_workbook(actor.event, replace(found, rows=open_)), mimetype=_XLSX)
    answer.headers["Content-Disposition"] = f'attachment; filename="usulan-{slug}.xlsx"'
    return answer
