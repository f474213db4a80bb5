"""What a test needs from the machine: absent on a laptop it skips, absent in CI it fails."""

from __future__ import annotations

import os
from typing import NoReturn

import pytest


def in_ci() -> bool:
    """Whether this is a run in which nothing may be skipped."""
    return os.environ.get("CI", "").lower() not in {"", "0", "false"}


def missing(what: str, packages: str) -> NoReturn:
    """Say what is missing and how to install it; skip on a laptop, fail in CI."""
    message = f"{what} was not found; on Debian or Ubuntu: sudo apt-get install {packages}"
    if in_ci():
        pytest.fail(message, pytrace=False)
    pytest.skip(message)
