"""`flask results rank` and `pairwise`, once as their users run them: a process of its own, without any environment."""

import contextlib
import csv
import io
import json
import random
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
import xlsxwriter

from config import FilesConfig
from innovate.app import create_app
from innovate.core.serving import ROOT
from innovate.core.spreadsheets import LARGEST

ORACLES = Path(__file__).parents[2] / "oracles"
KEYS = {
    "method",
    "ideas",
    "jurors",
    "sd_juror",
    "sd_residual",
    "severity_share",
    "components",
    "reliability",
    "flags",
    "notes",
}
IDEA = {
    "idea",
    "track",
    "rank",
    "raw_rank",
    "raw",
    "score",
    "se",
    "low",
    "high",
    "rank_low",
    "rank_high",
    "p_top",
    "ballots",
    "tie_rule",
}
AGREED = {f"icc_{n}_{k}" for n in (1, 2, 3) for k in (1, "k")} | {
    "alpha_interval",
    "alpha_ordinal",
    "kendall_w",
    "kendall_w_p",
}
RUBRIC = "criterion,weight,min,max\nKebaruan,60,1,5\nManfaat,40,1,5\n"


def oracle(name):
    return json.loads((ORACLES / name).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def runner():
    return create_app(FilesConfig()).test_cli_runner()


@pytest.fixture
def run(runner, tmp_path):
    """Write files and run a command on them in this process."""

    def run(*arguments, **files):
        for name, content in files.items():
            path = tmp_path / name.replace("_", ".")
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        with contextlib.chdir(tmp_path):
            done = runner.invoke(args=["results", *arguments])
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return done

    return run


def told(done):
    assert done.exit_code == 0, done.stderr
    return json.loads(done.stdout)


def lme4():
    data = oracle("incomplete_design_lme4.json")["data"]
    return "idea,juror,criterion,score\n" + "".join(
        f"i{i:02.0f},j{j:.0f},nilai,{score}\n" for i, j, score in data
    )


@pytest.mark.parametrize("environment", ["none", "broken"])
def test_it_needs_no_database_no_settings_and_no_instance_folder(tmp_path, environment):
    (tmp_path / "b.csv").write_text(lme4())
    broken = {
        "DATABASE_URL": "kaputt",
        "INNOVATE_ENV": "production",
        "INNOVATE_INSTANCE_PATH": str(tmp_path / "instance"),
    }
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "flask",
            "--app",
            str(ROOT / "wsgi.py"),
            "results",
            "rank",
            "b.csv",
            "--format",
            "json",
        ],
        cwd=tmp_path,
        env=broken if environment == "broken" else {},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found, expected = json.loads(done.stdout), oracle("incomplete_design_lme4.json")["expected_idea_fixed"]
    assert not (tmp_path / "instance").exists()
    assert set(found) == KEYS
    assert all(set(row) == IDEA for row in found["ideas"])
    assert set(found["reliability"]) == AGREED
    ideas = {row["idea"]: row for row in found["ideas"]}
    near = {"abs": 1e-6}
    assert [ideas[f"i{n:02}"]["score"] for n in range(6)] == pytest.approx(expected["idea_0_to_5"], **near)
    assert [ideas[f"i{n:02}"]["se"] for n in range(6)] == pytest.approx(expected["se_0_to_5"], **near)
    assert [row["severity"] for row in found["jurors"]] == pytest.approx(expected["judge_effects"], **near)
    assert (found["sd_juror"], found["sd_residual"]) == pytest.approx(
        (expected["sd_judge"], expected["sd_residual"]), **near
    )
    assert found["components"] == 1
    assert found["reliability"]["icc_1_1"] is None
    assert found["reliability"]["alpha_interval"] is not None
    for row in found["ideas"]:
        assert row["rank_low"] <= row["rank"] <= row["rank_high"]
        assert row["low"] < row["score"] < row["high"]
    assert sum(row["p_top"] for row in found["ideas"]) == pytest.approx(3)


def test_published_examples_of_agreement_come_out_of_a_file(run):
    data = oracle("krippendorff_canonical.json")
    rows = [
        f"{unit},{juror},{x}"
        for juror, row in enumerate(data["data"])
        for unit, x in enumerate(row)
        if x is not None
    ]
    agreed = told(run("rank", "b.csv", "--format", "json", b_csv="idea,juror,score\n" + "\n".join(rows)))[
        "reliability"
    ]
    assert agreed["alpha_interval"] == pytest.approx(data["expected"]["interval"], abs=1e-9)
    assert agreed["alpha_ordinal"] == pytest.approx(data["expected"]["ordinal"], abs=1e-9)
    judges = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
    rows = [f"{i},{j},{x}" for i, row in enumerate(judges) for j, x in enumerate(row)]
    agreed = told(run("rank", "b.csv", "--format", "json", b_csv="idea,juror,score\n" + "\n".join(rows)))[
        "reliability"
    ]
    assert [round(agreed[f"icc_{n}_1"], 2) for n in (1, 2, 3)] == [0.17, 0.29, 0.71]
    assert agreed["kendall_w_p"] < 0.05


def test_a_complete_panel_is_ranked_by_its_means_with_every_method(run):
    """60 % and 40 % of shares of 1..5: A (4, 5) = 85, B (5, 4) = 90."""
    file = "idea;juror;Kebaruan;Manfaat\n" + "".join(
        f"{i};{j};{k};{m}\n" for i, k, m in [("A", 4, 5), ("B", 5, 4), ("C", "1,5", 2)] for j in "xyz"
    )
    for method in ("fair", "fair-spread", "raw"):
        found = told(
            run(
                "rank",
                "b.csv",
                "--rubric",
                "r.csv",
                "--method",
                method,
                "--format",
                "json",
                b_csv=file,
                r_csv=RUBRIC,
            )
        )
        assert found["method"] == method
        assert [(row["idea"], row["rank"], row["raw_rank"]) for row in found["ideas"]] == [
            ("B", 1, 1),
            ("A", 2, 2),
            ("C", 3, 3),
        ]
        assert [row["score"] for row in found["ideas"]] == pytest.approx([90, 85, 17.5])
        assert found["sd_residual"] == 0


def test_what_a_spread_needs_and_weights_that_do_not_sum_to_a_hundred_are_told(run):
    luck = random.Random(1)
    lines = [
        f"i{i:02},j{j},{50 + i + (20, 4)[j % 2] * luck.gauss(0, 1):.1f}" for i in range(12) for j in range(4)
    ]
    found = told(
        run(
            "rank",
            "b.csv",
            "--method",
            "fair-spread",
            "--format",
            "json",
            b_csv="idea,juror,score\n" + "\n".join(lines),
        )
    )
    assert "spread_too_few" not in {note["code"] for note in found["notes"]}
    few = told(
        run(
            "rank",
            "b.csv",
            "--method",
            "fair-spread",
            "--format",
            "json",
            b_csv="idea,juror,score\n" + "\n".join(lines[:28]),
        )
    )
    note = next(note for note in few["notes"] if note["code"] == "spread_too_few")
    assert note["count"] == 4
    assert "spread_alike" not in {note["code"] for note in found["notes"]}
    rubric, file = "criterion,weight,min,max\na,50,0,10\nb,40,0,10\n", "idea,juror,a,b\nA,x,10,0\nB,x,0,10\n"
    weighed = told(run("rank", "b.csv", "--rubric", "r.csv", "--format", "json", b_csv=file, r_csv=rubric))
    assert [(flag["code"], flag["sum"]) for flag in weighed["flags"]] == [("weights", 90)]
    assert [row["raw"] for row in weighed["ideas"]] == pytest.approx([500 / 9, 400 / 9])


def test_a_file_that_may_not_be_read_is_named(run, tmp_path, monkeypatch):
    (tmp_path / "b.csv").write_text("x")

    def forbidden(self, *arguments):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", forbidden)
    done = run("rank", "b.csv")
    assert done.exit_code == 2
    assert "b.csv: Permission denied" in done.stderr


def test_tracks_rank_apart_and_ties_say_what_decided(run):
    rows = [
        "A,x,5,3,t",
        "A,y,3,5,t",
        "B,x,5,2,t",
        "B,y,4,4.5,t",
        "C,x,4.5,3.25,u",
        "D,x,,1,u",
        "E,x,4.5,3.25,u",
    ]
    file = "idea,juror,Kebaruan,Manfaat,track\n" + "\n".join(rows)
    found = told(run("rank", "b.csv", "--rubric", "r.csv", "--format", "json", b_csv=file, r_csv=RUBRIC))
    ideas = [
        (row["idea"], row["track"], row["rank"], row["tie_rule"], row["ballots"]) for row in found["ideas"]
    ]
    assert ideas == [
        ("B", "t", 1, "heaviest_criterion:Kebaruan", 2),
        ("A", "t", 2, "heaviest_criterion:Kebaruan", 2),
        ("C", "u", 1, "shared", 1),
        ("E", "u", 1, "shared", 1),
        ("D", "u", None, None, 0),
    ]
    table = run("rank", "b.csv", "--rubric", "r.csv").stdout
    assert "unggul pada kriteria Kebaruan" in table
    assert found["ideas"][-1]["score"] is None
    assert {note["code"] for note in found["notes"]} >= {"not_judged", "incomplete"}
    assert all(note["text"] for note in found["notes"])


def test_groups_without_a_common_ballot_are_ranked_apart_and_bridges_named(run):
    file = "idea,juror,score\n" + "".join(
        f"{g}{i},{g}{j},{50 + i * 7 + j * i}\n" for g in "ab" for i in range(4) for j in range(2)
    )
    found = told(run("rank", "b.csv", "--format", "json", b_csv=file))
    assert found["components"] == 2
    assert [row["rank"] for row in found["ideas"]] == [1, 2, 3, 4] * 2
    note = next(note for note in found["notes"] if note["code"] == "separate_groups")
    assert len(note["bridges"]) == 1
    raw = told(run("rank", "b.csv", "--method", "raw", "--format", "json"))
    assert max(row["rank"] for row in raw["ideas"]) > 4


def test_one_ballot_for_each_idea_has_no_intervals(run):
    found = told(run("rank", "b.csv", "--format", "json", b_csv='idea,juror,score\na,x,88\nb,y,"77,5"\n'))
    assert [
        (row["idea"], row["rank"], row["low"], row["rank_low"], row["p_top"], row["se"])
        for row in found["ideas"]
    ] == [
        ("a", 1, None, None, None, None),
        ("b", 2, None, None, None, None),
    ]
    assert (found["sd_juror"], found["severity_share"], found["jurors"][0]["severity"]) == (None, None, None)


def test_the_seed_decides_the_draws_and_top_what_they_count(run):
    one, same, other = (
        told(run("rank", "b.csv", "--seed", seed, "--format", "json", b_csv=lme4()))
        for seed in ("4", "4", "5")
    )
    assert one == same
    assert [row["p_top"] for row in one["ideas"]] != [row["p_top"] for row in other["ideas"]]
    ten = told(run("rank", "b.csv", "--top", "10", "--format", "json"))
    assert sum(row["p_top"] for row in ten["ideas"]) == pytest.approx(10)


def test_the_order_of_rows_changes_nothing(run):
    head, *rows = lme4().splitlines()
    one = told(run("rank", "b.csv", "--format", "json", b_csv=lme4()))
    other = told(run("rank", "b.csv", "--format", "json", b_csv="\n".join([head, *reversed(rows)])))
    assert one == other


def test_a_table_for_people_and_csv_for_spreadsheets_hold_nothing_but_the_result(run):
    done = run("rank", "b.csv", b_csv=lme4())
    assert done.stdout.splitlines()[0].split()[:3] == ["Peringkat", "Karya", "Nilai"]
    assert len(done.stdout.splitlines()) == 41
    assert "1          i04    6,67         5,88–7,46      1–5" in done.stdout
    assert "Keandalan" in done.stderr
    sheet = run("rank", "b.csv", "--format", "csv", b_csv=lme4().replace("i04", "=1+1"))
    rows = list(csv.DictReader(io.StringIO(sheet.stdout)))
    assert set(rows[0]) == IDEA
    assert rows[0]["idea"] == "'=1+1"


def test_a_workbook_is_read_as_its_text_would_be(run):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(
            [
                ["idea", "juror", "score"],
                ["a", "x", 88.125],
                ["a", "y", 80],
                ["b", "x", "70,5"],
                ["b", "y", 60],
            ]
        ):
            sheet.write_row(number, 0, row)
    found = told(run("rank", "b.xlsx", "--format", "json", b_xlsx=out.getvalue()))
    assert [row["raw"] for row in found["ideas"]] == [84.0625, 65.25]


@pytest.mark.parametrize(
    ("file", "message"),
    [
        (
            "idea,juror,score\na,x,1.234\n",
            "kolom score: “1.234” dapat berarti ribuan atau desimal. Tulis 1234 untuk ribuan atau 1,234 untuk desimal.",
        ),
        ("idea,juror,score\na,x,88.125\n", "Tulis 88125 untuk ribuan atau 88,125 untuk desimal."),
        ("idea,juror,score\na,x,88,5\n", "baris 2, kolom 4: “5” melebihi jumlah kolom"),
        ("idea,juror,score\na,x,baik\nb,x,buruk\n", "baris 3, kolom score: “buruk” bukan angka"),
        ("idea,juror,score\na,x,1\na,x,2\n", "baris 3, kolom score: a / x sudah ada di baris 2"),
        ("", "baris 1, kolom idea: berkas ini kosong"),
        ("idea,juror,score\na,x,\xff".encode("latin-1"), "baris 2, kolom 3: bukan teks UTF-8"),
        ("idea,juror,a,b\na,x,1,2\n", "baris 1, kolom b: “b” adalah kriteria kedua"),
        (b"PK\x03\x04", "tidak dapat dibaca sebagai XLSX"),
    ],
)
def test_a_bad_file_is_named_with_row_and_column(run, file, message):
    done = run("rank", "b.csv", "--format", "json", b_csv=file)
    assert (done.exit_code, done.stdout) == (2, "")
    assert message in done.stderr


PANEL = "idea,juror,score\na,x,80\na,y,85\nb,x,70\nb,y,72\nc,x,60\nc,y,66\n"


@pytest.mark.parametrize("method", ["fair", "fair-spread", "raw"])
@pytest.mark.parametrize(
    ("file", "ranks"),
    [
        ("\ufeff" + PANEL.replace("\n", "\r\n"), [1, 2, 3]),
        ("sep=;\n" + PANEL.replace(",", ";"), [1, 2, 3]),
        (PANEL.replace(",", "\t").encode("utf-16"), [1, 2, 3]),
        ("\n\n" + PANEL + "\n,,\n  \n", [1, 2, 3]),
        (PANEL.replace("\n", ",\n"), [1, 2, 3]),
        (PANEL.replace("\na,", '\n"Tim\nA",').replace("x", "ジュリ"), [1, 2, 3]),
        (PANEL.replace("\na,", "\n" + "k" * 3000 + ","), [1, 2, 3]),
        (PANEL.replace("80", "999999999999999"), [1, 2, 3]),
        (PANEL.replace("80", "-80.5"), [1, 2, 3]),
        ("idea,juror,score\na,x,5\n", [1]),
        ("idea,juror,score\na,x,5\na,y,6\n", [1]),
        ("idea,juror,score\na,x,5\nb,x,6\nc,x,6\n", [1, 1, 3]),
        ("idea,juror,score\n" + "".join(f"{i},{j},7\n" for i in "abc" for j in "xyz"), [1, 1, 1]),
    ],
)
def test_odd_files_are_ranked_all_the_same(run, file, ranks, method):
    found = told(run("rank", "b.csv", "--method", method, "--format", "json", b_csv=file))
    assert [row["rank"] for row in found["ideas"]] == ranks
    assert all(
        key in AGREED and (value is None or -1e9 < value <= 1) for key, value in found["reliability"].items()
    )
    table = run("rank", "b.csv", "--method", method).stdout
    assert len(table.splitlines()) == 1 + len(ranks)  # a name with a line break stays on its line
    assert set(found) == KEYS


def test_merged_cells_dates_and_formulas_without_results_are_named(run):
    def workbook(fill):
        out = io.BytesIO()
        with xlsxwriter.Workbook(out) as book:
            sheet = book.add_worksheet()
            for number, row in enumerate(
                [["idea", "juror", "score"], ["", "x", 5], ["", "y", 6], ["", "x", 3], ["", "y", 4]]
            ):
                sheet.write_row(number, 0, row)
            fill(book, sheet)
        return out.getvalue()

    merged = workbook(lambda _book, sheet: [sheet.merge_range(n, 0, n + 1, 0, f"i{n}") for n in (1, 3)])
    done = run("rank", "b.xlsx", b_xlsx=merged)
    assert done.stderr.count("kolom idea: sel ini wajib diisi.") == 2
    assert done.exit_code == 2
    assert "sudah ada" not in done.stderr
    day = datetime(2026, 5, 8, tzinfo=UTC).replace(tzinfo=None)  # as spreadsheets keep it
    dated = workbook(lambda book, sheet: sheet.write_datetime(1, 2, day, book.add_format({"num_format": 14})))
    assert (
        "baris 2, kolom score: “2026-05-08 00:00:00” bukan angka"
        in run("rank", "b.xlsx", b_xlsx=dated).stderr
    )


def test_an_unknown_criterion_and_a_score_out_of_range_are_named(run):
    file = "idea,juror,criterion,score\na,x,Kebaruan,6\na,x,Harga,3\n"
    done = run("rank", "b.csv", "--rubric", "r.csv", b_csv=file, r_csv=RUBRIC)
    assert done.exit_code == 2
    assert "baris 2, kolom score: 6 di luar rentang 1–5" in done.stderr
    assert "baris 3, kolom criterion: kriteria “Harga” tidak ada dalam rubrik" in done.stderr


def test_a_hundred_megabytes_are_refused_without_reading_them(run, tmp_path):
    with (tmp_path / "b.csv").open("wb") as file:
        file.truncate(2 * LARGEST)
    done = run("rank", "b.csv")
    assert done.exit_code == 2
    assert "terlalu besar; paling banyak 50 MB" in done.stderr


def test_journal_citations_are_ranked_as_published(run):
    data = oracle("bradley_terry_citations.json")
    names = data["names"]
    rows = [
        f"{a},{b},{data['data'][i][j]}" for i, a in enumerate(names) for j, b in enumerate(names) if i != j
    ]
    found = told(run("pairwise", "v.csv", "--format", "json", v_csv="winner,loser,count\n" + "\n".join(rows)))
    assert set(found) == {"items", "notes"}
    items = {row["item"]: row for row in found["items"]}
    first = items["Biometrika"]
    for name, ability in data["expected_log_ability"].items():
        assert items[name]["ability"] - first["ability"] == pytest.approx(ability, abs=1e-6)
    for name, error in data["expected_se_vs_biometrika"].items():
        assert items[name]["se_to_first"] == pytest.approx(error, abs=1e-6)
    assert sum(row["ability"] for row in found["items"]) == pytest.approx(0, abs=1e-9)
    assert found["notes"] == []


def test_comparisons_that_do_not_connect_everybody_are_ranked_with_a_notice(run):
    found = told(run("pairwise", "v.csv", "--format", "json", v_csv="winner,loser,juror\na,b,x\nb,c,y\n"))
    assert [(row["item"], row["rank"]) for row in found["items"]] == [("a", 1), ("b", 2), ("c", 3)]
    assert [note["code"] for note in found["notes"]] == ["prior"]
    assert run("pairwise", "v.csv").stdout.splitlines()[1].split()[:2] == ["1", "a"]
    assert run("pairwise", "v.csv", "--format", "csv").stdout.startswith("item,ability,se_to_first,rank\na,")
    bad = run("pairwise", "v.csv", v_csv="winner,loser\na,a\n")
    assert bad.exit_code == 2
    assert "baris 2, kolom loser: “a” dibandingkan dengan dirinya sendiri" in bad.stderr
