"""`flask results bundle | verify | keys | rotate-key` and `flask audit checkpoint | verify`."""

from __future__ import annotations

import pytest

from innovate.core import keys
from innovate.core.db import db
from tests.db.test_boards import FIVES, FOURS, UP, move, organizer_of, scored_idea
from tests.factories.build import make_event, make_round


@pytest.fixture
def run(app):
    runner = app.test_cli_runner()
    return lambda *words: runner.invoke(args=[str(word) for word in words])


@pytest.fixture
def board(db_session):
    event = make_event(slug="lomba", shift_days=-17)
    round_ = make_round(event)
    scored_idea(event, round_, [FIVES, FOURS])
    return organizer_of(event)


def test_a_result_is_written_and_verified_and_a_changed_one_is_named(run, board, tmp_path) -> None:
    out, key = tmp_path / "bukti.zip", tmp_path / "kunci.txt"
    assert "no frozen ranking" in run("results", "bundle", "lomba", "--out", out).output
    move(board, *UP)
    db.session.commit()
    done = run("results", "bundle", "lomba", "--out", out)
    assert (done.exit_code, f"{out}: summary" in done.stdout) == (0, True)
    key.write_text(run("results", "keys").stdout)
    checked = run("results", "verify", out, "--key", key)
    assert (checked.exit_code, "not checked  ballots" in checked.stdout) == (0, True)
    full = run("results", "bundle", "lomba", "--out", out, "--publication", "full", "--round", 1)
    assert f"{out}: full" in full.stdout
    assert "not checked" not in run("results", "verify", out, "--key", key).stdout
    content = bytearray(out.read_bytes())
    content[len(content) // 3] ^= 1
    out.write_bytes(content)
    damaged = run("results", "verify", out)
    assert (damaged.exit_code, damaged.stdout.startswith("DIFFERS  ")) == (1, True)
    assert run("results", "verify", tmp_path / "none.zip").exit_code == 2
    assert (
        "none/bukti.zip" in run("results", "bundle", "lomba", "--out", tmp_path / "none" / "bukti.zip").output
    )


def test_keys_rotate_and_checkpoints_are_kept_outside(run, board, tmp_path, app, monkeypatch) -> None:
    kept = tmp_path / "titik.txt"
    kept.write_text(run("audit", "checkpoint").stdout.replace("\n", "\r\n"))
    first = run("results", "keys").stdout.splitlines()[1].split()[0]
    assert run("audit", "verify", "--checkpoint", kept).stdout == "ok\n"
    rotated = run("results", "rotate-key").stdout
    assert first not in rotated
    assert len(run("results", "keys").stdout.splitlines()) == 3
    assert run("audit", "verify", "--checkpoint", kept).stdout == "ok\n"
    kept.write_text("titik periksa\n")
    assert "no checkpoint" in run("audit", "verify", "--checkpoint", kept).output
    monkeypatch.setattr(keys, "load_seed", lambda: None)
    lost = run("audit", "checkpoint")
    assert (lost.exit_code, "Kunci tanda tangan" in lost.output) == (1, True)
