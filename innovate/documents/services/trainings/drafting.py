"""Certificates of an activity as they would be now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l

from innovate.core.errors import Refused, require
from innovate.documents.domain.dates import write_date, write_span
from innovate.documents.domain.kinds import PaperKind
from innovate.documents.models import Document
from innovate.documents.queries.trainings import subject_of
from innovate.documents.services.letters import list_facts, write_letter, write_table
from innovate.documents.services.numbered import Draft
from innovate.documents.services.trainings.wording import House, read_house
from innovate.learning.domain.kinds import ActivityKind, ActivityState
from innovate.learning.models import Activity, LearningSession
from innovate.learning.queries.attendance import Standing, is_over, list_standings, map_minutes

NOT_YET = _l("Sertifikat dapat diterbitkan sesudah sesi terakhir selesai.")
NONE_GIVEN = _l("Kegiatan ini tidak memberi sertifikat.")
CANCELLED = _l("Kegiatan ini tidak berjalan, jadi tidak ada sertifikatnya.")
_CALLED = {
    ActivityKind.OUTREACH: "sosialisasi",
    ActivityKind.TRAINING: "bimbingan teknis",
    ActivityKind.WORKSHOP: "lokakarya",
    ActivityKind.WEBINAR: "webinar",
    ActivityKind.TALK: "gelar wicara",
}


def draft_trainings(activity: Activity, *, at: datetime) -> list[Draft]:
    """Everybody's who reached the share and still has an account, by name; Refused before the activity is over.
    Sessions, speakers and event must be loaded.
    """
    require(activity.state is ActivityState.PUBLISHED, Refused(CANCELLED))
    require(activity.gives_certificate, Refused(NONE_GIVEN))
    require(is_over(activity, at), Refused(NOT_YET))
    desk = _Desk(activity, read_house(activity), at)
    return [
        desk.draft(each) for each in list_standings(activity) if each.earned.reached and each.user.is_active
    ]


def list_lost(activity: Activity, rows: Sequence[Document]) -> list[Document]:
    """Those in force whose holder no longer reaches the share: attendance was taken back after they were issued."""
    entitled = {each.user.id for each in list_standings(activity) if each.earned.reached}
    return [row for row in rows if row.ended_at is None and row.user_id not in entitled]


class _Desk:
    """What all certificates of an activity share."""

    def __init__(self, activity: Activity, house: House, at: datetime) -> None:
        self.activity, self.house = activity, house
        self.minutes = map_minutes(activity)
        self.zone = ZoneInfo(activity.zone)
        first, last = self._day(activity.sessions[0]), self._day(activity.sessions[-1])
        self.facts = {
            **list_facts(house.occasion, house.settings, at),
            "jenis_pelatihan": _CALLED[activity.kind],
            "pelatihan": activity.title,
            "penyelenggara_pelatihan": activity.host or house.settings.institution,
            "tanggal_pelatihan": write_span(first, last),
        }

    def _day(self, session: LearningSession) -> Any:
        return session.starts_at.astimezone(self.zone).date()

    def draft(self, standing: Standing) -> Draft:
        user = standing.user
        return Draft(
            PaperKind.TRAINING,
            subject_of(self.activity.id, user.id),
            self._write(standing),
            user_id=user.id,
            activity_id=self.activity.id,
            holder=user.full_name,
            pattern=self.house.wording.pattern,
        )

    def _write(self, standing: Standing) -> dict[str, Any]:
        user, house = standing.user, self.house
        unit = user.unit.name if user.unit else user.organization
        jp = str(standing.earned.jp) if standing.earned.jp else ""
        own = {"nama": user.full_name, "unit_kerja": unit, "jp": jp}
        letter = write_letter(
            house.occasion, house.settings, house.wording, {**self.facts, **own}, with_nip=False
        )
        said = {"holder": user.full_name, "unit": unit, "called": "Peserta", "work": ""}
        return {**letter, **said, "event": self.activity.title, "materi": self._list_materi(standing)}

    def _list_materi(self, standing: Standing) -> dict[str, Any]:
        attended = [each for each in self.activity.sessions if each.id in standing.there]
        rows = [
            [
                str(number),
                each.title,
                ", ".join(speaker.name for speaker in each.speakers) or "–",
                write_date(self._day(each)),
                str(self.minutes[each.id]),
            ]
            for number, each in enumerate(attended, 1)
        ]
        return write_materi(rows, standing.earned.minutes, standing.earned.jp)


def write_materi(rows: list[list[str]], minutes: int, jp: int) -> dict[str, Any]:
    """The table on the back: what was attended, and what it comes to."""
    heads = ["No.", "Materi", "Narasumber", "Tanggal", "Menit"]
    total = ["", f"Jumlah: {jp} JP (1 JP = 45 menit, dibulatkan ke bawah)", "", "", str(minutes)]
    return write_table(heads, [*rows, total], ["auto", "5", "3", "auto", "auto"], "rlllr")
