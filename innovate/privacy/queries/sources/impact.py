"""What people report of innovations in use, and whom they asked to adopt one."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from innovate.accounts.services.personal_data import add_source
from innovate.impact.models import AdoptionRequest, FollowUp, Innovation
from innovate.privacy.queries.sources.rows import source


def connect() -> None:
    """Register them."""
    for each in SOURCES:
        add_source(each)


SOURCES = (
    source(
        "replikasi",
        _l("Inovasi yang Anda tiru"),
        Innovation.owner_id,
        {"judul": Innovation.title, "unit": Innovation.unit_name, "mulai": Innovation.created_at},
    ),
    source(
        "permintaan_meniru",
        _l("Permintaan Anda meniru inovasi"),
        AdoptionRequest.asker_id,
        {
            "judul": Innovation.title,
            "unit": AdoptionRequest.unit_name,
            "tulisan": AdoptionRequest.words,
            "keadaan": AdoptionRequest.state,
            "jawaban": AdoptionRequest.reason,
            "waktu": AdoptionRequest.asked_at,
        },
        (Innovation, Innovation.id == AdoptionRequest.innovation_id),
    ),
    source(
        "tindak_lanjut",
        _l("Tindak lanjut yang Anda jawab"),
        FollowUp.answered_by_id,
        {
            "judul": Innovation.title,
            "bulan": FollowUp.months,
            "keadaan": FollowUp.status,
            "orang": FollowUp.people,
            "hambatan": FollowUp.obstacle,
            "cerita": FollowUp.story,
            "waktu": FollowUp.answered_at,
        },
        (Innovation, Innovation.id == FollowUp.innovation_id),
    ),
)
