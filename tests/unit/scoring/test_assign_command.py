"""`flask scoring assign`, once as its users run it: a process of its own, without a database or any environment."""

import contextlib
import csv
import json
import os
import subprocess
import sys
from collections import Counter
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from innovate.core.serving import ROOT
from innovate.scoring.cli import scoring

FIGURES = {
    "conflict_violations",
    "load_min",
    "load_max",
    "components",
    "efficiency",
    "mean_affinity",
    "seconds",
}


def called(arguments, folder):
    """The command in this process, answered as `subprocess.run` does."""
    with contextlib.chdir(folder):
        done = CliRunner().invoke(scoring, ["assign", *arguments])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return SimpleNamespace(returncode=done.exit_code, stdout=done.stdout, stderr=done.stderr)


@pytest.fixture
def place(tmp_path):
    """A folder with 30 ideas in 3 tracks and 9 jurors, and the command to run in it."""

    class Place:
        path = tmp_path

        def run(self, *more, env=None, **options):
            given = {
                "ideas": "ideas.csv",
                "jurors": "jurors.csv",
                "per-idea": "3",
                "out": "pairs.csv",
                **options,
            }
            arguments = [part for key, value in given.items() for part in (f"--{key}", str(value))]
            if env is None:  # a process of its own costs seconds; the first test pays them
                return called([*arguments, *more], tmp_path)
            clean = {key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ}
            command = [sys.executable, "-m", "flask", "--app", str(ROOT / "wsgi.py"), "scoring", "assign"]
            return subprocess.run(
                [*command, *arguments, *more],
                cwd=tmp_path,
                env={**clean, **env},
                capture_output=True,
                text=True,
                check=False,
            )

        def pairs(self, name="pairs.csv"):
            with (tmp_path / name).open(newline="") as file:
                return [(row["idea"], row["juror"]) for row in csv.DictReader(file)]

        def write(self, name, *lines):
            (tmp_path / name).write_text("\n".join(lines) + "\n")

    place = Place()
    place.write(
        "ideas.csv",
        "idea,track,unit",
        *(f"i{n:02},t{n % 3},{'' if n == 5 else f'u{n % 7}'}" for n in range(30)),
    )
    place.write(
        "jurors.csv",
        "juror,tracks,unit,capacity",
        *(f"j{n},t{n % 3};t9,u{n},{14 if n == 0 else ''}" for n in range(9)),
    )
    return place


def test_it_needs_no_database_no_settings_and_no_instance_folder(place, tmp_path):
    place.write("conflicts.csv", "idea,juror", "i01,j4", "i02,j5")
    broken = {
        "DATABASE_URL": "kaputt",
        "INNOVATE_ENV": "production",
        "INNOVATE_INSTANCE_PATH": str(tmp_path / "instance"),
        "INNOVATE_LOG_LEVEL": "LOUD",
    }
    done = place.run("--format", "json", conflicts="conflicts.csv", env=broken)
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert set(report) == FIGURES
    assert not (tmp_path / "instance").exists()
    pairs = place.pairs()
    assert len(pairs) == len(set(pairs)) == 90
    assert set(Counter(idea for idea, _ in pairs).values()) == {3}
    loads = Counter(juror for _, juror in pairs)
    assert (report["load_min"], report["load_max"]) == (min(loads.values()), max(loads.values())) == (10, 10)
    assert not {("i01", "j4"), ("i02", "j5")} & set(pairs)
    units = {f"i{n:02}": n % 7 for n in range(30) if n != 5}
    assert not [pair for pair in pairs if units.get(pair[0]) == int(pair[1][1:])]
    assert (report["conflict_violations"], report["components"]) == (0, 1)
    knows = [int(idea[1:]) % 3 == int(juror[1:]) % 3 for idea, juror in pairs]
    assert report["mean_affinity"] == pytest.approx(sum(knows) / 90, abs=1e-6)
    assert 0.6 < report["efficiency"] <= 1
    assert "filling places" in done.stderr


def test_a_table_by_default_and_the_same_seed_gives_the_same_file(place):
    one = place.run(out="one.csv", seed=4)
    assert one.returncode == 0
    assert {line.split()[0] for line in one.stdout.splitlines()} == FIGURES
    place.run(out="two.csv", seed=4)
    place.run(out="three.csv", seed=5)
    assert place.pairs("one.csv") == place.pairs("two.csv")
    assert place.pairs("one.csv") != place.pairs("three.csv")


def test_what_does_not_fit_is_named_and_nothing_is_written(place):
    place.write("jurors.csv", "juror,tracks,unit,capacity", "j1,t0,u1,", "j2,t0,u8,40", "j3,,u9,10")
    done = place.run(**{"per-idea": 3})
    assert (done.returncode, done.stdout) == (2, "")
    assert "conflicts: idea i01: 2 jurors are free of conflicts, 3 are needed" in done.stderr
    assert "capacity: idea" in done.stderr
    assert not (place.path / "pairs.csv").exists()
    place.write("jurors.csv", "juror,tracks,unit,capacity", "j1,t0,,10", "j2,t0,,10")
    done = place.run(**{"per-idea": 1})
    assert done.returncode == 2
    assert "capacity: 30 ideas x 1 = 30 places; the jurors take 20, 10 are missing" in done.stderr


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (
            ["idea,track,unit", "i1,t,u", "i1,t,u"],
            "ideas.csv: row 3, column idea: 'i1' stands in row 2 already",
        ),
        (["idea;track", "i1;t"], "ideas.csv: row 1, column unit: is missing"),
    ],
)
def test_a_bad_file_is_named_with_row_and_column(place, lines, message):
    place.write("ideas.csv", *lines)
    done = place.run()
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_a_missing_file_and_a_wrong_number_are_refused(place):
    assert place.run(ideas="nowhere.csv").returncode == 2
    assert place.run(**{"per-idea": 0}).returncode == 2
    assert place.run(out="no/such/folder/pairs.csv").returncode == 2
