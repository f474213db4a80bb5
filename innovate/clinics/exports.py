"""The organizer's workbook of clinics."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from innovate.clinics.queries.room import RoomView
from innovate.clinics.words import STATES
from innovate.core.workbooks import Sheet, write_workbook
from innovate.events.models import Event


def as_xlsx(event: Event, view: RoomView) -> bytes:
    """Three sheets: slots, use of each mentor, teams without a clinic."""
    zone = ZoneInfo(event.zone)

    def local(instant: datetime) -> datetime:
        return instant.astimezone(zone)

    slots = [
        [
            local(slot.starts_at),
            local(slot.ends_at),
            slot.mentor.full_name,
            ", ".join(skill.name for skill in slot.skills),
            slot.topic,
            slot.place or slot.link,
            str(STATES[state][0]),
            slot.booking.team.name if slot.booking else "",
            len(slot.booking.actions) if slot.booking else None,
            sum(action.done_at is not None for action in slot.booking.actions) if slot.booking else None,
        ]
        for slot, state in reversed(view.slots)
    ]
    heads = [_("Mulai"), _("Selesai"), _("Mentor"), _("Keahlian"), _("Pokok bahasan"), _("Tempat")]
    heads += [_("Keadaan"), _("Tim"), _("Tindak lanjut"), _("Sudah dikerjakan")]
    use = [[row.mentor.full_name, row.offered, row.taken, row.held, row.missed] for row in view.mentors]
    use_heads = [_("Mentor"), _("Ditawarkan"), _("Dipesan"), _("Terlaksana"), _("Tidak terlaksana")]
    without = [[team.name, team.unit.name if team.unit else team.organization] for team in view.without]
    return write_workbook(
        _("Klinik Inovasi %(event)s", event=event.name),
        [
            Sheet(_("Slot"), heads, slots),
            Sheet(_("Pemakaian"), use_heads, use),
            Sheet(_("Belum ikut klinik"), [_("Tim"), _("Unit atau lembaga")], without),
        ],
    )
