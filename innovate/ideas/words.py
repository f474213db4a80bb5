"""What the rules of eligibility found, in the reader's language and with the numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from innovate.events.words import BEGINNINGS, say_day
from innovate.ideas.domain.eligibility.answers import Answer

_Values = Mapping[str, Any]


def say_answer(answer: Answer) -> str:
    """One rule's answer as a sentence."""
    return _SENTENCES[answer.code](answer.values)


def _numbers(values: _Values) -> dict[str, Any]:
    return {
        "since": BEGINNINGS[values["since"]],
        "day": say_day(values["day"]),
        "closing": say_day(values["closing"]),
        "months": values["months"],
        "asked": values["asked"],
    }


def _young(values: _Values) -> str:
    return _(
        "%(since)s sejak %(day)s; pada %(closing)s baru %(months)s bulan dari %(asked)s yang diminta.",
        **_numbers(values),
    )


def _old_enough(values: _Values) -> str:
    return _(
        "%(since)s sejak %(day)s; pada %(closing)s sudah %(months)s bulan, diminta paling sedikit %(asked)s.",
        **_numbers(values),
    )


def _old(values: _Values) -> str:
    return _(
        "%(since)s sejak %(day)s; pada %(closing)s sudah lebih dari %(asked)s bulan yang diperbolehkan.",
        **_numbers(values),
    )


def _young_enough(values: _Values) -> str:
    return _(
        "%(since)s sejak %(day)s; pada %(closing)s %(months)s bulan, diperbolehkan paling banyak %(asked)s.",
        **_numbers(values),
    )


def _ahead(values: _Values) -> str:
    return _("%(since)s baru mulai %(day)s, sesudah pengajuan ditutup %(closing)s.", **_numbers(values))


def _no_day(values: _Values) -> str:
    return _("%(since)s: tanggal mulainya belum diisi.", since=BEGINNINGS[values["since"]])


def _no_field(values: _Values) -> str:
    return _(
        "%(since)s: formulir tidak menanyakan tanggal mulainya, jadi sekretariat yang memeriksa.",
        since=BEGINNINGS[values["since"]],
    )


def _won(values: _Values) -> str:
    what = values["award"] or _("peringkat %(rank)s", rank=values["rank"])
    return _(
        "“%(title)s” sudah meraih %(what)s dalam %(event)s tahun %(year)s.",
        title=values["title"],
        what=what,
        event=values["event"],
        year=values["year"],
    )


def _never_won(values: _Values) -> str:
    return ngettext(
        "Tidak ada kemenangan serupa dalam %(num)s tahun terakhir.",
        "Tidak ada kemenangan serupa dalam %(num)s tahun terakhir.",
        values["years"],
    )


def _missing(values: _Values) -> str:
    return _("Belum terlampir: %(names)s.", names=", ".join(values["labels"]))


def _there(values: _Values) -> str:
    return _("Terlampir: %(names)s.", names=", ".join(values["labels"]))


def _few_words(values: _Values) -> str:
    parts = ", ".join(f"{label} ({words})" for label, words in values["parts"])
    return _(
        "Diminta paling sedikit %(asked)s kata; masih kurang: %(parts)s.", asked=values["asked"], parts=parts
    )


def _no_words(values: _Values) -> str:
    return _("Belum diisi: %(names)s.", names=", ".join(values["labels"]))


def _enough_words(values: _Values) -> str:
    return _("Setiap teks panjang yang diisi memuat paling sedikit %(words)s kata.", words=values["asked"])


def _taken(values: _Values) -> str:
    return ngettext(
        "Sudah ada %(num)s usulan lain dengan judul yang sama dalam kompetisi ini.",
        "Sudah ada %(num)s usulan lain dengan judul yang sama dalam kompetisi ini.",
        values["count"],
    )


def _not_asn(values: _Values) -> str:
    return ngettext(
        "%(num)s anggota tim belum tercatat sebagai ASN pada profilnya.",
        "%(num)s anggota tim belum tercatat sebagai ASN pada profilnya.",
        values["count"],
    )


_SENTENCES: dict[str, Callable[[_Values], str]] = {
    "young": _young,
    "old_enough": _old_enough,
    "old": _old,
    "young_enough": _young_enough,
    "ahead": _ahead,
    "no_day": _no_day,
    "no_field": _no_field,
    "no_closing": lambda _values: _("Jadwal pengajuan belum ditetapkan."),
    "won": _won,
    "never_won": _never_won,
    "no_unit": lambda _values: _("Tim tidak mewakili unit kerja, jadi sekretariat yang memeriksa."),
    "no_title": lambda _values: _("Judul belum diisi."),
    "letters_missing": _missing,
    "letters_there": _there,
    "no_letters": lambda _values: _("Isian suratnya sudah tidak ada dalam formulir."),
    "title_taken": _taken,
    "title_free": lambda _values: _("Tidak ada usulan lain dengan judul yang sama dalam kompetisi ini."),
    "few_words": _few_words,
    "no_words": _no_words,
    "enough_words": _enough_words,
    "not_asn": _not_asn,
    "all_asn": lambda _values: _("Semua anggota tim berstatus ASN pada profilnya."),
}
