"""A training of the world's event that is over, with its attendance and papers, and a free-standing one."""

from __future__ import annotations

from typing import Any

from innovate.core import storage
from innovate.documents.domain.kinds import PaperKind
from innovate.documents.models import AttendanceSheet, Document, TrainingPapers
from innovate.events.models import Event
from innovate.learning.domain.rotating import scanned_code, secret_of, step_of
from innovate.learning.models import Activity, LearningSession
from tests.factories.build import NOW, add, make_user
from tests.factories.documents import PDF, make_document
from tests.factories.learning import (
    HOUR,
    make_activity,
    make_attendance,
    make_place,
    make_session,
    make_speaker,
)

SECRET = "test-secret"


def add_training(world: Any) -> dict[str, Any]:
    """The mentor speaks in its first session, the captain was in all of them and has the certificate."""
    users = world.users
    activity = make_activity(users["organizer"], event=world.event)
    held = make_session(activity, starts=-30 * HOUR)
    make_speaker(held, users["mentor"])
    make_place(activity, users["captain"])
    make_attendance(held, users["captain"])
    free = make_activity(users["site_organizer"], title="Webinar Keamanan Informasi")
    return {
        "training": activity,
        "held": held,
        "free_training": free,
        "sheet": keep_sheet(held, users["mentor"]),
        "training_paper": certify(world.event, activity, users["organizer"], users["captain"]),
    }


def certify(event: Event, activity: Activity, issuer: Any, holder: Any) -> Document:
    """A certificate of the activity that is set."""
    about = {"kind": PaperKind.TRAINING, "activity_id": activity.id}
    return make_document(event, issuer, holder, subject=f"training:{activity.id}:{holder.id}", **about)


def keep_sheet(held: LearningSession, by: Any) -> AttendanceSheet:
    """A signed list that was scanned."""
    stored = storage.save(PDF)
    kept = {"storage_key": stored.key, "size": stored.size, "sha256": stored.sha256}
    about = {"filename": "daftar-hadir.pdf", "uploaded_by_id": by.id, "uploaded_at": NOW}
    return add(AttendanceSheet(session_id=held.id, **about, **kept))


def present_code(held: LearningSession) -> str:
    """What the QR holds at NOW."""
    return scanned_code(secret_of(SECRET, held.public_id), step_of(NOW))


def add_more_training(world: Any) -> None:
    """One more session, attendance, sheet, certificate and letterhead, and another activity of the same people."""
    users, activity = world.users, world.values["training"]
    held = make_session(activity, starts=-40 * HOUR)
    make_speaker(held, users["mentor"])
    newcomer = make_user()
    for each in (held, world.values["held"]):
        make_attendance(each, newcomer)
    make_place(activity, newcomer)
    make_attendance(held, users["captain"])
    keep_sheet(world.values["held"], users["mentor"])
    certify(world.event, activity, users["organizer"], newcomer)
    other = make_activity(users["organizer"], event=world.event)
    make_attendance(make_session(other, starts=-50 * HOUR), users["captain"])
    make_speaker(make_session(other), users["mentor"])
    words = {"institution": "Dinas Contoh", "place": "Pontianak", "signer_position": "Kepala"}
    free = make_activity(users["site_organizer"])
    add(TrainingPapers(activity_id=free.id, title="Sertifikat", **words))
