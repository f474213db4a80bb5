"""Submitted PDF files become pictures of their pages; drafts wait, broken ones are said to be so."""

from datetime import timedelta

import pytest

from innovate.core import storage
from innovate.demo.domain.papers import make_pdf
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.ideas.models import FilePage, IdeaFile, PagesState
from innovate.ideas.queries.files import list_undrawn_files
from innovate.ideas.services.pages import draw_waiting
from tests.factories import build
from tests.factories.build import NOW
from tests.factories.papers import attach_paper

LONG = make_pdf("Bukti dukung", [f"Butir {n} tentang parit." for n in range(60)])


@pytest.fixture
def idea(app):
    event = build.make_event(shift_days=-17)
    build.make_field(event, "lampiran", kind="file", word_limit=None, required=False)
    return build.make_idea(build.make_team(event), state=IdeaState.ELIGIBLE)


def states(session) -> list[str]:
    session.expire_all()
    return [file.pages_state for file in session.query(IdeaFile).order_by(IdeaFile.id)]


def test_pages_are_drawn_once(idea) -> None:
    session = build.db.session
    file = attach_paper(idea, LONG, key="lampiran")
    key = file.id
    session.commit()
    assert draw_waiting(at=NOW) == 1
    session.expire_all()
    pages = session.query(FilePage).filter_by(file_id=key).order_by(FilePage.number).all()
    assert states(session) == [PagesState.READY]
    assert [page.number for page in pages] == list(range(1, len(pages) + 1))
    assert len(pages) == session.get(IdeaFile, key).pages_total >= 2
    assert all(storage.read(page.storage_key)[8:12] == b"WEBP" for page in pages)
    assert "Butir 0 tentang parit." in pages[0].text
    session.commit()
    assert draw_waiting(at=NOW) == 0


def test_a_broken_file_is_said_to_be_so_and_keeps_nobody_waiting(idea) -> None:
    session = build.db.session
    attach_paper(idea, b"%PDF-1.7\nrusak", key="lampiran")
    attach_paper(idea, make_pdf("Kedua", ["isi"]), key="lampiran")
    session.commit()
    assert draw_waiting(at=NOW) == 2
    assert states(session) == [PagesState.UNREADABLE, PagesState.READY]


def test_what_was_not_handed_in_is_not_drawn(idea) -> None:
    session = build.db.session
    later = attach_paper(idea, LONG, key="lampiran")
    later.uploaded_at = NOW + timedelta(hours=1)  # after the submission, so in the working copy alone
    gone = attach_paper(idea, LONG, key="lampiran")
    gone.uploaded_at = gone.removed_at = NOW - timedelta(hours=1)
    session.commit()
    assert list_undrawn_files(10) == []
