"""Typing sheets in. Two different people must have typed the same before it is a ballot; nothing is merged."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _l

from innovate.audit.services import record
from innovate.core.db import db, locked
from innovate.core.errors import NotFound, Refused, require
from innovate.events.policy import Actor
from innovate.paper import policy
from innovate.paper.domain.agreement import FromPaper, SheetState, Typed, find_partner, state_after
from innovate.paper.models import PaperEntry, PaperSheet
from innovate.paper.queries.sheets import find_seat_by_number, get_paper, get_version
from innovate.paper.services.telling import tell_juror
from innovate.scoring.domain.rubric import Filled
from innovate.scoring.domain.window import Window
from innovate.scoring.models.jury import Assignment
from innovate.scoring.models.rounds import Round
from innovate.scoring.queries.ballots import Sheet, get_panel_sheet, plain
from innovate.scoring.queries.rounds import list_rounds
from innovate.scoring.queries.seal import is_settled
from innovate.scoring.services.keyed import check_seat, submit_keyed_ballot
from innovate.scoring.services.trail import require_reason
from innovate.scoring.services.values import read_values

MAX_COMMENT = 5000


def round_of(paper: PaperSheet) -> Round:
    """The sheet's round with its phase."""
    return next(round_ for round_ in list_rounds(paper.event_id) if round_.id == paper.round_id)


def why_not(actor: Actor, paper: PaperSheet, round_: Round, at: datetime) -> Refused | None:
    """What keeps this person from typing this sheet now, whatever they type; None for nothing."""
    try:
        _check_sheet(actor, paper, round_, at)
        _check_first(actor, paper)
        if paper.assignment is not None:
            check_seat(get_panel_sheet(paper.event_id, paper.assignment.public_id))
    except Refused as refusal:
        return refusal
    return None


def key_in(actor: Actor, paper: PaperSheet, typed: FromPaper, *, at: datetime) -> PaperSheet:
    """Keep what was typed. When another person typed the same before, it becomes the juror's ballot.

    Refused with `details["errors"]` (text by criterion) for values that are none of the rubric's.
    """
    require(policy.can_key(actor))
    require(paper.event_id == actor.event.id, NotFound())
    locked(PaperSheet, paper.id)  # two people at once come one after the other
    paper = get_paper(actor.event.id, paper.public_id)
    round_ = round_of(paper)
    _check_sheet(actor, paper, round_, at)
    _check_first(actor, paper)
    reason = require_reason(typed.reason) if round_.window(at) is Window.CLOSED else ""
    seat = _find_seat(paper, round_, typed.number)
    sheet = get_panel_sheet(actor.event.id, seat.public_id)
    check_seat(sheet)
    values = _read(sheet, typed)
    entry = PaperEntry(sheet_id=paper.id, assignment_id=seat.id, user_id=actor.user_id, reason=reason, at=at)
    entry.values = {str(key): plain(value) for key, value in values.items()}
    entry.comment_team, entry.comment_internal = typed.filled.comment_team, typed.filled.comment_internal
    before = [row for row in paper.entries if row.undone_at is None]
    known = [_typed(row) for row in before]
    db.session.add(entry)
    paper.state = state_after(known, _typed(entry))
    db.session.flush()
    _record(actor, "paper.key", paper, at, state=paper.state.value)
    partner = find_partner(known, _typed(entry))
    if partner is not None:
        _make_ballot(actor, paper, sheet, typed.filled, before[partner], reason, at)
    return get_paper(actor.event.id, paper.public_id)


def undo_entry(actor: Actor, paper: PaperSheet, *, at: datetime) -> None:
    """Take the first typing back while nobody confirmed it: the person who typed, or an organizer."""
    require(policy.can_key(actor))
    require(paper.event_id == actor.event.id, NotFound())
    locked(PaperSheet, paper.id)
    paper = get_paper(actor.event.id, paper.public_id)
    once = _l("Hanya lembar yang baru diketik sekali yang dapat dibatalkan ketikannya.")
    require(paper.state is SheetState.KEYED, Refused(once))
    entry = next(row for row in paper.entries if row.undone_at is None)
    other = _l("Hanya pengetiknya atau penyelenggara yang dapat membatalkan ketikan ini.")
    require(entry.user_id == actor.user_id or policy.can_key_late(actor), Refused(other))
    entry.undone_at, entry.undone_by_id = at, actor.user_id
    paper.state = SheetState.BLANK
    _record(actor, "paper.undo", paper, at, typist=entry.user_id)


# -- checks -----------------------------------------------------------------------------------------------------------


def _check_sheet(actor: Actor, paper: PaperSheet, round_: Round, at: datetime) -> None:
    own = _l("Lembar Anda sendiri diketik dan dikonfirmasi orang lain.")
    require(paper.user_id != actor.user_id, Refused(own))
    done = _l("Lembar ini sudah menjadi nilai dan tidak diketik lagi.")
    require(not paper.state.is_ballot, Refused(done))
    if paper.rubric_id != round_.rubric_id:
        old = _l(
            "Lembar ini dicetak dengan rubrik versi %(old)s, sedangkan yang berlaku versi %(new)s. Siapkan lembar "
            "baru dan mintalah juri menilai ulang.",
            old=get_version(paper.rubric_id),
            new=get_version(round_.rubric_id or 0),
        )
        raise Refused(old)
    settled = _l("Peringkat babak ini sudah dibekukan. Lembar kertas tidak dapat dimasukkan lagi.")
    require(not is_settled(round_), Refused(settled))
    window = round_.window(at)
    require(window is not Window.WAITING, Refused(_l("Penilaian babak ini belum dibuka.")))
    late = _l(
        "Penilaian sudah ditutup. Hanya penyelenggara yang masih dapat memasukkan lembar, dengan alasan."
    )
    require(window is Window.OPEN or policy.can_key_late(actor), Refused(late))


def _check_first(actor: Actor, paper: PaperSheet) -> None:
    mine = [row for row in paper.entries if row.undone_at is None and row.user_id == actor.user_id]
    second = _l("Anda yang mengetik pertama. Orang kedua mengetiknya lagi dari kertas yang sama.")
    require(not (paper.state is SheetState.KEYED and mine), Refused(second))


def _find_seat(paper: PaperSheet, round_: Round, number: int | None) -> Assignment:
    if paper.assignment is not None:
        return paper.assignment
    require(number is not None, Refused(_l("Tulis nomor karya seperti pada kertas."), field="number"))
    seat = find_seat_by_number(round_, paper.user_id, number or 0)
    if seat is None:
        text = _l("Juri ini tidak mendapat karya nomor %(n)s pada babak ini.", n=number)
        raise Refused(text, field="number")
    return seat


def _read(sheet: Sheet, typed: FromPaper) -> dict[int, Decimal]:
    values = read_values(sheet.criteria, typed.filled)
    missing = {str(key): str(_l("Belum diisi.")) for key in sheet.criteria if key not in values}
    if missing:
        names = ", ".join(sheet.criteria[int(key)].name for key in missing)
        raise Refused(
            _l("Masih ada kriteria tanpa nilai: %(names)s.", names=names), details={"errors": missing}
        )
    texts = (typed.filled.comment_team, typed.filled.comment_internal)
    too_long = _l("Catatan paling panjang %(most)d huruf.", most=MAX_COMMENT)
    require(all(len(text) <= MAX_COMMENT for text in texts), Refused(too_long))
    unsigned = _l("Lembar tanpa tanda tangan juri tidak dimasukkan. Centang bila tanda tangannya ada.")
    require(typed.signed, Refused(unsigned, field="signed"))
    return values


# -- writing ----------------------------------------------------------------------------------------------------------


def _make_ballot(
    actor: Actor,
    paper: PaperSheet,
    sheet: Sheet,
    filled: Filled,
    first: PaperEntry,
    late: str,
    at: datetime,
) -> None:
    names = {"first": first.user.name, "second": actor.user.name if actor.user else ""}
    said = str(_l("Dari kertas: diketik %(first)s, dikonfirmasi %(second)s.", **names))
    done = submit_keyed_ballot(actor.user_id, sheet, filled, reason=f"{said} {late}".strip(), at=at)
    paper.assignment_id, paper.settled_at = sheet.assignment_id, at
    db.session.flush()
    people = {"keyed_by": first.user_id, "confirmed_by": actor.user_id}
    _record(actor, "paper.confirm", paper, at, ballot=done.sheet.ballot_id, **people)
    tell_juror(actor.event, get_paper(actor.event.id, paper.public_id), done, at)


def _typed(entry: PaperEntry) -> Typed:
    return Typed(entry.user_id, entry.assignment_id, entry.values)


def _record(actor: Actor, action: str, paper: PaperSheet, at: datetime, **after: Any) -> None:
    record(
        action,
        actor_id=actor.user_id,
        at=at,
        object_type="paper_sheet",
        object_id=paper.id,
        event_id=paper.event_id,
        after=after,
        subject_id=paper.user_id,
    )
