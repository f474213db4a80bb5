"""What a code leads to, for everybody: whether the paper is valid, and nothing that is not public."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from innovate.core.errors import NotFound
from innovate.core.web.access import public
from innovate.documents.domain.codes import read_code, show_code
from innovate.documents.queries.current import find_current
from innovate.documents.queries.papers import find_by_code
from innovate.documents.routes.mount import blueprint
from innovate.documents.words import KINDS, STANDINGS


@blueprint.get("/dokumen")
@public
def check() -> ResponseReturnValue:
    """Type a code; one that can be a code is looked up at its own address."""
    typed = request.args.get("kode", "")[:100]
    code = read_code(typed)
    if code is not None:
        return redirect(url_for("documents.verify", paper_code=show_code(code)))
    status = 422 if typed.strip() else 200
    return render_template("documents/check.html", typed=typed, wrong=status == 422), status


@blueprint.get("/dokumen/<paper_code>")
@public
def verify(paper_code: str) -> ResponseReturnValue:
    """Kind, number, date, event and the name as printed; 404 for a code that leads nowhere."""
    code = read_code(paper_code)
    found = find_by_code(code) if code else None
    if found is None:
        raise NotFound
    row, is_public = found
    return render_template(
        "documents/verify.html",
        row=row,
        is_current=find_current(row),
        holder=row.holder if is_public else "",
        kinds=KINDS,
        standings=STANDINGS,
        code=show_code(row.code),
    )
