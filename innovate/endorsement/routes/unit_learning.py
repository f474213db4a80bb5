"""Learning hours of the people in the units I coordinate."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from flask import current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from innovate.accounts.guard import witness
from innovate.core import clock
from innovate.core.paging import PAGE_SIZE, Page
from innovate.core.workbooks import Sheet, write_workbook
from innovate.endorsement.guard import enter_list
from innovate.endorsement.queries.coordinators import list_own_units
from innovate.endorsement.queries.learning import Learner, list_learners, select_learners
from innovate.endorsement.routes.mount import blueprint

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_YEARS_BACK = 4


@blueprint.get("/usulan-unit/jam-pelajaran")
def learning() -> ResponseReturnValue:
    """Everybody's JP of a year beside the yearly duty."""
    user = enter_list()
    year, rows = _load(user.id)
    search = request.args.get("q", "").strip()[:100]
    found = select_learners(rows, search)
    duty = int(current_app.config["YEARLY_JP"])
    witness("attendance")
    return render_template(
        "endorsement/learning.html",
        units=list_own_units(user.id),
        page=_page(found, request.args.get("page", 1, int)),
        q=search,
        year=year,
        years=[(str(each), str(each)) for each in range(_this_year(), _this_year() - _YEARS_BACK, -1)],
        duty=duty,
        total=len(rows),
        reached=sum(row.year.jp >= duty for row in rows),
    )


@blueprint.get("/usulan-unit/jam-pelajaran.xlsx")
def learning_file() -> ResponseReturnValue:
    """The same as a workbook."""
    user = enter_list()
    year, rows = _load(user.id)
    witness("attendance")
    heads = [_("Nama"), _("Unit"), _("Kegiatan"), _("JP")]
    lines = [
        [row.user.full_name, row.user.unit.name if row.user.unit else "", row.year.activities, row.year.jp]
        for row in rows
    ]
    title = _("Jam pelajaran %(year)s", year=year)
    response = current_app.response_class(write_workbook(title, [Sheet(title, heads, lines)]), mimetype=_XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="jam-pelajaran-{year}.xlsx"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _load(user_id: int) -> tuple[int, list[Learner]]:
    year = request.args.get("tahun", _this_year(), int)
    return year, list_learners(user_id, year, at=clock.now())


def _this_year() -> int:
    return clock.now().astimezone(ZoneInfo(current_app.config["BABEL_DEFAULT_TIMEZONE"])).year


def _page(rows: list[Learner], page: int) -> Page[Learner]:
    pages = max(1, -(-len(rows) // PAGE_SIZE))
    page = min(max(page, 1), pages)
    return Page(rows[(page - 1) * PAGE_SIZE : page * PAGE_SIZE], page, PAGE_SIZE, len(rows))
