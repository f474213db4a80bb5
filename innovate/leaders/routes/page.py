"""The page itself."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from innovate.core import clock
from innovate.core.web.large_pages import large_page
from innovate.leaders.domain.classes import UnitClass, read_class
from innovate.leaders.guard import enter
from innovate.leaders.queries.frame import Frame, read_frame
from innovate.leaders.queries.page import read_sections
from innovate.leaders.queries.papers import find_paper
from innovate.leaders.routes.mount import blueprint
from innovate.leaders.words import CLASSES


@blueprint.get("", endpoint="index")
@large_page
def show_page() -> ResponseReturnValue:
    """Pictures of one year, beside the others."""
    user = enter()
    frame = asked_frame()
    return render_template(
        "leaders/index.html",
        frame=frame,
        args=args_of(frame),
        classes=CLASSES,
        sections=read_sections(frame),
        paper=find_paper(user.id),
    )


def asked_frame() -> Frame:
    """Year and class of the address."""
    unit_class = read_class(request.values.get("jenis", ""))
    return read_frame(year=request.values.get("tahun", ""), unit_class=unit_class, at=clock.now())


def args_of(frame: Frame) -> dict[str, str]:
    """The same as parts of an address."""
    args = {"tahun": str(frame.year) if frame.year else "", "jenis": frame.unit_class or ""}
    return {key: str(value) for key, value in args.items() if value}


def class_options() -> list[tuple[str, str]]:
    """What the page can be narrowed to."""
    return [(each.value, str(CLASSES[each])) for each in UnitClass]
