"""What the codes of tests are called, and what is wrong with a question in words."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext

from innovate.quizzes.domain.content import Code, Fault
from innovate.quizzes.domain.gain import GainClass, NoGain
from innovate.quizzes.domain.kinds import Moment, QuestionKind, Stage
from innovate.quizzes.domain.sheet import CellFault

KINDS = {
    QuestionKind.SINGLE: _l("Satu jawaban benar"),
    QuestionKind.MULTIPLE: _l("Beberapa jawaban benar"),
    QuestionKind.SCALE: _l("Skala sikap, tidak dinilai"),
    QuestionKind.SHORT: _l("Isian singkat"),
}
MOMENTS = {Moment.PRE: _l("Tes awal"), Moment.POST: _l("Tes akhir")}
STAGES = {
    Stage.DRAFT: (_l("Draf"), "draft"),
    Stage.WAITING: (_l("Belum dimulai"), "due"),
    Stage.OPEN: (_l("Dibuka"), "open"),
    Stage.CLOSED: (_l("Ditutup"), "done"),
}
CLASSES = {
    GainClass.HIGH: _l("tinggi"),
    GainClass.MEDIUM: lazy_pgettext("N-gain", "sedang"),
    GainClass.LOW: _l("rendah"),
}
NO_GAIN = {
    NoGain.FULL: _l("tidak dapat dihitung: sudah penuh sejak awal"),
    NoGain.NO_PRE: _l("tidak dapat dihitung: tes awal tidak diikuti"),
    NoGain.NO_POST: _l("tidak dapat dihitung: tes akhir tidak diikuti"),
}
PARTS = {
    "kind": _l("Jenis"),
    "text": _l("Soal"),
    "options": _l("Pilihan"),
    "right": _l("Kunci"),
    "key": _l("Kunci"),
    "accepted": _l("Jawaban yang diterima"),
    "explanation": _l("Penjelasan"),
    "points": _l("Poin"),
    "tags": _l("Label"),
}
_TEXTS: dict[Code, Any] = {
    Code.MISSING: _l("Bagian ini kosong."),
    Code.LONG: _l("Isinya terlalu panjang; paling banyak %(value)s karakter."),
    Code.FEW_OPTIONS: _l("Tulis paling sedikit dua pilihan."),
    Code.MANY_OPTIONS: _l("Paling banyak %(value)s pilihan."),
    Code.TWICE: _l("Tertulis dua kali: %(value)s"),
    Code.ONE_RIGHT: _l("Tandai tepat satu pilihan sebagai jawaban benar."),
    Code.SOME_RIGHT: _l("Tandai paling sedikit satu pilihan sebagai jawaban benar."),
    Code.NO_ANSWER: _l("Tulis jawaban yang diterima, dengan huruf atau angka."),
    Code.MANY: _l("Paling banyak %(value)s."),
    Code.POINTS: _l("Isi bilangan bulat dari 1 sampai %(value)s."),
    Code.KIND: _l("“%(value)s” bukan jenis soal. Tulis tunggal, majemuk, skala, atau isian."),
    Code.UNKNOWN_RIGHT: _l("“%(value)s” bukan huruf pilihan yang terisi."),
}
_TWICE = _l("Dua pilihan berbunyi sama.")
_NO_COLUMN = _l("Kolom ini tidak ada dalam lembar.")
_EMPTY = _l("Tidak ada baris di bawah judul kolom.")


def say_fault(fault: Fault) -> str:
    """The sentence of one fault, without its place."""
    if fault.code is Code.TWICE and not fault.value:
        return str(_TWICE)
    return str(_TEXTS[fault.code]) % {"value": fault.value}


def say_cell(found: CellFault) -> tuple[str, str, str]:
    """Place as a spreadsheet calls it (`C17`), the part, and what is wrong."""
    part = str(PARTS.get(found.fault.part, found.fault.part))
    if found.column is None and found.fault.code is Code.MISSING:
        return (
            str(found.row),
            part,
            str(_EMPTY if found.fault.part == "text" and found.row == 1 else _NO_COLUMN),
        )
    letters, column = "", 0 if found.column is None else found.column + 1
    while column:
        column, digit = divmod(column - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return f"{letters}{found.row}", part, say_fault(found.fault)
