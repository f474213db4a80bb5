"""The index of maturity: every entry with what its unit claims and what verifiers found, and the workbook."""

from __future__ import annotations

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from innovate.events import policy
from innovate.events.guard import enter
from innovate.events.policy import Actor
from innovate.scoring.queries.conflicts import list_hidden
from innovate.scoring.queries.maturity import get_index, list_rows
from innovate.scoring.routes.mount import blueprint
from innovate.scoring.services.maturity_sheet import write_index

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MOST = 5000


def _enter(slug: str) -> Actor:
    return enter(slug, policy.can_read_all)


@blueprint.get("/kelola/indeks")
def maturity(slug: str) -> ResponseReturnValue:
    """Where each entry stands."""
    actor = _enter(slug)
    index = get_index(actor.event.id)
    page = list_rows(index, hidden=list_hidden(actor), page=request.args.get("page", 1, type=int))
    return render_template(
        "scoring/lead/maturity.html", actor=actor, event=actor.event, index=index, page=page
    )


@blueprint.get("/kelola/indeks.xlsx")
def maturity_file(slug: str) -> ResponseReturnValue:
    """All entries as a workbook."""
    actor = _enter(slug)
    index = get_index(actor.event.id)
    rows = list_rows(index, hidden=list_hidden(actor), size=_MOST).items
    answer = Response(write_index(index, rows, f"{index.name}, {actor.event.name}"), mimetype=_XLSX)
    answer.headers["Content-Disposition"] = f'attachment; filename="indeks-{slug}.xlsx"'
    return answer
