"""Which row is the head, and what each column stands for: guessed by its title in Indonesian and English."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from innovate.intake.domain.names import Names, bare_criterion, criterion_names
from innovate.results.domain.sheets.numbers import Cell
from innovate.results.domain.sheets.table import plain_name, say_cell

Row = tuple[int, Sequence[Cell]]
IDEA, JUROR, CRITERION, SCORE = "idea", "juror", "criterion", "score"
TO_TEAM, TO_JURY = "note_team", "note_jury"
SINGLE = (IDEA, JUROR, CRITERION, SCORE, TO_TEAM, TO_JURY)
IGNORED = ""
HEAD_ROWS = 20  # a head is looked for in so many rows
_CRITERION_KEY = "c:"
_KEY = re.compile(r"[0-9]{1,18}")

# The first name of a list that a head has is the column.
_TITLES: Mapping[str, tuple[str, ...]] = {
    IDEA: (
        "idea", "nomor karya", "no karya", "nomor peserta", "no peserta", "nomor proposal", "no proposal",
        "kode karya", "entry", "entry number", "karya", "judul karya", "judul inovasi", "judul proposal", "judul",
        "nama inovasi", "inovasi", "proposal", "title", "peserta", "nama peserta", "tim", "nama tim", "team",
        "nomor", "no",
    ),
    JUROR: (
        "juror", "judge", "surel juri", "email juri", "e mail juri", "juror email", "juri", "nama juri", "penilai",
        "nama penilai", "dewan juri", "email", "surel",
    ),
    CRITERION: (
        "criterion", "criteria", "kriteria", "kriteria penilaian", "aspek", "aspek penilaian", "indikator", "komponen",
        "unsur", "unsur penilaian",
    ),
    SCORE: ("score", "nilai", "skor", "angka", "mark", "points", "poin"),
    TO_TEAM: ("catatan untuk tim", "masukan untuk tim", "umpan balik", "note to team", "feedback"),
    TO_JURY: ("catatan", "catatan internal", "catatan juri", "komentar", "keterangan", "note", "notes", "comment"),
}  # fmt: skip


def target_of(criterion_id: int) -> str:
    """How a column of one criterion is marked."""
    return f"{_CRITERION_KEY}{criterion_id}"


def criterion_of(target: str) -> int | None:
    """The criterion a column stands for."""
    key = target.removeprefix(_CRITERION_KEY)
    return int(key) if target.startswith(_CRITERION_KEY) and _KEY.fullmatch(key) else None


def name_criteria(criteria: Sequence[tuple[int, str]]) -> Names[int]:
    """Criteria (key, name) in their order, by what sheets call them."""
    return Names({key: criterion_names(n, name) for n, (key, name) in enumerate(criteria, 1)})


def find_head(rows: Sequence[Row], criteria: Sequence[tuple[int, str]]) -> int:
    """The number of the row with most titles that are known; the first that holds anything where none is. 0: empty."""
    filled = [row for row in rows[:HEAD_ROWS] if any(say_cell(cell) for cell in row[1])]
    if not filled:
        return 0
    names = name_criteria(criteria)
    best = max(filled, key=lambda row: sum(_is_known(say_cell(cell), names) for cell in row[1]))
    return best[0]


def _is_known(title: str, criteria: Names[int]) -> bool:
    plain = _plain(title)
    known = any(plain in titles for titles in _TITLES.values())
    return bool(plain) and (known or criteria.find(title, bare_criterion(title)) is not None)


def guess_columns(titles: Sequence[str], criteria: Sequence[tuple[int, str]]) -> dict[str, str]:
    """What each title (by its plain name) stands for; each meaning is given once.

    A sheet with a column of criteria has a column of scores; otherwise every criterion has a column of its own.
    """
    names = name_criteria(criteria)
    found: dict[str, str] = {plain_name(title): IGNORED for title in titles if title}
    own: dict[int, str] = {}
    for title in titles:
        key = names.find(title, bare_criterion(title)) if title else None
        if key is not None and key not in own:
            own[key] = plain_name(title)
    free = {_plain(title): plain_name(title) for title in reversed(titles) if title}
    is_long = not own and any(name in free for name in _TITLES[CRITERION])
    if not is_long:
        found |= {title: target_of(key) for key, title in own.items()}
    for meaning, known in _TITLES.items():
        if meaning in (CRITERION, SCORE) and (own or (meaning == CRITERION and not is_long)):
            continue
        named = [free[name] for name in known if name in free and not found[free[name]]]
        is_single = meaning == SCORE and not is_long
        if named and not is_single:
            found[named[0]] = meaning
        elif named and len(criteria) == 1:
            found[named[0]] = target_of(criteria[0][0])
    return found


def _plain(title: str) -> str:
    return " ".join(plain_name(title).replace(".", " ").replace("-", " ").replace("*", " ").split())
