"""`flask ideas similar` on files: only the result on standard output, every fault with its place."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bench.proposals import make_proposals
from config import FilesConfig, config_for
from innovate.app import create_app

MADE = make_proposals(30, copies=5, laws=False, seed=2)


@pytest.fixture(scope="module")
def runner():
    return create_app(FilesConfig()).test_cli_runner()


def run(runner: CliRunner, source: Path, *more: str) -> Result:
    return runner.invoke(args=["ideas", "similar", str(source), *more])


def write_csv(path: Path, separator: str = ",") -> Path:
    rows = [f'{separator}"{text}"{separator}'.join((f"u{n:02}", "x")) for n, text in enumerate(MADE.texts)]
    path.write_text(
        separator.join(("id", "TEXT", "catatan")) + "\n" + "\n".join(rows) + "\n", encoding="utf-8-sig"
    )
    return path


def pairs_of(name: str = "u{:02}") -> set[tuple[str, str]]:
    return {(name.format(a), name.format(b)) for a, b in MADE.planted}


def test_it_needs_no_database_and_no_environment() -> None:
    assert isinstance(config_for(["flask", "ideas", "similar", "x.csv"]), FilesConfig)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_pairs_of_a_table(runner, tmp_path, separator) -> None:
    done = run(runner, write_csv(tmp_path / "usulan.csv", separator), "--format", "json")
    assert done.exit_code == 0
    found = json.loads(done.stdout)
    assert {(row["a"], row["b"]) for row in found} == pairs_of()
    assert "30 texts read" in done.stderr
    for row in found:
        assert set(row) == {"a", "b", "containment", "shared", "passages"}
        assert 0.02 <= row["containment"] <= 1
        assert row["shared"] >= 8
        one, other = (MADE.texts[int(row[side][1:])] for side in "ab")
        for passage in row["passages"]:
            assert one[passage["a"]["start"] : passage["a"]["end"]] == passage["a"]["text"]
            assert other[passage["b"]["start"] : passage["b"]["end"]] == passage["b"]["text"]
            assert passage["words"] >= 5
    assert [row["containment"] for row in found] == sorted(
        (row["containment"] for row in found), reverse=True
    )


def test_a_folder_says_the_same(runner, tmp_path) -> None:
    (tmp_path / "lama").mkdir()
    for n, text in enumerate(MADE.texts):
        (tmp_path / ("lama" if n < 10 else ".") / f"u{n:02}.txt").write_text(text, encoding="utf-8")
    (tmp_path / ".tersembunyi").write_bytes(b"\xff")
    done = run(runner, tmp_path, "--format", "json")
    found = {tuple(sorted(Path(row[side]).stem for side in "ab")) for row in json.loads(done.stdout)}
    assert found == pairs_of()


def test_the_table_is_the_default(runner, tmp_path) -> None:
    lines = run(runner, write_csv(tmp_path / "usulan.csv")).stdout.splitlines()
    assert lines[0].split() == ["a", "b", "containment", "shared", "longest", "passage"]
    assert len(lines) == 1 + len(MADE.planted)
    assert tuple(lines[1].split()[:2]) in pairs_of()


def test_no_pair_is_an_empty_list(runner, tmp_path) -> None:
    path = tmp_path / "usulan.csv"
    path.write_text("id,text\na,satu\nb,\n\n", encoding="utf-8")
    assert json.loads(run(runner, path, "--format", "json").stdout) == []


def test_text_of_many_is_told_beside_the_result(runner, tmp_path) -> None:
    law = MADE.texts[0][:600].replace("\n", " ")
    path = tmp_path / "usulan.csv"
    rows = [f'u{n},"{law} {MADE.texts[n][700:2500]}"' for n in range(1, 26)]
    path.write_text("id,text\n" + "\n".join(rows), encoding="utf-8")
    done = run(runner, path, "--format", "json")
    assert "not counted, in 25 texts" in done.stderr
    assert {(row["a"], row["b"]) for row in json.loads(done.stdout)} <= pairs_of("u{}")


@pytest.mark.parametrize(
    ("content", "where"),
    [
        (b"", "baris 1, kolom id"),
        (b"id,text\n", "baris 2, kolom id"),
        (b"nama,text\na,b\n", "baris 1, kolom id"),
        (b"id,isi\na,b\n", "baris 1, kolom text"),
        (b"id,text,id\na,b,c\n", "baris 1, kolom id"),
        (b'id,text\na,"b\nc"\n ,d\n', "baris 4, kolom id"),
        (b"id,text\na,b\na,c\n", "baris 3, kolom id"),
        (b"id,text\na,b,c\n", "baris 2, kolom 3"),
        (b"id,text\na,b\nb,\xff\n", "baris 3, kolom 2"),
        (b"id,text\na,b\x00\n", "baris 2, kolom 2"),
        (b'id,text\na,b\nc,"d\n', "baris 3, kolom 1"),
        (b"\xff\xfei\x00d\x00", "baris 1, kolom 1"),
    ],
)
def test_a_bad_table_is_named_with_its_place(runner, tmp_path, content, where) -> None:
    path = tmp_path / "usulan.csv"
    path.write_bytes(content)
    done = run(runner, path, "--format", "json")
    assert done.exit_code == 2
    assert f"usulan.csv: {where}: " in done.stderr
    assert done.stdout == ""


def test_a_bad_folder_is_named_with_its_place(runner, tmp_path) -> None:
    assert run(runner, tmp_path).exit_code == 2
    (tmp_path / "satu.txt").write_bytes(b"baik\nke\xff")
    done = run(runner, tmp_path)
    assert done.exit_code == 2
    assert "satu.txt: baris 2, kolom 3: bukan teks UTF-8." in done.stderr
    assert run(runner, tmp_path / "tidak-ada").exit_code == 2
