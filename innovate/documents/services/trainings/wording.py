"""What certificates of an activity say: its event's text and letterhead, or its own where it belongs to no event."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from innovate.audit.services import record
from innovate.core import storage
from innovate.core.db import db
from innovate.core.errors import Refused, require
from innovate.documents.domain.numbering import PATTERN, find_fault
from innovate.documents.domain.texts import Text
from innovate.documents.models import PaperSettings, TrainingPapers
from innovate.documents.queries.settings import read_settings
from innovate.documents.queries.texts import HOUSE, Wording, read_wording, wording_of
from innovate.documents.queries.trainings import find_latest_papers, find_papers
from innovate.documents.services.letters import Occasion
from innovate.documents.services.numbered import Series
from innovate.documents.services.settings import FAULTS, check_signs
from innovate.documents.services.texts import check_text
from innovate.learning import policy
from innovate.learning.models import Activity
from innovate.learning.policy import Guest

HEAD = (
    "government",
    "institution",
    "address",
    "pattern",
    "unit_code",
    "place",
    "signer_name",
    "signer_position",
)
WORDS = ("title", "opening", "closing")
FIELDS = (*HEAD, *WORDS)


@dataclass(frozen=True)
class Free:
    """An activity that belongs to no event, as what papers are of."""

    name: str
    zone: str


@dataclass(frozen=True)
class House:
    """Whose paper it is, on which letterhead, in which words."""

    occasion: Occasion
    settings: PaperSettings
    wording: Wording
    event_id: int | None

    @property
    def series(self) -> Series:
        """How its papers are numbered."""
        return Series(self.event_id, self.occasion.zone, self.settings)


def read_house(activity: Activity) -> House:
    """What is in force now; the activity's event must be loaded."""
    event = activity.event
    if event is not None:
        return House(event, read_settings(event), read_wording(event.id, Text.TRAINING), event.id)
    row = read_papers(activity)
    settings = PaperSettings(
        **{name: getattr(row, name) for name in HEAD}, signer_nip="", copies="", logo_key=row.logo_key or ""
    )
    kept = {name: getattr(row, name) for name in WORDS if getattr(row, name)}
    return House(Free(activity.title, activity.zone), settings, wording_of(Text.TRAINING, HOUSE, kept), None)


def read_papers(activity: Activity) -> TrainingPapers:
    """How a free-standing activity writes; what nobody has chosen comes from the one before it, or has a default."""
    kept = find_papers(activity.id)
    if kept is not None:
        return kept
    house = wording_of(Text.TRAINING, HOUSE, {}).parts
    last = find_latest_papers()
    values = {
        "government": "Pemerintah Kota Pontianak",
        "institution": activity.host or "Bagian Organisasi Sekretariat Daerah",
        "address": "",
        "pattern": PATTERN,
        "unit_code": "ORG",
        "place": "Pontianak",
        "signer_name": "",
        "signer_position": "Kepala Bagian Organisasi",
    }
    if last is not None:
        values = {name: getattr(last, name) for name in (*HEAD, "logo_key")}
    return TrainingPapers(activity_id=activity.id, **values, **{name: house[name] for name in WORDS})


def save_papers(guest: Guest, values: Mapping[str, str], *, at: datetime) -> TrainingPapers:
    """Keep how its certificates are written from now on. Those that were issued keep what they were made with."""
    require(policy.can_run(guest) and guest.activity.event_id is None)
    fault = find_fault(values["pattern"])
    if fault is not None:
        raise Refused(FAULTS[fault.partition(":")[0]], field="pattern")
    for name in HEAD:
        check_signs(name, values[name])
    checked = check_text(Text.TRAINING, {name: values[name] for name in WORDS}, ()).parts
    row = read_papers(guest.activity)
    before = {name: getattr(row, name) for name in FIELDS}
    after = {name: values[name].strip() for name in HEAD} | {name: checked[name] for name in WORDS}
    for name, value in after.items():
        setattr(row, name, value)
    db.session.add(row)
    db.session.flush()
    changed = [name for name in FIELDS if before[name] != after[name]]
    record(
        "documents.training",
        actor_id=guest.user_id,
        at=at,
        object_type="activity",
        object_id=guest.activity.id,
        before={name: before[name] for name in changed},
        after={name: after[name] for name in changed},
    )
    return row


def save_logo(guest: Guest, drawn: bytes | None, *, at: datetime) -> TrainingPapers:
    """Print this picture (of `logos.redraw_logo`) on its certificates from now on; None: no picture."""
    require(policy.can_run(guest) and guest.activity.event_id is None)
    row = read_papers(guest.activity)
    kept = storage.save(drawn) if drawn else None
    before, row.logo_key = row.logo_key or "", kept.key if kept else ""
    db.session.add(row)
    db.session.flush()
    if before != row.logo_key:
        record(
            "documents.logo",
            actor_id=guest.user_id,
            at=at,
            object_type="activity",
            object_id=guest.activity.id,
            before={"sha256": before.rpartition("/")[2]},
            after={"sha256": row.logo_key.rpartition("/")[2]},
        )
    return row
