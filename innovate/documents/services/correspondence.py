"""Letters of the committee: the decree that names the jury, invitations, letters of duty."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from innovate.core.db import locked
from innovate.core.errors import Refused, require
from innovate.documents import policy
from innovate.documents.domain.kinds import PaperKind, Recipients
from innovate.documents.domain.sessions import Asked
from innovate.documents.domain.texts import text_for
from innovate.documents.models import Document
from innovate.documents.queries.guests import Guest, find_finalist_board, list_guests
from innovate.documents.queries.papers import find_valid
from innovate.documents.queries.settings import read_settings
from innovate.documents.queries.texts import read_wording
from innovate.documents.services.contents import number_clauses
from innovate.documents.services.issuing import THERE, ask_to_set
from innovate.documents.services.letters import Table, list_facts, show_nip, write_letter, write_table
from innovate.documents.services.numbered import Draft, hold_numbers, issue_all
from innovate.events.models import Event
from innovate.events.policy import Actor
from innovate.results.models import Board
from innovate.scoring.queries.jury import list_jurors
from innovate.tasks.models import Task

APPOINTMENT = "appointment:jury"
NO_GUESTS = _l("Belum ada penerima surat ini.")
NO_JURY = _l("Belum ada juri. Undang juri lebih dahulu.")
NO_FINALISTS = _l("Finalis baru dapat disurati sesudah hasil babak sebelumnya diumumkan.")
TEAMS_ALONE = _l("Surat tugas diterbitkan untuk tim. Pilih finalis atau semua tim.")
TO_TEAMS = (Recipients.FINALISTS, Recipients.TEAMS)


def ask_for_letters(actor: Actor, asked: Asked, *, site: str, at: datetime) -> Task:
    """Have the runner number and set the letters that were asked for and are missing."""
    require(policy.can_issue(actor))
    require(bool(draft_letters(actor.event, asked, at=at)), Refused(NO_GUESTS, field="to"))
    inputs = {"asked": asked.write(), "site": site}
    return ask_to_set(actor.event.id, actor.user_id, at=at, inputs=inputs)


def issue_appointment(actor: Actor, *, site: str, at: datetime) -> Document:
    """Number and freeze the decree that names the jury as it is now."""
    require(policy.can_issue(actor))
    hold_numbers(actor.event)
    require(find_valid(actor.event.id, APPOINTMENT) is None, Refused(THERE))
    draft = draft_appointment(actor.event, at=at)
    (row,) = issue_all(actor.event, [draft], site=site, actor_id=actor.user_id, at=at)
    ask_to_set(actor.event.id, actor.user_id, at=at)
    return row


def draft_letters(event: Event, asked: Asked, *, at: datetime) -> list[Draft]:
    """Every letter as it would be now. Refused while nobody may know to whom it goes."""
    board = find_finalist_board(event) if asked.to is Recipients.FINALISTS else None
    if asked.to is Recipients.FINALISTS:
        public = board and board.board and locked(Board, board.board.id).state.is_public
        require(bool(public), Refused(NO_FINALISTS, field="to"))
    if asked.kind is PaperKind.DUTY:
        require(asked.to in TO_TEAMS, Refused(TEAMS_ALONE, field="to"))
    guests = list_guests(event, asked.to)
    write = _writer(event, asked, at)
    board_id = board.board.id if board and board.board else None
    if asked.kind is PaperKind.INVITATION and not asked.each:
        return [write(None, guests, board_id)] if guests else []
    return [write(guest, [guest], board_id) for guest in guests]


def _writer(
    event: Event, asked: Asked, at: datetime
) -> Callable[[Guest | None, list[Guest], int | None], Draft]:
    settings = read_settings(event)
    wording = read_wording(event.id, text_for(asked.kind))
    facts = {**list_facts(event, settings, at), **asked.session.list_facts(event.zone)}

    def write(guest: Guest | None, guests: list[Guest], board_id: int | None) -> Draft:
        own = {**facts, **list_guest_facts(guest)}
        letter = write_letter(event, settings, wording, own, with_nip=True)
        more = (
            write_duty(guests[0], with_nip=asked.with_nip)
            if asked.kind is PaperKind.DUTY
            else write_invitation(guest, guests)
        )
        rows = asked.session.list_rows(event.zone)
        return Draft(
            asked.kind,
            f"{asked.kind.value}:{asked.stamp}:{guest.key if guest else 'all'}",
            {**letter, **more, "session": rows, "asked": asked.write()},
            user_id=guest.user_id if guest else None,
            team_id=guest.team_id if guest else None,
            holder=guest.name if guest else "",
            pattern=wording.pattern,
            board_id=board_id,
        )

    return write


def list_guest_facts(guest: Guest | None) -> dict[str, str]:
    """What texts may name of the addressee; a letter to many names its annex."""
    return {
        "penerima": guest.name if guest else "Bapak/Ibu (daftar terlampir)",
        "nama_tim": guest.name if guest else "",
        "judul": guest.title if guest else "",
        "unit_kerja": guest.of if guest else "",
    }


def write_invitation(guest: Guest | None, guests: list[Guest]) -> dict[str, Any]:
    """The address, and the annex of a letter to many."""
    rows = [[str(n), each.name, each.of or each.title] for n, each in enumerate(guests, 1)]
    table = write_table(["No.", "Nama", "Jabatan atau instansi"], rows, ["auto", "3", "4"], "rll")
    return {
        "guest": guest.name if guest else "Bapak/Ibu (daftar terlampir)",
        "guest_of": guest.of if guest else "",
        "guests": table if guest is None else {**table, "rows": []},
    }


def write_duty(guest: Guest, *, with_nip: bool) -> dict[str, Any]:
    """The members as the letter of duty lists them."""
    heads = ["No.", "Nama", *(["NIP"] if with_nip else []), "Jabatan", "Kedudukan"]
    rows = [
        [
            str(n),
            each.name,
            *([show_nip(each.nip)] if with_nip else []),
            each.position or each.unit or "–",
            "Ketua tim" if n == 1 else "Anggota",
        ]
        for n, each in enumerate(guest.people, 1)
    ]
    widths = ["auto", "4", *(["auto"] if with_nip else []), "3", "auto"]
    return {"people": write_table(heads, rows, widths, "rl" + "l" * (len(heads) - 2))}


def draft_appointment(event: Event, *, at: datetime) -> Draft:
    """The decree with the jury as it is now; Refused while there is none."""
    jury = sorted(list_jurors(event.id), key=lambda row: not row.is_chair)
    require(bool(jury), Refused(NO_JURY))
    settings = read_settings(event)
    wording = read_wording(event.id, text_for(PaperKind.APPOINTMENT))
    facts = {**list_facts(event, settings, at), "jumlah_juri": str(len(jury))}
    letter = write_letter(event, settings, wording, facts, with_nip=True)
    rows = [
        [
            row.user.full_name,
            row.public_title or (row.user.unit.name if row.user.unit else row.user.organization),
            "Ketua merangkap anggota" if row.is_chair else "Anggota",
        ]
        for row in jury
    ]
    more = {"clauses": number_clauses(letter["clauses"]), "annex": write_jury(rows)}
    return Draft(PaperKind.APPOINTMENT, APPOINTMENT, {**letter, **more}, pattern=wording.pattern)


def write_jury(rows: list[list[str]]) -> Table:
    """The annex: name, institution, place in the jury."""
    heads = ["No.", "Nama", "Jabatan atau instansi", "Kedudukan dalam dewan juri"]
    lines = [[str(n), *row] for n, row in enumerate(rows, 1)]
    return write_table(heads, lines, ["auto", "3", "4", "2"], "rlll")
