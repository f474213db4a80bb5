"""One's own papers: certificates, letters to one's team, and sheets to sign."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from innovate.accounts.models import User
from innovate.core import clock
from innovate.core.errors import NotFound, require
from innovate.documents.domain.kinds import Audience, PaperKind
from innovate.documents.domain.texts import OF_ENTRIES, Text
from innovate.documents.models import Document
from innovate.documents.queries.own import get_own_entry, get_own_pact, list_own_entries, list_own_pacts
from innovate.documents.queries.papers import get_own, list_own
from innovate.documents.routes.mount import blueprint, send_paper, send_pdf
from innovate.documents.services.printing import print_sheet
from innovate.documents.services.statements import write_statements
from innovate.documents.words import AUDIENCES, KINDS, TEXTS
from innovate.events.guard import signed_in_user
from innovate.events.models import Event

_OF_ENTRIES = ", ".join(OF_ENTRIES)


@blueprint.get("/sertifikat-saya")
def own() -> ResponseReturnValue:
    """Every paper in force of the person signed in, and what they may have to sign."""
    user = _user()
    return render_template(
        "documents/own.html",
        rows=[(row, _name(row)) for row in list_own(user.id)],
        entries=list_own_entries(user.id),
        pacts=list_own_pacts(user.id),
        of_entries=OF_ENTRIES,
        texts=TEXTS,
    )


@blueprint.get("/sertifikat-saya/<document_id>/naskah.pdf")
def own_paper(document_id: str) -> ResponseReturnValue:
    """One of them as PDF; others' are 404."""
    return send_paper(get_own(_user().id, document_id))


@blueprint.get(f"/sertifikat-saya/usulan/<idea_id>/<any({_OF_ENTRIES}):text>.pdf")
def own_sheet(idea_id: str, text: str) -> ResponseReturnValue:
    """A sheet to sign for an entry of one's team; others' are 404."""
    user = _user()
    idea = get_own_entry(user.id, idea_id)
    return _send(idea.event, Text(text), user, idea_id=idea.id)


@blueprint.get("/sertifikat-saya/pakta/<slug>/<any(pact_juror, pact_committee):text>.pdf")
def own_pact(slug: str, text: str) -> ResponseReturnValue:
    """One's own pact of integrity: a copy of what was signed in the application, else a sheet to sign."""
    user = _user()
    return _send(get_own_pact(user.id, slug, Text(text)).event, Text(text), user)


def _user() -> User:
    user = signed_in_user()
    if user is None:
        raise NotFound
    return user


def _name(row: Document) -> object:
    if row.kind is PaperKind.CERTIFICATE:
        return AUDIENCES[Audience(row.subject.partition(":")[0])]
    return KINDS[row.kind]


def _send(event: Event, text: Text, user: User, *, idea_id: int | None = None) -> ResponseReturnValue:
    at = clock.now()
    data = write_statements(event, text, at=at, idea_id=idea_id, user_id=user.id)
    require(bool(data["sheets"]), NotFound())
    made = print_sheet(text, data, at=at)
    return send_pdf([made], len(made), f"{text.value.replace('_', '-')}.pdf")
