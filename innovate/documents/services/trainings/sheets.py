"""Lists of attendance of a session: printed blank or with names, and kept once they were signed and scanned."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l

from innovate.audit.services import record
from innovate.core import storage
from innovate.core.db import db
from innovate.core.errors import Refused, require
from innovate.documents.domain.sessions import Session
from innovate.documents.domain.texts import Text
from innovate.documents.models import AttendanceSheet
from innovate.documents.queries.texts import HOUSE, read_wording, wording_of
from innovate.documents.queries.trainings import count_sheets, get_sheet
from innovate.documents.services.ending import SignedFile
from innovate.documents.services.letters import list_facts, write_letter
from innovate.documents.services.lists import MOST_ROWS
from innovate.documents.services.trainings.wording import read_house
from innovate.learning import policy
from innovate.learning.models import Activity, LearningSession
from innovate.learning.policy import Guest
from innovate.learning.queries.attendance import list_everybody

MOST = 20  # scans of one session
EMPTY_ROWS = 10  # after the names, for who walks in
MANY = _l("Sesi ini sudah menyimpan 20 berkas. Keluarkan yang tidak diperlukan lebih dahulu.")
SHORT = _l("Tuliskan alasan, paling sedikit 5 karakter.")


def write_sheet(
    activity: Activity, held: LearningSession, *, blank: bool, rows: int, at: datetime
) -> dict[str, Any]:
    """The data of the list: with everybody's name and some empty lines, or `rows` empty ones."""
    house = read_house(activity)
    event = activity.event
    wording = read_wording(event.id, Text.ATTENDANCE) if event else wording_of(Text.ATTENDANCE, HOUSE, {})
    session = _session(activity, held)
    facts = {**list_facts(house.occasion, house.settings, at), **session.list_facts(activity.zone)}
    letter = write_letter(house.occasion, house.settings, wording, facts, with_nip=False)
    people = [] if blank else list_everybody(activity, held)
    known = [
        [user.full_name, user.unit.name if user.unit else user.organization, user.position]
        for user in people[:MOST_ROWS]
    ]
    empty = [["", "", ""]] * (min(rows, MOST_ROWS) if blank else EMPTY_ROWS)
    said = [["Kegiatan", session.agenda], *session.list_rows(activity.zone)[:-1]]
    return {**letter, "session": said, "people": [*known, *empty]}


def _session(activity: Activity, held: LearningSession) -> Session:
    zone = ZoneInfo(activity.zone)
    starts, ends = held.starts_at.astimezone(zone), held.ends_at.astimezone(zone)
    place = held.room or (activity.event.place if activity.event else "") or "daring"
    agenda = f"{activity.title}: {held.title}"
    return Session(agenda, starts.date(), ends.date(), place, f"{starts:%H:%M}", f"{ends:%H:%M}")


def keep_sheet(guest: Guest, held: LearningSession, file: SignedFile, *, at: datetime) -> AttendanceSheet:
    """Keep the scan of a signed list (of `ending.check_signed`)."""
    require(policy.can_record(guest, held))
    require(count_sheets(held.id) < MOST, Refused(MANY, field="file"))
    kept = storage.save(file.content)
    row = AttendanceSheet(
        session_id=held.id,
        filename=file.filename[-200:],
        storage_key=kept.key,
        size=kept.size,
        sha256=kept.sha256,
        uploaded_by_id=guest.user_id,
        uploaded_at=at,
    )
    db.session.add(row)
    db.session.flush()
    _record(guest, "attendance.keep_sheet", held, at, {"sha256": kept.sha256})
    return row


def drop_sheet(guest: Guest, held: LearningSession, public_id: str, *, reason: str, at: datetime) -> None:
    """Take a scan out of the list; its row stays with the reason."""
    require(policy.can_run(guest))
    require(len(reason.strip()) >= 5, Refused(SHORT, field="reason"))
    row = get_sheet(held.id, public_id)
    row.removed_at, row.removed_by_id, row.removed_reason = at, guest.user_id, reason.strip()[:300]
    _record(guest, "attendance.drop_sheet", held, at, {"sha256": row.sha256, "reason": reason.strip()[:300]})


def _record(guest: Guest, action: str, held: LearningSession, at: datetime, after: dict[str, str]) -> None:
    record(
        action,
        actor_id=guest.user_id,
        at=at,
        object_type="learning_session",
        object_id=held.id,
        event_id=guest.activity.event_id,
        after=after,
    )
