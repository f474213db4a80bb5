"""One sheet: typing it in, comparing what was typed, and the juror's objection."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from innovate.core import clock
from innovate.core.db import db
from innovate.core.errors import DomainError
from innovate.events.guard import enter
from innovate.events.policy import Actor
from innovate.paper import policy
from innovate.paper.domain.agreement import FromPaper, SheetState, list_disputed
from innovate.paper.domain.codes import show_code
from innovate.paper.forms import WordsForm, read_from_paper
from innovate.paper.models import PaperSheet
from innovate.paper.queries.sheets import get_paper, get_version
from innovate.paper.routes.mount import blueprint
from innovate.paper.services import keying, objections
from innovate.scoring.domain.window import Window
from innovate.scoring.queries.conflicts import list_hidden
from innovate.scoring.queries.criteria import list_criteria


@blueprint.get("/kelola/kertas/lembar/<public_id>")
def sheet(slug: str, public_id: str) -> ResponseReturnValue:
    """Who typed it and when; the form for whoever may type it now; two typings side by side where they differ."""
    return _page(enter(slug, policy.can_enter), public_id)


@blueprint.post("/kelola/kertas/lembar/<public_id>", endpoint="key_in")
def key_in(slug: str, public_id: str) -> ResponseReturnValue:
    """Keep what was typed; the second time the same makes the ballot."""
    actor = enter(slug, policy.can_key)
    paper = _get(actor, public_id)
    typed = read_from_paper(request.form, [row.id for row in list_criteria(paper.rubric_id)])
    try:
        with db.session.begin_nested():
            paper = keying.key_in(actor, paper, typed, at=clock.now())
    except DomainError as refusal:
        if refusal.status in {403, 404}:
            raise
        return _page(actor, public_id, typed=typed, refusal=refusal)
    texts = {
        SheetState.KEYED: _("Ketikan pertama tersimpan. Orang lain mengetiknya sekali lagi."),
        SheetState.DIFFERING: _("Ketikan berbeda. Bandingkan di bawah ini, lalu ketik sekali lagi."),
        SheetState.MATCHED: _("Kedua ketikan sama. Nilai juri sudah dihitung."),
        SheetState.CONFIRMED: _("Dua orang mengetik sama. Nilai juri sudah dihitung."),
    }
    flash(texts[paper.state], "success" if paper.state is not SheetState.DIFFERING else "error")
    if paper.state is SheetState.DIFFERING:
        return redirect(url_for("paper.sheet", slug=slug, public_id=public_id))
    return redirect(url_for("paper.room", slug=slug, babak=keying.round_of(paper).number))


@blueprint.post("/kelola/kertas/lembar/<public_id>/batal")
def undo(slug: str, public_id: str) -> ResponseReturnValue:
    """Take the first typing back."""
    actor = enter(slug, policy.can_key)
    keying.undo_entry(actor, _get(actor, public_id), at=clock.now())
    flash(_("Ketikan dibatalkan dan tetap tercatat. Lembar ini dapat diketik dari awal."), "success")
    return redirect(url_for("paper.sheet", slug=slug, public_id=public_id))


@blueprint.post("/kelola/kertas/lembar/<public_id>/keberatan")
def answer(slug: str, public_id: str) -> ResponseReturnValue:
    """Answer the juror's objection."""
    actor = enter(slug, policy.can_answer)
    paper = _get(actor, public_id)
    form = WordsForm()
    if form.validate_on_submit():
        with form.catch():
            objections.answer_objection(actor, paper, words=form.words.data, at=clock.now())
            flash(_("Jawaban dikirim kepada juri."), "success")
            return redirect(url_for("paper.sheet", slug=slug, public_id=public_id))
    return _page(actor, public_id, form=form)


def _get(actor: Actor, public_id: str) -> PaperSheet:
    """The sheet; of an entry with which somebody who judges has a conflict of interest there is none."""
    return get_paper(actor.event.id, public_id, hidden=list_hidden(actor))


def _page(
    actor: Actor,
    public_id: str,
    *,
    typed: FromPaper | None = None,
    refusal: DomainError | None = None,
    form: WordsForm | None = None,
) -> ResponseReturnValue:
    paper = _get(actor, public_id)
    round_ = keying.round_of(paper)
    can_key = policy.can_key(actor)
    standing = [row for row in paper.entries if row.undone_at is None]
    page = render_template(
        "paper/sheet.html",
        actor=actor,
        event=actor.event,
        paper=paper,
        round=round_,
        version=get_version(paper.rubric_id),
        criteria=list_criteria(paper.rubric_id),
        standing=standing,
        disputed=list_disputed([row.values for row in standing]),
        barred=keying.why_not(actor, paper, round_, clock.now()) if can_key else None,
        can_key=can_key,
        may_undo=can_key
        and paper.state is SheetState.KEYED
        and (standing[0].user_id == actor.user_id or policy.can_key_late(actor)),
        shows_values=policy.may_see_values(paper.state),
        late=round_.window(clock.now()) is Window.CLOSED,
        typed=typed,
        refusal=refusal,
        form=form or WordsForm(formdata=None),
        can_answer=policy.can_answer(actor) and paper.user_id != actor.user_id,
        show_code=show_code,
    )
    return page, refusal.status if refusal else form.status if form else 200
