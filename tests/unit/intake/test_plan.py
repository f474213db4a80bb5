"""What an import would do: ballots, faults with their cells, what stands already."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovate.intake.domain.cells import address, read_score
from innovate.intake.domain.columns import find_head, guess_columns
from innovate.intake.domain.faults import Code
from innovate.intake.domain.gather import list_titles
from innovate.intake.domain.planning import make_plan
from innovate.intake.domain.reading import SKIPPED, Reading, Upload
from innovate.intake.domain.world import Criterion, Entry, Held, Judge, Standing, World
from innovate.scoring.domain.rubric import CriterionDraft

CRITERIA = {
    11: Criterion(11, "Kebaruan", CriterionDraft("Kebaruan", Decimal(40))),
    12: Criterion(
        12, "Manfaat", CriterionDraft("Manfaat", Decimal(60), "", Decimal(0), Decimal(100), Decimal("0.5"))
    ),
}
WORLD = World(
    entries={
        1: Entry(1, "aa", 7, "A", "PARIT KITA", "Tim Parit"),
        2: Entry(2, "bb", 8, "A", "SUNGAI", "Tim Sungai"),
        3: Entry(3, "cc", 9, "B", "GUGUR", "Tim Gugur", is_judged=False),
    },
    jurors={
        5: Judge(5, "j5", "hendra@pontianak.go.id", "Hendra", "Dr. Hendra, M.T."),
        6: Judge(6, "j6", "sari@pontianak.go.id", "Sari", "Sari"),
        7: Judge(7, "j7", "lain@pontianak.go.id", "Lain", "Lain", serves=False),
    },
    criteria=CRITERIA,
)
HEAD = ["Karya", "Juri", "Kebaruan", "Manfaat", "Catatan"]


def read(*rows, head=HEAD, juror=None, world=WORLD, values=None):
    numbered = [(n, list(row)) for n, row in enumerate((head, *rows), 1)]
    upload = Upload("nilai.csv", numbered, find_head(numbered, names()), juror)
    columns = guess_columns(list_titles(upload), names())
    return make_plan([upload], Reading(columns, values or {}), world)


def names():
    return [(c.id, c.name) for c in CRITERIA.values()]


def faults(plan):
    return [(fault.code, address(fault.row, fault.column)) for fault in plan.faults]


def test_a_wide_sheet_becomes_ballots() -> None:
    plan = read(["7", "Hendra", "4", "88,5", "Bagus"], ["SUNGAI", "sari@pontianak.go.id", 3, 90.5, None])
    assert faults(plan) == []
    assert {pair: given.values for pair, given in plan.ready.items()} == {
        (1, 5): {11: Decimal(4), 12: Decimal("88.5")},
        (2, 6): {11: Decimal(3), 12: Decimal("90.5")},
    }
    assert plan.ready[1, 5].notes == {"note_jury": "Bagus"}
    assert plan.ready[2, 6].row == 3


def test_a_long_sheet_becomes_the_same() -> None:
    head = ["idea", "juror", "criterion", "score"]
    plan = read(["7", "Hendra", "Kebaruan", "4"], ["007", "hendra", "k2", "88,5"], head=head)
    assert faults(plan) == []
    assert plan.ready[1, 5].values == {11: Decimal(4), 12: Decimal("88.5")}


def test_every_wrong_cell_is_named() -> None:
    plan = read(
        ["7", "Hendra", "6", "1.234"],
        ["71", "Hendra", "4", "80"],
        ["8", "Hendra", "empat", "80,3"],
        ["8", "Lain", "4", "80"],
        ["9", "Sari", "4", "80"],
        ["", "Sari", "4", "80"],
        ["7", "Hendra", "5", ""],
    )
    assert faults(plan) == [
        (Code.OUT_OF_RANGE, "C2"),
        (Code.AMBIGUOUS, "D2"),
        (Code.UNKNOWN_IDEA, "A3"),
        (Code.NOT_A_NUMBER, "C4"),
        (Code.OFF_STEP, "D4"),
        (Code.NOT_SERVING, "A5"),
        (Code.NOT_JUDGED, "A6"),
        (Code.MISSING, "A7"),
        (Code.TWICE, "C8"),
    ]
    assert plan.ready == {}
    assert plan.faults[-1].hint == "C2"


def test_what_the_round_forbids_is_refused_by_name() -> None:
    rows = (["7", "Hendra", "4", "80"], ["7", "Sari", "4", "80"], ["8", "Sari", "4", "80"])
    world = replace(WORLD, barred=frozenset({(1, 5)}), locked=frozenset({2}), clerk_id=6)
    plan = read(*rows, world=world)
    assert [fault.code for fault in plan.faults] == [Code.CONFLICT, Code.OWN, Code.OWN]
    assert plan.faults[0].hint == "Dr. Hendra, M.T."
    world = replace(WORLD, locked=frozenset({2}), clerk_barred=frozenset({1}))
    assert [f.code for f in read(*rows, world=world).faults] == [
        Code.OWN_CONFLICT,
        Code.OWN_CONFLICT,
        Code.LOCKED,
    ]


def test_what_is_incomplete_or_blank_makes_no_ballot() -> None:
    plan = read(["7", "Hendra", "4", None], ["8", "Hendra", "", ""], ["Pontianak, 28 November", "", "", ""])
    assert plan.faults == []
    assert {pair: missing for pair, (_given, missing) in plan.incomplete.items()} == {(1, 5): (12,)}
    assert (plan.blank, dict(plan.ready)) == (1, {})


def test_what_stands_already_is_never_made_again() -> None:
    same = Held(Standing.SUBMITTED, {11: Decimal(4), 12: Decimal("80.00")})
    world = replace(WORLD, held={(1, 5): same, (2, 5): Held(Standing.DRAFT)})
    row = ["7", "Hendra", "4", "80"]
    assert read(row, world=world).is_done_already
    plan = read(row, ["8", "Hendra", "4", "80"], ["8", "Sari", "4", "80"], world=world)
    assert (len(plan.clashes), plan.same, set(plan.ready)) == (2, 1, {(2, 6)})
    assert not plan.is_done_already
    assert plan.stamp != read(row, world=world).stamp


def test_words_can_be_matched_or_left_out() -> None:
    rows = (["Parit", "Hendra", "4", "80"], ["Rata-rata", "", "4", "80"])
    unmatched = read(*rows).unmatched
    assert [(each.kind, each.words, each.count) for each in unmatched] == [
        ("idea", "Parit", 1),
        ("idea", "Rata-rata", 1),
    ]
    plan = read(*rows, values={"idea": {"parit": "1", "rata-rata": SKIPPED}})
    assert (plan.faults, set(plan.ready), plan.skipped) == ([], {(1, 5)}, 1)


def test_a_file_of_one_juror_needs_no_column_of_jurors() -> None:
    head, row = ["Nomor", "Kebaruan", "Manfaat"], ["7", "4", "80"]
    assert [fault.code for fault in read(row, head=head).faults] == [Code.NO_JUROR]
    assert set(read(row, head=head, juror=6).ready) == {(1, 6)}


@pytest.mark.parametrize(
    ("head", "rows", "code", "cell"),
    [
        (["Karya", "Juri", "Kriteria", None], [["7", "Hendra", "Kebaruan", "4"]], Code.NO_TITLE, "D1"),
        (["Karya", "Juri", "Kebaruan"], [["7", "Hendra", "4"]], Code.NO_COLUMN, "A1"),
        (HEAD, [], Code.EMPTY, "A2"),
    ],
)
def test_a_head_that_cannot_be_read_is_said_once(head, rows, code, cell) -> None:
    assert (code, cell) in faults(read(*rows, head=head))


def test_a_note_in_every_row_is_one_note() -> None:
    head = ["idea", "juror", "criterion", "score", "Catatan untuk tim"]
    rows = [["7", "Hendra", "Kebaruan", "4", "Bagus"], ["7", "Hendra", "Manfaat", "80", "Bagus"]]
    assert read(*rows, head=head).ready[1, 5].notes == {"note_team": "Bagus"}
    rows[1][4] = "Kurang"
    assert faults(read(*rows, head=head)) == [(Code.OTHER_NOTE, "E3")]


VALUES = st.one_of(
    st.none(), st.integers(-5, 120), st.floats(allow_nan=True), st.text(max_size=8), st.booleans(),
    st.sampled_from(["7", "Hendra", "Kebaruan", "88,5", "1.234", "SUNGAI"]),
)  # fmt: skip


@given(st.lists(st.lists(VALUES, max_size=6), max_size=8), st.booleans())
def test_whatever_stands_in_the_cells_there_is_a_plan(rows, is_long) -> None:
    head = ["idea", "juror", "criterion", "score"] if is_long else HEAD
    plan = read(*rows, head=head)
    for given_ in plan.ready.values():
        assert set(given_.values) == set(CRITERIA)
        assert 1 <= given_.values[11] <= 5
    places = [(fault.file, fault.row, fault.column) for fault in plan.faults]
    assert places == sorted(places)
    assert len(plan.stamp) == 16


@pytest.mark.parametrize("value", [1e22, -1e30, 1.7976931348623157e308])
def test_a_number_beyond_every_scale_is_a_wrong_cell(value) -> None:
    assert faults(read([7, "Hendra", value, 80])) == [(Code.NOT_A_NUMBER, "C2")]


@given(st.integers(0, 20_000))
def test_numbers_of_a_spreadsheet_and_typed_ones_are_the_same(hundredths) -> None:
    value = Decimal(hundredths) / 100
    typed = f"{value:.2f}".replace(".", ",")
    assert read_score(float(value)) == read_score(typed) == value
