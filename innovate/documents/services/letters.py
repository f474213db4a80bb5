"""What every paper of an event has: letterhead, signers, and its text filled in. Official papers are Indonesian."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from innovate.accounts.domain.nip import Nip, parse
from innovate.documents.domain.blanks import fill, fill_lines
from innovate.documents.domain.dates import spell_date, write_date, write_weekday
from innovate.documents.domain.texts import ONE_LINE, PARTS
from innovate.documents.models import PaperSettings
from innovate.documents.queries.texts import Wording

Table = dict[str, Any]
Facts = Mapping[str, str]


class Occasion(Protocol):
    """What papers are of: an event, or an activity that belongs to none."""

    @property
    def name(self) -> str:
        """What it is called."""

    @property
    def zone(self) -> str:
        """Where it is held."""


def list_facts(event: Occasion, settings: PaperSettings, at: datetime) -> dict[str, str]:
    """What every text may name. `at`: when the paper is written."""
    day = at.astimezone(ZoneInfo(event.zone)).date()
    return {
        "nama_kegiatan": event.name,
        "penyelenggara": settings.institution,
        "tempat_penetapan": settings.place,
        "tahun": str(day.year),
        "tanggal": write_date(day),
        "tanggal_panjang": write_weekday(day),
        "tanggal_angka": f"{day:%d-%m-%Y}",
        "tanggal_terbilang": spell_date(day),
    }


def write_letter(
    event: Occasion, settings: PaperSettings, wording: Wording, facts: Facts, *, with_nip: bool
) -> dict[str, Any]:
    """The common data of a paper and its text. NIP stands only on papers that stay within the committee."""
    parts = {name: _write(name, wording.parts.get(name, ""), facts) for name in PARTS if name != "pattern"}
    if not str(parts["title"]).strip():  # its placeholders had no value: no paper can be set without one
        parts["title"] = fill(wording.form.house["title"], facts)
    copies = parts.pop("copies") or _lines(settings.copies)
    return {
        **parts,
        "lang": "id",
        "running": parts["title"],
        "event": event.name,
        "host": settings.institution,
        "head": {
            "government": settings.government.upper(),
            "institution": settings.institution.upper(),
            "address": settings.address,
            "logo_key": settings.logo_key or "",
        },
        "place": settings.place,
        "signers": [_signer(each, with_nip=with_nip) for each in _signers(settings, wording)],
        "named": bool(wording.signers),
        "copies": copies,
        "text": {"name": wording.text.value, "version": wording.version},
        "words": {"page": "Halaman", "of": "dari", "none": "Tidak ada."},
    }


def _write(name: str, text: str, facts: Facts) -> str | list[str]:
    return fill(text, facts) if name in ONE_LINE else fill_lines(text, facts)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _signers(settings: PaperSettings, wording: Wording) -> Sequence[Mapping[str, str]]:
    own = {
        "name": settings.signer_name,
        "position": settings.signer_position,
        "nip": settings.signer_nip,
    }
    return wording.signers or (own,)


def _signer(signer: Mapping[str, str], *, with_nip: bool) -> dict[str, str]:
    """One signer as printed: `position` in full, `behalf` above it where it is signed for somebody else."""
    prefix, position, own = (signer.get(name, "") for name in ("prefix", "position", "own"))
    behalf = f"a.n. {position}" if prefix == "a.n." and own else ""
    title = own if behalf else f"{prefix} {position}".strip()
    nip = signer.get("nip", "") if with_nip else ""
    return {"name": signer.get("name", ""), "behalf": behalf, "position": title, "nip": write_nip(nip)}


def write_nip(digits: str) -> str:
    """`NIP 19860926 201505 1 001` or `NI PPPK …`; empty without a number."""
    found = parse(digits) if digits else None
    if isinstance(found, Nip):
        return f"{found.label} {found.shown}"
    return f"NIP {digits}" if digits else ""


def show_nip(digits: str) -> str:
    """The number alone in its groups, a dash for none."""
    found = parse(digits) if digits else None
    return found.shown if isinstance(found, Nip) else digits or "–"


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
