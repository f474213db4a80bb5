"""Skills, what mentors said of them, and clinics."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from innovate.accounts.services.personal_data import add_source
from innovate.clinics.models import ClinicAction, ClinicBooking, ClinicSlot
from innovate.privacy.queries.sources.rows import source
from innovate.skills.models import Skill, SkillEndorsement, SkillRating, SkillSharing
from innovate.teams.models import Team


def connect() -> None:
    """Register them."""
    for each in SOURCES:
        add_source(each)


_SKILL = (Skill, Skill.id == SkillRating.skill_id)
_ENDORSED = (Skill, Skill.id == SkillEndorsement.skill_id)
_SAID = {
    "keterampilan": Skill.name,
    "tingkat": SkillEndorsement.level,
    "waktu": SkillEndorsement.at,
    "ditarik": SkillEndorsement.withdrawn_at,
}
SOURCES = (
    source(
        "keterampilan",
        _l("Keterampilan yang Anda nilai"),
        SkillRating.user_id,
        {
            "keterampilan": Skill.name,
            "tingkat": SkillRating.level,
            "saat": SkillRating.occasion,
            "tentang": SkillRating.about,
            "waktu": SkillRating.at,
        },
        _SKILL,
    ),
    source(
        "keterampilan_tampil",
        _l("Izin menampilkan keterampilan"),
        SkillSharing.user_id,
        {"sejak": SkillSharing.since},
    ),
    source(
        "dukungan_keterampilan",
        _l("Dukungan mentor atas keterampilan Anda"),
        SkillEndorsement.user_id,
        _SAID,
        _ENDORSED,
    ),
    source(
        "dukungan_diberikan",
        _l("Dukungan keterampilan yang Anda berikan"),
        SkillEndorsement.endorser_id,
        _SAID,
        _ENDORSED,
    ),
    source(
        "klinik_ditawarkan",
        _l("Slot klinik yang Anda tawarkan"),
        ClinicSlot.mentor_id,
        {
            "mulai": ClinicSlot.starts_at,
            "selesai": ClinicSlot.ends_at,
            "pokok": ClinicSlot.topic,
            "tempat": ClinicSlot.place,
            "tautan": ClinicSlot.link,
            "dibatalkan": ClinicSlot.cancelled_at,
            "catatan": ClinicBooking.notes,
        },
        (ClinicBooking, (ClinicBooking.slot_id == ClinicSlot.id) & ClinicBooking.cancelled_at.is_(None)),
    ),
    source(
        "klinik_dipesan",
        _l("Klinik yang Anda pesan"),
        ClinicBooking.booked_by_id,
        {
            "tim": Team.name,
            "waktu": ClinicSlot.starts_at,
            "pertanyaan": ClinicBooking.question,
            "dipesan": ClinicBooking.booked_at,
            "dibatalkan": ClinicBooking.cancelled_at,
        },
        (Team, Team.id == ClinicBooking.team_id),
        (ClinicSlot, ClinicSlot.id == ClinicBooking.slot_id),
    ),
    source(
        "tindak_lanjut",
        _l("Tindak lanjut klinik yang Anda tandai selesai"),
        ClinicAction.done_by_id,
        {"isi": ClinicAction.text, "selesai": ClinicAction.done_at},
    ),
)
