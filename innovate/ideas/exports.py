"""What was handed in as a workbook: one row an entry, with the columns of the profile."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from innovate.core.workbooks import Sheet, write_workbook
from innovate.events.models import Event
from innovate.ideas.domain.eligibility.answers import Outcome
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.ideas.domain.reading import Item
from innovate.ideas.queries.profiles import Profiled, Profiles
from innovate.ideas.words import say_answer


def profiles_as_workbook(event: Event, found: Profiles) -> bytes:
    """An XLSX file with the entries of an event by number."""
    heads = [_("Nomor"), _("Judul"), _("Tim"), _("Unit kerja"), _("Kelompok"), _("Kategori"), _("Keadaan")]
    heads += [_("Diajukan"), *found.meanings.values(), _("Persyaratan yang tidak terpenuhi")]
    return write_workbook(event.name, [Sheet(_("Usulan"), heads, list(_rows(event, found)))])


def _rows(event: Event, found: Profiles) -> Iterator[Sequence[Any]]:
    groups = {row.id: row.name for row in event.groups}
    tracks = {row.id: row.name for row in event.tracks}
    zone, states = ZoneInfo(event.zone), _states()
    for row in found.rows:
        idea, revision = row.idea, row.revision
        at: datetime | None = idea.submitted_at
        yield (
            idea.number,
            revision.title,
            idea.team.name,
            idea.unit.name if idea.unit else idea.team.organization,
            groups.get(revision.group_id or 0, ""),
            tracks.get(revision.track_id or 0, ""),
            states[idea.state],
            at.astimezone(zone) if at else None,
            *(say_item(row.profile.get(meaning)) for meaning in found.meanings),
            _unmet(row),
        )


def say_item(item: Item | None) -> str:
    """One part of a profile in a cell: days in ISO form, several choices joined."""
    if item is None or item.is_empty:
        return ""
    return item.value if isinstance(item.value, str) else "; ".join(item.value)


def _unmet(row: Profiled) -> str:
    return " ".join(say_answer(answer) for answer in row.answers if answer.outcome is Outcome.NOT_MET)


def _states() -> dict[IdeaState, str]:
    return {
        IdeaState.DRAFT: _("Draf"),
        IdeaState.SUBMITTED: _("Menunggu"),
        IdeaState.RETURNED: _("Dikembalikan"),
        IdeaState.ELIGIBLE: _("Lolos"),
        IdeaState.INELIGIBLE: _("Tidak lolos"),
        IdeaState.WITHDRAWN: _("Ditarik"),
        IdeaState.DISQUALIFIED: _("Didiskualifikasi"),
    }
