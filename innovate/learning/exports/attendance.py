"""Attendance of an activity and the record of a person as workbooks."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from innovate.core.workbooks import Sheet, write_workbook
from innovate.learning.models import Activity
from innovate.learning.queries.attendance import Standing, map_minutes
from innovate.learning.queries.record import Learnt


def write_attendance(activity: Activity, standings: Sequence[Standing]) -> bytes:
    """A row for each person with a column for each session; a second sheet says what the sessions were."""
    zone, minutes = ZoneInfo(activity.zone), map_minutes(activity)
    sessions = activity.sessions
    heads = [_("Nama"), _("Perangkat daerah atau instansi"), _("Jabatan")]
    heads += [f"{number}. {each.title}" for number, each in enumerate(sessions, 1)]
    heads += [_("Sesi dihadiri"), _("Menit"), _("JP"), _("Mencapai syarat")]
    rows = [
        [
            each.user.full_name,
            each.user.unit.name if each.user.unit else each.user.organization,
            each.user.position,
            *(_("Hadir") if held.id in each.there else "" for held in sessions),
            each.earned.sessions,
            each.earned.minutes,
            each.earned.jp,
            _("Ya") if each.earned.reached else _("Belum"),
        ]
        for each in standings
    ]
    held_rows = [
        [number, each.title, each.starts_at.astimezone(zone), each.ends_at.astimezone(zone), minutes[each.id]]
        for number, each in enumerate(sessions, 1)
    ]
    return write_workbook(
        activity.title,
        [
            Sheet(_("Kehadiran"), heads, rows),
            Sheet(_("Sesi"), [_("No."), _("Sesi"), _("Mulai"), _("Selesai"), _("Menit")], held_rows),
        ],
    )


def write_record(name: str, rows: Sequence[Learnt]) -> bytes:
    """The learning record of one person."""
    heads = [
        _("Tahun"),
        _("Kegiatan"),
        _("Penyelenggara"),
        _("Selesai"),
        _("Sesi dihadiri"),
        _("Banyaknya sesi"),
    ]
    heads += [_("JP"), _("Mencapai syarat"), _("Sertifikat")]
    lines = [
        [
            each.year,
            each.activity.title,
            each.activity.host,
            each.ended_at.astimezone(ZoneInfo(each.activity.zone)),
            each.earned.sessions,
            each.earned.of_sessions,
            each.jp,
            _("Ya") if each.earned.reached else _("Belum"),
            each.paper.number if each.paper else "",
        ]
        for each in rows
    ]
    return write_workbook(_("Rekam belajar %(name)s", name=name), [Sheet(_("Rekam belajar"), heads, lines)])
