"""Parts of a profile and rules of eligibility in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from flask_babel import format_date, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from innovate.events.domain.eligibility import RuleKind
from innovate.events.domain.meanings import Meaning
from innovate.events.domain.months import latest_start

MEANINGS: dict[Meaning, Any] = {
    Meaning.EXPANSION: _l("Kepanjangan nama inovasi"),
    Meaning.TRIAL_START: _l("Mulai uji coba"),
    Meaning.USE_START: _l("Mulai penerapan"),
    Meaning.ORIGIN: _l("Asal gagasan"),
    Meaning.INITIATOR: _l("Inisiator"),
    Meaning.FORM: _l("Bentuk"),
    Meaning.NATURE: _l("Jenis"),
    Meaning.STAGE: _l("Tahapan"),
    Meaning.SECTOR: _l("Urusan utama"),
    Meaning.RELATED_SECTORS: _l("Urusan beririsan"),
    Meaning.SDG: _l("TPB"),
    Meaning.THEME: _l("Tema daerah"),
}
RULES: dict[RuleKind, Any] = {
    RuleKind.MINIMUM_AGE: _l("Umur paling sedikit"),
    RuleKind.MAXIMUM_AGE: _l("Umur paling banyak"),
    RuleKind.FORMER_WINNER: _l("Belum pernah menjadi pemenang"),
    RuleKind.LETTERS: _l("Surat yang wajib ada"),
    RuleKind.SAME_TITLE: _l("Judul tidak diajukan dua kali"),
    RuleKind.MINIMUM_WORDS: _l("Jawaban bukan pengisi tempat"),
    RuleKind.ASN_ONLY: _l("Semua anggota tim ASN"),
}
BEGINNINGS: dict[str, Any] = {
    Meaning.USE_START.value: _l("Penerapan"),
    Meaning.TRIAL_START.value: _l("Uji coba"),
}


def say_day(day: date | str) -> str:
    """`18 Oktober 2026`; also of an ISO text."""
    value = date.fromisoformat(day) if isinstance(day, str) else day
    return str(format_date(value, "d MMMM y"))


def say_rule(
    kind: RuleKind, parameters: Mapping[str, Any], *, labels: Mapping[str, str], closing: date | None
) -> str:
    """What a rule asks, with its numbers. `labels`: names of the form's fields by key; `closing`: the last day."""
    return _SENTENCES[kind](parameters, labels, closing)


_Sentence = Callable[[Mapping[str, Any], Mapping[str, str], date | None], str]


def _minimum_age(asked: Mapping[str, Any], _labels: Mapping[str, str], closing: date | None) -> str:
    numbers = {"since": BEGINNINGS[asked["since"]], "months": asked["months"]}
    if closing is None:
        return _(
            "%(since)s sudah berjalan paling sedikit %(months)s bulan saat pengajuan ditutup.", **numbers
        )
    return _(
        "%(since)s sudah berjalan paling sedikit %(months)s bulan pada %(closing)s: mulai paling lambat %(latest)s.",
        closing=say_day(closing),
        latest=say_day(latest_start(closing, asked["months"])),
        **numbers,
    )


def _maximum_age(asked: Mapping[str, Any], _labels: Mapping[str, str], _closing: date | None) -> str:
    return _(
        "%(since)s berjalan paling lama %(months)s bulan saat pengajuan ditutup.",
        since=BEGINNINGS[asked["since"]],
        months=asked["months"],
    )


def _former_winner(asked: Mapping[str, Any], _labels: Mapping[str, str], _closing: date | None) -> str:
    values = {
        "whose": _("unit pengusul, unit induknya, atau unit di bawahnya")
        if asked["family"]
        else _("unit pengusul"),
        "ranks": _("peringkat 1")
        if asked["ranks"] == 1
        else _("peringkat 1 sampai %(rank)s", rank=asked["ranks"]),
        "years": ngettext("%(num)s tahun terakhir", "%(num)s tahun terakhir", asked["years"]),
    }
    if asked["any_title"]:
        return _("Tidak ada inovasi dari %(whose)s yang meraih %(ranks)s dalam %(years)s.", **values)
    return _("Inovasi serupa dari %(whose)s tidak meraih %(ranks)s dalam %(years)s.", **values)


def _letters(asked: Mapping[str, Any], labels: Mapping[str, str], _closing: date | None) -> str:
    names = [labels[key] for key in asked["fields"] if key in labels]
    return _("Berkas ini terlampir: %(names)s.", names=", ".join(names) or "–")


def _same_title(_asked: Mapping[str, Any], _labels: Mapping[str, str], _closing: date | None) -> str:
    return _("Tidak ada usulan lain dengan judul yang sama dalam kompetisi ini.")


def _minimum_words(asked: Mapping[str, Any], _labels: Mapping[str, str], _closing: date | None) -> str:
    return _(
        "Setiap teks panjang yang diisi memuat paling sedikit %(words)s kata.", words=asked["least_words"]
    )


def _asn_only(_asked: Mapping[str, Any], _labels: Mapping[str, str], _closing: date | None) -> str:
    return _("Semua anggota tim berstatus ASN pada profilnya.")


_SENTENCES: dict[RuleKind, _Sentence] = {
    RuleKind.MINIMUM_AGE: _minimum_age,
    RuleKind.MAXIMUM_AGE: _maximum_age,
    RuleKind.FORMER_WINNER: _former_winner,
    RuleKind.LETTERS: _letters,
    RuleKind.SAME_TITLE: _same_title,
    RuleKind.MINIMUM_WORDS: _minimum_words,
    RuleKind.ASN_ONLY: _asn_only,
}
