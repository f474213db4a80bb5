"""Uploading files: read, kept as a pending import, mapped by guesses; thrown away or forgotten."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select

from innovate.core.db import db, locked
from innovate.core.errors import NotFound, Refused, require
from innovate.core.spreadsheets import Cell, Reason, Unreadable, look_into_workbook, read_rows
from innovate.events.policy import Actor
from innovate.intake.domain.cells import address
from innovate.intake.domain.columns import JUROR, find_head, guess_columns
from innovate.intake.domain.gather import list_titles
from innovate.intake.domain.jurors_of_files import guess_juror
from innovate.intake.domain.limits import (
    KEPT,
    LARGEST_FILE,
    LARGEST_UNPACKED,
    MOST_COLUMNS,
    MOST_FILES,
    MOST_ROWS,
)
from innovate.intake.domain.reading import Reading, Upload
from innovate.intake.domain.world import World
from innovate.intake.models import ImportFile, ImportState, ScoreImport
from innovate.intake.queries.world import load_world
from innovate.intake.services.checks import check_clerk, check_pending, check_round
from innovate.results.words.files import say_unreadable
from innovate.scoring.models.rounds import Round

File = tuple[str, bytes]  # its name and its content


def upload_files(actor: Actor, round_: Round, files: Sequence[File], *, at: datetime) -> ScoreImport:
    """Keep the files as a pending import, its columns guessed. Refused, with nothing kept, if one cannot be read."""
    check_clerk(actor)
    require(round_.event_id == actor.event.id, NotFound())
    check_round(round_, at)
    many = _l("Unggah paling banyak %(n)s berkas sekaligus.", n=MOST_FILES)
    require(0 < len(files) <= MOST_FILES, Refused(many, field="files"))
    world = load_world(actor, round_)
    found = ScoreImport(
        event_id=actor.event.id, round_id=round_.id, uploaded_by_id=actor.user_id, uploaded_at=at
    )
    found.files = [_keep(n, name, content, world) for n, (name, content) in enumerate(files)]
    long = _l("Semua berkas bersama paling banyak %(n)s baris.", n=MOST_ROWS)
    require(sum(len(file.rows or ()) for file in found.files) <= MOST_ROWS, Refused(long, field="files"))
    columns: dict[str, str] = {}
    for file in found.files:
        columns = _guess(file, world) | columns
    found.mapping = Reading(columns).as_json()
    if JUROR not in columns.values():
        for file in found.files:
            file.juror_id = guess_juror(_as_upload(file), world.jurors)
    db.session.add(found)
    db.session.flush()
    return found


def discard_import(actor: Actor, found: ScoreImport) -> None:
    """Throw a pending import away with its files."""
    check_clerk(actor)
    locked(ScoreImport, found.id)
    check_pending(actor, found)
    db.session.delete(found)
    db.session.flush()


def forget_imports(*, at: datetime) -> int:
    """Drop imports that nobody saved in a week; how many."""
    old = select(ScoreImport.id).where(
        ScoreImport.state == ImportState.PENDING, ScoreImport.uploaded_at < at - KEPT
    )
    db.session.execute(delete(ImportFile).where(ImportFile.import_id.in_(old)))
    done: Any = db.session.execute(delete(ScoreImport).where(ScoreImport.id.in_(old)))
    return int(done.rowcount)


def _keep(position: int, name: str, content: bytes, world: World) -> ImportFile:
    shown = name.replace("\\", "/").rpartition("/")[2].replace("\x00", "").strip()[-200:] or "nilai"
    rows, sheets = _read(shown, content)
    criteria = [(c.id, c.name) for c in world.criteria.values()]
    return ImportFile(
        position=position,
        name=shown,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
        rows=[[number, cells] for number, cells in rows],
        head=find_head(rows, criteria),
        sheets=sheets,
    )


def _read(name: str, content: bytes) -> tuple[list[tuple[int, list[Cell]]], list[str]]:
    """Rows that hold anything, and the names of a workbook's sheets. Refused with the file's name and the reason."""
    require(len(content) <= LARGEST_FILE, _refusal(name, _too_large()))
    require(bool(content.strip()), _refusal(name, _l("berkas ini kosong.")))
    try:
        limits = {"most_rows": MOST_ROWS, "largest_unpacked": LARGEST_UNPACKED}
        rows = read_rows(content, **limits, needs_results=False)
        look = look_into_workbook(content, largest_unpacked=LARGEST_UNPACKED)
    except Unreadable as error:
        is_big = error.reason in (Reason.TOO_LARGE, Reason.TOO_MANY_ROWS)
        raise _refusal(name, _too_large() if is_big else say_unreadable(error)) from error
    formulas = ", ".join(address(row, column - 1) for row, column in look.uncomputed[:5])
    text = _l(
        "sel %(cells)s berisi rumus tanpa hasil. Buka berkasnya, simpan sekali, atau ganti rumus dengan angkanya.",
        cells=formulas,
    )
    require(not formulas, _refusal(name, text))
    kept = [(number, _clean(cells)) for number, cells in rows]
    kept = [(number, cells) for number, cells in kept if cells]
    require(bool(kept), _refusal(name, _l("berkas ini kosong.")))
    wide = max(len(cells) for _number, cells in kept)
    many = _l("berkas ini melebihi %(n)s kolom.", n=MOST_COLUMNS)
    require(wide <= MOST_COLUMNS, _refusal(name, many))
    return kept, look.sheets


def _clean(cells: Sequence[Cell]) -> list[Cell]:
    """Cells as JSON can keep them, without empty ones at the end."""
    kept = [_cell(cell) for cell in cells]
    while kept and (kept[-1] is None or kept[-1] == ""):
        kept.pop()
    return kept


def _cell(cell: Cell) -> Cell:
    if isinstance(cell, float) and not math.isfinite(cell):
        return str(cell)
    if isinstance(cell, str):
        return cell.replace("\x00", "").strip() or None
    return str(cell) if isinstance(cell, int) and not -(2**53) < cell < 2**53 else cell


def _too_large() -> Any:
    return _l(
        "berkas ini terlalu besar; paling banyak %(size)s MB dan %(rows)s baris.",
        size=LARGEST_FILE // (1024 * 1024),
        rows=MOST_ROWS,
    )


def _refusal(name: str, text: Any) -> Refused:
    return Refused(f"{name}: {text}", field="files")


def _as_upload(file: ImportFile) -> Upload:
    return Upload(file.name, [(number, cells) for number, cells in file.rows or ()], file.head)


def _guess(file: ImportFile, world: World) -> dict[str, str]:
    criteria = [(c.id, c.name) for c in world.criteria.values()]
    return guess_columns(list_titles(_as_upload(file)), criteria)
