"""The panel's ballots side by side."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from innovate.core import clock
from innovate.core.errors import NotFound, require
from innovate.events.policy import Actor
from innovate.scoring import policy
from innovate.scoring.domain.rubric import normalised
from innovate.scoring.domain.window import Window
from innovate.scoring.forms.reasons import ReasonForm
from innovate.scoring.models.ballots import BallotState
from innovate.scoring.models.jury import AssignmentState
from innovate.scoring.models.rounds import Round
from innovate.scoring.queries import jury as queries
from innovate.scoring.queries import panel as panels
from innovate.scoring.queries.ballots import Sheet, get_panel_sheet
from innovate.scoring.queries.conflicts import list_hidden
from innovate.scoring.queries.late import count_late_ballots, list_grants
from innovate.scoring.queries.rounds import list_rounds
from innovate.scoring.routes.jury import enter_lead
from innovate.scoring.routes.mount import blueprint


@blueprint.get("/kelola/panel")
def panel(slug: str) -> ResponseReturnValue:
    """The score matrix, by number and never by total, with everyone's progress."""
    actor = enter_lead(slug)
    rounds = list_rounds(actor.event.id)
    round_ = queries.pick_round(rounds, request.args.get("babak", type=int), clock.now())
    if round_ is None:
        return render_template("scoring/lead/no_round.html", actor=actor, event=actor.event)
    return _page(actor, round_, rounds)


def _page(actor: Actor, round_: Round, rounds: list[Round]) -> str:
    search = request.args.get("q", "").strip()[:80]
    page = queries.page_of_entries(
        round_,
        page=request.args.get("page", 1, type=int),
        search=search,
        hidden=list_hidden(actor),
    )
    return render_template(
        "scoring/lead/panel.html",
        actor=actor,
        event=actor.event,
        rounds=rounds,
        round=round_,
        jurors=queries.list_jurors(actor.event.id, round_.id),
        page=page,
        brought=panels.list_brought(round_.id, [row.entry.idea_id for row in page.items]),
        search=search,
        late=count_late_ballots(actor.event.id),
    )


def _may_grant(actor: Actor, sheet: Sheet) -> bool:
    """Whether opening this one ballot again is a choice now."""
    return (
        policy.can_lead(actor)
        and sheet.user_id != actor.user_id
        and sheet.round_window(clock.now()) is Window.CLOSED
        and sheet.state is AssignmentState.ACTIVE
        and sheet.ballot_state is not BallotState.EXCLUDED
    )


@blueprint.get("/kelola/panel/lembar/<public_id>")
def panel_sheet(slug: str, public_id: str) -> ResponseReturnValue:
    """One ballot with its comments and its whole history."""
    actor = enter_lead(slug)
    sheet = get_panel_sheet(actor.event.id, public_id)
    require(sheet.idea_id not in list_hidden(actor), NotFound())
    weights = normalised([c.weight for c in sheet.criteria.values()])
    return render_template(
        "scoring/lead/sheet.html",
        actor=actor,
        event=actor.event,
        sheet=sheet,
        seat=panels.get_seat_page(actor.event.id, public_id),
        weights=dict(zip(sheet.criteria, weights, strict=True)),
        changes=panels.list_changes(sheet.ballot_id) if sheet.ballot_id else [],
        old=panels.list_old_scores(sheet.ballot_id, sheet.rubric_id) if sheet.ballot_id else [],
        grants=list_grants(actor.event.id, public_id),
        grant_form=ReasonForm(formdata=None),
        may_grant=_may_grant(actor, sheet),
    )
