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
        search=args.get("q", "").strip()[:80],
        year=args.get("tahun", 0, type=int),
        status=args.get("keadaan", "")[:20],
        unit=args.get("unit", "")[:200],
        track=args.get("kategori", "")[:120],
        event=args.get("kompetisi", "")[:80],
        won=args.get("pemenang") == "1",
        replicable=args.get("tiru") == "1",
    )
    return render_template(
        "impact/gallery.html",
        page=gallery.list_gallery(wanted, page=args.get("page", 1, type=int)),
        wanted=wanted,
        choices=gallery.list_choices(),
    )


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
