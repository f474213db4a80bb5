"""A juror reading: what they write for themselves beside an entry."""

from __future__ import annotations

from datetime import datetime

from innovate.demo.services.jury import Panel, Seat
from innovate.scoring.queries.ballots import get_sheet
from innovate.scoring.services.jottings import keep_note

_NOTE = """\
Halaman 3: angka pengguna berbeda dengan ringkasan, tanyakan saat presentasi.
Bandingkan biaya perawatan dengan karya dari kelurahan."""


def take_notes(panel: Panel, seat: Seat, *, at: datetime) -> None:
    """The juror writes a private note."""
    juror = panel.stage.world.people[seat.juror]
    sheet = get_sheet(panel.stage.event.slug, seat.public_id, juror.id)
    keep_note(juror, sheet, _NOTE, version=0, at=at)
