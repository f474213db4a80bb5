"""The decree that names the jury, invitations and letters of duty, and what their PDFs say."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from innovate.core import storage
from innovate.core.db import db, transaction
from innovate.core.errors import NotAllowed, Refused
from innovate.documents.domain.kinds import PaperKind, Recipients, Standing
from innovate.documents.domain.sessions import Asked, Session
from innovate.documents.models import Document
from innovate.documents.queries.papers import find_by_code, list_own
from innovate.documents.services import correspondence, ending, setting
from innovate.events.domain.kinds import Role
from innovate.events.models import EventRole
from innovate.events.queries import get_actor
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.tasks.services import run_here
from innovate.teams.models import Membership, Team
from tests.factories.boards import LADDER, climb
from tests.factories.build import NOW, give_role, make_idea, make_membership, make_team, make_user
from tests.factories.printed import read_pages, read_pdf

SITE = "https://inovasi.example"
SHOWN_NIP = "19860926 201505 1 001"
SESSION = Session("Presentasi Finalis", date(2026, 12, 1), date(2026, 12, 1), "Aula Rohana", "09:00")


def actor_of(user):
    return get_actor("lomba", user)


def ask(played, kind=PaperKind.INVITATION, to=Recipients.JURORS, **more):
    asked = Asked(kind, to, SESSION, **more)
    task = correspondence.ask_for_letters(actor_of(played.organizer), asked, site=SITE, at=NOW)
    run_here(task, at=NOW)
    db.session.expire_all()
    return db.session.query(Document).filter_by(kind=kind).order_by(Document.sequence).all()


def said(row):
    return read_pdf(storage.read(row.storage_key))


def test_the_decree_names_the_jury_with_the_chair_first(played) -> None:
    actor = actor_of(played.organizer)
    row = correspondence.issue_appointment(actor, site=SITE, at=NOW)
    setting.set_papers(row.event_id, lambda *_: None, transaction, at=NOW)
    db.session.refresh(row)
    pages = read_pages(storage.read(row.storage_key))
    assert "KESATU" in " ".join(pages)
    annex = pages[-1]
    assert row.number in annex
    assert annex.index("Prof. Juri Pertama") < annex.index("Juri Kedua")
    assert "Rektor Universitas Contoh" in annex
    assert "Ketua merangkap anggota" in annex
    with pytest.raises(Refused, match="sudah diterbitkan"):
        correspondence.issue_appointment(actor, site=SITE, at=NOW)
    third = make_user(name="Juri Ketiga")
    give_role(played.event, third, Role.JUROR)
    new = ending.replace_paper(actor, row.public_id, reason="Juri ketiga.", site=SITE, at=NOW)
    assert len(new.data["annex"]["rows"]) == 3


def test_a_jury_of_nobody_is_not_appointed(played) -> None:
    for row in db.session.query(EventRole).filter(EventRole.role.in_([Role.CHAIR, Role.JUROR])):
        row.revoked_at = NOW
    db.session.flush()
    with pytest.raises(Refused, match="Belum ada juri"):
        correspondence.issue_appointment(actor_of(played.organizer), site=SITE, at=NOW)


def test_every_guest_has_an_invitation_however_often_it_is_asked_for(played) -> None:
    rows = ask(played)
    assert [row.holder for row in rows] == ["Prof. Juri Pertama", "Juri Kedua"]
    assert [row.number for row in rows] == ["001/UND/ORG/XI/2026", "002/UND/ORG/XI/2026"]
    text = said(rows[0])
    for word in (
        "Undangan Presentasi Finalis",
        "Yth. Prof. Juri Pertama",
        "Selasa, 1 Desember 2026",
        "pukul 09.00 WIB sampai dengan selesai",
        "Aula Rohana",
        rows[0].number,
    ):
        assert word in text
    assert len(ask(played)) == 2
    assert [row.id for row in list_own(played.juror.id)] == [rows[1].id]
    assert find_by_code(rows[0].code)[1] is False  # the public check does not tell who was invited


def test_one_invitation_may_have_its_guests_in_an_annex(played) -> None:
    (row,) = ask(played, to=Recipients.TEAMS, each=False)
    pages = read_pages(storage.read(row.storage_key))
    assert "1 (satu) berkas" in pages[0]
    assert "Daftar undangan" in pages[-1]
    names = [db.session.get_one(Team, idea.team_id).name for idea in played.ideas]
    assert [each[1] for each in row.data["guests"]["rows"]] == names
    assert all(name in pages[-1] for name in names)


def test_a_team_has_its_letter_of_duty_and_all_its_members_may_read_it(played) -> None:
    rows = ask(played, PaperKind.DUTY, Recipients.TEAMS, with_nip=True)
    assert len(rows) == 2
    text = said(rows[0])
    for word in ("Ketua PECI HAJI", "Anggota PECI HAJI", SHOWN_NIP, "Presentasi Finalis", "Ketua tim"):
        assert word in text
    assert "LENTERA" not in text
    for person in rows[0].data["people"]["rows"]:
        assert person[1] in text
    members = [row[0] for row in db.session.execute(_members(rows[0].team_id))]
    assert len(members) == 2
    assert all([own.id for own in list_own(user_id)] == [rows[0].id] for user_id in members)
    bare = ask(played, PaperKind.DUTY, Recipients.TEAMS)[2:]
    assert len(bare) == 2
    assert not any(SHOWN_NIP in said(row) for row in bare)


def _members(team_id):
    return select(Membership.user_id).where(Membership.team_id == team_id, Membership.left_at.is_(None))


def test_finalists_are_not_written_to_before_they_may_be_known(played) -> None:
    climb(played.event, played.organizer, *LADDER[:4])
    with pytest.raises(Refused, match="diumumkan"):
        ask(played, to=Recipients.FINALISTS)
    climb(played.event, played.organizer, *LADDER[3:])
    (row,) = ask(played, to=Recipients.FINALISTS)
    assert row.team_id == played.ideas[0].team_id
    captain = row.user_id
    assert [own.id for own in list_own(captain)] == [row.id]
    climb(played.event, played.organizer, LADDER[4], LADDER[1])
    assert list_own(captain) == []


def test_who_left_the_team_no_longer_reads_its_letter(played) -> None:
    rows = ask(played, PaperKind.DUTY, Recipients.TEAMS)
    late = make_user()
    membership = make_membership(_team(rows[0]), late, sole_event_id=played.event.id)
    assert [own.id for own in list_own(late.id)] == [rows[0].id]
    membership.left_at = NOW
    db.session.flush()
    assert list_own(late.id) == []


def _team(row):
    return db.session.get_one(Team, row.team_id)


def test_a_letter_is_replaced_from_what_was_asked_then(played) -> None:
    row = ask(played, PaperKind.DUTY, Recipients.TEAMS)[0]
    make_membership(_team(row), make_user(name="Anggota Baru"), sole_event_id=played.event.id)
    new = ending.replace_paper(
        actor_of(played.organizer), row.public_id, reason="Anggota bertambah.", site=SITE, at=NOW
    )
    assert row.standing is Standing.SUPERSEDED
    assert "Anggota Baru" in [each[1] for each in new.data["people"]["rows"]]
    assert new.data["asked"] == row.data["asked"]


def test_letters_of_duty_are_for_teams_and_nobody_gets_none(played) -> None:
    with pytest.raises(Refused, match="untuk tim") as refused:
        ask(played, PaperKind.DUTY, Recipients.JURORS)
    assert refused.value.field == "to"
    for idea in played.ideas:
        idea.state = IdeaState.WITHDRAWN
    db.session.flush()
    with pytest.raises(Refused, match="Belum ada penerima"):
        ask(played, to=Recipients.TEAMS)


@pytest.mark.parametrize("role", [Role.SECRETARIAT, Role.AUDITOR, Role.CHAIR])
def test_only_organizers_send_letters(played, role) -> None:
    user = make_user()
    give_role(played.event, user, role)
    asked = Asked(PaperKind.INVITATION, Recipients.JURORS, SESSION)
    with pytest.raises(NotAllowed):
        correspondence.ask_for_letters(actor_of(user), asked, site=SITE, at=NOW)
    with pytest.raises(NotAllowed):
        correspondence.issue_appointment(actor_of(user), site=SITE, at=NOW)


def test_a_team_whose_entry_was_never_handed_in_gets_no_letter(played) -> None:
    make_idea(make_team(played.event))
    assert len(ask(played, PaperKind.DUTY, Recipients.TEAMS)) == 2
