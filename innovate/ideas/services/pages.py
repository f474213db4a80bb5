"""Pictures of the pages of submitted PDF files, made by the runner.

They are drawn from the file without its author inside (what a juror of a blind round may download), so the same
pictures serve every reader. Drawing one file twice is harmless: the second result is dropped.
"""

from __future__ import annotations

import logging
from datetime import datetime

from innovate.core import jobs, storage
from innovate.core.db import after_commit, db, locked, transaction
from innovate.core.drawing import CannotDrawError, Drawn, draw_pdf
from innovate.ideas.models import FilePage, IdeaFile, PagesState
from innovate.ideas.queries.files import list_undrawn_files

log = logging.getLogger(__name__)
DRAW = "ideas.draw_pages"
_AT_ONCE = 40


def ask_for_pages() -> None:
    """Wake the runner once what was handed in is durable."""
    after_commit(_wake)


def _wake() -> None:
    jobs.wake(DRAW)


def draw_waiting(*, at: datetime) -> int:
    """Draw what waits, one file after the other; how many were done."""
    with transaction():
        waiting = list_undrawn_files(_AT_ONCE)
    for file_id, key in waiting:
        _draw(file_id, key, at)
    return len(waiting)


def _draw(file_id: int, key: str, at: datetime) -> None:
    try:
        total, drawn = draw_pdf(storage.read(key))
    except (CannotDrawError, FileNotFoundError) as fault:
        log.info("no pages of file %s: %s", file_id, fault)
        total, drawn = 0, []
    stored = [(page, storage.save(page.content)) for page in drawn]
    with transaction():
        file = locked(IdeaFile, file_id)
        if file.pages_state is not PagesState.WAITING:
            return
        file.pages_state = PagesState.READY if drawn else PagesState.UNREADABLE
        file.pages_total, file.pages_at = total, at
        db.session.add_all(_row(file_id, number, page, kept) for number, (page, kept) in enumerate(stored, 1))


def _row(file_id: int, number: int, page: Drawn, kept: storage.StoredFile) -> FilePage:
    return FilePage(
        file_id=file_id,
        number=number,
        storage_key=kept.key,
        size=kept.size,
        width=page.width,
        height=page.height,
        text=page.text,
    )
