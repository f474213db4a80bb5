"""Everything survives a backup and a restore, also into the other database; a bad archive changes nothing."""

import dataclasses
import hashlib
import json
import shutil
import sqlite3
import stat
import zipfile
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Engine, event, select, text, update

from innovate.accounts.models import SiteRole, User
from innovate.audit.queries import find_chain_fault
from innovate.audit.services import record
from innovate.core import clock, storage
from innovate.core.backup.archive import open_archive
from innovate.core.backup.create import create_backup
from innovate.core.backup.manifest import BackupError
from innovate.core.backup.restore import restore_backup
from innovate.core.db import db, transaction
from innovate.events.domain.kinds import Role
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.ideas.models import IdeaFile
from innovate.skills.domain.levels import SkillText
from innovate.skills.models import Skill
from innovate.skills.queries.framework import list_skills
from innovate.skills.services.framework import add_skill, change_skill, ensure_framework, retire_skill
from innovate.skills.services.rating import add_ratings
from tests.factories.build import (
    NOW,
    add,
    give_role,
    make_assignment,
    make_ballot,
    make_event,
    make_idea,
    make_round,
    make_team,
    make_user,
)
from tests.support.database import KINDS, dispose
from tests.support.rows import every_row, fill_every_table


@pytest.fixture(params=KINDS)
def target_app(request: pytest.FixtureRequest, databases):
    """A second application on an empty database, of each kind."""
    with databases.own_app(request.param) as application:
        yield application


def back_up(app, path: Path):
    with app.app_context():
        return create_backup(path)


def restore(app, path: Path, **options) -> None:
    with app.app_context(), open_archive(path) as archive:
        restore_backup(archive, **options)


def rows_of(app) -> dict:
    with app.app_context():
        return every_row()


def flask(app, *command: str, given: str = ""):
    return app.test_cli_runner().invoke(args=list(command), input=given)


def a_competition() -> None:
    """A scored idea with a file, and a trail."""
    event, juror = make_event(), make_user(name="Ibu Juri")
    give_role(event, juror, Role.JUROR)
    idea = make_idea(make_team(event), state=IdeaState.ELIGIBLE)
    make_ballot(make_assignment(make_round(event), idea, juror), [4, 3, 5, 2, 1])
    stored = storage.save(b"%PDF-1.7 \x00\xff" * 1000)
    names = {"filename": "proposal – final.pdf", "media_type": "application/pdf", "field_key": "berkas"}
    add(
        IdeaFile(
            idea_id=idea.id,
            **names,
            size=stored.size,
            sha256=stored.sha256,
            storage_key=stored.key,
            uploaded_by_id=juror.id,
            uploaded_at=NOW,
        )
    )
    for n in range(5):
        record("idea.save", actor_id=juror.id, at=NOW, object_type="idea", object_id=n, after={"title": "é"})
    db.session.commit()


@pytest.fixture
def competition_app(committing_app):
    with committing_app.app_context():
        a_competition()
    return committing_app


def test_every_row_of_every_table_arrives(committing_app, target_app, tmp_path) -> None:
    with committing_app.app_context():
        fill_every_table()
    before = rows_of(committing_app)
    assert set(before) == set(db.metadata.tables)
    assert all(len(rows) == 3 for rows in before.values()), "the test itself must cover each table"
    manifest = back_up(committing_app, tmp_path / "a.zip")
    restore(target_app, tmp_path / "a.zip")
    assert rows_of(target_app) == before
    assert manifest.rows == 3 * len(before)
    again = back_up(target_app, tmp_path / "b.zip")
    assert [part.sha256 for part in again.tables] == [part.sha256 for part in manifest.tables]


def test_a_framework_somebody_changed_replaces_the_one_the_target_began_with(
    committing_app, target_app, tmp_path
) -> None:
    text = SkillText("Pemetaan", "Data", "", ["Belum", "Dibantu", "Sendiri", "Untuk unit", "Mengajar"])
    with committing_app.app_context(), transaction():
        ensure_framework()
        admin = make_user(site_role=SiteRole.ADMIN)
        first, second, *_rest = list_skills()
        change_skill(admin, first, dataclasses.replace(text, name="Membaca data"), at=NOW)
        retire_skill(admin, second, at=NOW)
        add_ratings(admin.id, {first.id: 3, add_skill(admin, text, at=NOW).id: 2}, at=NOW)
    with target_app.app_context(), transaction():
        ensure_framework()  # rows of its own, with other public ids: no reason to call the target full
    back_up(committing_app, tmp_path / "a.zip")
    restore(target_app, tmp_path / "a.zip")
    assert rows_of(target_app) == rows_of(committing_app)
    with target_app.app_context(), transaction():
        assert ensure_framework() == 0
        names = [skill.name for skill in list_skills()]
        assert (names[0], names[-1]) == ("Membaca data", "Pemetaan")
        again = add_skill(
            db.session.scalars(select(User)).one(), dataclasses.replace(text, name="Peta"), at=NOW
        )
        assert again.id == max(db.session.scalars(select(Skill.id)))


def test_files_trail_and_numbering_go_on(competition_app, target_app, tmp_path) -> None:
    back_up(competition_app, tmp_path / "a.zip")
    restore(target_app, tmp_path / "a.zip")
    assert rows_of(target_app) == rows_of(competition_app)
    with target_app.app_context():
        file = db.session.scalars(select(IdeaFile)).one()
        content = storage.read(file.storage_key)
        assert hashlib.sha256(content).hexdigest() == file.sha256
        assert find_chain_fault() is None
        with transaction():
            record("user.sign_up", actor_id=None, at=NOW, object_type="user", object_id=make_user().id)
        assert find_chain_fault() is None
    assert flask(target_app, "audit", "verify").output == "ok\n"


def test_references_are_enforced_again_after_a_restore(competition_app, target_app, tmp_path) -> None:
    back_up(competition_app, tmp_path / "a.zip")
    restore(target_app, tmp_path / "a.zip")
    with target_app.app_context(), pytest.raises(Exception, match=r"(?i)foreign key"), transaction():
        db.session.execute(text("UPDATE ideas SET team_id = 999999"))


def test_a_backup_shows_one_moment_while_others_write(competition_app, tmp_path, monkeypatch) -> None:
    def write_meanwhile(key_source=storage.list_keys):
        """Called after the rows were read: another connection commits before the file list is made."""
        with competition_app.app_context(), transaction():
            make_user(email="sesudahnya@pontianak.go.id")
        return key_source()

    original = create_backup.__globals__["_lines"]
    seen = []

    def lines(connection, table):
        if not seen:  # the moment is fixed by the first statement; what follows must not be seen
            seen.append(connection.execute(text("SELECT count(*) FROM users")).scalar_one())
            import threading

            other = threading.Thread(target=write_meanwhile)
            other.start()
            other.join(20)
        return original(connection, table)

    monkeypatch.setitem(create_backup.__globals__, "_lines", lines)
    manifest = back_up(competition_app, tmp_path / "a.zip")
    with competition_app.app_context():
        assert db.session.scalar(select(User.id).where(User.email == "sesudahnya@pontianak.go.id"))
    users = next(part for part in manifest.tables if part.table == "users")
    assert users.rows == seen[0]


def test_an_archive_is_for_its_owner_only_and_never_half_written(competition_app, tmp_path) -> None:
    back_up(competition_app, tmp_path / "deep" / "a.zip")
    assert stat.S_IMODE((tmp_path / "deep" / "a.zip").stat().st_mode) == 0o600
    with competition_app.app_context():
        db.session.execute(text("UPDATE alembic_version SET version_num = 'older'"))
        db.session.commit()
    with pytest.raises(BackupError, match=r"has schema older.*flask db upgrade"):
        back_up(competition_app, tmp_path / "deep" / "b.zip")
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["a.zip"]


def test_a_file_missing_or_damaged_on_disk_is_told(competition_app, tmp_path) -> None:
    with competition_app.app_context():
        key = db.session.scalars(select(IdeaFile.storage_key)).one()
        other = storage.save(b"sehat").key
        folder = Path(competition_app.config["FILES_URL"].removeprefix("file://"))
    (folder / key).unlink()
    (folder / other).write_bytes(b"rusak")
    manifest = back_up(competition_app, tmp_path / "a.zip")
    assert (manifest.missing, manifest.damaged) == ([key], [other])
    said = flask(competition_app, "backup", "create", "--out", str(tmp_path / "b.zip"))
    assert said.exit_code == 0
    assert f"WARNING: file {key} is missing from the store" in said.stderr
    assert f"WARNING: file {other} is damaged in the store" in said.stderr


# -- restore refuses --------------------------------------------------------------------------------------------


def test_a_database_with_rows_is_left_alone_unless_replacing_is_confirmed(competition_app, tmp_path) -> None:
    path = str(tmp_path / "a.zip")
    assert flask(competition_app, "backup", "create", "--out", path).exit_code == 0
    before = rows_of(competition_app)
    with competition_app.app_context(), transaction():
        make_user(email="baru@pontianak.go.id")
    changed = rows_of(competition_app)

    refused = flask(competition_app, "backup", "restore", path, "--yes")
    assert refused.exit_code == 1
    assert "the database is not empty; --replace removes what is in it" in refused.output
    assert flask(competition_app, "backup", "restore", path, "--replace", given="n\n").exit_code == 1
    with pytest.raises(BackupError, match=r"not empty .*users"):
        restore(competition_app, Path(path))
    assert rows_of(competition_app) == changed

    assert flask(competition_app, "backup", "restore", path, "--replace", given="y\n").exit_code == 0
    assert rows_of(competition_app) == before


@pytest.fixture(scope="module")
def good_archive(databases, tmp_path_factory) -> Path:
    app = databases.fresh_app("sqlite", "backed-up")
    path = tmp_path_factory.mktemp("backup") / "a.zip"
    with app.app_context():
        a_competition()
        create_backup(path)
    dispose(app)
    return path


@pytest.fixture
def archive(good_archive, tmp_path) -> Path:
    return Path(shutil.copy(good_archive, tmp_path / "a.zip"))


def rewrite(path: Path, **changes) -> Path:
    """The same archive with members replaced (None: left out); the zip itself stays sound."""
    target = path.with_name("changed.zip")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            content = changes.pop(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
        for name, content in changes.items():
            new.writestr(name, content)
    return target


def manifest_of(path: Path) -> dict:
    with zipfile.ZipFile(path) as file:
        return json.loads(file.read("manifest.json"))


def with_manifest(path: Path, **values) -> Path:
    return rewrite(path, **{"manifest.json": json.dumps(manifest_of(path) | values)})


@contextmanager
def nothing_changes(app):
    folder = Path(app.config["FILES_URL"].removeprefix("file://"))
    before = rows_of(app), sorted(folder.rglob("*/*"))
    yield
    assert (rows_of(app), sorted(folder.rglob("*/*"))) == before


def refusal(app, path: Path) -> str:
    with nothing_changes(app):
        done = flask(app, "backup", "restore", str(path), "--replace", "--yes")
    assert done.exit_code == 1, done.output
    return done.stderr


def test_a_changed_row_is_found(archive, target_app) -> None:
    with zipfile.ZipFile(archive) as file:
        users = file.read("tables/users.jsonl")
    changed = rewrite(archive, **{"tables/users.jsonl": users.replace(b"Ibu Juri", b"Ibu Jura")})
    assert "the archive is damaged: tables/users.jsonl is not what was stored" in refusal(target_app, changed)


def test_a_flipped_bit_in_a_file_is_found(archive, target_app) -> None:
    content = bytearray(archive.read_bytes())
    content[content.index(b"%PDF-1.7") + 5_000] ^= 1
    archive.write_bytes(bytes(content))
    assert "the archive is damaged: files/" in refusal(target_app, archive)
    done = flask(target_app, "backup", "check", str(archive))
    assert "is not what was stored" in done.stderr


@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
def test_a_cut_off_archive_is_refused(archive, target_app, share) -> None:
    content = archive.read_bytes()
    archive.write_bytes(content[: int(len(content) * share)])
    assert "is damaged or not a backup" in refusal(target_app, archive)


def test_a_missing_or_additional_member_is_refused(archive, target_app) -> None:
    without = rewrite(archive, **{"tables/users.jsonl": None})
    assert "not what the manifest lists: tables/users.jsonl" in refusal(target_app, without)
    more = rewrite(archive, **{"files/aa/lebih": b"x"})
    assert "not what the manifest lists: files/aa/lebih" in refusal(target_app, more)


def test_what_is_no_backup_is_refused(target_app, tmp_path) -> None:
    assert "cannot be read: No such file" in refusal(target_app, tmp_path / "tidak-ada.zip")
    (tmp_path / "teks.zip").write_text("bukan zip")
    assert "is damaged or not a backup" in refusal(target_app, tmp_path / "teks.zip")
    with zipfile.ZipFile(tmp_path / "lain.zip", "w") as file:
        file.writestr("a.txt", "a")
    assert "this is not a backup: it has no manifest" in refusal(target_app, tmp_path / "lain.zip")


def test_a_damaged_manifest_is_refused(archive, target_app) -> None:
    broken = rewrite(archive, **{"manifest.json": b"{"})
    assert "its manifest cannot be read" in refusal(target_app, broken)
    assert "its manifest is incomplete" in refusal(target_app, with_manifest(archive, tables=[{"rows": 1}]))


def test_another_format_or_schema_is_named(archive, target_app) -> None:
    newer = with_manifest(archive, version=2)
    assert "is of format innovate-backup 2; this program reads innovate-backup 1" in refusal(
        target_app, newer
    )
    other = with_manifest(archive, schema="0000")
    assert "the backup has schema 0000, this program works with schema " in refusal(target_app, other)


def test_a_database_without_tables_says_what_to_do(archive, databases, tmp_path) -> None:
    from tests.support.database import make_app

    app = make_app(databases.empty_url("sqlite", "none", tmp_path), tmp_path)
    with app.app_context(), open_archive(archive) as opened, pytest.raises(BackupError) as caught:
        restore_backup(opened)
    assert "the database has no tables" in str(caught.value)
    assert "flask db upgrade" in str(caught.value)
    dispose(app)


def replaced_table(path: Path, table: str, change) -> Path:
    """An archive whose hashes fit, but whose rows do not."""
    manifest = manifest_of(path)
    member = f"tables/{table}.jsonl"
    with zipfile.ZipFile(path) as file:
        content = change(file.read(member))
    for part in manifest["tables"]:
        if part["table"] == table:
            part.update(sha256=hashlib.sha256(content).hexdigest(), rows=content.count(b"\n"))
    return rewrite(path, **{member: content, "manifest.json": json.dumps(manifest)})


def test_a_reference_to_nothing_undoes_everything(archive, target_app) -> None:
    wrong = replaced_table(archive, "users", lambda content: b"".join(content.splitlines(keepends=True)[:-1]))
    said = refusal(target_app, wrong)
    assert "points to" in said or "foreign key" in said


def test_a_row_that_does_not_fit_undoes_everything(archive, target_app) -> None:
    wrong = replaced_table(archive, "ballots", lambda content: content.replace(b'"submitted"', b'"hilang"'))
    assert "a row of ballots does not fit this program" in refusal(target_app, wrong)
    wrong = replaced_table(archive, "users", lambda content: content.replace(b'"email"', b'"surel"'))
    assert "a row of users does not fit this program" in refusal(target_app, wrong)


def test_a_failure_in_the_middle_keeps_the_old_rows(competition_app, archive) -> None:
    with competition_app.app_context(), transaction():
        db.session.execute(update(User).values(name="Sesudah cadangan"))
    wrong = replaced_table(archive, "ballots", lambda content: content.replace(b'"submitted"', b'"hilang"'))
    assert "does not fit" in refusal(competition_app, wrong)


def test_the_default_place_is_the_instance_folder(competition_app) -> None:
    with clock.frozen(NOW):
        done = flask(competition_app, "backup", "create")
    path = Path(competition_app.config["INSTANCE_PATH"]) / "backups" / "innovate-20261123-023000.zip"
    assert done.exit_code == 0
    assert done.output.startswith(f"{path}: ")
    assert flask(competition_app, "backup", "check", str(path)).output.startswith("whole: ")


@contextmanager
def statements():
    """Every statement with its cursor's name and the number of rows sent with it."""
    seen: list[tuple[str, str, int]] = []

    def note(_connection, cursor, statement, parameters, _context, executemany) -> None:
        name = getattr(cursor, "name", "") if isinstance(cursor, psycopg.ServerCursor) else ""
        seen.append((statement, name, len(parameters) if executemany else 1))

    event.listen(Engine, "before_cursor_execute", note)
    yield seen
    event.remove(Engine, "before_cursor_execute", note)


def test_no_table_is_ever_held_in_memory(committing_app, database_kind, target_app, tmp_path) -> None:
    with committing_app.app_context(), transaction():
        for n in range(1200):
            record("x.y", actor_id=None, at=NOW, object_type="x", object_id=n)
    with statements() as seen:
        back_up(committing_app, tmp_path / "a.zip")
    reads = [name for statement, name, _ in seen if "FROM audit_entries" in statement]
    # SQLite hands out row by row; PostgreSQL would send everything, were it not asked by a cursor on its side.
    assert [bool(name) for name in reads] == [database_kind == "postgres"]
    with statements() as seen:
        restore(target_app, tmp_path / "a.zip")
    writes = [rows for statement, _, rows in seen if statement.startswith("INSERT INTO audit_entries")]
    assert sum(writes) == 1200
    assert max(writes) <= 500


def test_sqlite_itself_finds_the_restored_file_sound(competition_app, databases, tmp_path) -> None:
    back_up(competition_app, tmp_path / "a.zip")
    with databases.own_app("sqlite") as app:
        restore(app, tmp_path / "a.zip")
        dispose(app)
        with sqlite3.connect(app.config["SQLALCHEMY_DATABASE_URI"].removeprefix("sqlite:///")) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        connection.close()
