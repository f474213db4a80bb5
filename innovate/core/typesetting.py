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

PAPERS = Path(__file__).resolve().parents[2] / "templates" / "papers"
_SECONDS = 20


def typeset(template: str, data: Mapping[str, Any], *, at: datetime) -> bytes:
    """The PDF of `templates/papers/<template>.typ`, which finds `data` (JSON values) as text in `sys.inputs.data`.

    Data is never part of the source, so that nothing somebody wrote is a command. The same data and `at`, the instant
    that the document bears, give the same bytes. It takes a second for about a hundred pages: work for the runner.
    """
    import fontpkg_inter
    import typst

    fonts = Path(fontpkg_inter.__file__).parent / "files"
    made = typst.compile(
        str(PAPERS / f"{template}.typ"),
        root=str(PAPERS),
        font_paths=[str(fonts)],
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards=["ua-1"],
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        timestamp=int(at.timestamp()),
    )
    return bytes(made)


def typeset_apart(template: str, data: Mapping[str, Any], *, at: datetime) -> bytes:
    """The same in a process of its own: half a second, and the web worker keeps none of the memory it takes."""
    with TemporaryDirectory(prefix="innovate-paper-") as folder:
        asked, made = Path(folder) / "asked.json", Path(folder) / "made.pdf"
        asked.write_text(json.dumps([template, data, at.isoformat()], ensure_ascii=False), encoding="utf-8")
        run_apart("innovate.core.typesetting", str(asked), str(made), seconds=_SECONDS)
        return made.read_bytes()


def _main(asked: str, made: str) -> None:
    limit_myself(_SECONDS)
    template, data, at = json.loads(Path(asked).read_text(encoding="utf-8"))
    Path(made).write_bytes(typeset(template, data, at=datetime.fromisoformat(at)))


if __name__ == "__main__":
    _main(*sys.argv[1:])
