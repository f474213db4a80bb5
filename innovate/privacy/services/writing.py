"""Rows as a table for spreadsheets and as a page to read."""

from __future__ import annotations

import csv
import html
import io
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from innovate.accounts.services.personal_data import Row

_RISKY = ("=", "+", "-", "@", "\t", "\r")


def as_csv(rows: Sequence[Row]) -> bytes:
    """UTF-8 with a byte order mark; what a spreadsheet would run is made harmless."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    heads = list(rows[0])
    writer.writerow(heads)
    for row in rows:
        writer.writerow([_harmless(_flat(row.get(head))) for head in heads])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _flat(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("ya") if value else _("tidak")
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(value)


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(_RISKY) else text


def as_page(titles: Mapping[str, str], parts: Mapping[str, Sequence[Row]], at: datetime) -> str:
    """Everything as one page that opens without a network; every value is escaped."""
    made = f"{at:%Y-%m-%d %H:%M} UTC"
    lead = _(
        "Salinan ini dibuat pada %(at)s. Berkas data.json memuat hal yang sama untuk dibaca program, folder "
        "tabel untuk dibuka dengan lembar kerja, folder berkas dan dokumen memuat berkas Anda.",
        at=made,
    )
    votes = _(
        "Suara publik tidak termasuk: suara disimpan tanpa nama dan tidak dapat dihubungkan kembali dengan Anda. "
        "Isi surel yang memuat kunci akun tidak disimpan sesudah terkirim."
    )
    title = _("Data pribadi Anda di Innovate")
    body = [f"<h1>{_e(title)}</h1>", f"<p>{_e(lead)}</p>", f"<p>{_e(votes)}</p>"]
    for key, rows in parts.items():
        body.append(f"<h2>{_e(titles[key])} ({len(rows)})</h2>")
        body += [_dl(row) for row in rows]
    style = "body{font:16px/1.5 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}"
    style += "dl{border-top:1px solid #999;padding-top:.5rem}dt{font-weight:600}dd{margin:0 0 .25rem 1rem;"
    style += "white-space:pre-wrap;overflow-wrap:anywhere}"
    head = f"<!doctype html><meta charset='utf-8'><title>{_e(title)}</title><style>{style}</style>"
    return head + "\n".join(body)


def _dl(row: Row) -> str:
    pairs = (
        f"<dt>{_e(key.replace('_', ' ').capitalize())}</dt><dd>{_e(_flat(value))}</dd>"
        for key, value in row.items()
        if value not in (None, "", [], {})
    )
    return f"<dl>{''.join(pairs)}</dl>"


def _e(text: str) -> str:
    return html.escape(text)
