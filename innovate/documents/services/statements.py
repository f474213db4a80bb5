"""Sheets that people sign: pacts of integrity, statements of originality, recommendations of heads of unit.

They have no number and are made when they are asked for. A juror who signed in the application has a copy that says so:
when, for which round, and which version of the text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from innovate.documents.domain.blanks import fill, fill_lines
from innovate.documents.domain.dates import write_date
from innovate.documents.domain.kinds import Recipients
from innovate.documents.domain.pacts import take_apart
from innovate.documents.domain.texts import OF_ENTRIES, ONE_LINE, Text
from innovate.documents.models import PaperSettings
from innovate.documents.queries.guests import Guest, Person, list_guests, list_teams
from innovate.documents.queries.settings import read_settings
from innovate.documents.queries.texts import Wording, read_wording
from innovate.documents.services.letters import list_facts, show_nip, write_letter, write_nip
from innovate.events.models import Event
from innovate.scoring.queries.pact import Signed, get_wording, list_event_signatures
from innovate.scoring.queries.rounds import list_rounds

DOTS = "." * 24
NOBODY = Person(0, "", "", "", "")
BLANK = Guest("", DOTS, DOTS, (NOBODY,), title=DOTS)
_ROLES = {
    Text.PACT_JUROR: "Juri",
    Text.PACT_PARTICIPANT: "Ketua Tim",
    Text.PACT_COMMITTEE: "Panitia",
    Text.ORIGINALITY: "Ketua Tim",
    Text.ENDORSEMENT: "Kepala Perangkat Daerah",
}


def write_statements(
    event: Event,
    text: Text,
    *,
    at: datetime,
    blank: bool = False,
    idea_id: int | None = None,
    user_id: int | None = None,
) -> dict[str, Any]:
    """The sheets of a text: one empty, or one for everybody it is for; of one entry or one person.

    The NIP is printed for `user_id` alone, who reads their own sheet.
    """
    desk = Desk(event, text, at, own=user_id)
    if blank:
        return desk.write([desk.sheet(BLANK)])
    return desk.write(
        desk.list_pacts(user_id) if text is Text.PACT_JUROR else desk.list_sheets(user_id, idea_id)
    )


class Desk:
    """What all sheets of a text share."""

    def __init__(
        self,
        event: Event,
        text: Text,
        at: datetime,
        *,
        own: int | None = None,
        wording: Wording | None = None,
    ) -> None:
        self.event, self.text, self.at, self.own = event, text, at, own
        self.settings: PaperSettings = read_settings(event)
        self.wording = wording or read_wording(event.id, text)
        self.facts = list_facts(event, self.settings, at)
        self.pact = get_wording(event.id).body if text is Text.PACT_JUROR else ""

    def write(self, sheets: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        """The data of the paper; `sheets` is empty where nobody has to sign."""
        facts = {**self.facts, **self._facts(BLANK)}
        letter = write_letter(self.event, self.settings, self.wording, facts, with_nip=False)
        with_head = self.text is not Text.ENDORSEMENT  # the unit's own letterhead goes there
        return {**letter, "sheets": list(sheets), "with_head": with_head, "loose": True}

    def list_sheets(self, user_id: int | None, idea_id: int | None) -> list[dict[str, Any]]:
        """One for each entry, or for each member of the committee."""
        guests = (
            list_teams(self.event.id, idea_id=idea_id)
            if self.text in OF_ENTRIES
            else list_guests(self.event, Recipients.COMMITTEE)
        )
        if user_id is not None and self.text not in OF_ENTRIES:
            guests = [each for each in guests if each.user_id == user_id]
        return [self.sheet(each) for each in guests]

    def list_pacts(self, user_id: int | None) -> list[dict[str, Any]]:
        """A copy of every signature, and a sheet for each juror who has not signed in the application."""
        names = {round_.id: round_.phase.name for round_ in list_rounds(self.event.id)}
        order = list(names)
        signed: dict[int, list[tuple[str, Signed]]] = {}
        for each in sorted(list_event_signatures(self.event.id), key=lambda one: order.index(one.round_id)):
            signed.setdefault(each.user_id, []).append((names[each.round_id], each))
        guests = list_guests(self.event, Recipients.JURORS)
        wanted = [each for each in guests if user_id in {None, each.user_id}]
        return [
            sheet
            for guest in wanted
            for sheet in (
                [self.sheet(guest, *each) for each in signed.get(guest.user_id, ())] or [self.sheet(guest)]
            )
        ]

    def sheet(self, guest: Guest, round_name: str = "", signed: Signed | None = None) -> dict[str, Any]:
        """One sheet; every empty value is a line to write on."""
        person = guest.people[0]
        facts = {**self.facts, **self._facts(guest)}
        parts = {
            name: self._part(name, facts) for name in ("title", "about", "opening", "clauses", "closing")
        }
        if self.text is Text.PACT_JUROR:
            body = signed.wording.body if signed else self.pact
            pact = take_apart(body)
            parts |= {"opening": pact.opening, "clauses": pact.clauses}
            parts["closing"] = [*pact.closing, *parts["closing"]]
        by_head = self.text is Text.ENDORSEMENT
        name = "" if by_head else (signed.name if signed else person.name)
        return {
            **parts,
            "person": self._person(guest, signed),
            "entry": self._entry(guest) if self.text in OF_ENTRIES else [],
            "place": self.settings.place,
            "date": self._day(signed),
            "role": _ROLES[self.text],
            "name": name,
            "nip": self._nip(person, by_head=by_head),
            "signed": self._say_signed(round_name, signed) if signed else "",
        }

    def _part(self, name: str, facts: Mapping[str, str]) -> Any:
        text = self.wording.parts.get(name, "")
        return fill(text, facts) if name in ONE_LINE else fill_lines(text, facts)

    def _facts(self, guest: Guest) -> dict[str, str]:
        person = guest.people[0]
        unit = (guest.of if self.text in OF_ENTRIES else person.unit) or DOTS
        return {
            "nama": person.name or DOTS,
            "jabatan": person.position or DOTS,
            "unit_kerja": unit,
            "nama_tim": guest.name or DOTS,
            "judul": guest.title or DOTS,
        }

    def _person(self, guest: Guest, signed: Signed | None) -> list[list[str]]:
        person = guest.people[0]
        if self.text is Text.ENDORSEMENT:
            return [["Nama", ""], ["NIP", ""], ["Jabatan", ""], ["Perangkat daerah", _plain(guest.of)]]
        if signed:
            return [["Nama", signed.name], ["Jabatan, instansi", signed.position]]
        rows = [["Nama", person.name], ["Jabatan", person.position], ["Instansi", person.unit]]
        if self.text in OF_ENTRIES:
            nip = show_nip(person.nip) if person.nip and person.user_id == self.own else ""
            rows[1:1] = [["NIP", nip]]
        return rows

    def _entry(self, guest: Guest) -> list[list[str]]:
        rows = [["Nama tim", _plain(guest.name)], ["Judul karya", _plain(guest.title)]]
        return rows if self.text is Text.ENDORSEMENT else [*rows, ["Perangkat daerah", _plain(guest.of)]]

    def _nip(self, person: Person, *, by_head: bool) -> str:
        if by_head:
            return "NIP"
        return write_nip(person.nip) if person.nip and person.user_id == self.own else ""

    def _day(self, signed: Signed | None) -> str:
        zone = ZoneInfo(self.event.zone)
        if signed:
            return write_date(signed.at.astimezone(zone).date())
        return f"{DOTS} {self.at.astimezone(zone).year}"

    def _say_signed(self, round_name: str, signed: Signed) -> str:
        local = signed.at.astimezone(ZoneInfo(self.event.zone))
        return (
            f"Disetujui secara elektronik dalam aplikasi pada {write_date(local.date())} pukul {local:%H.%M}, untuk "
            f"babak {round_name}, atas naskah pakta versi {signed.wording.version}. Kode: {signed.public_id}."
        )


def _plain(text: str) -> str:
    return "" if text == DOTS else text
