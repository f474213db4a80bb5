"""What a person does for a unit, in the field, and as somebody who plans competitions."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from innovate.accounts.models import Unit
from innovate.accounts.services.personal_data import add_source
from innovate.endorsement.models import ChainAct, Coordinator
from innovate.events.models import SavedTemplate
from innovate.ideas.models import Idea, IdeaRevision
from innovate.privacy.queries.sources.rows import source
from innovate.surveys.models import Invitation, Survey, SurveyResponse
from innovate.visits.models import Visit, Visitor


def connect() -> None:
    """Register them."""
    for each in SOURCES:
        add_source(each)


SOURCES = (
    source(
        "survei",
        _l("Survei yang diminta dari Anda, dan jawaban Anda di survei bernama"),
        Invitation.user_id,
        {  # an anonymous survey keeps nothing that leads to its answers
            "survei": Survey.title,
            "sebagai": Invitation.part,
            "sudah_menjawab": Invitation.answered,
            "jawaban": SurveyResponse.answers,
            "waktu": SurveyResponse.at,
        },
        (Survey, Survey.id == Invitation.survey_id),
        (SurveyResponse, SurveyResponse.invitation_id == Invitation.id),
    ),
    source(
        "koordinator",
        _l("Tugas sebagai koordinator unit"),
        Coordinator.user_id,
        {"unit": Unit.name, "sejak": Coordinator.given_at, "sampai": Coordinator.ended_at},
        (Unit, Unit.id == Coordinator.unit_id),
    ),
    source(
        "pengesahan",
        _l("Keputusan dan komentar Anda tentang usulan unit"),
        ChainAct.by_id,
        {  # the title the act was about: what the team writes since is not the unit's to read
            "judul": IdeaRevision.title,
            "tindakan": ChainAct.act,
            "tulisan": ChainAct.text,
            "waktu": ChainAct.at,
        },
        (IdeaRevision, IdeaRevision.id == ChainAct.revision_id),
    ),
    source(
        "kunjungan",
        _l("Verifikasi lapangan yang Anda ikuti"),
        Visitor.user_id,
        {"judul": Idea.title, "tempat": Visit.place, "waktu": Visit.starts_at, "selesai": Visit.finished_at},
        (Visit, Visit.id == Visitor.visit_id),
        (Idea, Idea.id == Visit.idea_id),
    ),
    source(
        "templat",
        _l("Templat yang Anda simpan"),
        SavedTemplate.owner_id,
        {
            "nama": SavedTemplate.name,
            "keterangan": SavedTemplate.description,
            "dibuat": SavedTemplate.created_at,
            "dihapus": SavedTemplate.removed_at,
        },
    ),
)
