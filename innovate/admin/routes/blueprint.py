"""The blueprint of site administration and its front page."""

from __future__ import annotations

from flask import Blueprint, current_app, render_template
from flask.typing import ResponseReturnValue

from innovate.accounts.queries import count_demo_accounts
from innovate.admin import queries
from innovate.admin.guard import enter
from innovate.core import clock

blueprint = Blueprint("admin", __name__, url_prefix="/admin")


@blueprint.get("")
def index() -> ResponseReturnValue:
    """How the system is doing."""
    enter()
    return render_template(
        "admin/index.html",
        state=queries.get_system_state(clock.now()),
        mail_server=bool(current_app.config["MAIL_URL"]),
        demo_accounts=count_demo_accounts(),
    )
