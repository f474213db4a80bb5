"""The organizer's rooms: how far the units are, what is asked of them, and what came on paper."""

from __future__ import annotations

from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.http import dump_options_header

from innovate.accounts.queries import list_unit_choices
from innovate.core import clock
from innovate.core.errors import NotFound, require
from innovate.endorsement import exports, policy
from innovate.endorsement.forms import build_paper_form, build_rules_form, read_quotas
from innovate.endorsement.guard import enter_overview, enter_paper_room, enter_rules
from innovate.endorsement.queries import places
from innovate.endorsement.queries.lists import list_papers, list_vacant
from innovate.endorsement.queries.overview import list_units, page_of
from innovate.endorsement.routes.mount import blueprint, max_upload_bytes
from innovate.endorsement.services import paper as papers
from innovate.endorsement.services import settings
from innovate.endorsement.services.letters import Sent
from innovate.endorsement.words import STANDINGS
from innovate.events.domain.kinds import EventState
from innovate.ideas.routes.proposals import place

_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@blueprint.get("/k/<slug>/kelola/pengesahan")
def overview(slug: str) -> ResponseReturnValue:
    """Every unit with its proposals by where they stand, and what waits for the secretariat."""
    actor = enter_overview(slug)
    sort = request.args.get("sort", "unit")
    lines = list_units(actor.event.id)
    return render_template(
        "endorsement/overview.html",
        actor=actor,
        event=actor.event,
        page=page_of(lines, sort, request.args.get("page", 1, type=int)),
        waiting=sum(line.waiting + line.endorsed for line in lines),
        vacant=list_vacant(actor.event),
        papers=list_papers(actor.event.id),
        words=STANDINGS,
        sort=sort,
        args={"slug": slug, "sort": sort},
        may_set=policy.can_set_rules(actor),
        may_type=policy.can_enter_paper(actor),
    )


@blueprint.get("/k/<slug>/kelola/pengesahan/ekspor.<kind>")
def export(slug: str, kind: str) -> ResponseReturnValue:
    """The overview as a file."""
    actor = enter_overview(slug)
    require(kind in _TYPES, NotFound())
    lines = list_units(actor.event.id)
    title = _("Pengesahan unit, %(event)s", event=actor.event.name)
    content = exports.as_csv(lines) if kind == "csv" else exports.as_xlsx(title, lines)
    answer = Response(content, content_type=_TYPES[kind])
    name = f"pengesahan-{actor.event.slug}.{kind}"
    answer.headers["Content-Disposition"] = dump_options_header("attachment", {"filename": name})
    return answer


@blueprint.route("/k/<slug>/kelola/pengesahan/aturan", methods=["GET", "POST"])
def rules(slug: str) -> ResponseReturnValue:
    """Whether units endorse, and how many proposals each may send."""
    actor = enter_rules(slug)
    form = build_rules_form(actor.event, places.read_quotas(actor.event.id))
    if form.validate_on_submit():
        with form.catch():
            changed = settings.save_rules(
                actor,
                asks=form.asks.data,
                quotas=read_quotas(form, actor.event),
                reason=form.reason.data or "",
                at=clock.now(),
            )
            if changed:
                flash(_("Perubahan tersimpan."), "success")
            return redirect(url_for("endorsement.rules", slug=slug))
    page = render_template(
        "endorsement/rules.html",
        actor=actor,
        event=actor.event,
        form=form,
        group_fields=[form[f"group_{group.id}"] for group in actor.event.groups],
        is_public=actor.event.state is not EventState.DRAFT,
        may_set=policy.can_set_rules(actor),
    )
    return page, form.status


@blueprint.route("/k/<slug>/kelola/pengesahan/kertas", methods=["GET", "POST"])
def paper(slug: str) -> ResponseReturnValue:
    """Enter a proposal that came on paper; its answers are typed in the editor that opens next."""
    actor = enter_paper_room(slug)
    form = build_paper_form(actor.event, list_unit_choices(clock.now().date()))
    if form.validate_on_submit():
        with form.catch():
            idea = papers.enter_paper(actor, _read_sheet(form), _read_scans(form), at=clock.now())
            flash(_("Berkas kertas tercatat. Ketik isinya di bawah ini."), "success")
            return redirect(url_for("ideas.edit", **place(actor, idea)))
    page = render_template(
        "endorsement/paper.html",
        actor=actor,
        event=actor.event,
        form=form,
        max_mb=max_upload_bytes() // 1048576,
    )
    return page, form.status


def _read_sheet(form: Any) -> papers.Sheet:
    return papers.Sheet(
        team=form.team.data,
        title=form.title.data,
        members=form.members.data.splitlines(),
        unit_id=form.unit.data or None,
        group_id=form.group.data or None,
        track_id=form.track.data or None,
        contact_name=form.contact_name.data,
        contact_email=(form.contact_email.data or "").lower(),
        contact_phone=form.contact_phone.data or "",
        received_on=form.received_on.data,
    )


def _read_scans(form: Any) -> list[Sent]:
    limit = max_upload_bytes()
    uploads = [upload for upload in form.scans.data or () if upload and upload.filename]
    most = uploads[: papers.MOST_SCANS + 1]
    return [Sent(upload.filename, upload.stream.read(limit + 1), limit) for upload in most]
