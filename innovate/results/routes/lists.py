"""What all pages with a ranking share: what to show of it, and its files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Response, request
from flask_babel import gettext as _

from innovate.core.errors import NotFound
from innovate.events.models import Group, Track
from innovate.events.policy import Actor
from innovate.results.exports import boards as exports
from innovate.results.queries.snapshots import Filter

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def read_filter() -> Filter:
    """What the address asks for."""
    args = request.args
    page = args.get("page", 1, type=int)
    return Filter(args.get("kelompok", ""), args.get("kategori", ""), args.get("q", "").strip()[:80], page)


# -- the public side ----------------------------------------------------------------------------------------------


def list_options(rows: Sequence[Group | Track]) -> list[tuple[str, str]]:
    """Choices of a filter: all, then each by its code."""
    return [("", _("Semua")), *((row.code, row.name) for row in rows)]


def default_group(actor: Actor, chosen: Filter) -> Filter:
    """The first group where none is asked for: groups are ranked apart and shown apart."""
    codes = [group.code for group in actor.event.groups]
    if len(codes) < 2 or chosen.group in codes or chosen.search:
        return chosen
    return Filter(codes[0], chosen.track, chosen.search, chosen.page)


def as_file(
    actor: Actor, rows: Any, kind: str, *, criteria: Sequence[str], scores: bool, names: bool = True
) -> Response:
    """A ranking as CSV or XLSX."""
    look = exports.Look(scores, names, criteria)
    name = f"peringkat-{actor.event.slug}.{kind}"
    if kind == "csv":
        body, media = exports.as_csv(rows, look), "text/csv; charset=utf-8"
    elif kind == "xlsx":
        body, media = exports.as_xlsx(actor.event.name, rows, look), _XLSX
    else:
        raise NotFound
    return Response(
        body, content_type=media, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
