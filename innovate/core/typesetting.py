"""Official papers: a template and its data become a PDF that can be read aloud (PDF/UA-1)."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from innovate.core.apart import limit_myself, run_apart
from innovate.core.glyphs import font_folders, replace_unknown

PAPERS = Path(__file__).resolve().parents[2] / "templates" / "papers"
_SECONDS = 20
_PPI = 96


class CannotSetError(Exception):
    """No document can be made of this template and data."""


def typeset(template: str, data: Mapping[str, Any], *, at: datetime) -> bytes:
    """The PDF of `templates/papers/<template>.typ`, which finds `data` (JSON values) as text in `sys.inputs.data`.

    Data is never part of the source, so that nothing somebody wrote is a command. The same data and `at`, the instant
    that the document bears, give the same bytes. It takes a second for about a hundred pages: work for the runner.
    CannotSetError where the template does not find what it needs, or the document would not be accessible.
    """
    import typst

    try:
        made = _compile(template, data, format="pdf", pdf_standards=["ua-1"], timestamp=int(at.timestamp()))
    except typst.TypstError as error:
        raise CannotSetError(str(error)) from error
    return bytes(made)


def _compile(template: str, data: Mapping[str, Any], **options: Any) -> Any:
    import typst

    return typst.compile(
        str(PAPERS / f"{template}.typ"),
        root=str(PAPERS),
        font_paths=[str(folder) for folder in font_folders()],
        ignore_system_fonts=True,
        sys_inputs={"data": replace_unknown(json.dumps(data, ensure_ascii=False))},
        **options,
    )


def typeset_apart(template: str, data: Mapping[str, Any], *, at: datetime) -> bytes:
    """The same in a process of its own: half a second, and the web worker keeps none of the memory it takes."""
    return _apart("pdf", template, data, at)[0]


def draw_apart(template: str, data: Mapping[str, Any], *, at: datetime) -> list[bytes]:
    """Its pages as pictures (PNG), made apart too."""
    return _apart("png", template, data, at)


def _apart(way: str, template: str, data: Mapping[str, Any], at: datetime) -> list[bytes]:
    with TemporaryDirectory(prefix="innovate-paper-") as name:
        folder = Path(name)
        asked = [way, template, data, at.isoformat()]
        (folder / "asked.json").write_text(json.dumps(asked, ensure_ascii=False), encoding="utf-8")
        run_apart("innovate.core.typesetting", name, seconds=_SECONDS)
        return [path.read_bytes() for path in sorted(folder.glob("made-*"))]


def _main(name: str) -> None:
    limit_myself(_SECONDS)
    folder = Path(name)
    way, template, data, instant = json.loads((folder / "asked.json").read_text(encoding="utf-8"))
    at = datetime.fromisoformat(instant)
    made = [typeset(template, data, at=at)] if way == "pdf" else _draw(template, data)
    for number, page in enumerate(made):
        (folder / f"made-{number:03d}").write_bytes(page)


def _draw(template: str, data: Mapping[str, Any]) -> list[bytes]:
    made = _compile(template, data, format="png", ppi=_PPI)
    return [made] if isinstance(made, bytes) else list(made)


if __name__ == "__main__":
    _main(*sys.argv[1:])
