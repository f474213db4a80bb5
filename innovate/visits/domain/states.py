"""What a visit is, what it may become, and what may follow from it."""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from typing import Any


class VisitState(enum.StrEnum):
    """planned → finished; a planned one may be cancelled. A finished one is locked: it is amended with a reason."""

    PLANNED = "planned"
    FINISHED = "finished"
    CANCELLED = "cancelled"


class VisitEffect(enum.StrEnum):
    """What the visitors conclude for the competition. None of them acts by itself."""

    NONE = "none"
    NOTE = "note"  # the jury reads a note from then on
    DISQUALIFY = "disqualify"  # recommended to the organizer, who decides


class Verdict(enum.StrEnum):
    """How far a point of the checklist holds on the spot."""

    MET = "met"
    PARTLY = "partly"
    UNMET = "unmet"


# From shared practice of field verification: what the proposal claims, seen where it is used.
DEFAULT_ITEMS = (
    ("Inovasi benar digunakan di lokasi", "Lihat pemakaiannya, bukan hanya paparannya."),
    ("Bukti dukung sesuai dengan yang diajukan", "Cocokkan dokumen asli dengan lampiran usulan."),
    ("Penerima manfaat membenarkan manfaatnya", "Wawancarai paling sedikit dua penerima manfaat."),
    ("Data dan angka capaian dapat ditunjukkan", "Minta sumber datanya, dan tanggal pengambilannya."),
    ("Pelaksana dan sarana tersedia", "Petugas, anggaran, dan alat yang dipakai sehari-hari."),
    ("Keberlanjutan didukung aturan dan anggaran", "Regulasi, SOP, dan rencana tahun berikutnya."),
)


def merge_answers(
    items: Sequence[tuple[str, str]], given: Mapping[str, tuple[Verdict | None, str]]
) -> list[dict[str, Any]]:
    """What is kept of the checklist: its points (key and words, in order) as they read today, with what was found."""
    found = []
    for key, label in items:
        verdict, note = given.get(key, (None, ""))
        found.append({"item": key, "label": label, "verdict": verdict.value if verdict else "", "note": note})
    return found


def list_unanswered(answers: Sequence[Mapping[str, Any]]) -> list[str]:
    """The words of the points that nobody judged yet; a visit with such points is not finished."""
    return [answer["label"] for answer in answers if not answer["verdict"]]
