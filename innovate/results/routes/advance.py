"""Who advances into the next round."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from innovate.core import clock
from innovate.events.guard import enter
from innovate.results import policy
from innovate.results.domain.advance import CutRule
from innovate.results.forms import AdvanceForm, AdvanceNowForm
from innovate.results.queries.advance import get_advance
from innovate.results.routes.mount import blueprint
from innovate.results.services.advance import advance_entries

FINALISTS = 6  # of each group, as the city's own competition takes


@blueprint.get("/k/<slug>/kelola/hasil/<int:number>/maju")
def advance(slug: str, number: int) -> ResponseReturnValue:
    """A preview: each group with its cut, and what decided there."""
    return _page(slug, number, AdvanceForm(formdata=request.args or None, per_group=FINALISTS))


@blueprint.post("/k/<slug>/kelola/hasil/<int:number>/maju", endpoint="advance_now")
def carry_out(slug: str, number: int) -> ResponseReturnValue:
    """Set the entries of the next round to what was previewed."""
    actor = enter(slug, policy.can_move_board)
    form = AdvanceNowForm()
    if form.validate_on_submit():
        with form.catch():
            come, gone = advance_entries(
                actor,
                number,
                per_group=form.per_group.data,
                rule=CutRule(form.rule.data),
                chosen=form.chosen.data or (),
                reason=form.reason.data,
                seen=form.seen.data,
                at=clock.now(),
            )
            flash(_("%(come)s karya ditambahkan, %(gone)s dikeluarkan.", come=come, gone=gone), "success")
            return redirect(url_for("scoring.entries", slug=slug, number=number + 1))
    return _page(slug, number, form)


def _page(slug: str, number: int, form: AdvanceForm) -> ResponseReturnValue:
    actor = enter(slug, policy.can_move_board)
    per_group = form.per_group.data if isinstance(form.per_group.data, int) else FINALISTS
    rule = CutRule(form.rule.data) if form.rule.data in set(CutRule) else CutRule.CRITERIA
    found = get_advance(actor.event, number, per_group=max(1, per_group), rule=rule)
    acting = form if isinstance(form, AdvanceNowForm) else AdvanceNowForm(formdata=None)
    page = render_template(
        "results/advance.html",
        event=actor.event,
        found=found,
        form=form,
        acting=acting,
        per_group=per_group,
        rule=rule,
        picked=set(acting.chosen.data or ()),
    )
    return page, acting.status
