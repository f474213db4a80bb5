"""Rekam belajar: what one has attended, and the JP of each year."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from flask import current_app, render_template, request
from flask.typing import ResponseReturnValue

from innovate.accounts.models import Employment, User
from innovate.core import clock
from innovate.core.errors import NotFound
from innovate.events.guard import signed_in_user
from innovate.learning.exports.attendance import write_record
from innovate.learning.queries import record as reads
from innovate.learning.queries.attendance import list_spoken
from innovate.learning.routes.attendance import send_workbook
from innovate.learning.routes.mount import blueprint

MOST_OF_PPPK = 24  # JP a year
_PPPK = {Employment.PPPK, Employment.PPPK_PART_TIME}


@blueprint.get("/rekam")
def record() -> ResponseReturnValue:
    """One's own record; nobody else's."""
    user = _user()
    at = clock.now()
    rows = reads.list_learnt(user.id, at=at)
    years = reads.sum_years(rows)
    year, search = request.args.get("tahun", None, int), request.args.get("q", "").strip()[:100]
    return render_template(
        "learning/attendance/record.html",
        rows=reads.select_rows(rows, search=search, year=year),
        any_rows=bool(rows),
        speaks=bool(list_spoken(user.id)),
        years=years,
        this_year=at.astimezone(ZoneInfo(current_app.config["BABEL_DEFAULT_TIMEZONE"])).year,
        year_options=[(str(each), str(each)) for each in years],
        year=year,
        q=search,
        duty=int(current_app.config["YEARLY_JP"]),
        most=MOST_OF_PPPK if user.employment in _PPPK else None,
        is_asn=user.employment.is_asn,
    )


@blueprint.get("/rekam.xlsx")
def record_file() -> ResponseReturnValue:
    """The whole record as a workbook."""
    user = _user()
    rows = reads.list_learnt(user.id, at=clock.now())
    return send_workbook(write_record(user.full_name, rows), "rekam-belajar")


def _user() -> User:
    user = signed_in_user()
    if user is None:
        raise NotFound
    return user
