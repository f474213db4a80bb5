"""The page of inspectors, and what a competition tells everybody (UU 14/2008)."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from innovate.audit.queries import find_chain_fault
from innovate.core import clock
from innovate.core.web.access import public
from innovate.core.web.page_cache import cached_for_visitors
from innovate.documents.domain.kinds import PaperKind
from innovate.documents.words import KINDS
from innovate.events.guard import enter
from innovate.events.policy import can_read_all
from innovate.events.queries import list_jury, list_phase_changes
from innovate.privacy.queries.inspection import load_inspection
from innovate.privacy.queries.openness import count_entries, list_public_papers
from innovate.privacy.routes.mount import blueprint
from innovate.privacy.words import CORRECTIONS
from innovate.results.queries.awards import load_laurels
from innovate.results.queries.boards import list_public_boards
from innovate.results.queries.proofs import find_published


@blueprint.get("/k/<slug>/kelola/pemeriksaan")
def inspect(slug: str) -> ResponseReturnValue:
    """Trail, proofs, papers, objections, conflicts put aside, corrections and their exports, to read only."""
    actor = enter(slug, can_read_all)
    checked = request.args.get("periksa") == "1"
    return render_template(
        "privacy/inspection.html",
        event=actor.event,
        found=load_inspection(actor.event),
        checked=checked,
        fault=find_chain_fault() if checked else None,
        kinds=KINDS,
        corrections=CORRECTIONS,
        now=clock.now(),
    )


@blueprint.get("/k/<slug>/keterbukaan")
@public
@cached_for_visitors
def openness(slug: str) -> ResponseReturnValue:
    """What is public of the competition and where, and what is not and why."""
    actor = enter(slug)
    event = actor.event
    boards = list_public_boards(event)
    view = boards[-1] if boards else None
    snapshot = view.board.snapshot if view and view.board else None
    return render_template(
        "privacy/openness.html",
        event=event,
        boards=boards,
        view=view,
        laurels=load_laurels(snapshot.id) if snapshot else None,
        bundle=find_published(view) if view else None,
        jury=list_jury(event.id),
        changes=list_phase_changes(event.id),
        entries=count_entries(event.id),
        papers=list_public_papers(event.id),
        kinds=KINDS,
        announcement=PaperKind.ANNOUNCEMENT,
    )
