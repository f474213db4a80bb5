"""Official papers: a template and its data become a PDF that can be read aloud (PDF/UA-1)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

PAPERS = Path(__file__).resolve().parents[2] / "templates" / "papers"


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
