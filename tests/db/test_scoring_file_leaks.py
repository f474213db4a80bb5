"""Names inside attachments of blind entries: read by the runner from real PDF files."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from PIL import Image, ImageDraw

from innovate.core import jobs
from innovate.core.db import db
from innovate.events.domain.kinds import Role
from innovate.events.queries import get_actor
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.ideas.models import PagesState
from innovate.scoring.models.integrity import LeakAnswer
from innovate.scoring.models.leaks import FileLeak
from innovate.scoring.queries.leaks import list_leaks
from innovate.scoring.services.blind import review_leaks
from innovate.teams.models import Team
from tests.factories import build
from tests.factories.build import NOW
from tests.factories.papers import attach_paper, packed
from tests.support.queries import counted_queries

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def pdf_of(*pages: str) -> bytes:
    """A real PDF with these words on its pages (Latin letters, one line each)."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    kids = []
    for text in pages:
        stream = f"BT /F1 12 Tf 72 700 Td ({text}) Tj ET"
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
        font = "<< /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>"
        page = f"/Contents {len(objects)} 0 R /Resources << /Font {font} >>"
        objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] {page} >>")
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    out = io.BytesIO(b"%PDF-1.4\n")
    out.seek(0, io.SEEK_END)
    places = []
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(f"{number} 0 obj\n{body}\nendobj\n".encode())
    start = out.tell()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    out.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode())
    out.write(f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF".encode())
    return out.getvalue()


@pytest.fixture
def city(db_session, clock_at):
    """A blind round and an entry of Oktavia's, submitted."""
    clock_at(NOW)
    event = build.make_event(slug="lomba", shift_days=-17)
    round_ = build.make_round(event, is_blind=True)
    team = build.make_team(event, build.make_user(name="Oktavia Damayanti"))
    idea = build.make_idea(team, state=IdeaState.SUBMITTED, number=1, title="PINTU AIR", submitted_at=NOW)
    secretary = build.make_user()
    build.give_role(event, secretary, Role.SECRETARIAT)
    db.session.commit()
    return event, round_, idea, get_actor("lomba", secretary)


def _run() -> int:
    jobs.run_job("ideas.draw_pages")
    return jobs.run_job("scoring.scan_files")


def test_a_name_in_a_pdf_is_flagged_with_file_and_page(city) -> None:
    event, _round, idea, secretary = city
    content = pdf_of("Latar belakang banjir", "Disusun oleh Oktavia dari lapangan")
    file = attach_paper(idea, content, key="bukti", name="lampiran.pdf")
    db.session.commit()
    assert list_leaks(event) == []
    assert _run() == 1
    (entry,) = list_leaks(event)
    (found,) = entry.pages
    assert (found.filename, found.page, found.leak.found) == ("lampiran.pdf", 2, "Oktavia")
    assert found.leak.before.endswith("Disusun oleh ")
    assert jobs.run_job("scoring.scan_files") == 0  # nothing new, nothing searched again
    review = {"answer": LeakAnswer.ACCEPTED, "note": "Nama pada kop surat pihak ketiga"}
    review_leaks(secretary, idea.public_id, at=NOW + timedelta(hours=1), **review)
    assert list_leaks(event)[0].review is not None
    assert db.session.get_one(type(file), file.id).pages_state is PagesState.READY


def test_a_new_name_is_looked_for_and_opens_the_question_again(city, clock_at) -> None:
    event, _round, idea, secretary = city
    attach_paper(idea, pdf_of("Oktavia bersama Regu Tangguh Kapuas"), key="bukti")
    db.session.commit()
    _run()
    review_leaks(secretary, idea.public_id, answer=LeakAnswer.ACCEPTED, note="Nama umum saja", at=NOW)
    db.session.get_one(Team, idea.team_id).name = "Regu Tangguh Kapuas"
    db.session.commit()
    clock_at(NOW + timedelta(hours=2))
    assert jobs.run_job("scoring.scan_files") == 1
    (entry,) = list_leaks(event)
    assert [each.leak.found for each in entry.pages] == ["Oktavia", "Regu Tangguh Kapuas"]
    assert entry.review is None
    times = set(db.session.scalars(db.select(FileLeak.found_at)))
    assert times == {NOW, NOW + timedelta(hours=2)}  # what was known keeps its time


def test_nothing_is_searched_where_no_round_is_blind(city) -> None:
    event, round_, idea, _secretary = city
    round_.is_blind = False
    attach_paper(idea, pdf_of("Oktavia"), key="bukti")
    db.session.commit()
    assert _run() == 0
    round_.is_blind = True  # set later: what was handed in before is searched now
    db.session.commit()
    assert jobs.run_job("scoring.scan_files") == 1
    assert len(list_leaks(event)) == 1


def test_a_scanned_page_has_no_words_and_stops_nothing(city) -> None:
    event, _round, idea, _secretary = city
    picture = Image.new("RGB", (200, 100), "white")
    ImageDraw.Draw(picture).text((5, 5), "Oktavia", "black")
    out = io.BytesIO()
    picture.save(out, "PDF")
    attach_paper(idea, out.getvalue(), key="bukti")
    attach_paper(idea, b"%PDF-1.4 rusak", key="bukti", name="rusak.pdf")
    db.session.commit()
    assert _run() == 1
    assert list_leaks(event) == []


def test_the_list_costs_the_same_with_more_entries(city) -> None:
    event, _round, idea, _secretary = city

    def count() -> int:
        db.session.expunge_all()
        with counted_queries() as queries:
            list_leaks(get_actor("lomba", None).event)
        return len(queries)

    attach_paper(idea, pdf_of("Oktavia"), key="bukti")
    db.session.commit()
    _run()
    few = count()
    for n in range(2, 5):
        team = build.make_team(event, build.make_user(name=f"Raharjo{n}"))
        more = build.make_idea(team, state=IdeaState.SUBMITTED, number=n, submitted_at=NOW)
        attach_paper(more, pdf_of(f"Ditulis Raharjo{n}"), key="bukti")
    db.session.commit()
    _run()
    assert count() == few


def test_a_name_in_a_word_file_is_flagged_though_it_is_never_drawn(city) -> None:
    event, _round, idea, _secretary = city
    word = {
        "word/document.xml": f"<w:document {_W}><w:p><w:t>Disusun Okta</w:t><w:t>via</w:t></w:p></w:document>"
    }
    attach_paper(idea, packed(word), key="bukti", name="surat.docx").media_type = _DOCX
    attach_paper(idea, b"PK rusak", key="bukti", name="rusak.docx").media_type = _DOCX
    db.session.commit()
    assert _run() == 2
    (entry,) = list_leaks(event)
    (found,) = entry.pages
    assert (found.filename, found.page, found.leak.found) == ("surat.docx", 0, "Oktavia")
    assert jobs.run_job("scoring.scan_files") == 0
