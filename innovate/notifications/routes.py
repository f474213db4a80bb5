"""Sent mail to read in development, where no mail server is set."""

from __future__ import annotations

from flask import Blueprint, current_app, render_template, request
from flask.typing import ResponseReturnValue

from innovate.core.errors import NotFound, require
from innovate.core.markup import render_markdown
from innovate.core.web.access import public
from innovate.core.web.mail_text import as_text
from innovate.notifications import queries
from innovate.notifications.models import MailState

blueprint = Blueprint("notifications", __name__)


def _only_in_development() -> None:
    config = current_app.config
    require(config["ENV_NAME"] != "production" and not config["MAIL_URL"], NotFound())


@blueprint.get("/dev/mail")
@public
def dev_mail() -> ResponseReturnValue:
    """What would have been sent, newest first."""
    _only_in_development()
    search = request.args.get("q", "").strip()
    page = queries.list_mails(state=MailState.SENT, search=search, page=request.args.get("page", 1, type=int))
    return render_template("notifications/dev_mail.html", page=page, q=search)


@blueprint.get("/dev/mail/<int:mail_id>")
@public
def dev_mail_show(mail_id: int) -> ResponseReturnValue:
    """One of them, as HTML and as text."""
    _only_in_development()
    mail = queries.get_mail(mail_id)
    require(mail.state is MailState.SENT, NotFound())
    body = mail.body or ""
    return render_template(
        "notifications/dev_mail_show.html", mail=mail, html=render_markdown(body), text=as_text(body)
    )
