"""What a person learns, teaches and hands out."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from innovate.accounts.services.personal_data import add_source
from innovate.learning.models import Activity, Enrolment, LearningSession, Speaker
from innovate.privacy.queries.sources.rows import source


def connect() -> None:
    """Register them."""
    for each in SOURCES:
        add_source(each)


SOURCES = (
    source(
        "pelatihan",
        _l("Pendaftaran Anda pada pelatihan"),
        Enrolment.user_id,
        {
            "kegiatan": Activity.title,
            "keadaan": Enrolment.state,
            "mendaftar": Enrolment.asked_at,
            "mendapat_tempat": Enrolment.placed_at,
            "berhenti": Enrolment.withdrawn_at,
            "alasan": Enrolment.withdrawn_reason,
        },
        (Activity, Activity.id == Enrolment.activity_id),
    ),
    source(
        "narasumber",
        _l("Sesi yang Anda bawakan"),
        Speaker.user_id,
        {
            "kegiatan": Activity.title,
            "sesi": LearningSession.title,
            "waktu": LearningSession.starts_at,
            "nama": Speaker.name,
            "jabatan": Speaker.title,
        },
        (LearningSession, LearningSession.id == Speaker.session_id),
        (Activity, Activity.id == LearningSession.activity_id),
    ),
)
