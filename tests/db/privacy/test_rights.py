"""A copy of one's data, requests and their terms, erasure without leftovers."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import timedelta

import pytest
from sqlalchemy import select

from innovate.accounts.models import SiteRole, User
from innovate.accounts.services.erasure import erase_person
from innovate.accounts.services.personal_data import list_sources
from innovate.audit.queries import find_chain_fault
from innovate.core import storage
from innovate.core.db import Base, commit, db
from innovate.core.errors import NotAllowed, Refused
from innovate.core.jobs import run_job
from innovate.endorsement.domain.chain import Stage
from innovate.events.domain.kinds import Role
from innovate.events.models import RoleInvitation
from innovate.notifications.models import OutboxMail
from innovate.notifications.services import enqueue_mail
from innovate.privacy.domain.cases import CaseKind, CaseState
from innovate.privacy.domain.purposes import Purpose
from innovate.privacy.models import DataExport, PrivacyCase
from innovate.privacy.queries.cases import list_consenting
from innovate.privacy.services import cases, consents, copying, leftovers
from innovate.tasks.services import run_here
from innovate.teams.models import JoinRequest, Membership, TeamInvitation
from tests.factories.build import NOW, add, give_role, make_event, make_team, make_user
from tests.factories.endorsement import make_chain, make_office, make_ready
from tests.factories.world import PRIVATE, build_world


def parts_of(user: User) -> tuple[dict, list[str]]:
    task = copying.ask_for_copy(user, at=NOW)
    run_here(task, at=NOW)
    row = db.session.scalars(
        select(DataExport).where(DataExport.user_id == user.id).order_by(DataExport.id.desc())
    ).first()
    archive = zipfile.ZipFile(io.BytesIO(storage.read(row.storage_key)))
    return json.loads(archive.read("data.json")), archive.namelist()


def test_every_table_with_a_person_is_part_of_the_copy(db_session) -> None:
    told = {column for source in list_sources() for column in source.columns}
    keys = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.sorted_tables
        for column in table.columns
        for key in column.foreign_keys
        if key.column.table.name == "users"
    }
    acts = {key for key in keys if key.endswith(("_by_id", ".by_id", ".actor_id", ".viewer_id"))}
    missing = keys - acts - told
    assert not missing, f"add a source in innovate/privacy.queries.sources for {sorted(missing)}"


def test_a_captain_takes_everything_along(db_session) -> None:
    world = build_world()
    enqueue_mail("x", address="a@b.example", user_id=world.users["captain"].id, at=NOW)
    parts, names = parts_of(world.users["captain"])
    assert parts["profil"][0]["surel"] == world.users["captain"].email
    assert [row["judul"] for row in parts["usulan"]] == ["PARIT KITA"]
    assert parts["tim"][0]["tim"] == world.team.name
    assert parts["persetujuan"][0]["setuju"] is True
    assert all(parts[key] for key in ("permintaan", "surel", "jejak"))
    file = parts["berkas"][0]["dalam_salinan"]
    assert file in names
    assert any(name.startswith("dokumen/") for name in names)
    assert {"data.json", "baca.html", "tabel/profil.csv"} <= set(names)
    whole = json.dumps(parts)
    assert PRIVATE not in whole
    assert world.users["juror"].email not in whole


def test_a_juror_takes_ballots_and_notes_and_nobody_elses(db_session) -> None:
    world = build_world()
    parts, _names = parts_of(world.users["juror"])
    assert len(parts["nilai"]) == 1
    assert len(parts["nilai"][0]["nilai"]) == 5
    assert parts["catatan_baca"][0]["catatan"] == PRIVATE
    assert parts["pakta"]
    assert not parts["usulan"]
    assert not parts["berkas"]


def test_who_left_takes_only_what_was_theirs(db_session) -> None:
    world = build_world()
    member = world.users["member"]
    row = db.session.query(Membership).filter_by(user_id=member.id).one()
    row.left_at = NOW
    db.session.flush()
    parts, _names = parts_of(member)
    assert parts["tim"][0]["keluar"]
    assert not parts["usulan"]
    assert not parts["berkas"]


def test_a_coordinator_takes_the_title_that_was_shown_and_not_the_one_written_since(db_session) -> None:
    office = make_office()
    idea = make_ready(office.event, office.team, "POSYANDU PAGI")
    make_chain(idea, Stage.TAKEN_BACK, office.near)
    idea.title = "JUDUL RAHASIA"
    db.session.flush()
    parts, _names = parts_of(office.near)
    assert [row["judul"] for row in parts["pengesahan"]] == ["POSYANDU PAGI"]
    assert "JUDUL RAHASIA" not in json.dumps(parts)


def test_a_copy_expires_with_its_file(db_session) -> None:
    person = make_user()
    parts_of(person)
    row = db.session.query(DataExport).one()
    key = row.storage_key
    assert leftovers.forget_exports(at=NOW + timedelta(hours=71)) == 0
    assert leftovers.forget_exports(at=NOW + timedelta(hours=72)) == 1
    commit()
    assert row.storage_key == ""
    assert not storage.exists(key)


def test_nothing_is_copied_of_who_was_erased_while_the_copy_waited(db_session) -> None:
    person = make_user()
    task = copying.ask_for_copy(person, at=NOW)
    erase_person(person, at=NOW)
    commit()
    with pytest.raises(Refused):
        run_here(task, at=NOW)
    assert db.session.query(DataExport).count() == 0


def test_a_request_runs_for_three_days_and_officers_hear_of_it(db_session, clock_at) -> None:
    officer, person = make_user(is_data_officer=True), make_user()
    row = cases.open_case(person, CaseKind.OBJECT, text="Saya keberatan atas hal ini.", at=NOW)
    assert row.due_at == NOW + timedelta(days=3)
    with pytest.raises(Refused):
        cases.open_case(person, CaseKind.OBJECT, text="Saya keberatan atas hal ini.", at=NOW)
    assert (
        db.session.query(OutboxMail).filter_by(user_id=officer.id, template="privacy_case_opened").count()
        == 1
    )
    for hours, mails in ((10, 0), (49, 1), (50, 1), (73, 2), (99, 2)):
        clock_at(NOW + timedelta(hours=hours))
        run_job("privacy.watch")
        assert db.session.query(OutboxMail).filter_by(template="privacy_case_due").count() == mails
    with pytest.raises(NotAllowed):
        cases.refuse_case(person, row.public_id, answer="Saya jawab sendiri.", at=NOW)
    cases.refuse_case(officer, row.public_id, answer="Diperlukan untuk penilaian.", at=NOW)
    assert row.state is CaseState.REFUSED
    assert (
        db.session.query(OutboxMail).filter_by(user_id=person.id, template="privacy_case_decided").count()
        == 1
    )
    with pytest.raises(Refused):
        cases.withdraw_case(person, row.public_id, at=NOW)


def test_requests_reach_the_admin_while_nobody_is_appointed(db_session) -> None:
    admin = make_user(site_role=SiteRole.ADMIN)
    cases.open_case(make_user(), CaseKind.ERASE, text="", at=NOW)
    assert db.session.query(OutboxMail).one().user_id == admin.id


def test_restriction_is_set_and_lifted(db_session) -> None:
    officer, person = make_user(is_data_officer=True), make_user()
    consents.answer_purpose(person, Purpose.MAILINGS, given=True, at=NOW)
    assert list_consenting([person.id], Purpose.MAILINGS) == {person.id}
    with pytest.raises(Refused):
        cases.open_case(person, CaseKind.LIFT, text="", at=NOW)
    row = cases.open_case(person, CaseKind.RESTRICT, text="", at=NOW)
    cases.fulfil_case(officer, row.public_id, answer="Sudah dibatasi.", at=NOW)
    assert person.restricted_at == NOW
    assert list_consenting([person.id], Purpose.MAILINGS) == set()
    row = cases.open_case(person, CaseKind.LIFT, text="", at=NOW)
    cases.fulfil_case(officer, row.public_id, answer="Sudah diakhiri.", at=NOW)
    assert person.restricted_at is None


def test_withdrawing_takes_effect_at_once_and_keeps_the_history(db_session) -> None:
    person = make_user()
    for given in (True, True, False, False, True, False):
        consents.answer_purpose(person, Purpose.PARTNERS, given=given, at=NOW)
    parts, _names = parts_of(person)
    assert [row["setuju"] for row in parts["persetujuan"]] == [True, False, True, False]
    assert list_consenting([person.id], Purpose.PARTNERS) == set()


def test_erasure_leaves_no_trace_and_keeps_the_record(db_session) -> None:
    officer = make_user(is_data_officer=True)
    person = make_user(name="Rina Maharani", email="rina@kota.example")
    event = make_event()
    team = make_team(event, person)
    other = make_team(event, make_user())
    invitation = {"invited_by_id": other.captain_id, "created_at": NOW}
    add(TeamInvitation(team_id=other.id, email="rina@kota.example", **invitation))
    offer = {"role": Role.MENTOR, "invited_by_id": other.captain_id, "created_at": NOW, "expires_at": NOW}
    add(RoleInvitation(event_id=event.id, email="Rina@kota.example", name="Rina Maharani", **offer))
    add(JoinRequest(team_id=other.id, user_id=person.id, message="Saya Maharani.", created_at=NOW))
    parts_of(person)
    key = db.session.query(DataExport).one().storage_key
    row = cases.open_case(person, CaseKind.ERASE, text="Nama saya Maharani, hapus.", at=NOW)
    cases.fulfil_case(officer, row.public_id, answer="Ibu Maharani, sudah dihapus.", at=NOW)
    commit()
    farewell = db.session.query(OutboxMail).filter_by(template="privacy_case_decided").one()
    assert farewell.address == "rina@kota.example"
    cases.forget_farewells(at=NOW + timedelta(days=2))
    db.session.commit()
    cells = str([db.session.execute(table.select()).all() for table in db.metadata.sorted_tables])
    assert "Maharani" not in cells
    assert "rina@kota" not in cells.lower()
    assert not storage.exists(key)
    assert team.captain_id == person.id
    assert db.session.query(PrivacyCase).one().state is CaseState.DONE
    assert find_chain_fault() is None


def test_a_captain_hands_over_before_going(db_session) -> None:
    officer, person = make_user(is_data_officer=True), make_user()
    event = make_event()
    make_team(event, person, make_user(), name="Parit")
    give_role(event, person, Role.ORGANIZER)
    row = cases.open_case(person, CaseKind.ERASE, text="", at=NOW)
    with pytest.raises(Refused, match="Parit"):
        cases.fulfil_case(officer, row.public_id, answer="Akan saya hapus.", at=NOW)
