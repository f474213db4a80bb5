"""Sheets that people sign, lists of attendance, score sheets and recapitulations: read back and compared."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from innovate.core import storage
from innovate.core.db import db, transaction
from innovate.core.errors import NotFound
from innovate.core.typesetting import typeset
from innovate.documents.domain.kinds import PaperKind, Recipients
from innovate.documents.domain.numerals import write_decimal
from innovate.documents.domain.sessions import Session
from innovate.documents.domain.texts import OF_ENTRIES, Text
from innovate.documents.services import issuing, setting
from innovate.documents.services.lists import write_attendance, write_score_sheets
from innovate.documents.services.printing import template_of
from innovate.documents.services.statements import write_statements
from innovate.events.queries import get_actor
from innovate.results.models import StandingRow
from innovate.results.queries.boards import get_board
from innovate.scoring.models.ballots import Ballot, BallotScore, BallotState
from innovate.scoring.models.integrity import PactSignature, PactText
from innovate.teams.models import Team
from tests.factories.boards import LADDER, climb
from tests.factories.build import NOW
from tests.factories.printed import read_pages

NIP = "198609262015051001"
SHOWN_NIP = "19860926 201505 1 001"
SESSION = Session("Presentasi", date(2026, 12, 1), date(2026, 12, 1), "Aula", "09:00")


def pages_of(text: Text, data) -> list[str]:
    assert data["sheets" if "sheets" in data else "people"]
    words = {**data["words"], "fingerprint": ""}
    return read_pages(typeset(template_of(text), {**data, "words": words, "qr": ""}, at=NOW))


def test_a_juror_who_signed_has_a_copy_that_says_when_and_which_text(played) -> None:
    db.session.query(PactSignature).filter_by(user_id=played.juror.id).delete()
    db.session.query(PactSignature).filter(PactSignature.round_id != played.round.id).delete()
    signature = db.session.query(PactSignature).one()
    signed = db.session.get_one(PactText, signature.text_id)
    signed.body = "Saya menyatakan:\n\n1. menilai dengan adil;\n2. menjaga rahasia."
    db.session.add(
        PactText(
            event_id=played.event.id, version=2, body="Naskah baru\n\n1. lain", body_en="", created_at=NOW
        )
    )
    db.session.flush()
    first, second = sorted(
        pages_of(Text.PACT_JUROR, write_statements(played.event, Text.PACT_JUROR, at=NOW)),
        key=lambda page: "Juri Kedua" in page,
    )
    assert "Prof. Juri Pertama" in first
    assert "menilai dengan adil" in first
    assert "pakta versi 1" in first
    assert signature.public_id in first
    assert "23 November 2026 pukul" in first
    assert "Naskah baru" in second
    assert "elektronik" not in second


@pytest.mark.parametrize("text", OF_ENTRIES)
def test_each_entry_has_its_sheet_and_no_nip_but_ones_own(played, text: Text) -> None:
    pages = pages_of(text, write_statements(played.event, text, at=NOW))
    assert len(pages) == 2
    for page, idea in zip(pages, played.ideas, strict=True):
        assert idea.title in page
        assert SHOWN_NIP not in page
        assert NIP not in page
    idea = played.ideas[0]
    own = write_statements(played.event, text, at=NOW, idea_id=idea.id, user_id=_captain(idea))
    (page,) = pages_of(text, own)
    assert idea.title in page
    assert (SHOWN_NIP in page) is (text is not Text.ENDORSEMENT)
    (blank,) = pages_of(text, write_statements(played.event, text, at=NOW, blank=True))
    assert idea.title not in blank
    assert "....." in blank


def _captain(idea) -> int:
    return db.session.get_one(Team, idea.team_id).captain_id


def test_the_committee_signs_its_own_pact(played) -> None:
    (page,) = pages_of(Text.PACT_COMMITTEE, write_statements(played.event, Text.PACT_COMMITTEE, at=NOW))
    assert "Ratna Dewi, M.T." in page


def test_a_list_of_attendance_names_everybody_once_and_keeps_empty_lines(played) -> None:
    data = write_attendance(played.event, Recipients.TEAMS, SESSION, rows=30, at=NOW)
    assert [row[0] for row in data["people"][:4]] == sorted(
        f"{part} {idea.title}" for idea in played.ideas for part in ("Ketua", "Anggota")
    )
    pages = pages_of(Text.ATTENDANCE, data)
    assert len(pages) > 1
    assert all("Tanda tangan" in page for page in pages)  # the heads come again
    assert "34." in pages[-1]
    assert "Selasa, 1 Desember 2026" in pages[0]
    assert NIP not in "".join(pages)
    assert len(write_attendance(played.event, None, SESSION, rows=5, at=NOW)["people"]) == 5
    assert write_attendance(played.event, Recipients.FINALISTS, SESSION, rows=0, at=NOW)["people"] == []


def test_score_sheets_say_what_was_handed_in_and_only_of_a_settled_round(played) -> None:
    with pytest.raises(NotFound):
        write_score_sheets(played.event, get_board(played.event, 1), user_id=None, at=NOW)
    left_out = db.session.query(Ballot).filter_by(user_id=played.juror.id, idea_id=played.ideas[1].id)
    left_out.one().state = BallotState.EXCLUDED
    climb(played.event, played.organizer, *LADDER[:3])
    data = write_score_sheets(played.event, get_board(played.event, 1), user_id=None, at=NOW)
    pages = pages_of(Text.SCORES, data)
    ballots = db.session.query(Ballot).filter_by(state=BallotState.SUBMITTED).all()
    assert len(pages) == len(ballots) == 3
    for ballot in ballots:
        idea = next(each for each in played.ideas if each.id == ballot.idea_id)
        who = played.chair if ballot.user_id == played.chair.id else played.juror
        (page,) = [each for each in pages if idea.title in each and who.name in each]
        assert write_decimal(ballot.total) in page
        assert ballot.comment_team in page
        assert db.session.query(BallotScore).filter_by(ballot_id=ballot.id).count() == 5
        worth = [Decimal(row[4].replace(",", ".")) for row in _sheet(data, idea, who)["table"]["rows"][:-1]]
        assert abs(sum(worth) - Decimal(str(ballot.total))) <= Decimal("0.05")
    own = write_score_sheets(played.event, get_board(played.event, 1), user_id=played.juror.id, at=NOW)
    assert {sheet["juror"] for sheet in own["sheets"]} == {"Juri Kedua"}


def _sheet(data, idea, who):
    return next(
        each
        for each in data["sheets"]
        if each["juror"] == who.full_name and idea.title in each["facts"][2][1]
    )


def test_the_recapitulation_says_what_every_juror_gave(played) -> None:
    climb(played.event, played.organizer, *LADDER[:3])
    actor = get_actor("lomba", played.organizer)
    row = issuing.issue_paper(actor, PaperKind.RECAP, 1, site="https://inovasi.example", at=NOW)
    setting.set_papers(row.event_id, lambda *_: None, transaction, at=NOW)
    db.session.refresh(row)
    said = " ".join(read_pages(storage.read(row.storage_key)))
    assert row.number == "001/REK/ORG/XI/2026"
    for ballot in db.session.query(Ballot):
        assert write_decimal(ballot.total) in said
    for standing in db.session.query(StandingRow).filter_by(snapshot_id=row.snapshot_id):
        assert standing.title in said
        assert write_decimal(standing.score) in said
    assert "J1 Juri Kedua" in said or "J1 Prof. Juri Pertama" in said
    assert "Ketua Dewan Juri" in said
