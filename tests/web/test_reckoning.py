"""“Hitung peringkat”: files ranked for anybody, and nothing of them kept."""

from __future__ import annotations

import io
import json
import re
from base64 import b64decode
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import func, select

from innovate.core.db import Base, db
from innovate.results.domain import allowance
from innovate.results.domain.filed.limits import LARGEST_FILE, MOST_ROWS
from innovate.results.services.reckoning import counter

PAGE = "/hitung-peringkat"
VOTES = f"{PAGE}/perbandingan"


@pytest.fixture(autouse=True)
def _fresh() -> None:
    counter.forget()


def example(client, name: str) -> bytes:
    answer = client.get(f"{PAGE}/contoh/{name}.csv")
    assert answer.status_code == 200
    return answer.data


def send(client, ballots: bytes | None = None, rubric: bytes | None = None, page: str = PAGE, **values):
    data = {"method": "fair", "top": "3", **values}
    name = "ballots" if page == PAGE else "votes"
    if ballots is not None:
        data[name] = (io.BytesIO(ballots), "nilai.csv")
    if rubric is not None:
        data["rubric"] = (io.BytesIO(rubric), "rubrik.csv")
    answer = client.post(page, data=data, content_type="multipart/form-data")
    answer.request.environ["wsgi.input"].close()  # the test client's own copy
    return answer


def links(page: str) -> dict[str, bytes]:
    found = re.findall(r'href="data:[^;]+;base64,([^"]+)" download="peringkat\.(\w+)"', page)
    return {kind: b64decode(content) for content, kind in found}


def counts() -> dict[str, int]:
    tables = Base.metadata.sorted_tables
    return {table.name: db.session.scalar(select(func.count()).select_from(table)) or 0 for table in tables}


def test_the_example_is_ranked_with_and_without_severity_and_downloaded(client, db_session) -> None:
    answer = send(client, example(client, "nilai"), example(client, "rubrik"))
    page = answer.text
    assert answer.status_code == 200
    for part in ("Antrean Puskesmas", "Non-digital", "Rentang peringkat", "Rata-rata biasa", "lebih ketat"):
        assert part in page
    assert "Set-Cookie" not in answer.headers
    files = links(page)
    told = json.loads(files["json"])
    assert told["method"] == "fair"
    first = next(row for row in told["ideas"] if row["rank"] == 1 and row["track"] == "Digital")
    assert first["idea"] == "Antrean Puskesmas"
    assert first["score"] != first["raw"] or len(told["jurors"]) == 3
    assert files["csv"].decode("utf-8-sig").startswith("idea,track,rank,raw_rank,raw,score")
    book = openpyxl.load_workbook(io.BytesIO(files["xlsx"]))
    assert book.sheetnames == ["Peringkat", "Juri", "Catatan"]
    assert book["Peringkat"]["A3"].value == "idea"
    raw = json.loads(
        links(send(client, example(client, "nilai"), example(client, "rubrik"), method="raw").text)["json"]
    )
    assert all(row["score"] == row["raw"] for row in raw["ideas"])


def test_comparisons_are_ranked_on_the_same_page(client, db_session) -> None:
    answer = send(client, example(client, "perbandingan"), page=VOTES)
    assert answer.status_code == 200
    told = json.loads(links(answer.text)["json"])
    first = min(told["items"], key=lambda row: row["rank"])
    assert first["item"] == "Antrean Puskesmas"
    assert set(links(answer.text)) == {"csv", "xlsx", "json"}


def test_every_wrong_cell_is_named_and_the_choices_stay(client, db_session) -> None:
    bad = b"idea,juror,criterion,score\nA,J1,Mutu,delapan\nA,J2,Mutu,1.234\nA,J3,Mutu,120\n"
    rubric = b"criterion,weight,min,max\nMutu,100,0,100\n"
    answer = send(client, bad, rubric, method="raw", top="7")
    assert answer.status_code == 422
    for part in ("baris 2, kolom score", "baris 3, kolom score", "baris 4, kolom score", 'value="7"'):
        assert part in answer.text
    assert re.search(r'value="raw"[^>]*checked|checked[^>]*value="raw"', answer.text)
    client.post("/bahasa", data={"locale": "en"})
    english = send(client, bad, rubric)
    assert "row 2, column score" in english.text


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "Pilih satu berkas."),
        (b"", "berkas ini kosong"),
        (b"\xff\xfe\x00", "bukan teks UTF-8"),
        (b"idea,juror,Mutu\n" + b"A,J1,80\n" * (MOST_ROWS + 1), "flask results rank NILAI.csv"),
        (b"x" * (LARGEST_FILE + 1), "flask results rank NILAI.csv"),
        (b"idea,juror,Mutu\n" + b"".join(b"A,J%d,80\n" % n for n in range(200)), "flask results rank"),
    ],
    ids=["none", "empty", "not-text", "rows", "bytes", "jurors"],
)
def test_what_cannot_be_ranked_here_is_refused_with_the_way_on(client, db_session, content, said) -> None:
    answer = send(client, content)
    assert answer.status_code == 422
    assert said in answer.text
    assert not links(answer.text)


def test_nothing_is_stored(client, db_session, app) -> None:
    store = Path(app.instance_path)
    before, files = counts(), sorted(store.rglob("*")) if store.exists() else []
    assert send(client, example(client, "nilai"), example(client, "rubrik")).status_code == 200
    assert send(client, b"idea,juror\n").status_code == 422
    db.session.expire_all()
    assert counts() == before
    assert (sorted(store.rglob("*")) if store.exists() else []) == files


def test_large_files_run_dry_while_small_ones_go_on(client, db_session, monkeypatch) -> None:
    monkeypatch.setattr(allowance, "MOST", 3 * allowance.LEAST_COST)
    small = b"idea,juror,Mutu\nA,J1,80\nB,J1,70\n"
    assert [send(client, small).status_code for _n in range(4)] == [200, 200, 200, 429]
    refused = send(client, small, top="9")
    assert "Tunggu" in refused.text
    assert 'value="9"' in refused.text


def test_a_text_that_a_spreadsheet_would_run_stays_text(client, db_session) -> None:
    found = links(send(client, b'idea,juror,Mutu\n"=1+1",J1,80\nB,J1,70\n').text)
    assert "'=1+1" in found["csv"].decode("utf-8-sig")
    sheet = openpyxl.load_workbook(io.BytesIO(found["xlsx"]))["Peringkat"]
    cell = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "=1+1")
    assert cell.data_type == "s"


def test_the_page_is_found_from_the_footer_and_the_help(client, db_session) -> None:
    assert client.get("/bantuan").text.count(f'href="{PAGE}"') == 2
    assert client.get(f"{PAGE}/contoh/apa.csv").status_code == 404
