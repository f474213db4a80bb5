"""What every paper of an event has: letterhead, signer, and the words around it. Official papers are Indonesian."""

from __future__ import annotations

from typing import Any

from innovate.documents.models import PaperSettings
from innovate.events.models import Event

Table = dict[str, Any]


def write_letter(event: Event, settings: PaperSettings, title: str, *, with_nip: bool) -> dict[str, Any]:
    """The common data of a paper. NIP stands only on papers that stay within the committee."""
    return {
        "lang": "id",
        "title": title,
        "running": title,
        "event": event.name,
        "host": settings.institution,
        "head": {
            "government": settings.government.upper(),
            "institution": settings.institution.upper(),
            "address": settings.address,
        },
        "place": settings.place,
        "signer": {
            "name": settings.signer_name,
            "position": settings.signer_position,
            "nip": settings.signer_nip if with_nip else "",
        },
        "copies": [line.strip() for line in settings.copies.splitlines() if line.strip()],
        "words": {"page": "Halaman", "of": "dari", "none": "Tidak ada."},
    }


def write_table(
    heads: list[str], rows: list[list[str]], widths: list[str], aligns: str, title: str = ""
) -> Table:
    """A table as `_paper.typ` prints it."""
    return {
        "title": title,
        "heads": heads,
        "rows": rows,
        "widths": widths,
        "aligns": list(aligns),
        "note": "",
    }
