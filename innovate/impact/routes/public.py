"""What everybody reads: the city's impact, the gallery, and one innovation."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from innovate.core.web.access import public
from innovate.core.web.page_cache import cached_for_visitors
from innovate.impact.queries import adoptions, gallery, innovations, places, summary
from innovate.impact.queries.gallery import Wanted
from innovate.impact.routes.mount import blueprint


@blueprint.get("/dampak")
@public
@cached_for_visitors
def index() -> ResponseReturnValue:
    """Verified numbers of the city, what lives on, and stories."""
    reports = summary.list_reports()
    return render_template(
        "impact/index.html",
        totals=sorted(summary.total_by_year(reports).items(), reverse=True),
        alive=summary.list_alive(),
        replications=summary.list_replications(),
        places=places.count_by_kecamatan(reports),
        stories=gallery.list_stories(),
    )


@blueprint.get("/dampak/galeri")
@public
@cached_for_visitors
def show_gallery() -> ResponseReturnValue:
    """Every innovation that may be shown, with its present status."""
    args = request.args
    wanted = Wanted(
        search=_text("q", 80),
        year=_year(),
        status=_text("keadaan", 20),
        unit=_text("unit", 200),
        track=_text("kategori", 120),
        event=_text("kompetisi", 80),
        won=args.get("pemenang") == "1",
        replicable=args.get("tiru") == "1",
    )
    return render_template(
        "impact/gallery.html",
        page=gallery.list_gallery(wanted, page=args.get("page", 1, type=int)),
        wanted=wanted,
        choices=gallery.list_choices(),
    )


def _text(name: str, longest: int) -> str:
    return request.args.get(name, "").strip()[:longest]


def _year() -> int:
    found = request.args.get("tahun", 0, type=int)
    return found if 0 <= found <= 9999 else 9999  # no year a database could not hold


@blueprint.get("/dampak/inovasi/<innovation_id>")
@public
@cached_for_visitors
def show(innovation_id: str) -> ResponseReturnValue:
    """The impact of one innovation: verified numbers, and where it was replicated."""
    found = gallery.get_shown(innovation_id)
    return render_template(
        "impact/show.html",
        innovation=found,
        statuses=innovations.list_statuses(found.id),
        readings=innovations.read_indicators(found.id, public=True),
        reaches=innovations.list_reaches(found.id, public=True),
        tree=adoptions.read_tree(found),
    )
