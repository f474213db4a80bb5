"""Writing what papers say, with a preview of what would be printed."""

from __future__ import annotations

from base64 import b64encode

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from innovate.core import clock
from innovate.core.db import begin_write
from innovate.core.errors import NotFound, require
from innovate.core.web.unit_of_work import defers_write
from innovate.documents import policy
from innovate.documents.domain.texts import FORMS, PARTS, Text
from innovate.documents.forms import SIGNER_FIELDS, SIGNER_PARTS, TextForm
from innovate.documents.queries.texts import (
    HOUSE,
    Wording,
    find_text,
    list_versions,
    map_versions,
    read_wording,
    wording_of,
)
from innovate.documents.routes.mount import blueprint
from innovate.documents.services.printing import draw_sample
from innovate.documents.services.samples import write_sample
from innovate.documents.services.texts import check_text, reset_text, save_text
from innovate.documents.words import BLANKS, TEXTS
from innovate.documents.words import PARTS as PART_NAMES
from innovate.events.guard import enter
from innovate.events.policy import Actor

_NAMES = ", ".join(Text)


@blueprint.get("/k/<slug>/kelola/dokumen/format")
def texts(slug: str) -> ResponseReturnValue:
    """Every text with the version in force."""
    actor = enter(slug, policy.can_issue)
    known = map_versions(actor.event.id)
    rows = [(text, TEXTS[text], *known.get(text, (HOUSE, True))) for text in Text]
    return render_template("documents/texts.html", event=actor.event, rows=rows)


@blueprint.route(f"/k/<slug>/kelola/dokumen/format/<any({_NAMES}):text>", methods=["GET", "POST"])
@defers_write
def text(slug: str, text: str) -> ResponseReturnValue:
    """Write one; `act=preview` shows its pages and saves nothing. `?versi=` opens an earlier version."""
    if request.method == "POST" and request.form.get("act") != "preview":
        begin_write()
    actor, which = enter(slug, policy.can_issue), Text(text)
    form = _form(actor, which)
    pages: list[str] = []
    if form.validate_on_submit():
        with form.catch():
            checked = check_text(which, form.read_parts(), form.read_signers())
            if request.form.get("act") == "preview":
                pages = _draw(actor, checked)
            else:
                _save(actor, which, form)
                return redirect(url_for("documents.text", slug=slug, text=text))
    return _page(actor, which, form, pages), 200 if pages else form.status


@blueprint.post(f"/k/<slug>/kelola/dokumen/format/<any({_NAMES}):text>/bawaan")
def reset(slug: str, text: str) -> ResponseReturnValue:
    """Back to the house's words."""
    actor = enter(slug, policy.can_issue)
    reset_text(actor, Text(text), at=clock.now())
    flash(_("Naskah bawaan berlaku lagi. Versi sebelumnya tetap ada di riwayat."), "success")
    return redirect(url_for("documents.text", slug=slug, text=text))


def _form(actor: Actor, which: Text) -> TextForm:
    shown = _shown(actor, which)
    values = {name: shown.parts[name] for name in PARTS if name in shown.parts}
    for n, signer in enumerate(shown.signers, 1):
        values |= {f"signer{n}_{part}": signer.get(part, "") for part in SIGNER_PARTS}
    form = TextForm(data=values)
    form.trim_to(FORMS[which])
    for name, label in PART_NAMES.get(which, {}).items():
        if name in form:
            form[name].label.text = label
    return form


def _shown(actor: Actor, which: Text) -> Wording:
    version = request.args.get("versi", type=int)
    if version is None:
        return read_wording(actor.event.id, which)
    row = find_text(actor.event.id, which, version)
    require(row is not None or version == HOUSE, NotFound())
    return wording_of(which, version, row.parts if row else {})


def _save(actor: Actor, which: Text, form: TextForm) -> None:
    typed = form.based_on.data or ""
    based_on = int(typed) if typed.isdecimal() and len(typed) < 8 else HOUSE
    form.based_on.data = ""  # whoever is told of a newer version here replaces that one by saving again
    parts, signers = form.read_parts(), form.read_signers()
    row = save_text(actor, which, parts, signers, based_on=based_on, at=clock.now())
    flash(_("Naskah disimpan sebagai versi %(n)s.", n=row.version) if row else _("Tidak ada yang berubah."))


def _draw(actor: Actor, wording: Wording) -> list[str]:
    at = clock.now()
    data = write_sample(actor.event, wording, at=at)
    pages = draw_sample(wording.text, wording.form.kind, data, at=at)
    return [f"data:image/png;base64,{b64encode(page).decode()}" for page in pages]


def _page(actor: Actor, which: Text, form: TextForm, pages: list[str]) -> str:
    versions = list_versions(actor.event.id, which)
    now = versions[0].version if versions else HOUSE
    form.based_on.data = form.based_on.data or str(now)
    shape = FORMS[which]
    return render_template(
        "documents/text.html",
        event=actor.event,
        form=form,
        pages=pages,
        name=TEXTS[which],
        text=which,
        shape=shape,
        blanks=[(blank, BLANKS[blank]) for blank in shape.blanks],
        versions=versions,
        version=now,
        is_house=not versions or not versions[0].parts,
        signer_fields=SIGNER_FIELDS if shape.has_signers else (),
    )
