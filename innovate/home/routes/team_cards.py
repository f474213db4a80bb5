"""Cards of teams: what is missing until the proposal is handed in."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from innovate.core.web.localisation import show_datetime
from innovate.endorsement.domain.chain import Standing
from innovate.endorsement.words import STANDINGS
from innovate.events.services.names import known
from innovate.home.routes.card import Card, has, room
from innovate.ideas.domain.completeness import Need
from innovate.ideas.domain.deadline import can_submit
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.ideas.queries.standings import TeamStanding

_ABOUT_TEAM = {Need.TEAM_SMALL, Need.TEAM_LARGE}


def team_card(standing: TeamStanding, at: datetime, in_unit: Standing | None = None) -> Card:
    """A team's card: what is missing until its proposal is handed in, or how far it has come.

    `in_unit`: where it stands in its unit, in an event that asks for endorsement.
    """
    team, idea = standing.team, standing.idea
    event = team.event
    common: dict[str, Any] = {
        "event": event.name,
        "zone": event.zone,
        "deadline": standing.window.closes_at,
        "standing": standing,
        "kind": "team",
        "steps": _team_steps(standing, in_unit),
    }
    writable = not standing.window.is_late(at) and (standing.window.opens_at or at) <= at
    if idea is None or idea.state is IdeaState.WITHDRAWN:
        if not writable:
            return Card(_("Tim %(team)s terdaftar", team=team.name), **common, **_to_team(team), weight=60)
        title = _("Mulai tulis %(entry)s tim %(team)s", entry=event.entry_label.lower(), team=team.name)
        begin = {"href": room("ideas.index", event), "label": _("Mulai menulis")}
        return Card(title, text=_("Belum ada yang ditulis."), weight=22, **common, **begin)
    common["badge"] = idea.state.value
    if can_submit(idea.state, standing.window, at).allowed and idea.state in {
        IdeaState.DRAFT,
        IdeaState.RETURNED,
    }:
        return _at_unit(standing, common, in_unit) or _unfinished(standing, common)
    title = {
        IdeaState.SUBMITTED: _("%(title)s sudah diajukan", title=idea.title),
        IdeaState.ELIGIBLE: _("%(title)s lolos seleksi administrasi", title=idea.title),
        IdeaState.INELIGIBLE: _("%(title)s tidak lolos seleksi administrasi", title=idea.title),
        IdeaState.DISQUALIFIED: _("%(title)s didiskualifikasi", title=idea.title),
    }.get(idea.state, _("%(title)s tidak diajukan", title=idea.title or team.name))
    return Card(
        title, weight=55, label=_("Lihat"), href=_entry("ideas.show", event.slug, idea.public_id), **common
    )


def _at_unit(standing: TeamStanding, common: dict[str, Any], in_unit: Standing | None) -> Card | None:
    """A draft that its unit has before it; one the unit wants mended."""
    idea = standing.idea
    assert idea is not None  # noqa: S101 - the caller has looked
    show = {"href": _entry("ideas.show", standing.team.event.slug, idea.public_id), "label": _("Lihat")}
    title = idea.title or standing.team.name
    if in_unit in {Standing.WAITING, Standing.ENDORSED}:
        text = _("Koordinator unit mengajukannya ke sekretariat setelah disahkan.")
        words = _("%(title)s menunggu unit Anda", title=title)
        return Card(words, text=text, weight=54, **common, **show)
    if in_unit is Standing.RETURNED and idea.state is IdeaState.DRAFT:
        text = _("Unit Anda mengembalikannya. Baca alasannya, lalu ajukan kembali.")
        return Card(_("Perbaiki %(title)s", title=title), text=text, weight=15, **common, **show)
    return None


def _unfinished(standing: TeamStanding, common: dict[str, Any]) -> Card:
    """A draft, or one returned for mending: name the first thing missing."""
    idea, event = standing.idea, standing.team.event
    assert idea is not None  # noqa: S101 - the caller has looked
    gaps = [gap for gap in standing.gaps if gap.need not in _ABOUT_TEAM]
    counts = {"total": standing.total, "done": max(standing.total - len(gaps), 0), "unit": _("isian")}
    returned = idea.state is IdeaState.RETURNED
    weight = 15 if returned else 20
    edit = _entry("ideas.edit", event.slug, idea.public_id)
    if returned:
        text = _("Sekretariat mengembalikannya untuk diperbaiki. Baca alasannya, lalu ajukan kembali.")
        title = _("Perbaiki %(title)s", title=idea.title or standing.team.name)
        return Card(
            title, text=text, href=edit, label=_("Perbaiki sekarang"), weight=weight, **counts, **common
        )
    if gaps:
        label = gaps[0].label or {Need.TITLE: _("Judul"), Need.GROUP: known(event.group_label)}.get(
            gaps[0].need, known(event.track_label)
        )
        others = len(gaps) - 1
        text = _("Bagian ini belum lengkap.")
        if others:
            text = ngettext(
                "Bagian ini belum lengkap, dan %(num)s lagi sesudahnya.",
                "Bagian ini belum lengkap, dan %(num)s lagi sesudahnya.",
                others,
            )
        title = _("Lengkapi %(part)s", part=label)
        return Card(title, text=text, href=edit, label=_("Tulis sekarang"), weight=weight, **counts, **common)
    if standing.gaps:
        text = _("Usulan sudah lengkap, tetapi jumlah anggota tim belum sesuai ketentuan.")
        return Card(
            _("Lengkapi tim Anda"), text=text, weight=weight, **counts, **common, **_to_team(standing.team)
        )
    text = _("Semua bagian terisi. Panitia baru menerimanya setelah Anda mengajukan.")
    return Card(
        _("Periksa lalu ajukan"),
        text=text,
        href=_entry("ideas.submit", event.slug, idea.public_id),
        label=_("Periksa lalu ajukan"),
        weight=weight,
        **counts,
        **common,
    )


def _team_steps(standing: TeamStanding, in_unit: Standing | None) -> list[dict[str, Any]]:
    """Team, proposal, handing in: three steps with the one in hand marked."""
    team, idea, event = standing.team, standing.idea, standing.team.event
    size = team.size
    team_ready = event.team_min <= size <= event.team_max
    missing = [gap for gap in standing.gaps if gap.need not in _ABOUT_TEAM]
    written = idea is not None and not missing
    handed_in = idea is not None and idea.state not in {
        IdeaState.DRAFT,
        IdeaState.RETURNED,
        IdeaState.WITHDRAWN,
    }
    flags = [team_ready, written or handed_in, handed_in]
    here = next((n for n, done in enumerate(flags) if not done), None)
    people = ngettext("%(num)s anggota", "%(num)s anggota", size)
    wanted = (
        people
        if team_ready
        else _(
            "%(people)s; perlu %(min)s s.d. %(max)s", people=people, min=event.team_min, max=event.team_max
        )
    )
    written_text = _("Belum dimulai") if idea is None else _gaps_text(missing)
    rows = [
        (_("Tim lengkap"), wanted, _to_team(team)["href"], _("Buka tim")),
        (
            _("%(entry)s ditulis", entry=event.entry_label),
            written_text,
            _entry("ideas.edit", event.slug, idea.public_id) if idea and not handed_in else "",
            _("Lanjutkan"),
        ),
        (_("Diajukan"), _("Anda menerima tanda terima bernomor lewat surel"), "", ""),
    ]
    if in_unit is not None and in_unit is not Standing.WRITING and idea is not None:
        show = _entry("ideas.show", event.slug, idea.public_id)
        rows[2] = (_("Diajukan"), str(STANDINGS[in_unit][0]), show, _("Lihat"))
    if handed_in and idea is not None and idea.submitted_at is not None:
        receipt = _entry("ideas.receipt", event.slug, idea.public_id)
        rows[2] = (_("Diajukan"), show_datetime(idea.submitted_at, event.zone), receipt, _("Tanda terima"))
    return [
        {
            "label": label,
            "text": note,
            "href": href,
            "link": link,
            "state": "past" if done else "here" if n == here else "",
        }
        for n, ((label, note, href, link), done) in enumerate(zip(rows, flags, strict=True))
    ]


def _gaps_text(gaps: list[Any]) -> str:
    """Names at most three missing parts, and counts the rest."""
    names = [gap.label for gap in gaps if gap.label][:3]
    rest, listed = len(gaps) - len(names), ", ".join(names)
    if not gaps:
        text = _("Lengkap")
    elif not names:
        text = ngettext("%(num)s bagian belum lengkap", "%(num)s bagian belum lengkap", len(gaps))
    elif not rest:
        text = _("Belum lengkap: %(names)s", names=listed)
    else:
        text = _("Belum lengkap: %(names)s, dan %(rest)s lagi", names=listed, rest=rest)
    return str(text)


def _to_team(team: Any) -> dict[str, Any]:
    return {
        "href": url_for("teams.show", slug=team.event.slug, team_id=team.public_id),
        "label": _("Buka tim"),
    }


def _entry(endpoint: str, slug: str, idea_id: str) -> str:
    return (
        url_for(endpoint, slug=slug, idea_id=idea_id) if has(endpoint) else url_for("events.show", slug=slug)
    )
