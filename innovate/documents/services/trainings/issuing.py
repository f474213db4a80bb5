"""Issuing certificates of an activity in bulk, and what may happen to one afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from innovate.accounts.models import User
from innovate.audit.services import record
from innovate.core.db import db, locked, transaction
from innovate.core.errors import NotFound, Refused, require
from innovate.documents.domain.kinds import Standing
from innovate.documents.models import Document
from innovate.documents.queries.trainings import (
    SETTING,
    about,
    find_in_force,
    get_activity,
    get_certificate,
    is_of,
    list_ever_held,
)
from innovate.documents.services.certificates import NOBODY
from innovate.documents.services.issuing import THERE
from innovate.documents.services.numbered import Draft, issue_in
from innovate.documents.services.setting import set_waiting
from innovate.documents.services.trainings.drafting import draft_trainings
from innovate.documents.services.trainings.wording import read_house
from innovate.learning import policy
from innovate.learning.models import Activity
from innovate.learning.policy import Guest
from innovate.learning.queries.activities import get_guest
from innovate.tasks.models import Task
from innovate.tasks.services import Kind, Work, enqueue_task, register_kind

_SHORTEST = 10
SHORT = _l("Tuliskan alasan, paling sedikit 10 karakter. Alasan ini dicatat.")
ENDED = _l("Naskah ini tidak berlaku lagi.")


def connect() -> None:
    """Offer it to the runner of long work."""
    register_kind(
        Kind(
            name=SETTING,
            title=_l("Menerbitkan sertifikat pelatihan"),
            run=run_making,
            stages={"number": _l("Memberi nomor"), "set": _l("Menyusun PDF")},
            may_handle=_may_handle,
            place=_find_place,
        )
    )


def _may_handle(user_id: int, task: Task) -> bool:
    user = db.session.get(User, user_id)
    try:
        guest = get_guest(str(task.inputs["activity"]), user)
    except NotFound:
        return False
    return policy.can_run(guest)


def _find_place(task: Task) -> tuple[str, dict[str, Any]]:
    return "documents.training", {"public_id": str(task.inputs["activity"])}


def ask_for_certificates(guest: Guest, *, site: str, at: datetime) -> Task:
    """Have the runner issue what is missing. Refused before the last session is over, or while nobody has a claim."""
    require(policy.can_run(guest))
    require(bool(draft_trainings(get_activity(guest.activity.id), at=at)), Refused(NOBODY))
    return _ask(guest, site, at)


def _ask(guest: Guest, site: str, at: datetime) -> Task:
    activity = guest.activity
    return enqueue_task(
        SETTING,
        actor_id=guest.user_id,
        event_id=activity.event_id,
        about=about(activity.id),
        inputs={"activity": activity.public_id, "key": activity.id, "site": site},
        at=at,
    )


def run_making(work: Work) -> Mapping[str, Any]:
    """Resumable: what has a number keeps it, what has a PDF is passed over."""
    key = int(work.inputs["key"])
    work.tell(0, 0, "number")
    with transaction():
        site = str(work.inputs.get("site", ""))
        issued = issue_missing(get_activity(key), site=site, actor_id=work.actor_id, at=work.now())
    done = set_waiting(is_of(key), work.tell, transaction, at=work.now())
    return {"issued": issued, "set": done}


def issue_missing(activity: Activity, *, site: str, actor_id: int, at: datetime) -> int:
    """Number and freeze the certificates that nobody ever held; how many. Doing it again issues nothing."""
    series = read_house(activity).series
    series.hold()
    held = list_ever_held(activity.id)
    drafts = [each for each in draft_trainings(activity, at=at) if each.subject not in held]
    if drafts:
        issue_in(series, drafts, site=site, actor_id=actor_id, at=at)
    return len(drafts)


def revoke_certificate(guest: Guest, public_id: str, *, reason: str, at: datetime) -> Document:
    """From now on it is not valid, and nothing takes its place."""
    row = _hold(guest, public_id, reason)
    require(row.ended_at is None, Refused(ENDED))
    row.ended_at, row.ended_by_id, row.ended_reason = at, guest.user_id, reason.strip()
    _record(guest, "document.revoke", row, at, {"reason": reason.strip()})
    return row


def reissue_certificate(guest: Guest, public_id: str, *, reason: str, site: str, at: datetime) -> Document:
    """A revoked one anew, or one in force replaced by what is true now: each under a new number."""
    row = _hold(guest, public_id, reason)
    require(row.standing is not Standing.SUPERSEDED, Refused(ENDED))
    draft = _draft_again(guest.activity.id, row, at)
    if row.ended_at is None:
        row.ended_at, row.ended_by_id, row.ended_reason = at, guest.user_id, reason.strip()
        db.session.flush()
    require(find_in_force(guest.activity.id, row.subject) is None, Refused(THERE))
    series = read_house(guest.activity).series
    (new,) = issue_in(series, [draft], site=site, actor_id=guest.user_id, at=at)
    row.replaced_by_id = new.id
    _record(guest, "document.reissue", row, at, {"reason": reason.strip(), "number": new.number})
    _ask(guest, site, at)
    return new


def _draft_again(activity_id: int, row: Document, at: datetime) -> Draft:
    drafts = draft_trainings(get_activity(activity_id), at=at)
    draft = next((each for each in drafts if each.subject == row.subject), None)
    if draft is None:
        raise Refused(_l("Penerimanya tidak lagi berhak atas naskah ini."))
    return draft


def _hold(guest: Guest, public_id: str, reason: str) -> Document:
    require(policy.can_run(guest))
    require(len(reason.strip()) >= _SHORTEST, Refused(SHORT, field="reason"))
    read_house(guest.activity).series.hold()
    return locked(Document, get_certificate(guest.activity.id, public_id).id)


def _record(guest: Guest, action: str, row: Document, at: datetime, after: dict[str, Any]) -> None:
    record(
        action,
        actor_id=guest.user_id,
        at=at,
        object_type="document",
        object_id=row.id,
        event_id=guest.activity.event_id,
        after=after,
        subject_id=row.user_id,
    )
