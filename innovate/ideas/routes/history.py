"""What an idea said before, and its files."""

from __future__ import annotations

import unicodedata
from io import BytesIO
from urllib.parse import quote

from flask import Response, current_app, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.http import dump_options_header

from innovate.core import clock, storage
from innovate.core.anonymous.files import CannotStripError, strip
from innovate.core.errors import NotFound, Refused, require
from innovate.events.policy import Actor
from innovate.ideas import policy
from innovate.ideas.domain.reading import neutral_name
from innovate.ideas.guard import enter_idea
from innovate.ideas.models import Idea, IdeaFile
from innovate.ideas.queries.files import get_file, get_page, list_files
from innovate.ideas.queries.revisions import list_changes, list_revisions, was_handed_in
from innovate.ideas.routes.proposals import blueprint, place, standing
from innovate.ideas.services import files


@blueprint.get("/usulan/<idea_id>/riwayat")
def history(slug: str, idea_id: str) -> ResponseReturnValue:
    """All revisions, and what changed between any two."""
    actor, idea = enter_idea(slug, idea_id)
    revisions = list_revisions(idea.id)
    numbers = {revision.number: revision for revision in revisions}
    newest = revisions[0].number if revisions else 0
    after = numbers.get(request.args.get("ke", newest, type=int))
    before = numbers.get(request.args.get("dari", after.number - 1 if after else 0, type=int))
    return render_template(
        "ideas/history.html",
        revisions=revisions,
        before=before,
        after=after,
        changes=list_changes(actor.event, idea, before, after) if after else [],
        removed=[file for file in list_files(idea.id) if file.removed_at],
        **standing(actor, idea),
    )


@blueprint.get("/usulan/<idea_id>/berkas/<file_id>")
def download(slug: str, idea_id: str, file_id: str) -> ResponseReturnValue:
    """One attachment. Those outside the team get only what was handed in or shown to them."""
    actor, idea, file = _enter_file(slug, idea_id, file_id)
    if policy.reads_masked(actor, idea):
        return _download_masked(file)
    if file.media_type.startswith("video/"):  # players ask for parts
        film = BytesIO(storage.read(file.storage_key))
        return _private(_send(film, file, file.filename))
    response = current_app.response_class(storage.stream(file.storage_key), mimetype=file.media_type)
    response.headers["Content-Disposition"] = _attachment(file.filename)
    response.content_length = file.size
    return _private(response)


@blueprint.get("/usulan/<idea_id>/berkas/<file_id>/halaman/<int:page>")
def show_page(slug: str, idea_id: str, file_id: str, page: int) -> ResponseReturnValue:
    """One page of a PDF as a picture, for whoever may have the file. There is no author inside for anybody."""
    _actor, _idea, file = _enter_file(slug, idea_id, file_id)
    picture = get_page(file.id, page)
    response = current_app.response_class(storage.stream(picture.storage_key), mimetype="image/webp")
    response.content_length = picture.size
    return _private(response)


def _enter_file(slug: str, idea_id: str, file_id: str) -> tuple[Actor, Idea, IdeaFile]:
    actor, idea = enter_idea(slug, idea_id, policy.can_read)
    file = get_file(idea.id, file_id)
    may = policy.can_see_own(actor, idea) or was_handed_in(idea.id, file.id)
    require(may or file.id in (policy.list_previewed(actor, idea) or ()), NotFound())
    return actor, idea, file


def _download_masked(file: IdeaFile) -> ResponseReturnValue:
    """The attachment for somebody who must not learn whose it is: another name, and no author inside."""
    try:
        content = strip(storage.read(file.storage_key), file.media_type)
    except CannotStripError:
        unreadable = _("Berkas ini tidak dapat disamarkan, jadi tidak ditampilkan. Hubungi panitia.")
        return unreadable, 422, {"Content-Type": "text/plain; charset=utf-8"}
    return _send(BytesIO(content), file, neutral_name(file))


def _send(content: BytesIO, file: IdeaFile, name: str) -> Response:
    """The file under a name; of a film also the parts a player asks for (206)."""
    return send_file(
        content,
        mimetype=file.media_type,
        as_attachment=True,
        download_name=name,
        conditional=file.media_type.startswith("video/"),
        etag=False,
    )


def _attachment(name: str) -> str:
    """The header that makes a browser save the file, with the name in both spellings."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    names = (
        {"filename": plain} if plain == name else {"filename": plain, "filename*": f"UTF-8''{quote(name)}"}
    )
    return dump_options_header("attachment", names)


def _private(response: Response) -> Response:
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response


@blueprint.post("/usulan/<idea_id>/berkas/<file_id>/pulihkan")
def restore_file(slug: str, idea_id: str, file_id: str) -> ResponseReturnValue:
    """Put a removed attachment back."""
    actor, idea = enter_idea(slug, idea_id, policy.can_edit)
    try:
        file = files.restore_file(actor, idea, file_id, at=clock.now())
    except Refused as refused:
        flash(str(refused.message), "error")
        return redirect(url_for("ideas.history", **place(actor, idea)))
    flash(_("%(name)s dikembalikan.", name=file.filename))
    return redirect(url_for("ideas.edit", **place(actor, idea)) + f"#f-{file.field_key}")
