"""Days as official Indonesian writes them, whatever language the reader uses."""

from __future__ import annotations

from datetime import date

from innovate.documents.domain.numerals import spell

DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)


def write_date(day: date) -> str:
    """`27 November 2026`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def write_weekday(day: date) -> str:
    """`Jumat, 27 November 2026`."""
    return f"{DAYS[day.weekday()]}, {write_date(day)}"


def spell_date(day: date) -> str:
    """`Jumat tanggal dua puluh tujuh bulan November tahun dua ribu dua puluh enam`, for a berita acara."""
    month = MONTHS[day.month - 1]
    return f"{DAYS[day.weekday()]} tanggal {spell(day.day)} bulan {month} tahun {spell(day.year)}"


def write_span(first: date, last: date) -> str:
    """`Senin, 23 November 2026`, or `Senin, 23 November 2026 sampai dengan Rabu, 25 November 2026`."""
    return (
        write_weekday(first)
        if first == last
        else f"{write_weekday(first)} sampai dengan {write_weekday(last)}"
    )
