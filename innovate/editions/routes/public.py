"""Past editions for everybody: who won, of which unit. No person is named."""

from __future__ import annotations

from itertools import groupby

from flask import render_template
from flask.typing import ResponseReturnValue

from innovate.core.web.access import public
from innovate.core.web.page_cache import cached_for_visitors
from innovate.editions.queries import editions as queries
from innovate.editions.routes.mount import blueprint


@blueprint.get("")
@public
@cached_for_visitors
def index() -> ResponseReturnValue:
    """All editions with winners that are shown."""
    return render_template("editions/index.html", rows=queries.list_editions(public=True))


@blueprint.get("/<edition_id>")
@public
@cached_for_visitors
def show(edition_id: str) -> ResponseReturnValue:
    """The winners of one edition."""
    edition = queries.get_edition(edition_id, public=True)
    winners = queries.list_winners(edition)
    groups = [(name, list(rows)) for name, rows in groupby(winners, key=lambda entry: entry.group_name)]
    return render_template("editions/show.html", edition=edition, groups=groups, total=len(winners))
