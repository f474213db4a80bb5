"""The organizer's room: what was issued, and issuing."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from innovate.core import clock
from innovate.core.errors import NotFound, Refused
from innovate.documents import policy
from innovate.documents.domain.kinds import ABOUT_RESULTS, Audience, PaperKind, may_issue
from innovate.documents.forms import EndForm
from innovate.documents.queries import papers
from innovate.documents.queries.current import list_outdated
from innovate.documents.queries.lost import list_lost
from innovate.documents.routes.mount import blueprint, send_pdf, site
from innovate.documents.services import certificates, ending, issuing
from innovate.documents.services.printing import print_preview
from innovate.documents.words import AUDIENCES, KINDS, STANDINGS
from innovate.events.domain.kinds import Role
from innovate.events.guard import enter
from innovate.events.queries import list_people
from innovate.results.queries.boards import get_board, list_boards


@blueprint.get("/k/<slug>/kelola/dokumen")
def room(slug: str) -> ResponseReturnValue:
    """What can be issued now, how far the runner is, and every paper."""
    actor = enter(slug, policy.can_read_papers)
    event = actor.event
    search = request.args.get("q", "").strip()[:100]
    boards = list_boards(event)
    ready = [
        (kind, view, f"{kind.value}:{view.board.id}")
        for view in boards
        for kind in ABOUT_RESULTS
        if view.board and may_issue(kind, view.state)
    ]
    is_public = any(view.is_last and view.state.is_public for view in boards)
    lost = list_lost(event) if policy.can_issue(actor) else []
    named = {each.document.id for each in lost}
    return render_template(
        "documents/room.html",
        event=event,
        page=papers.list_documents(event.id, search=search, page=request.args.get("page", 1, int)),
        q=search,
        ready=ready,
        valid=papers.map_valid(event.id),
        outdated=[each for each in list_outdated(event.id) if each.id not in named],
        lost=lost,
        audiences=[each for each in Audience if is_public or not each.tells_results],
        letters=papers.count_letters(event.id),
        has_jury=bool(list_people(event.id, Role.CHAIR, Role.JUROR)),
        has_certificates=bool(papers.list_lot(event.id, PaperKind.CERTIFICATE, limit=1)),
        task=papers.find_setting(event.id),
        may_issue=policy.can_issue(actor),
        kinds=KINDS,
        audience_names=AUDIENCES,
        standings=STANDINGS,
    )


@blueprint.post(
    "/k/<slug>/kelola/dokumen/terbitkan/<any(minutes, recap, decree, announcement):paper>/<int:number>"
)
def issue(slug: str, paper: str, number: int) -> ResponseReturnValue:
    """Issue a paper about a round's board."""
    actor = enter(slug, policy.can_issue)
    try:
        issuing.issue_paper(actor, PaperKind(paper), number, site=site(), at=clock.now())
    except Refused as refusal:
        flash(str(refusal.message), "error")
    else:
        flash(_("Naskah diberi nomor dan sedang disusun."), "success")
    return redirect(url_for("documents.room", slug=slug))


@blueprint.get(
    "/k/<slug>/kelola/dokumen/pratinjau/<any(minutes, recap, decree, announcement):paper>/<int:number>.pdf"
)
def preview(slug: str, paper: str, number: int) -> ResponseReturnValue:
    """What would be issued now, without number and code. 404 while the seal does not allow it."""
    actor = enter(slug, policy.can_read_papers)
    at = clock.now()
    try:
        draft = issuing.draft_paper(actor.event, PaperKind(paper), get_board(actor.event, number), at=at)
    except Refused as refusal:
        raise NotFound from refusal
    made = print_preview(draft.kind, draft.data, at=at)
    return send_pdf([made], len(made), f"pratinjau-{paper}.pdf")


@blueprint.post(
    "/k/<slug>/kelola/dokumen/sertifikat/<any(winners, finalists, participants, jurors, organizers):who>"
)
def issue_certificates(slug: str, who: str) -> ResponseReturnValue:
    """Have the missing certificates of an audience made."""
    actor = enter(slug, policy.can_issue)
    try:
        certificates.ask_for_certificates(actor, Audience(who), site=site(), at=clock.now())
    except Refused as refusal:
        flash(str(refusal.message), "error")
    return redirect(url_for("documents.room", slug=slug))


@blueprint.post("/k/<slug>/kelola/dokumen/cabut-gugur")
def revoke_lost(slug: str) -> ResponseReturnValue:
    """Revoke the certificates of awards that were withdrawn and of entries that were disqualified."""
    actor = enter(slug, policy.can_issue)
    form = EndForm()
    form.validate()
    try:
        count = ending.revoke_lost(actor, reason=form.reason.data or "", at=clock.now())
    except Refused as refusal:
        flash(str(refusal.message), "error")
    else:
        flash(ngettext("%(num)s piagam dicabut.", "%(num)s piagam dicabut.", count), "success")
    return redirect(url_for("documents.room", slug=slug))
