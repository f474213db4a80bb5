"""An issued paper written once more, with what is true now."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _l

from innovate.core.errors import Refused
from innovate.documents.domain.kinds import ABOUT_RESULTS, Audience, PaperKind
from innovate.documents.domain.sessions import read_asked
from innovate.documents.models import Document
from innovate.documents.queries.trainings import get_activity
from innovate.documents.services.certificates import draft_certificates
from innovate.documents.services.correspondence import draft_appointment, draft_letters
from innovate.documents.services.issuing import draft_held
from innovate.documents.services.numbered import Draft
from innovate.documents.services.trainings.drafting import draft_trainings
from innovate.events.models import Event
from innovate.results.queries.boards import list_boards


def draft_again(event: Event, row: Document, at: datetime) -> Draft:
    """The paper as it would be now; its kind says from what. Refused where its ground is gone or sealed."""
    if row.kind in ABOUT_RESULTS:
        boards = [each for each in list_boards(event) if each.board and each.board.id == row.board_id]
        return draft_held(event, row.kind, boards[0], at=at)
    if row.kind is PaperKind.APPOINTMENT:
        return draft_appointment(event, at=at)
    if row.kind is PaperKind.TRAINING:
        drafts = draft_trainings(get_activity(row.activity_id or 0), at=at)
    elif row.kind is PaperKind.CERTIFICATE:
        drafts = draft_certificates(event, Audience(row.subject.partition(":")[0]), at=at)
    else:
        drafts = draft_letters(event, read_asked(row.data["asked"]), at=at)
    draft = next((each for each in drafts if each.subject == row.subject), None)
    if draft is None:
        raise Refused(_l("Penerimanya tidak lagi berhak atas naskah ini."))
    return draft
