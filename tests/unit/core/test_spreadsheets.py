"""Files as rows: what people's spreadsheets write, and what is refused."""

import io
import zipfile

import pytest
import xlsxwriter
from openpyxl import Workbook

from innovate.core import spreadsheets
from innovate.core.spreadsheets import Reason, Unreadable, read_rows


def workbook(*rows):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return out.getvalue()


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_text_of_any_common_kind(separator, ending, encoding):
    text = f"idea{separator}score{ending}Pelayanan é{separator}88{ending}"
    assert read_rows(text.encode(encoding)) == [(1, ["idea", "score"]), (2, ["Pelayanan é", "88"])]


def test_rows_keep_their_numbers_over_lines_in_quotes_and_empty_lines():
    assert read_rows(b'a,b\n\n"x\ny",1\nz,2\n') == [
        (1, ["a", "b"]),
        (2, []),
        (3, ["x\ny", "1"]),
        (5, ["z", "2"]),
    ]


def test_the_line_by_which_excel_names_its_separator_is_no_head():
    assert read_rows(b"sep=;\r\nidea;juror\r\na,b;c\r\n") == [(2, ["idea", "juror"]), (3, ["a,b", "c"])]


def formulas(*cells):
    """One row of formulas with the value that its program wrote for each."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        for column, value in enumerate(cells):
            sheet.write_formula(1, column, "=1+1", None, value)
    return out.getvalue()


def test_formulas_are_their_results_and_one_that_was_never_computed_is_named():
    assert list(read_rows(formulas(88.5, "baik"))[-1][1]) == [88.5, "baik"]
    content = io.BytesIO()
    book = Workbook()  # writes formulas without results
    book.active.append(["idea", "juror", "score"])
    book.active.append(["a", "x", "=80+8"])
    book.save(content)
    with pytest.raises(Unreadable) as raised:
        read_rows(content.getvalue())
    assert (raised.value.reason, raised.value.row, raised.value.column) == (Reason.NO_RESULT, 2, 3)


@pytest.mark.timeout(60)
@pytest.mark.parametrize("cell", ['<c r="A1">', '<c r="A1"', '<c r="A1" s="'])
def test_cells_that_never_end_are_passed_over_once(cell):
    """A visitor's workbook: each cell is looked at once, not each together with all that follow."""
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(formulas(5))) as good, zipfile.ZipFile(content, "w", 8) as bad:
        for name in good.namelist():
            part = good.read(name)
            if name == "xl/worksheets/sheet1.xml":
                part = part.replace(b"<sheetData>", b"<sheetData><!-- " + cell.encode() * 200_000 + b" -->")
            bad.writestr(name, part)
    assert len(content.getvalue()) < 200_000
    assert list(read_rows(content.getvalue())[-1][1]) == [5]


def test_separators_inside_quotes_do_not_count():
    assert read_rows(b'idea;"a, b, c, d";e\n')[0][1] == ["idea", "a, b, c, d", "e"]


def test_numbers_of_a_workbook_stay_numbers():
    rows = read_rows(workbook(["idea", "score"], ["A", 88.125], [], [12, "88,5"]))
    assert rows[0] == (1, ["idea", "score"])
    assert rows[1] == (2, ["A", 88.125])
    assert (rows[-1][0], list(rows[-1][1])) == (4, [12, "88,5"])


@pytest.mark.parametrize(
    ("content", "reason", "row", "column"),
    [
        (b"a,b\nx,\xff\n", Reason.NOT_TEXT, 2, 2),
        (b"a,b\nx,y\nz\0,1\n", Reason.NOT_TEXT, 3, 1),
        (b'a,b\n"x,1\n', Reason.NOT_CSV, 2, 1),
        (b"PK\x03\x04 not a workbook", Reason.NOT_XLSX, 1, 1),
        (workbook(["a"])[:-30], Reason.NOT_XLSX, 1, 1),
    ],
)
def test_what_is_no_table_is_refused_with_its_place(content, reason, row, column):
    with pytest.raises(Unreadable) as raised:
        read_rows(content)
    assert (raised.value.reason, raised.value.row, raised.value.column) == (reason, row, column)


def test_what_is_too_large_is_refused_before_it_is_unpacked(monkeypatch):
    monkeypatch.setattr(spreadsheets, "LARGEST", 10)
    with pytest.raises(Unreadable, match="too_large"):
        read_rows(b"a,b\n" * 3)
    monkeypatch.undo()
    with pytest.raises(Unreadable, match="too_large"):
        read_rows(workbook(["a"]), largest_unpacked=10)
    with pytest.raises(Unreadable, match="row 3"):
        read_rows(b"a\nb\nc\n", most_rows=2)


def test_a_small_workbook_cannot_fill_the_memory_with_empty_cells():
    """One value at the right edge of a sheet makes 16,384 cells of its row."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        for number in range(200):
            sheet.write_number(number, 16_383, 1)
    assert len(out.getvalue()) < 10_000
    with pytest.raises(Unreadable) as refused:
        read_rows(out.getvalue(), most_rows=3_000)
    assert refused.value.reason is Reason.TOO_WIDE
    assert refused.value.row == 12
