"""The list behind a number, as a page and as a workbook."""

from __future__ import annotations

from flask import Response, current_app, render_template, request
from flask.typing import ResponseReturnValue

from innovate.leaders.exports import write_list
from innovate.leaders.guard import enter
from innovate.leaders.queries.lists.named import read_list
from innovate.leaders.queries.lists.wanted import Wanted
from innovate.leaders.routes.mount import blueprint
from innovate.leaders.routes.page import args_of, asked_frame, class_options

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("/daftar/<name>", endpoint="listing")
def show_list(name: str) -> ResponseReturnValue:
    """One page of it."""
    enter()
    wanted = _wanted()
    kept = {"unit": wanted.unit, "kecamatan": wanted.district, "keadaan": wanted.state, "q": wanted.search}
    args = args_of(wanted.frame) | {key: value for key, value in kept.items() if value}
    return render_template(
        "leaders/list.html",
        name=name,
        frame=wanted.frame,
        wanted=wanted,
        listing=read_list(name, wanted),
        args=args,
        classes=class_options(),
    )


@blueprint.get("/daftar/<name>.xlsx", endpoint="workbook")
def download_list(name: str) -> ResponseReturnValue:
    """The whole of it."""
    enter()
    content = write_list(read_list(name, _wanted(whole=True)))
    response: Response = current_app.response_class(content, mimetype=_XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="pimpinan-{name}.xlsx"'
    return response


def _wanted(*, whole: bool = False) -> Wanted:
    args = request.args
    return Wanted(
        asked_frame(),
        search=args.get("q", "").strip(),
        unit=args.get("unit", ""),
        district=args.get("kecamatan", ""),
        state=args.get("keadaan", ""),
        page=args.get("page", 1, type=int),
        whole=whole,
    )
