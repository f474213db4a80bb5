"""The one-file `verify.py` of a bundle, joined from the modules of `verifier`."""

from __future__ import annotations

import ast
from importlib.resources import files

PARTS = ("proofs", "files", "manifest", "reml", "spread", "scores", "pools", "ranks", "whole")
_HEAD = '''#!/usr/bin/env python3
"""Recompute a published result: `python verify.py BUNDLE.zip --key PUBLIC.txt`. Needs Python 3.11, numpy and scipy.

Part of every bundle and independent of the program that made it. It says what it checked and what a summary does not
let it check. Exit status 0: everything agrees, 1: the first thing that differs is named, 2: the files cannot be read.
"""

from __future__ import annotations

'''


def write_script() -> bytes:
    """The script: every outside import once, then each module's own lines, its comments included."""
    folder = files("innovate.results.domain.bundle.verifier")
    whole: set[str] = set()
    names: dict[str, set[str]] = {}
    bodies = []
    for part in PARTS:
        source = (folder / f"{part}.py").read_text(encoding="utf-8")
        heads = [node for node in ast.parse(source).body if isinstance(node, ast.Import | ast.ImportFrom)]
        for node in heads:
            if isinstance(node, ast.Import):
                whole.add(ast.unparse(node))
            elif not str(node.module).startswith(("innovate.", "__future__")):
                names.setdefault(str(node.module), set()).update(alias.name for alias in node.names)
        after = max(node.end_lineno or 0 for node in heads)
        bodies.append("\n".join(source.splitlines()[after:]).strip())
    chosen = [f"from {module} import {', '.join(sorted(found))}" for module, found in sorted(names.items())]
    lines = [*sorted(whole), *chosen]
    return (_HEAD + "\n".join(lines) + "\n\n\n" + "\n\n\n".join(bodies) + "\n").encode()
