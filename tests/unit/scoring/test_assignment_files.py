"""Tables of entries and jurors in files: what is understood, and how a fault is named."""

import pytest

from innovate.scoring.domain.assignment.files import IDEAS, JURORS, TableError, read_files, read_table

ENTRIES = "idea,track,unit\na1,air,u1\na2,air,\na3,jalan,u2\n"
PEOPLE = "juror,tracks,unit,capacity\nj1,air;jalan,u1,\nj2, air ,u9,3\nj3,,,0\n"


def read(ideas=ENTRIES, jurors=PEOPLE, conflicts=None, k=2):
    def as_bytes(text):
        return text if isinstance(text, bytes) else text.encode()

    pairs = ("c.csv", as_bytes(conflicts)) if conflicts is not None else None
    return read_files(("i.csv", as_bytes(ideas)), ("j.csv", as_bytes(jurors)), pairs, k)


def test_units_and_given_pairs_are_conflicts_and_an_empty_unit_is_none():
    files = read(conflicts="idea,juror\na3,j2\na3,j2\n")
    assert files.ideas == ["a1", "a2", "a3"]
    assert files.inputs.forbidden == {(0, 0), (2, 1)}
    assert [(j.capacity, set(j.expertise)) for j in files.inputs.jurors] == [
        (None, {"air", "jalan"}),
        (3, {"air"}),
        (0, set()),
    ]
    assert files.name_pairs([(0, 1), (2, 0)]) == "idea,juror\na1,j2\na3,j1\n"


@pytest.mark.parametrize(
    "text",
    [
        "\ufeffidea,track,unit\r\na1,air,u1\r\n",
        "idea;track;unit\ra1;air;u1\r",
        "idea\ttrack\tunit\na1\tair\tu1",
        '\n"Idea","TRACK",unit\n\n"a1",air,u1\n , ,\n',
        "unit,note,idea,track\nu1,anything,a1,air\n",
    ],
)
def test_the_same_table_in_many_spellings(text):
    (line,) = read_table(text.encode(), "i.csv", IDEAS)
    assert [line[column] for column in IDEAS] == ["a1", "air", "u1"]


def test_semicolons_between_columns_and_between_tracks():
    text = 'juror;tracks;unit;capacity\nj1;"air;jalan";u1;4\n'
    (juror,) = read(jurors=text).inputs.jurors
    assert (juror.expertise, juror.capacity) == ({"air", "jalan"}, 4)


def test_quoted_line_breaks_do_not_shift_row_numbers():
    lines = read_table(b'idea,track,unit\n"a\n1",t,u\na2,t,u\n', "i.csv", IDEAS)
    assert [(line["idea"], line.number) for line in lines] == [("a\n1", 2), ("a2", 4)]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"ideas": ""}, "i.csv: row 1: the file is empty; its first row must be idea,track,unit"),
        ({"ideas": "idea,track\na,b\n"}, "i.csv: row 1, column unit: is missing (found: idea, track)"),
        ({"ideas": "idea,track,unit,idea\n"}, "i.csv: row 1, column idea: stands there twice"),
        ({"ideas": ENTRIES + "a1,x,y\n"}, "i.csv: row 5, column idea: 'a1' stands in row 2 already"),
        ({"ideas": ENTRIES + ",x,y\n"}, "i.csv: row 5, column idea: is empty"),
        ({"ideas": ENTRIES + "a4,x\n"}, "i.csv: row 5, column unit: the cell is missing"),
        ({"ideas": ENTRIES + "a4,x,y,z\n"}, "i.csv: row 5, column 4: more cells than the first row has"),
        ({"ideas": ENTRIES + '"a4,x,y\n'}, "i.csv: row 5: unexpected end of data"),
        ({"ideas": b"idea,track,unit\na1,\xff,u\n"}, "i.csv: row 2: not UTF-8 text"),
        ({"jurors": PEOPLE + "j9,air,u,many\n"}, "j.csv: row 5, column capacity: 'many' is not a whole"),
        ({"jurors": PEOPLE + "j9,air,u,-1\n"}, "j.csv: row 5, column capacity: '-1' is not a whole"),
        ({"jurors": PEOPLE + "j9,air,u,2.5\n"}, "j.csv: row 5, column capacity: '2.5' is not a whole"),
        (
            {"conflicts": "idea,juror\na1,j1\na7,j1\n"},
            "c.csv: row 3, column idea: 'a7' is not among the ideas",
        ),
        ({"conflicts": "idea,juror\na1,j7\n"}, "c.csv: row 2, column juror: 'j7' is not among the jurors"),
    ],
)
def test_a_fault_is_named_with_file_row_and_column(given, message):
    with pytest.raises(TableError) as error:
        read(**given)
    assert message in str(error.value)


def test_files_with_a_head_only_are_empty_tables():
    assert read_table(b"juror,tracks,unit,capacity\n", "j.csv", JURORS) == []
    assert read(ideas="idea,track,unit\n").inputs.ideas == []
