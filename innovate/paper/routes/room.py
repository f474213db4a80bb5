"""The room of paper sheets: prepare, print, find by code, follow the progress."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from innovate.core import clock
from innovate.events.guard import enter
from innovate.paper import policy
from innovate.paper.domain.agreement import SheetState
from innovate.paper.domain.codes import read_code, show_code
from innovate.paper.queries import sheets as queries
from innovate.paper.routes.mount import blueprint
from innovate.paper.services.printing import prepare_sheets
from innovate.scoring.domain.rubric import normalised
from innovate.scoring.queries.conflicts import list_hidden
from innovate.scoring.queries.criteria import list_criteria
from innovate.scoring.queries.jury import pick_round
from innovate.scoring.queries.rounds import get_round, list_rounds
from innovate.scoring.queries.seal import is_settled

FILTERS = (*SheetState, "objection")


@blueprint.get("/kelola/kertas")
def room(slug: str) -> ResponseReturnValue:
    """Every sheet of a round with its state; a code typed here opens its sheet."""
    actor = enter(slug, policy.can_enter)
    hidden = list_hidden(actor)
    typed = request.args.get("kode", "").strip()[:40]
    problem = None
    if typed:
        code = read_code(typed)
        found = queries.find_by_code(actor.event.id, code, hidden=hidden) if code else None
        if found is not None:
            return redirect(url_for("paper.sheet", slug=slug, public_id=found.public_id))
        problem = _no_such_code(known=code is not None)
    rounds = list_rounds(actor.event.id)
    round_ = pick_round(rounds, request.args.get("babak", type=int), clock.now())
    chosen = {
        "q": request.args.get("q", "").replace("\x00", "").strip()[:80],
        "hanya": request.args.get("hanya", "") if request.args.get("hanya") in FILTERS else "",
    }
    page = round_ and queries.page_of_sheets(
        round_,
        page=request.args.get("page", 1, type=int),
        search=chosen["q"],
        only=chosen["hanya"],
        hidden=hidden,
    )
    return render_template(
        "paper/room.html",
        actor=actor,
        event=actor.event,
        rounds=rounds,
        round=round_,
        page=page,
        progress=queries.count_states(round_) if round_ else None,
        chosen=chosen,
        typed=typed,
        problem=problem,
        can_key=policy.can_key(actor),
        settled=round_ is not None and is_settled(round_),
        show_code=show_code,
    )


def _no_such_code(*, known: bool) -> str:
    if known:
        return _("Tidak ada lembar dengan kode ini pada kompetisi ini.")
    return _("Kode ini salah ketik: satu huruf atau urutannya keliru. Periksa lagi pada kertas.")


@blueprint.post("/kelola/kertas/<int:number>")
def prepare(slug: str, number: int) -> ResponseReturnValue:
    """Make the sheets that are missing, then show them for printing."""
    actor = enter(slug, policy.can_key)
    count = prepare_sheets(actor, get_round(actor.event, number), at=clock.now())
    text = ngettext("%(num)s lembar baru disiapkan.", "%(num)s lembar baru disiapkan.", count)
    flash(text if count else _("Semua lembar sudah ada. Cetak lagi bila perlu."), "success")
    return redirect(url_for("paper.print_sheets", slug=slug, number=number))


@blueprint.get("/kelola/kertas/<int:number>/cetak")
def print_sheets(slug: str, number: int) -> ResponseReturnValue:
    """Sheets to be printed, one a page; of one juror if asked."""
    actor = enter(slug, policy.can_key)
    round_ = get_round(actor.event, number)
    everything = queries.list_printable(round_)
    juror = request.args.get("juri", "")
    criteria = list_criteria(round_.rubric_id)
    return render_template(
        "paper/print.html",
        event=actor.event,
        round=round_,
        version=queries.get_version(round_.rubric_id) if round_.rubric_id else 0,
        sheets=[sheet for sheet in everything if juror in {"", sheet.juror_public_id}],
        jurors=dict.fromkeys((sheet.juror_public_id, sheet.juror) for sheet in everything),
        juror=juror,
        criteria=list(zip(criteria, normalised([c.weight for c in criteria]), strict=True)),
        show_code=show_code,
    )
