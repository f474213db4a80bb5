"""The gold button on a competition's page: what this person should do there now."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from innovate.events.domain.kinds import EventState, Role
from innovate.events.policy import Actor
from innovate.events.services.public_page import NextStep
from innovate.home.queries import find_entry_of
from innovate.home.routes.card import has
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.scoring.domain.window import Window, window_of
from innovate.scoring.queries.jury import MyRound, list_my_rounds


def find_step(actor: Actor, at: datetime) -> NextStep | None:
    """Judge what is left, or go on with one's own entry; what anybody may do, other features know."""
    event, values = actor.event, {"slug": actor.event.slug}
    if event.state is not EventState.PUBLISHED or actor.user is None:
        return None
    if actor.has(Role.JUROR, Role.CHAIR) and has("scoring.home"):
        left = sum(item.left for item in _open(list_my_rounds(actor.user_id, [event.id]), at))
        if left:
            label = ngettext("Nilai %(num)s karya lagi", "Nilai %(num)s karya lagi", left)
            return NextStep(label, "scoring.home", values)
    entry = find_entry_of(event.id, actor.user_id)
    return _my_entry(entry, values) if entry else None


def _my_entry(entry: Any, values: dict[str, str]) -> NextStep:
    team = {**values, "team_id": entry.team_public_id}
    if not has("ideas.edit"):
        return NextStep(_("Buka tim Anda"), "teams.show", team)
    if entry.idea_public_id is None:
        return NextStep(_("Mulai menulis usulan"), "ideas.index", values)
    idea = {**values, "idea_id": entry.idea_public_id}
    if entry.state is IdeaState.DRAFT:
        return NextStep(_("Lanjutkan usulan Anda"), "ideas.edit", idea, _("Masih draf, belum diajukan."))
    if entry.state is IdeaState.RETURNED:
        return NextStep(_("Perbaiki usulan Anda"), "ideas.edit", idea, _("Dikembalikan sekretariat."))
    return NextStep(_("Lihat usulan Anda"), "ideas.show", idea)


def _open(rounds: Iterable[MyRound], at: datetime) -> list[MyRound]:
    return [r for r in rounds if window_of(r.starts_at, r.ends_at, r.closed_at, at) is Window.OPEN]
