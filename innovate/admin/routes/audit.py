"""The trail of the whole site."""

from __future__ import annotations

from flask import Response, current_app, render_template, request
from flask.typing import ResponseReturnValue

from innovate.accounts.guard import witness
from innovate.accounts.queries import list_user_ids
from innovate.admin.guard import enter
from innovate.admin.routes.blueprint import blueprint
from innovate.audit import queries
from innovate.audit.domain.choice import chosen_args, read_filter
from innovate.audit.exports.files import as_csv
from innovate.audit.exports.lines import name_kinds, read_lines


@blueprint.get("/jejak")
def audit() -> ResponseReturnValue:
    """Who did what, when, and what was there before."""
    enter()
    shown = read_filter(request.args, current_app.config["BABEL_DEFAULT_TIMEZONE"])
    people = list_user_ids(shown.who) if shown.who else None
    entries = queries.list_entries(shown, actor_ids=people, page=request.args.get("page", 1, type=int))
    return render_template(
        "admin/audit.html",
        entries=entries,
        lines=read_lines(entries.items),
        args=chosen_args(request.args),
        kinds=name_kinds(queries.list_object_types()),
    )


@blueprint.get("/jejak.csv")
def audit_csv() -> ResponseReturnValue:
    """The same entries as a file."""
    enter()
    witness("trail")
    zone = current_app.config["BABEL_DEFAULT_TIMEZONE"]
    shown = read_filter(request.args, zone)
    people = list_user_ids(shown.who) if shown.who else None
    content = as_csv(queries.list_in_chunks(shown, actor_ids=people), zone)
    disposition = {"Content-Disposition": 'attachment; filename="jejak-audit.csv"'}
    return Response(content, content_type="text/csv; charset=utf-8", headers=disposition)


@blueprint.get("/jejak/periksa")
def audit_verify() -> ResponseReturnValue:
    """Walk the whole chain and say whether it holds."""
    enter()
    return render_template(
        "admin/audit_verify.html", fault=queries.find_chain_fault(), count=queries.count_entries()
    )
