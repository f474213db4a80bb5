"""Reading a document from outside in a process of its own, under limits.

What reads documents is written in C, is not made for several threads at once, and may be brought down by a file; and a
small file can unfold into more memory than the machine has. Both end here with the process, not with the server.
"""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]
_MEMORY = 2 * 1024**3
_DISK = 512 * 1024**2


class ApartError(Exception):
    """The document was too much: broken, too long at work, or larger inside than there is room."""


def run_apart(module: str, *arguments: str, seconds: int) -> None:
    """`python -m module arguments`, which calls `limit_myself` first. ApartError with its last words if it fails."""
    command = [sys.executable, "-m", module, *arguments]
    try:
        done = subprocess.run(  # noqa: S603 - our own module
            command, cwd=_ROOT, timeout=seconds, capture_output=True, check=False
        )
    except subprocess.TimeoutExpired as late:
        raise ApartError from late
    if done.returncode != 0:
        raise ApartError(done.stderr.decode(errors="replace")[-500:])


def limit_myself(seconds: int) -> None:
    """From now this process may take so much time, memory and room on the disk."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_DISK, _DISK))
