"""The one-file verify.py, and its command line."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from itertools import pairwise

from innovate.results.domain.bundle.script import write_script
from innovate.results.domain.bundle.verifier.whole import main
from tests.factories.bundles import (
    PUBLIC,
    repack,
    unpack,
)
from tests.factories.verified import SUMMARY, built, changed


def test_the_script_of_the_bundle_runs_alone_and_agrees(tmp_path) -> None:
    script, good, bad = tmp_path / "verify.py", tmp_path / "good.zip", tmp_path / "bad.zip"
    script.write_bytes(unpack(built())["verify.py"])
    good.write_bytes(built())
    bad.write_bytes(repack(changed(built(), "leaderboard.json", '"rank":1', '"rank":2')))
    (tmp_path / "key.txt").write_text(PUBLIC)
    runs = [
        subprocess.run(
            [sys.executable, "-I", "verify.py", name, "--key", "key.txt"],
            cwd=tmp_path, capture_output=True, text=True, check=False,
        )
        for name in (good.name, bad.name, "none.zip")
    ]  # fmt: skip
    assert [run.returncode for run in runs] == [0, 1, 2]
    assert "ok           5 ballots under the Merkle root" in runs[0].stdout
    assert runs[1].stdout == "DIFFERS  leaderboard.json: SHA-256 differs from the manifest\n"
    assert "none.zip" in runs[2].stderr


def test_the_script_names_nothing_of_innovate() -> None:
    text = write_script().decode()
    assert "from innovate" not in text
    assert text.count("from collections.abc import") == 1
    assert len(re.findall(r"^def main", text, re.MULTILINE)) == 1
    body = ast.parse(text).body
    names = [node.name for node in body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    given = [node for node in body if isinstance(node, ast.Assign | ast.AnnAssign)]
    stored = [node for each in given for node in ast.walk(each) if isinstance(node, ast.Name)]
    names += [node.id for node in stored if isinstance(node.ctx, ast.Store)]
    assert len(set(names)) == len(names)  # of many modules one namespace
    heads = [text.index(f"class {name}") for name in ("Differs", "Ballot", "Result", "Report")]
    assert all(one < other for one, other in pairwise(heads))


def test_the_command_line_says_what_it_found(tmp_path, capsys) -> None:
    path = tmp_path / "bundle.zip"
    path.write_bytes(built(publication=SUMMARY))
    assert main([str(path)]) == 0
    assert capsys.readouterr().out.count("not checked  ") == 2
    (tmp_path / "key.txt").write_text("nothing\n")
    assert main([str(path), "--key", str(tmp_path / "key.txt")]) == 2
