"""Scores, rubrics and votes out of tables: read, or every wrong cell named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovate.results.domain.sheets.faults import MOST_FAULTS, BadTable, FaultCode
from innovate.results.domain.sheets.numbers import read_number
from innovate.results.domain.sheets.rubric import Criterion, read_rubric
from innovate.results.domain.sheets.scores import read_scores
from innovate.results.domain.sheets.votes import read_votes

RUBRIC = (Criterion("Kebaruan", 60.0, 1.0, 5.0), Criterion("Manfaat", 40.0, 0.0, 100.0))
LONG = "idea juror criterion score"


def table(head, *lines):
    """Rows of words separated by blanks; `_` is an empty cell."""
    return [
        (n, ["" if cell == "_" else cell for cell in line.split()])
        for n, line in enumerate((head, *lines), 1)
    ]


def faults_of(read, *arguments):
    with pytest.raises(BadTable) as raised:
        read(*arguments)
    return [(fault.code, fault.row, fault.column) for fault in raised.value.faults]


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("88", 88),
        ("88,5", 88.5),
        ("88.5", 88.5),
        ("88,125", 88.125),
        ("-3.25", -3.25),
        (88.125, 88.125),
        (7, 7),
        (" 4 ", 4),
        (999_999_999_999_999, 999_999_999_999_999),
        (1e-320, 0),  # its square would be nothing to divide by
        (-1e-17, 0),
    ],
)
def test_numbers_as_people_type_them(cell, number):
    assert read_number(cell) == number


@pytest.mark.parametrize("cell", ["1.234", "88.125", "-1.000", "0.500"])
def test_three_digits_after_a_point_are_not_guessed(cell):
    assert read_number(cell) is FaultCode.AMBIGUOUS


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "baik",
        "1.234,5",
        "1,234.5",
        "1e3",
        "nan",
        "٨",
        "8 8",
        "88%",
        None,
        True,
        float("inf"),
        1e15,
        -1.7e308,
        10**400,
        "1.234.567",
    ],
)
def test_what_is_no_number(cell):
    assert read_number(cell) is FaultCode.NOT_A_NUMBER


@given(st.floats(0, 10**6).map(lambda x: round(x, 2)))
def test_any_score_is_read_back_with_comma_and_with_point(value):
    text = f"{value:.2f}"
    assert read_number(text) == read_number(text.replace(".", ",")) == value


def test_the_long_and_the_wide_form_say_the_same():
    long = read_scores(
        table(
            f"{LONG} track", "a x Kebaruan 4 t", "a x manfaat 80,5 t", "b x Manfaat 70 u", "b x Kebaruan _ u"
        ),
        RUBRIC,
    )
    wide = read_scores(table("Idea JUROR track Manfaat Kebaruan", "a x t 80.5 4", "b x u 70 _"), RUBRIC)
    assert long == wide
    assert long.ballots == {("a", "x"): [4, 80.5], ("b", "x"): [None, 70]}
    assert long.complete == {("a", "x"): [4, 80.5]}
    assert long.tracks == {"a": "t", "b": "u"}
    assert not long.in_own_units


def test_a_single_criterion_needs_no_rubric_and_keeps_its_units():
    one = read_scores(table(LONG, "a x Nilai 412", "b x Nilai -3"))
    assert one.in_own_units
    assert one.complete == {("a", "x"): [412], ("b", "x"): [-3]}
    assert read_scores(table("idea juror score", "a x 412", "b x -3")).complete == one.complete


def test_columns_without_a_name_and_those_a_long_form_does_not_know_are_passed_over():
    assert read_scores(table("_ idea juror score", "1 a x 5")).complete == {("a", "x"): [5]}
    assert read_scores(table(f"{LONG} catatan", "a x c 5 bagus")).complete == {("a", "x"): [5]}


def test_a_number_kept_by_a_spreadsheet_is_a_name_too():
    found = read_scores([(1, ["idea", "juror", "score"]), (2, [12.0, 3, 88.125])])
    assert found.complete == {("12", "3"): [88.125]}


@pytest.mark.parametrize(
    ("rows", "rubric", "expected"),
    [
        ([], None, [(FaultCode.EMPTY, 1, "idea")]),
        (table(LONG), None, [(FaultCode.EMPTY, 2, "idea")]),
        (table("idea score", "a 1"), None, [(FaultCode.NO_COLUMN, 1, "juror")]),
        (table("idea juror criterion", "a x c"), None, [(FaultCode.NO_COLUMN, 1, "score")]),
        (table("idea juror idea score", "a x b 1"), None, [(FaultCode.COLUMN_TWICE, 1, "idea")]),
        (table("idea juror track", "a x t"), None, [(FaultCode.NO_CRITERION, 1, "score")]),
        (table(LONG, "a x c baik"), None, [(FaultCode.NOT_A_NUMBER, 2, "score")]),
        (table(LONG, "a x c 1.234", "b x c 5"), None, [(FaultCode.AMBIGUOUS, 2, "score")]),
        (table(LONG, "a x c 88 5"), None, [(FaultCode.EXTRA_CELL, 2, "5")]),
        (table(LONG, "_ x c 88"), None, [(FaultCode.MISSING, 2, "idea")]),
        (table(LONG, "a x c 88", "a x d 88"), None, [(FaultCode.NEEDS_RUBRIC, 3, "criterion")]),
        (table(LONG, "a x c 88", "a x C 88"), None, [(FaultCode.TWICE, 3, "score")]),
        (table("idea juror score", "a x 88", "a x 88"), None, [(FaultCode.TWICE, 3, "score")]),
        (table(LONG, "a x Harga 3"), RUBRIC, [(FaultCode.UNKNOWN_CRITERION, 2, "criterion")]),
        (table(LONG, "a x _ 3"), RUBRIC, [(FaultCode.MISSING, 2, "criterion")]),
        (table(LONG, "a x Kebaruan 5,5"), RUBRIC, [(FaultCode.OUT_OF_RANGE, 2, "score")]),
        (table(LONG, "a x Kebaruan 5"), RUBRIC, [(FaultCode.NO_BALLOT, 2, "score")]),
        (
            table("idea juror Kebaruan Harga", "a x 1 2"),
            RUBRIC,
            [(FaultCode.UNKNOWN_CRITERION, 1, "Harga"), (FaultCode.NO_COLUMN, 1, "Manfaat")],
        ),
        (table("idea juror a b", "a x 1 2"), None, [(FaultCode.NEEDS_RUBRIC, 1, "b")]),
        (
            table("idea juror score track", "a x 1 t", "a y 2 u", "a z 3 _"),
            None,
            [(FaultCode.OTHER_TRACK, 3, "track")],
        ),
    ],
)
def test_every_wrong_cell_has_row_and_column(rows, rubric, expected):
    assert faults_of(read_scores, rows, rubric) == expected


def test_all_faults_are_named_up_to_twenty():
    lines = [f"i{n} x c baik" for n in range(40)]
    assert len(faults_of(read_scores, table(LONG, *lines))) == MOST_FAULTS
    few = faults_of(read_scores, table(LONG, "a x c baik", "b x c 1", "c x c 1.000"))
    assert [row for _code, row, _column in few] == [2, 4]


def test_a_rubric_is_read_with_its_decimals():
    rows = table("criterion weight min max", "Kebaruan 37,5 1 5", "Manfaat 62.5 0 100")
    assert read_rubric(rows) == (Criterion("Kebaruan", 37.5, 1, 5), Criterion("Manfaat", 62.5, 0, 100))
    assert RUBRIC[0].share(4) == 0.75


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["a 50 1 5", "A 50 1 5"], [(FaultCode.TWICE, 3, "criterion")]),
        (["a -1 1 5", "b 2 1 5"], [(FaultCode.BAD_WEIGHT, 2, "weight")]),
        (["a 0 1 5"], [(FaultCode.BAD_WEIGHT, 2, "weight")]),
        (["a 1 5 5"], [(FaultCode.BAD_RANGE, 2, "max")]),
        (["a 1 _ 5"], [(FaultCode.MISSING, 2, "min")]),
        (["a 1 1 1.000"], [(FaultCode.AMBIGUOUS, 2, "max")]),
    ],
)
def test_a_rubric_that_cannot_be_used(lines, expected):
    assert faults_of(read_rubric, table("criterion weight min max", *lines)) == expected


def test_votes_with_and_without_counts():
    assert read_votes(table("winner loser juror", "a b x", "b a y")) == [("a", "b", 1), ("b", "a", 1)]
    assert read_votes(table("winner loser count", "a b 3", "b a _")) == [("a", "b", 3), ("b", "a", 1)]
    assert faults_of(read_votes, table("winner loser count", "a a 1", "a b -1", "a _ x")) == [
        (FaultCode.ITSELF, 2, "loser"),
        (FaultCode.BAD_COUNT, 3, "count"),
        (FaultCode.MISSING, 4, "loser"),
        (FaultCode.NOT_A_NUMBER, 4, "count"),
    ]
