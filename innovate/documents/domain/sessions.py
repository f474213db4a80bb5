"""What a letter of the committee calls people to: an activity with its days, hours and place."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from innovate.documents.domain.dates import write_span
from innovate.documents.domain.kinds import PaperKind, Recipients

_ZONES = {
    "Asia/Jakarta": "WIB",
    "Asia/Pontianak": "WIB",
    "Asia/Makassar": "WITA",
    "Asia/Jayapura": "WIT",
}


@dataclass(frozen=True)
class Session:
    """An activity. `begins` and `ends` are `09:30` or empty; days run from `first` to `last`."""

    agenda: str
    first: date
    last: date
    place: str
    begins: str = ""
    ends: str = ""

    def say_hours(self, zone: str) -> str:
        """`pukul 09.30 WIB sampai dengan selesai`; empty without an hour."""
        if not self.begins:
            return ""
        label = _ZONES.get(zone, "waktu setempat")
        until = f"pukul {_dotted(self.ends)} {label}" if self.ends else "selesai"
        return f"pukul {_dotted(self.begins)} {label} sampai dengan {until}"

    def list_facts(self, zone: str) -> dict[str, str]:
        """What texts may name of it."""
        return {
            "acara": self.agenda,
            "hari_tanggal": write_span(self.first, self.last),
            "waktu": self.say_hours(zone),
            "tempat_acara": self.place,
        }

    def list_rows(self, zone: str) -> list[list[str]]:
        """As a letter sets it off."""
        facts = self.list_facts(zone)
        rows = [
            ["Hari, tanggal", facts["hari_tanggal"]],
            ["Waktu", facts["waktu"]],
            ["Tempat", facts["tempat_acara"]],
        ]
        return [row for row in [*rows, ["Acara", facts["acara"]]] if row[1]]


def _dotted(hour: str) -> str:
    return hour.replace(":", ".")


@dataclass(frozen=True)
class Asked:
    """Letters that were asked for. `each`: one for every guest, else one with all of them in its annex."""

    kind: PaperKind
    to: Recipients
    session: Session
    each: bool = True
    with_nip: bool = False

    def write(self) -> dict[str, Any]:
        """As JSON values."""
        session = asdict(self.session)
        days = {"first": self.session.first.isoformat(), "last": self.session.last.isoformat()}
        return {
            "kind": self.kind.value,
            "to": self.to.value,
            "each": self.each,
            "with_nip": self.with_nip,
            "session": {**session, **days},
        }

    @property
    def stamp(self) -> str:
        """The same for the same request, another for any other."""
        written = json.dumps(self.write(), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(written.encode()).hexdigest()[:16]


def read_asked(kept: Mapping[str, Any]) -> Asked:
    """What `Asked.write` wrote."""
    session = kept["session"]
    days = {name: date.fromisoformat(session[name]) for name in ("first", "last")}
    return Asked(
        PaperKind(kept["kind"]),
        Recipients(kept["to"]),
        Session(**{**session, **days}),
        each=bool(kept["each"]),
        with_nip=bool(kept["with_nip"]),
    )
