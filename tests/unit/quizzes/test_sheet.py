"""A sheet of questions becomes questions, or every wrong cell is named."""

from hypothesis import given
from hypothesis import strategies as st

from innovate.quizzes.domain.content import Code, check, pack, unpack
from innovate.quizzes.domain.kinds import QuestionKind
from innovate.quizzes.domain.sheet import make_plan
from innovate.quizzes.exports.sample import HEADS, ROWS
from innovate.quizzes.words import say_cell

SAMPLE = [(3, list(HEADS))] + [(number, [str(cell) for cell in row]) for number, row in enumerate(ROWS, 4)]


def faults(*rows: list[str], known=()) -> list[tuple[int, int | None, Code]]:
    lines = [(1, list(HEADS)), *enumerate(rows, 2)]
    return [(each.row, each.column, each.fault.code) for each in make_plan(lines, known).faults]


def line(kind="tunggal", text="Soal", a="satu", b="dua", key="A", points="1", tags="") -> list[str]:
    return [kind, text, a, b, "", "", key, "", points, tags]


def test_the_sample_is_sound_and_has_every_kind() -> None:
    plan = make_plan(SAMPLE)
    assert plan.faults == []
    assert [content.kind for content in plan.contents] == [
        QuestionKind.SINGLE,
        QuestionKind.MULTIPLE,
        QuestionKind.SCALE,
        QuestionKind.SHORT,
    ]
    assert [option.right for option in plan.contents[1].options] == [True, True, False]
    assert plan.contents[0].tags == ("data", "hukum")
    assert plan.contents[2].most == 0
    assert plan.contents[3].accepted == ("SPBE", "S.P.B.E.")
    assert all(unpack(pack(content)) == content for content in plan.contents)


def test_every_wrong_cell_is_named() -> None:
    found = faults(
        line(kind="pilihan"),
        line(text="", key="C"),
        line(text="Soal dua", b=""),
        line(text="Soal tiga", key="A, B"),
        line(text="Soal empat", points="seribu"),
        line("isian", "Soal lima", "", "", ""),
        line(text="SOAL  empat"),
    )
    assert found == [
        (2, 0, Code.KIND),
        (3, 1, Code.MISSING),
        (3, 6, Code.UNKNOWN_RIGHT),
        (3, 6, Code.ONE_RIGHT),
        (4, 2, Code.FEW_OPTIONS),
        (5, 6, Code.ONE_RIGHT),
        (6, 8, Code.POINTS),
        (7, 6, Code.NO_ANSWER),
        (8, 1, Code.TWICE),
    ]


def test_a_question_that_is_known_is_named() -> None:
    assert faults(line(text="Apa itu JP?"), known=["apa itu  jp?"]) == [(2, 1, Code.TWICE)]


def test_a_sheet_without_its_columns() -> None:
    plan = make_plan([(1, ["Nomor", "Soal"]), (2, ["1", "Apa?"])])
    assert [(each.column, each.fault.part) for each in plan.faults] == [(None, "kind")]
    assert make_plan([(1, list(HEADS))]).faults


def test_a_cell_is_called_as_a_spreadsheet_does(app) -> None:
    plan = make_plan([(1, list(HEADS)), (2, line(key="D"))])
    with app.test_request_context():
        assert say_cell(plan.faults[0])[:2] == ("G2", "Kunci")


@given(st.lists(st.lists(st.text(max_size=12), max_size=12), max_size=6))
def test_no_sheet_crashes_and_what_is_planned_is_sound(rows: list[list[str]]) -> None:
    plan = make_plan([(1, list(HEADS)), *enumerate(rows, 2)])
    assert plan.faults or all(not check(content) for content in plan.contents)
