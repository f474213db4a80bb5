"""The phases of an event and their instants."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from innovate.core.db import db
from innovate.core.errors import Refused, require
from innovate.events.domain.kinds import EventState, PhaseKind
from innovate.events.domain.phases import find_problems
from innovate.events.domain.template import Timespan
from innovate.events.models import Phase, PhaseChange
from innovate.events.policy import Actor
from innovate.events.services.changes import change, note, require_change
from innovate.events.services.letters import LetterFile, keep_letter

# Features above append functions here: a new phase may need a round; an empty round goes with its phase.
after_phase_added: list[Callable[[Actor, Phase, datetime], None]] = []
before_phase_removed: list[Callable[[Actor, Phase, datetime], None]] = []


@dataclass(frozen=True)
class Grounds:
    """Why a published timetable changes: for everybody to read, with the number of the letter and the letter itself."""

    reason: str = ""
    number: str = ""
    letter: LetterFile | None = None
    letter_is_public: bool = False


NO_GROUNDS = Grounds()


def save_timetable(
    actor: Actor, spans: Sequence[Timespan], *, grounds: Grounds = NO_GROUNDS, at: datetime
) -> int:
    """Set name and instants of every phase, in the order of `actor.event.phases`; returns how many deadlines moved.

    After publication a moved instant needs a reason, and both become public. Shortening is told like lengthening.
    """
    require_change(actor)
    event = actor.event
    require(
        len(spans) == len(event.phases),
        Refused(_l("Jadwal sudah berubah sementara itu. Muat ulang halaman ini.")),
    )
    require(
        not find_problems(spans), Refused(_l("Jadwal belum dapat dipakai. Periksa tanggal setiap tahap."))
    )
    moved = [(p, s) for p, s in zip(event.phases, spans, strict=True) if _instants(p) != _instants(s)]
    if moved and event.state is not EventState.DRAFT:
        require(
            bool(grounds.reason.strip()),
            Refused(
                _l("Kompetisi sudah terbit. Tuliskan alasan perubahan jadwal bagi publik."), field="reason"
            ),
        )
        letter_id = keep_letter(actor, grounds.letter, is_public=grounds.letter_is_public, at=at)
        for phase, span in moved:
            _publish_change(actor, phase, span, grounds, letter_id, at)
    elif grounds.letter is not None:
        idle = _l("Tidak ada waktu yang digeser, jadi suratnya tidak disimpan.")
        raise Refused(idle, field="letter")
    for phase, span in zip(event.phases, spans, strict=True):
        values = {"name": span.name, "starts_at": span.starts_at, "ends_at": span.ends_at}
        change(actor, phase, values, action="phase.update", at=at)
    return len(moved)


def add_phase(actor: Actor, kind: PhaseKind, name: str, *, at: datetime) -> Phase:
    """A phase after all others, one day long, to be dated by the organizer."""
    require_change(actor)
    event = actor.event
    last = max((phase.ends_at for phase in event.phases), default=at)
    position = max((phase.position for phase in event.phases), default=-1) + 1
    day = last + timedelta(days=1)
    phase = Phase(event_id=event.id, kind=kind, name=name, position=position, starts_at=last, ends_at=day)
    db.session.add(phase)
    db.session.flush()
    note(actor, "phase.add", phase, at=at, after={"kind": kind.value, "name": name})
    for listener in after_phase_added:
        listener(actor, phase, at)
    return phase


def remove_phase(actor: Actor, phase: Phase, *, at: datetime) -> None:
    """Take a phase away while nothing depends on it."""
    require_change(actor)
    require(
        actor.event.state is EventState.DRAFT,
        Refused(_l("Tahap kompetisi yang sudah terbit tidak dapat dihapus. Ubah waktunya dengan alasan.")),
    )
    for listener in before_phase_removed:
        listener(actor, phase, at)
    note(actor, "phase.remove", phase, at=at, before={"kind": phase.kind.value, "name": phase.name})
    try:
        with db.session.begin_nested():
            db.session.delete(phase)
    except IntegrityError:
        raise Refused(_l("Tahap ini sudah memiliki penilaian, jadi tidak dapat dihapus.")) from None


def _instants(span: Phase | Timespan) -> tuple[datetime, datetime]:
    return span.starts_at, span.ends_at


def _publish_change(
    actor: Actor, phase: Phase, span: Timespan, grounds: Grounds, letter_id: int | None, at: datetime
) -> None:
    db.session.add(
        PhaseChange(
            phase_id=phase.id,
            at=at,
            actor_id=actor.user_id,
            reason=grounds.reason.strip(),
            number=grounds.number.strip(),
            letter_id=letter_id,
            old_starts_at=phase.starts_at,
            old_ends_at=phase.ends_at,
            new_starts_at=span.starts_at,
            new_ends_at=span.ends_at,
        )
    )
