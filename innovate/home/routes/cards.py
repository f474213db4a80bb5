"""Cards of a person's home: invitations, teams, roles."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import url_for
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _

from innovate.endorsement.domain.chain import Standing
from innovate.events.domain.kinds import EventState, Role
from innovate.events.domain.moment import find_moment
from innovate.events.forms.people import ROLES
from innovate.events.models import Event, EventRole, RoleInvitation
from innovate.events.services.names import known
from innovate.home.queries import Desk
from innovate.home.routes.card import Card, has, room
from innovate.home.routes.team_cards import team_card
from innovate.ideas.queries.standings import TeamStanding
from innovate.scoring.domain.window import Window, window_of
from innovate.scoring.queries.jury import MyRound
from innovate.surveys.models import Survey
from innovate.teams.models import TeamInvitation


def list_cards(desk: Desk, at: datetime) -> list[Card]:
    """All cards of a person, the most urgent first."""
    cards = [_invitation(row) for row in desk.invitations]
    cards += [_team_invitation(row) for row in desk.team_invitations]
    cards += [team_card(each, at, _in_unit(each, desk)) for each in desk.standings]
    cards += _for_unit(desk.for_unit)
    cards += _surveys(desk.surveys)
    for row in desk.roles:
        cards += _role(row, desk, at)
    far = datetime.max.replace(tzinfo=at.tzinfo)
    return sorted(cards, key=lambda card: (card.weight, card.deadline or far))


def _in_unit(standing: TeamStanding, desk: Desk) -> Standing | None:
    return desk.in_units.get(standing.idea.id) if standing.idea else None


def _for_unit(waiting: int | None) -> list[Card]:
    """What waits for a unit's coordinator."""
    if waiting is None:
        return []
    common: dict[str, Any] = {"event": "", "href": url_for("endorsement.mine"), "kind": "coordinator"}
    if waiting:
        title = ngettext("Putuskan %(num)s usulan unit", "Putuskan %(num)s usulan unit", waiting)
        text = _("Menunggu pengesahan atau pengajuan oleh unit Anda.")
        return [Card(title, text=text, label=_("Buka usulan unit"), weight=24, **common)]
    return [Card(_("Usulan unit saya"), text=_("Tidak ada yang menunggu Anda."), weight=57, **common)]


def _surveys(waiting: Sequence[Survey]) -> list[Card]:
    """One card, however many wait; the first closes first."""
    if not waiting:
        return []
    first, count = waiting[0], len(waiting)
    name = first.name.say(str(get_locale() or "id"))
    common: dict[str, Any] = {"deadline": first.closes_at, "zone": first.zone, "kind": "survey", "weight": 27}
    if count == 1:
        href = url_for("surveys.answer", survey_id=first.public_id)
        return [
            Card(
                name,
                event="",
                text=_("Survei ini menunggu jawaban Anda."),
                href=href,
                label=_("Isi survei"),
                **common,
            )
        ]
    title = ngettext("%(num)s survei menunggu Anda", "%(num)s survei menunggu Anda", count)
    text = _("Yang ditutup paling awal: %(name)s.", name=name)
    return [Card(title, event="", text=text, href=url_for("surveys.mine"), label=_("Lihat survei"), **common)]


def _invitation(row: RoleInvitation) -> Card:
    return Card(
        title=_("Jawab undangan menjadi %(role)s", role=str(ROLES[row.role]).lower()),
        event=row.event.name,
        text=_("%(name)s mengundang Anda.", name=row.invited_by.full_name),
        href=url_for("events.invitation", nonce=row.nonce),
        label=_("Lihat undangan"),
        weight=10,
        deadline=row.expires_at,
        zone=row.event.zone,
        kind="invitation",
        decline=url_for("events.decline_invitation", nonce=row.nonce),
    )


def _team_invitation(row: TeamInvitation) -> Card:
    return Card(
        title=_("Jawab undangan tim %(team)s", team=row.team.name),
        event=row.team.event.name,
        text=_("Anda diminta bergabung sebagai anggota."),
        href=url_for("teams.invitation_page", slug=row.team.event.slug, nonce=row.nonce),
        label=_("Lihat undangan"),
        weight=11,
        zone=row.team.event.zone,
        kind="invitation",
    )


def _role(row: EventRole, desk: Desk, at: datetime) -> list[Card]:
    if row.role in {Role.JUROR, Role.CHAIR}:
        rounds = [item for item in desk.rounds if item.event_id == row.event_id]
        return [_jury(row, rounds, at)]
    if row.role is Role.SECRETARIAT:
        return [_screening(row, desk.waiting.get(row.event_id, 0))]
    if row.role is Role.ORGANIZER:
        return [_organizer(row.event, at)]
    if row.role is Role.AUDITOR:
        return [_plain(row.event, _("Baca semua ruang"), room("events.todo", row.event), "auditor")]
    return [_plain(row.event, _("Dampingi tim"), url_for("clinics.mine", slug=row.event.slug), "mentor")]


def _jury(row: EventRole, rounds: list[MyRound], at: datetime) -> Card:
    event = row.event
    common: dict[str, Any] = {"event": event.name, "zone": event.zone, "kind": row.role.value}
    home = room("scoring.home", event)
    for item in rounds:
        if window_of(item.starts_at, item.ends_at, item.closed_at, at) is Window.OPEN and item.left:
            return Card(
                title=ngettext("Nilai %(num)s karya lagi", "Nilai %(num)s karya lagi", item.left),
                text=_("%(done)s dari %(all)s sudah Anda nilai.", done=item.done, all=item.assigned),
                href=home,
                label=_("Lanjut menilai"),
                weight=18,
                deadline=item.ends_at,
                done=item.done,
                total=item.assigned,
                unit=_("karya"),
                **common,
            )
    assigned = sum(item.assigned for item in rounds)
    if not assigned:
        text = _("Belum ada karya yang ditugaskan kepada Anda.")
    elif any(item.starts_at > at for item in rounds):
        text = ngettext("%(num)s karya menunggu dinilai.", "%(num)s karya menunggu dinilai.", assigned)
    else:
        text = _("Semua karya Anda sudah dinilai.")
    return Card(_("Ruang juri"), text=text, href=home, label=_("Buka ruang juri"), **common)


def _screening(row: EventRole, waiting: int) -> Card:
    event = row.event
    href = room("ideas.queue", event)
    if waiting:
        title = ngettext("Periksa %(num)s usulan", "Periksa %(num)s usulan", waiting)
        return Card(
            title,
            event.name,
            text=_("Menunggu seleksi administrasi."),
            href=href,
            label=_("Mulai memeriksa"),
            weight=25,
            zone=event.zone,
            kind="secretariat",
        )
    return _plain(event, _("Tidak ada usulan yang menunggu diperiksa"), href, "secretariat")


def _organizer(event: Event, at: datetime) -> Card:
    if event.state is EventState.DRAFT:
        return Card(
            _("Siapkan %(name)s", name=event.name),
            event.name,
            text=_("Masih draf. Lengkapi lalu terbitkan."),
            href=room("events.todo", event),
            label=_("Lihat yang kurang"),
            weight=30,
            zone=event.zone,
            kind="organizer",
        )
    moment = find_moment(event.state, event.phases, at)
    name = "organizer.dashboard" if has("organizer.dashboard") else "events.todo"
    text = ""
    if moment.phase is not None:
        phase = known(moment.phase.name)
        text = _("%(phase)s akan dibuka.", phase=phase) if moment.begins else phase
    return Card(
        event.name,
        event.name,
        text=text,
        href=room(name, event),
        label=_("Buka dasbor"),
        weight=52,
        deadline=moment.instant,
        zone=event.zone,
        kind="organizer",
    )


def _plain(event: Event, title: str, href: str, kind: str) -> Card:
    return Card(title, event.name, href=href, label=_("Buka"), weight=58, zone=event.zone, kind=kind)
