"""What everybody could see and no longer may: pages kept in memory from before must not be served again.

Every process keeps pages of its own, so the word is passed by a small file of the installation that grows by a byte
with each withdrawal. Whoever keeps pages compares its size; no process need know of another.
"""

from __future__ import annotations

import logging
from pathlib import Path

from flask import current_app

from innovate.core.db import after_commit

_FILE = "withdrawn"
log = logging.getLogger(__name__)


def path_of(instance: str) -> Path:
    """The file of an installation."""
    return Path(instance) / _FILE


def count(path: Path) -> int:
    """How often something was withdrawn; 0 while the file is missing."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def withdraw() -> None:
    """Once this transaction is durable no kept page is served again, in whatever process."""
    after_commit(_tell)


def _tell() -> None:
    path = path_of(current_app.config["INSTANCE_PATH"])
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab") as file:
            file.write(b".")
    except OSError:
        log.warning("could not write %s: withdrawn pages may be seen for PAGE_CACHE_SECONDS more", path)
