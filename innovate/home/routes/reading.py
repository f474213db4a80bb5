"""Pages that explain: help, and what becomes of personal data."""

from __future__ import annotations

from flask import current_app, render_template
from flask.typing import ResponseReturnValue

from innovate.core.web.access import public
from innovate.core.web.page_cache import cached_for_visitors
from innovate.home.routes.pages import blueprint
from innovate.privacy.queries.cases import find_notice


@blueprint.get("/bantuan")
@public
@cached_for_visitors
def help_page() -> ResponseReturnValue:
    """Short answers, and where to ask."""
    return render_template("home/help.html", contact=current_app.config["CONTACT"])


@blueprint.get("/data-pribadi")
@public
@cached_for_visitors
def privacy() -> ResponseReturnValue:
    """What is kept about people, why, how long, who sees it, and how to have it erased."""
    config = current_app.config
    return render_template(
        "home/privacy.html",
        contact=config["CONTACT"],
        session_days=config["SESSION_DAYS"],
        notice=find_notice(),
    )
