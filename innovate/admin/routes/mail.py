"""The outbox of the whole site."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from innovate.accounts.guard import witness
from innovate.admin.guard import enter
from innovate.admin.routes.blueprint import blueprint
from innovate.audit.services import record
from innovate.core import clock
from innovate.notifications import queries, services
from innovate.notifications.models import MailState


@blueprint.get("/surel")
def mails() -> ResponseReturnValue:
    """What left, what waits, what failed."""
    enter()
    witness("mails")
    search, chosen = request.args.get("q", "").strip(), request.args.get("state", "")
    state = MailState(chosen) if chosen in set(MailState) else None
    page = queries.list_mails(state=state, search=search, page=request.args.get("page", 1, type=int))
    args = {name: value for name, value in (("q", search), ("state", state.value if state else "")) if value}
    return render_template("admin/mails.html", page=page, args=args, counts=queries.count_mails())


@blueprint.post("/surel/<int:mail_id>/ulang")
def mail_retry(mail_id: int) -> ResponseReturnValue:
    """Try a failed mail again."""
    admin = enter()
    queries.get_mail(mail_id)
    services.retry_mail(mail_id, at=clock.now())
    record("mail.retry", actor_id=admin.id, at=clock.now(), object_type="mail", object_id=mail_id)
    flash(_("Surel dicoba lagi."), "success")
    return redirect(url_for("admin.mails", state="failed"))
