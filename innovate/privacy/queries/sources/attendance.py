"""Where a person was present: sessions of trainings."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from innovate.accounts.services.personal_data import add_source
from innovate.learning.models import Activity, Attendance, LearningSession
from innovate.privacy.queries.sources.rows import source


def connect() -> None:
    """Register them."""
    for each in SOURCES:
        add_source(each)


SOURCES = (
    source(
        "kehadiran",
        _l("Kehadiran pada pelatihan"),
        Attendance.user_id,
        {
            "kegiatan": Activity.title,
            "sesi": LearningSession.title,
            "waktu": Attendance.at,
            "cara": Attendance.method,
            "dibatalkan": Attendance.removed_at,
            "alasan": Attendance.removed_reason,
        },
        (LearningSession, LearningSession.id == Attendance.session_id),
        (Activity, Activity.id == LearningSession.activity_id),
    ),
)
