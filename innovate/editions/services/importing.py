"""Past entries out of a spreadsheet: uploaded, mapped, saved whole or not at all, taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select, update

from innovate.accounts.models import User
from innovate.audit.services import record
from innovate.core.db import db, locked
from innovate.core.errors import NotFound, Refused, require
from innovate.core.spreadsheets import Cell, Reason, Unreadable, read_rows
from innovate.core.withdrawn import withdraw
from innovate.editions import policy
from innovate.editions.domain.columns import MEANINGS, guess_columns
from innovate.editions.domain.planning import MOST_COLUMNS, MOST_ROWS, Draft, Plan, Reading, make_plan
from innovate.editions.domain.units import NO_UNIT
from innovate.editions.models import EditionImport, ImportState, PastEdition, PastEntry
from innovate.editions.queries.editions import get_import, list_keys, load_unit_names, rows_of
from innovate.editions.services.prints import drop_prints, keep_prints

LARGEST_FILE = 5 * 1024 * 1024
LARGEST_UNPACKED = 40 * 1024 * 1024
KEPT = timedelta(days=7)


def upload_sheet(user: User, filename: str, content: bytes, *, at: datetime) -> EditionImport:
    """Keep a sheet as a pending import, its columns guessed by their titles. Refused if it is no sheet."""
    require(policy.can_keep(user), NotFound())
    rows = _read(content)
    titles = rows[0][1]
    found = EditionImport(
        filename=filename.rpartition("/")[2].rpartition("\\")[2].replace("\x00", "")[-200:] or "edisi",
        rows=[[number, cells] for number, cells in rows],
        columns={"of": {str(index): meaning for index, meaning in guess_columns(titles).items()}},
        uploaded_by_id=user.id,
        uploaded_at=at,
    )
    db.session.add(found)
    db.session.flush()
    return found


def _read(content: bytes) -> list[tuple[int, list[str]]]:
    require(len(content) <= LARGEST_FILE, _too_large())
    try:
        given = read_rows(
            content, most_rows=MOST_ROWS + 2, largest_unpacked=LARGEST_UNPACKED, needs_results=False
        )
    except Unreadable as error:
        if error.reason in (Reason.TOO_LARGE, Reason.TOO_MANY_ROWS, Reason.TOO_WIDE):
            raise _too_large() from error
        raise Refused(_l("Berkas ini tidak dapat dibaca sebagai CSV atau XLSX."), field="file") from error
    rows = [(number, _cells(cells)) for number, cells in given]
    rows = [(number, cells) for number, cells in rows if cells]
    require(len(rows) > 1, Refused(_l("Berkas ini kosong."), field="file"))
    many = _l("Berkas ini melebihi %(n)s kolom.", n=MOST_COLUMNS)
    require(max(len(cells) for _number, cells in rows) <= MOST_COLUMNS, Refused(many, field="file"))
    return rows


def _too_large() -> Refused:
    text = _l(
        "Berkas ini terlalu besar; paling banyak %(size)s MB dan %(rows)s baris.",
        size=LARGEST_FILE // (1024 * 1024),
        rows=MOST_ROWS,
    )
    return Refused(text, field="file")


def _cells(cells: Sequence[Cell]) -> list[str]:
    texts = [_text(cell) for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    return texts


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    text = str(cell).replace("\x00", "").replace("\r\n", "\n").strip()
    return text[1:] if text[:2] in {"'=", "'+", "'-", "'@"} else text


def set_reading(
    user: User,
    found: EditionImport,
    *,
    columns: Mapping[int, str],
    edition: str,
    year: str,
    units: Mapping[str, str],
) -> EditionImport:
    """Keep what was chosen: the meaning of each column, what holds for every row, units for written names."""
    _hold(user, found)
    meanings = [meaning for meaning in columns.values() if meaning]
    require(set(meanings) <= set(MEANINGS), Refused(_l("Pilihan ini tidak lagi ada. Muat ulang halaman.")))
    twice = Refused(_l("Dua kolom tidak boleh berarti sama. Pilih salah satu."))
    require(len(set(meanings)) == len(meanings), twice)
    codes = load_unit_names().by_code
    require(
        all(code in codes or code in ("", NO_UNIT) for code in units.values()),
        Refused(_l("Pilihan ini tidak lagi ada. Muat ulang halaman.")),
    )
    found.columns = {
        "of": {str(index): meaning for index, meaning in columns.items() if meaning},
        "edition": " ".join(edition.split())[:160],
        "year": year.strip()[:4],
    }
    found.units = {**found.units, **units}
    db.session.flush()
    return found


def reading_of(found: EditionImport) -> Reading:
    """How a pending import is read."""
    kept = found.columns
    return Reading(
        {int(index): meaning for index, meaning in kept.get("of", {}).items()},
        kept.get("edition", ""),
        kept.get("year", ""),
        found.units,
    )


def plan_import(found: EditionImport) -> Plan:
    """What saving would do now; needs the rows."""
    return make_plan(rows_of(found), reading_of(found), load_unit_names(), list_keys())


def save_import(user: User, found: EditionImport, *, at: datetime) -> int:
    """Save every row, or refuse with nothing saved while a cell is wrong; how many entries there are."""
    _hold(user, found)
    found = get_import(found.public_id)
    db.session.execute(
        select(PastEdition.id).with_for_update()
    )  # two imports at once: the second sees the first
    plan = plan_import(found)
    wrong = _l("Masih ada sel yang perlu diperbaiki. Tidak ada yang disimpan.")
    require(not plan.faults, Refused(wrong))
    editions = {key: _edition(*key, at) for key in dict.fromkeys((d.edition, d.year) for d in plan.entries)}
    db.session.flush()
    entries = [_entry(draft, editions[draft.edition, draft.year].id, found.id) for draft in plan.entries]
    db.session.add_all(entries)
    db.session.flush()
    keep_prints([(entry.id, entry.summary) for entry in entries if entry.summary])
    found.state, found.saved_at, found.entries, found.rows = ImportState.SAVED, at, len(entries), None
    names = [f"{edition} ({year})" for edition, year in editions]
    _record("edition.import", user, found, at, {"rows": len(entries), "editions": names})
    return len(entries)


def _edition(name: str, year: int, at: datetime) -> PastEdition:
    query = select(PastEdition).where(PastEdition.name == name, PastEdition.year == year)
    found = db.session.scalar(query)
    if found is None:
        found = PastEdition(name=name, year=year, created_at=at)
        db.session.add(found)
    return found


def _entry(draft: Draft, edition_id: int, import_id: int) -> PastEntry:
    return PastEntry(
        edition_id=edition_id,
        import_id=import_id,
        title=draft.title,
        expansion=draft.expansion,
        unit_id=draft.unit_id,
        unit_name=draft.unit_name,
        group_name=draft.group,
        track_name=draft.track,
        people=draft.people,
        rank=draft.rank,
        award=draft.award,
        summary=draft.summary,
    )


def undo_import(user: User, found: EditionImport, *, reason: str, at: datetime) -> int:
    """Take back every entry an import brought, also those changed since; how many."""
    require(policy.can_keep(user), NotFound())
    held = locked(EditionImport, found.id)
    require(held.state is ImportState.SAVED, Refused(_l("Impor ini tidak sedang berlaku.")))
    require(bool(reason.strip()), Refused(_l("Tuliskan alasannya."), field="reason"))
    query = select(PastEntry.id).where(PastEntry.import_id == held.id, PastEntry.removed_at.is_(None))
    ids = list(db.session.scalars(query))
    drop_prints(ids)
    values = {"removed_at": at, "removed_reason": reason.strip()}
    db.session.execute(
        update(PastEntry)
        .where(PastEntry.import_id == held.id, PastEntry.removed_at.is_(None))
        .values(**values)
    )
    held.state, held.undone_at, held.undone_by_id = ImportState.UNDONE, at, user.id
    held.undone_reason = reason.strip()
    withdraw()
    _record("edition.undo", user, held, at, {"rows": len(ids), "reason": held.undone_reason})
    return len(ids)


def discard_import(user: User, found: EditionImport) -> None:
    """Throw a pending import away."""
    db.session.delete(_hold(user, found))
    db.session.flush()


def forget_imports(*, at: datetime) -> int:
    """Drop what was uploaded and not saved within a week."""
    old = (EditionImport.state == ImportState.PENDING) & (EditionImport.uploaded_at < at - KEPT)
    return db.session.execute(delete(EditionImport).where(old)).rowcount or 0  # type: ignore[attr-defined]


def _hold(user: User, found: EditionImport) -> EditionImport:
    require(policy.can_keep(user), NotFound())
    held = locked(EditionImport, found.id)
    require(held.state is ImportState.PENDING, Refused(_l("Impor ini sudah disimpan.")))
    return held


def _record(action: str, user: User, found: EditionImport, at: datetime, after: Mapping[str, Any]) -> None:
    record(
        action,
        actor_id=user.id,
        at=at,
        object_type="edition_import",
        object_id=found.id,
        after={"filename": found.filename, **after},
    )
