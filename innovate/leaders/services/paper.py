"""The sections as data for `templates/papers/leaders.typ`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from flask_babel import get_locale
from flask_babel import gettext as _

from innovate.core.web.localisation import show_datetime
from innovate.leaders.domain.shapes import Picture, Section
from innovate.leaders.queries.frame import Frame
from innovate.leaders.words import CLASSES


def write_paper(frame: Frame, sections: Sequence[Section], at: datetime) -> Mapping[str, Any]:
    """Everything the template prints."""
    title = _("Ringkasan pimpinan %(year)s", year=frame.year)
    chosen = str(CLASSES[frame.unit_class]) if frame.unit_class else _("Semua jenis unit")
    return {
        "lang": str(get_locale() or "id"),
        "title": title,
        "running": title,
        "event": chosen,
        "host": _("Pemerintah Kota Pontianak"),
        "made": _("%(units)s. Keadaan data %(at)s.", units=chosen, at=show_datetime(at)),
        "words": {
            "page": _("Halaman"),
            "of": _("dari"),
            "none": _("Tidak ada."),
            "fingerprint": _("Disusun %(at)s", at=show_datetime(at)),
            "notes": _("Yang perlu diketahui"),
        },
        "sections": [_write_section(section) for section in sections],
    }


def _write_section(section: Section) -> dict[str, Any]:
    return {
        "title": section.title,
        "finding": section.finding,
        "figures": [[figure.text, figure.label] for figure in section.figures],
        "pictures": [_write_picture(picture) for picture in section.pictures],
        "notes": list(section.notes),
    }


def _write_picture(picture: Picture) -> dict[str, Any]:
    """A table whose rows carry the length of their bar, 0 to 1 (none without values)."""
    drawn = picture.kind != "table"
    lengths = [round((row.value or 0) / picture.top, 4) if drawn else None for row in picture.rows]
    return {
        "caption": picture.caption,
        "heads": list(picture.heads),
        "rows": [list(row) for row in picture.table],
        "lengths": lengths,
    }
