"""The mails of one competition: what reached whom, and sending again."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from innovate.accounts.guard import witness
from innovate.audit.services import record
from innovate.core import clock
from innovate.events import policy
from innovate.events.guard import enter
from innovate.notifications import queries, services
from innovate.notifications.models import MailState
from innovate.organizer.routes.dashboard import blueprint


@blueprint.get("/surel")
def messages(slug: str) -> ResponseReturnValue:
    """What was sent to whom in this competition, and what became of it."""
    actor = enter(slug, policy.can_read_all)
    witness("mails", event_id=actor.event.id)
    search, chosen = request.args.get("q", "").strip(), request.args.get("state", "")
    state = MailState(chosen) if chosen in set(MailState) else None
    page = queries.list_mails(
        event_id=actor.event.id, state=state, search=search, page=request.args.get("page", 1, type=int)
    )
    args = {name: value for name, value in (("q", search), ("state", state.value if state else "")) if value}
    return render_template(
        "organizer/messages.html",
        event=actor.event,
        manages=policy.can_manage(actor),
        page=page,
        args=args,
        counts=queries.count_mails(event_id=actor.event.id),
    )


@blueprint.post("/surel/<int:mail_id>/ulang")
def resend(slug: str, mail_id: int) -> ResponseReturnValue:
    """Send one mail again."""
    actor = enter(slug, policy.can_manage)
    queries.get_mail(mail_id, event_id=actor.event.id)
    mail = services.resend_mail(mail_id, at=clock.now())
    record(
        "mail.resend",
        actor_id=actor.user_id,
        at=clock.now(),
        object_type="mail",
        object_id=mail_id,
        event_id=actor.event.id,
    )
    flash(_("Surel dikirim ulang ke %(address)s.", address=mail.address), "success")
    return redirect(url_for("organizer.messages", slug=slug))
