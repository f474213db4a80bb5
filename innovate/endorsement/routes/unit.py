"""The coordinator's pages: the proposals of their units, one of them, and what is decided about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from flask import flash, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from innovate.core import clock
from innovate.core.errors import Refused, Stale
from innovate.core.web.forms import Form
from innovate.endorsement.forms import CommentForm, KeepLetterForm, LetterForm, ReasonForm, SendForm
from innovate.endorsement.guard import enter_list, enter_talk, enter_unit
from innovate.endorsement.queries.chains import (
    find_chain,
    find_paper,
    is_shown,
    list_acts,
    list_scans,
    read_standing,
)
from innovate.endorsement.queries.coordinators import list_own_units
from innovate.endorsement.queries.hats import Hat, list_holders
from innovate.endorsement.queries.lists import (
    ListFilter,
    count_unit_proposals,
    list_unit_events,
    list_unit_proposals,
)
from innovate.endorsement.queries.places import list_places, read_quotas
from innovate.endorsement.routes.mount import blueprint, max_upload_bytes
from innovate.endorsement.services import deciding, talk
from innovate.endorsement.services.letters import NewLetter, Sent
from innovate.endorsement.words import ACTS, STANDINGS
from innovate.events.policy import Actor
from innovate.ideas import policy as ideas
from innovate.ideas.domain.reading import Entry
from innovate.ideas.models import Idea
from innovate.ideas.queries.extensions import get_window
from innovate.ideas.queries.ideas import get_idea, number_of
from innovate.ideas.queries.reading import read_entry
from innovate.ideas.routes.proposals import place
from innovate.ideas.routes.proposals import show as show_proposal


@blueprint.get("/usulan-unit")
def mine() -> ResponseReturnValue:
    """Proposals of the units I coordinate, in all competitions that ask for endorsement."""
    user = enter_list()
    shown = ListFilter(request.args.get("keadaan", ""), request.args.get("kompetisi", "")[:80])
    return render_template(
        "endorsement/mine.html",
        units=list_own_units(user.id),
        page=list_unit_proposals(user.id, shown, page=request.args.get("page", 1, type=int)),
        counts=count_unit_proposals(user.id),
        events=list_unit_events(user.id),
        shown=shown,
        words=STANDINGS,
        standing_options=[(each.value, words[0]) for each, words in STANDINGS.items()],
        args={"keadaan": shown.standing, "kompetisi": shown.event},
    )


@blueprint.get("/k/<slug>/pengesahan/<idea_id>")
def show(slug: str, idea_id: str) -> ResponseReturnValue:
    """One proposal as its team has shown it, and what may be decided about it."""
    actor, idea, hat = enter_unit(slug, idea_id)
    return _show(actor, idea, hat)


def _show(actor: Actor, idea: Idea, hat: Hat, form: Form | None = None, *, stale: Stale | None = None) -> str:
    idea = get_idea(actor.event.id, idea.public_id)
    chain = find_chain(idea.id)
    standing = read_standing(chain, idea)
    seen = deciding.seen_mark(chain) if chain else ""
    forms: dict[str, Any] = {
        name: form if isinstance(form, kind) else kind(formdata=None, data={"seen": seen})
        for name, kind in _FORMS.items()
    }
    if isinstance(form, ReasonForm) and request.endpoint != "endorsement.return_to_team":
        forms["reason"], forms["undo"] = ReasonForm(formdata=None, data={"seen": seen}), form
    forms["undo"].reason.id, forms["reason"].reason.id = "alasan-batal", "alasan-kembali"
    for each in forms.values():
        if "seen" in each:
            each.seen.data = each.seen.raw_data = seen
    paper = find_paper(idea.id)
    return render_template(
        "endorsement/show.html",
        actor=actor,
        event=actor.event,
        idea=idea,
        place=place(actor, idea),
        number=number_of(actor.event, idea),
        hat=hat,
        chain=chain,
        standing=standing,
        words=STANDINGS,
        act_words=ACTS,
        acts=list_acts(idea.id),
        entry=_read(actor, idea) if is_shown(chain) or idea.number else None,
        holders=list_holders(idea),
        window=get_window(actor.event, idea.team_id, idea),
        places=_count_places(actor, idea),
        paper=paper,
        scans=list_scans(idea.id) if paper else [],
        forms=forms,
        stale=stale,
        typed=form.reason.data if stale and isinstance(form, ReasonForm) else "",
        is_own=ideas.is_member(actor, idea),
        max_mb=max_upload_bytes() // 1048576,
    )


_FORMS: dict[str, type[Form]] = {
    "letter": LetterForm,
    "again": KeepLetterForm,
    "reason": ReasonForm,
    "undo": ReasonForm,
    "send": SendForm,
    "comment": CommentForm,
}


def _read(actor: Actor, idea: Idea) -> Entry:
    """What was shown to the unit last; after a taking back what was handed in."""
    chain = find_chain(idea.id)
    revision = chain.revision if chain and is_shown(chain) else idea.submitted_revision
    entry = read_entry(actor.event, idea, revision)
    handed_in = revision is not None and revision.is_submission
    return entry if handed_in else replace(entry, pages={})  # pages are drawn once it is handed in


def _count_places(actor: Actor, idea: Idea) -> tuple[int, int] | None:
    """Places the unit uses now, and how many it has; None without a quota."""
    quotas = read_quotas(actor.event.id)
    if quotas.per_unit is None or idea.team.unit_id is None:
        return None
    taken = sum(place.unit_id == idea.team.unit_id for place in list_places(actor.event.id))
    return taken, quotas.per_unit


# -- acts -------------------------------------------------------------------------------------------------------------


def _act(slug: str, idea_id: str, form: Form, do: Callable[[Actor, Idea], str]) -> ResponseReturnValue:
    """Check the form, do it, say what was done; a refusal shows the page again with what was typed."""
    actor, idea, hat = enter_unit(slug, idea_id)
    if form.validate_on_submit():
        try:
            flash(do(actor, idea), "success")
            return redirect(url_for("endorsement.show", slug=slug, idea_id=idea_id))
        except Stale as stale:
            return _show(actor, idea, hat, form, stale=stale), stale.status
        except Refused:
            with form.catch():
                raise
    return _show(actor, idea, hat, form), form.status


@blueprint.post("/k/<slug>/pengesahan/<idea_id>/kembalikan")
def return_to_team(slug: str, idea_id: str) -> ResponseReturnValue:
    """Let the team mend it."""
    form = ReasonForm()

    def do(actor: Actor, idea: Idea) -> str:
        deciding.return_to_team(
            actor, idea, seen=form.seen.data or "", reason=form.reason.data, at=clock.now()
        )
        return _("Usulan dikembalikan. Tim diberi tahu lewat surel.")

    return _act(slug, idea_id, form, do)


@blueprint.post("/k/<slug>/pengesahan/<idea_id>/sahkan")
def endorse(slug: str, idea_id: str) -> ResponseReturnValue:
    """Endorse with a new letter."""
    form = LetterForm()

    def do(actor: Actor, idea: Idea) -> str:
        letter = NewLetter(
            _sent(form),
            head_name=form.head_name.data,
            head_position=form.head_position.data,
            number=form.number.data,
            day=form.day.data,
        )
        deciding.endorse(actor, idea, seen=form.seen.data or "", letter=letter, at=clock.now())
        return _("Usulan disahkan. Tinggal mengajukannya ke sekretariat.")

    return _act(slug, idea_id, form, do)


def _sent(form: LetterForm) -> Sent:
    upload, limit = form.file.data, max_upload_bytes()
    if not upload or not upload.filename:
        raise Refused(_("Unggah surat kepala unit yang sudah ditandatangani."), field="file")
    return Sent(upload.filename, upload.stream.read(limit + 1), limit)


@blueprint.post("/k/<slug>/pengesahan/<idea_id>/sahkan-lagi")
def endorse_again(slug: str, idea_id: str) -> ResponseReturnValue:
    """Endorse with the letter that is there."""
    form = KeepLetterForm()

    def do(actor: Actor, idea: Idea) -> str:
        deciding.endorse(actor, idea, seen=form.seen.data or "", letter=None, at=clock.now())
        return _("Usulan disahkan. Tinggal mengajukannya ke sekretariat.")

    return _act(slug, idea_id, form, do)


@blueprint.post("/k/<slug>/pengesahan/<idea_id>/batalkan")
def undo(slug: str, idea_id: str) -> ResponseReturnValue:
    """Take an endorsement or a return back."""
    form = ReasonForm()

    def do(actor: Actor, idea: Idea) -> str:
        deciding.undo(actor, idea, seen=form.seen.data or "", reason=form.reason.data, at=clock.now())
        return _("Keputusan dibatalkan. Usulan kembali menunggu unit.")

    return _act(slug, idea_id, form, do)


@blueprint.post("/k/<slug>/pengesahan/<idea_id>/ajukan")
def send(slug: str, idea_id: str) -> ResponseReturnValue:
    """Hand in what was endorsed."""
    form = SendForm()

    def do(actor: Actor, idea: Idea) -> str:
        sent = deciding.hand_in_for_team(actor, idea, seen=form.seen.data or "", at=clock.now())
        return _("Usulan diterima sekretariat dengan nomor %(number)s.", number=number_of(actor.event, sent))

    return _act(slug, idea_id, form, do)


@blueprint.post("/k/<slug>/pengesahan/<idea_id>/komentar")
def comment(slug: str, idea_id: str) -> ResponseReturnValue:
    """Say something to the other side; the writer comes back to their own page."""
    actor, idea, hat = enter_talk(slug, idea_id)
    back = "endorsement.show" if hat.reads else "ideas.show"
    form = CommentForm()
    if form.validate_on_submit():
        with form.catch():
            talk.comment(actor, idea, text=form.text.data, at=clock.now())
            flash(_("Komentar terkirim."), "success")
            return redirect(url_for(back, slug=slug, idea_id=idea_id) + "#percakapan")
    if hat.reads:
        return _show(actor, idea, hat, form), form.status
    g.refused_comment = form  # the team's page shows it again (`mount`)
    return make_response(show_proposal(slug, idea_id)), form.status
