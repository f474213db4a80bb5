"""Work that waits until nobody does."""

from __future__ import annotations

from innovate.core import clock
from innovate.core.jobs import job
from innovate.ideas.services import pages
from innovate.ideas.services.similar.comparing import compare_waiting
from innovate.ideas.services.similar.fingerprints import COMPARE


@job(pages.DRAW, every_minutes=1)
def draw_pages() -> int:
    """Make pictures of the pages of submitted PDF files, so that a juror reads them on a phone."""
    return pages.draw_waiting(at=clock.now())


@job(COMPARE, every_minutes=1)
def compare() -> int:
    """Fingerprint entries that have none yet, and compare what was handed in with all editions."""
    return compare_waiting(at=clock.now())
