"""Sentences for the organizer about a fit, its fallbacks and its flags."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from innovate.results.domain.fair.codes import Flag, FlagCode, Note, NoteCode
from innovate.results.words.numbers import MOST_NAMES, names, number, percent

Values = Mapping[str, Any]


def say_note(note: Note) -> str:
    """A note as a plain sentence."""
    return _NOTES[note.code](note.values)


def say_flag(flag: Flag) -> str:
    """A flag as a question, without the juror's name: whoever may know it shows it beside."""
    return _FLAGS[flag.code](flag)


def pairs(values: Any) -> str:
    """Ballots as `idea – juror`."""
    return names([f"{idea} – {juror}" for idea, juror in values])


def _separate(values: Values) -> str:
    if not values.get("bridges"):
        return _(
            "Juri dan karya terbagi dalam %(count)s kelompok yang tidak terhubung oleh satu penilaian pun, jadi "
            "peringkat dihitung di dalam setiap kelompok.",
            count=values["groups"],
        )
    return _(
        "Juri dan karya terbagi dalam %(count)s kelompok yang tidak terhubung oleh satu penilaian pun, jadi peringkat "
        "dihitung di dalam setiap kelompok. Penilaian tambahan berikut akan menghubungkannya: %(pairs)s.",
        count=values["groups"],
        pairs=pairs(values["bridges"]),
    )


def _brackets(values: Values) -> str:
    shown = " | ".join(names(group) for group in list(values["groups"])[:MOST_NAMES])
    return _(
        "Peringkat di dalam satu kelompok belum dapat dibedakan dengan jumlah penilaian yang ada: %(groups)s.",
        groups=shown,
    )


def _reliability(values: Values) -> str:
    return _(
        "Keandalan dari 0 sampai 1: satu penilaian %(single)s; rata-rata %(k)s penilaian %(mean)s; nilai adilnya "
        "%(adjusted)s. Dewan juri ide biasanya mencapai 0,2 sampai 0,5; penilaian tambahan menaikkannya.",
        single=number(values["single"], 2),
        mean=number(values["mean"], 2),
        adjusted=number(values["adjusted"], 2),
        k=number(values["k"]),
    )


_NOTES: dict[NoteCode, Callable[[Values], str]] = {
    NoteCode.NOT_JUDGED: lambda values: ngettext(
        "%(num)s karya belum dinilai dan didaftar terpisah: %(names)s.",
        "%(num)s karya belum dinilai dan didaftar terpisah: %(names)s.",
        values["count"],
        names=names(values["ideas"]),
    ),
    NoteCode.INCOMPLETE: lambda values: ngettext(
        "%(num)s penilaian belum lengkap dan tidak dihitung: %(pairs)s.",
        "%(num)s penilaian belum lengkap dan tidak dihitung: %(pairs)s.",
        values["count"],
        pairs=pairs(values["ballots"]),
    ),
    NoteCode.ONE_BALLOT_EACH: lambda _values: _(
        "Setiap karya hanya dinilai satu juri, jadi ketegasan juri tidak dapat dibedakan dari mutu karya. Yang tampil "
        "adalah nilai apa adanya, tanpa rentang."
    ),
    NoteCode.SEPARATE_GROUPS: _separate,
    NoteCode.ALL_EQUAL: lambda _values: _("Semua penilaian sama, jadi semua karya berbagi peringkat."),
    NoteCode.SMALL_SEVERITY: lambda values: _(
        "Ketegasan juri hampir sama (%(share)s dari perbedaan antarpenilaian); rata-rata biasa sudah memadai.",
        share=percent(values["share"]),
    ),
    NoteCode.COMPLETE: lambda _values: _(
        "Setiap juri menilai setiap karya, jadi nilai adil sama dengan rata-rata."
    ),
    NoteCode.UNCERTAIN: lambda values: _(
        "Penyesuaian belum pasti: %(jurors)s juri, %(degrees)s derajat bebas sisa.",
        jurors=values["jurors"],
        degrees=values["degrees"],
    ),
    NoteCode.NO_INTERVALS: lambda _values: _(
        "Penilaian terlalu sedikit untuk mengatakan seberapa pasti nilainya."
    ),
    NoteCode.SPREAD_TOO_FEW: lambda values: _(
        "Lebar penilaian juri berikut tidak dihitung karena penilaiannya kurang dari delapan: %(names)s.",
        names=names(values["jurors"]),
    ),
    NoteCode.SPREAD_ALIKE: lambda _values: _(
        "Para juri memakai skala dengan cara yang sama, jadi hasilnya sama dengan nilai adil."
    ),
    NoteCode.RELIABILITY: _reliability,
    NoteCode.NOT_SEPARATED: _brackets,
    NoteCode.PRIOR: lambda _values: _(
        "Ada yang belum pernah kalah atau belum pernah menang atas yang lain, jadi kemampuannya ditahan oleh anggapan "
        "awal bahwa semuanya setara."
    ),
}


def _outlier(flag: Flag) -> str:
    points = flag.values["points"]
    values = {"idea": flag.idea, "points": number(abs(points))}
    if points < 0:
        return _("Apakah penilaian %(idea)s memang %(points)s poin di bawah dugaan?", **values)
    return _("Apakah penilaian %(idea)s memang %(points)s poin di atas dugaan?", **values)


def _own_unit(flag: Flag) -> str:
    values = {"points": number(abs(flag.values["points"])), "count": flag.values["ballots"]}
    if flag.values["points"] < 0:
        return _(
            "Dewan juri menilai %(count)s karya dari unit kerjanya sendiri %(points)s poin lebih rendah.",
            **values,
        )
    return _(
        "Dewan juri menilai %(count)s karya dari unit kerjanya sendiri %(points)s poin lebih tinggi.",
        **values,
    )


_FLAGS: dict[FlagCode, Callable[[Flag], str]] = {
    FlagCode.IDENTICAL: lambda flag: _(
        "%(share)s dari %(count)s penilaian juri ini sama persis. Apakah memang demikian?",
        share=percent(flag.values["share"]),
        count=flag.values["ballots"],
    ),
    FlagCode.STRAIGHT: lambda flag: _(
        "Pada %(share)s dari %(count)s penilaian juri ini semua kriteria bernilai sama. Apakah memang demikian?",
        share=percent(flag.values["share"]),
        count=flag.values["ballots"],
    ),
    FlagCode.REVERSED: lambda _flag: _(
        "Nilai juri ini turun bila nilai juri lain naik. Apakah skalanya terbaca terbalik?"
    ),
    FlagCode.UNRELATED: lambda _flag: _(
        "Nilai juri ini kurang sejalan dengan nilai juri lain dibanding biasanya. Apakah kriterianya dibaca sama?"
    ),
    FlagCode.OUTLIER: _outlier,
    FlagCode.OWN_UNIT: _own_unit,
    FlagCode.WEIGHTS: lambda flag: _(
        "Bobot berjumlah %(sum)s, bukan 100; bobot dihitung sebanding.", sum=number(flag.values["sum"], 2)
    ),
    FlagCode.COVERAGE: lambda flag: _(
        "%(idea)s baru dinilai %(count)s dari %(wanted)s juri.",
        idea=flag.idea,
        count=flag.values["ballots"],
        wanted=flag.values["wanted"],
    ),
}
