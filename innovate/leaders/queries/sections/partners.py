"""Who works with the city: organisations by kind, and the challenges they posed."""

from __future__ import annotations

from flask_babel import gettext as _
from sqlalchemy import func, select

from innovate.core.db import db
from innovate.leaders.domain.shapes import Bar, Figure, Picture, Section, Way
from innovate.leaders.queries.frame import Frame
from innovate.leaders.queries.sections.drawing import draw_years
from innovate.leaders.words import say_number
from innovate.partners.domain.kinds import Stage
from innovate.partners.models.dealings import Challenge
from innovate.partners.models.organisations import Organisation
from innovate.partners.words import KINDS


def read_partners(frame: Frame) -> Section | None:
    """Accepted by the end of the year; None without any. Partners are of no class of units. Two statements."""
    if frame.unit_class is not None or frame.year is None:
        return None
    began = func.coalesce(Organisation.decided_at, Organisation.registered_at)
    query = select(Organisation.kind, func.count())
    query = query.where(
        Organisation.state == Stage.ACCEPTED,
        began <= frame.until,
    )
    kinds = {kind: int(n) for kind, n in db.session.execute(query.group_by(Organisation.kind))}
    if not kinds:
        return None
    asked = select(frame.say_year(Challenge.event_id), func.count()).where(
        Challenge.state == Stage.ACCEPTED, Challenge.event_id.in_(frame.events)
    )
    challenges = {int(year): int(n) for year, n in db.session.execute(asked.group_by("year"))}
    bars = [
        Bar(str(KINDS[kind]), float(n), say_number(n), Way("mitra"))
        for kind, n in sorted(kinds.items(), key=lambda pair: (-pair[1], pair[0]))
    ]
    heads = (_("Jenis mitra"), _("Mitra"))
    return Section(
        "mitra",
        _("Mitra"),
        _("%(n)s organisasi bermitra dengan kota", n=say_number(sum(kinds.values()))),
        (
            Figure(say_number(sum(kinds.values())), _("mitra sampai akhir tahun ini"), Way("mitra")),
            Figure(say_number(challenges.get(frame.year, 0)), _("tantangan mitra tahun ini"), Way("mitra")),
        ),
        (
            Picture("bars", _("Mitra menurut jenis"), heads, tuple(bars)),
            draw_years(frame, _("Tantangan mitra menurut tahun"), _("Tantangan"), challenges, list_="mitra"),
        ),
    )
