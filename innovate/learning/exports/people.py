"""Who enrolled, as a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from innovate.core.workbooks import Sheet, write_workbook
from innovate.learning.domain.kinds import EnrolmentState
from innovate.learning.models import Activity, Enrolment

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_xlsx(activity: Activity, people: Sequence[Enrolment]) -> bytes:
    """A workbook of one sheet."""
    return write_workbook(activity.title, [Sheet(_("Peserta"), _heads(), _rows(activity, people))])


def as_csv(activity: Activity, people: Sequence[Enrolment]) -> bytes:
    """UTF-8 with a mark for spreadsheets; no cell is a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_heads())
    for row in _rows(activity, people):
        texts = [each.strftime("%Y-%m-%d %H:%M") if hasattr(each, "strftime") else str(each) for each in row]
        writer.writerow(["'" + text if text.startswith(_FORMULA) else text for text in texts])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _heads() -> list[str]:
    return [
        _("Nomor"),
        _("Nama"),
        _("Surel"),
        _("Perangkat daerah atau instansi"),
        _("Jabatan"),
        _("Keadaan"),
        _("Mendaftar"),
    ]


def _rows(activity: Activity, people: Sequence[Enrolment]) -> list[list[object]]:
    zone = ZoneInfo(activity.zone)
    states = {EnrolmentState.ENROLLED: _("Terdaftar"), EnrolmentState.WAITING: _("Daftar tunggu")}
    return [
        [
            number,
            row.user.full_name,
            row.user.email,
            row.unit.name if row.unit else row.user.organization,
            row.user.position,
            states[row.state],
            row.asked_at.astimezone(zone).replace(tzinfo=None),
        ]
        for number, row in enumerate(people, 1)
    ]
