"""What every step of an import asks first."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _l

from innovate.core.errors import NotFound, Refused, require
from innovate.events.policy import Actor
from innovate.intake import policy
from innovate.intake.models import ImportState, ScoreImport
from innovate.intake.queries.world import competes
from innovate.scoring.domain.window import Window
from innovate.scoring.models.rounds import Round
from innovate.scoring.queries.criteria import list_criteria
from innovate.scoring.queries.rounds import list_rounds
from innovate.scoring.queries.seal import is_settled


def check_clerk(actor: Actor) -> None:
    """Organizers who are of no team of the event."""
    require(policy.can_import(actor))
    require(not competes(actor), NotFound())


def check_round(round_: Round, at: datetime) -> None:
    """Whether ballots can be brought into the round now."""
    settled = _l("Peringkat babak ini sudah dibekukan. Nilai tidak dapat diimpor lagi.")
    require(not is_settled(round_), Refused(settled))
    missing = _l("Susun rubrik babak ini sebelum mengimpor nilai.")
    require(bool(list_criteria(round_.rubric_id)), Refused(missing))
    require(round_.window(at) is not Window.WAITING, Refused(_l("Penilaian babak ini belum dibuka.")))


def round_of(found: ScoreImport) -> Round:
    """The import's round with its phase."""
    return next(round_ for round_ in list_rounds(found.event_id) if round_.id == found.round_id)


def check_pending(actor: Actor, found: ScoreImport) -> None:
    """Whether an import can still be changed."""
    require(found.event_id == actor.event.id, NotFound())
    require(found.state is ImportState.PENDING, Refused(_l("Impor ini sudah disimpan.")))
