"""Compiled templates of a run: every process that is started for a test finds what another compiled."""

from __future__ import annotations

import os
import shutil
import tempfile

_NAME = "TEST_TEMPLATES"


def share_templates() -> None:
    """Begin with none; the workers and the products they start inherit the place."""
    os.environ[_NAME] = tempfile.mkdtemp(prefix="innovate-templates-")


def forget_templates() -> None:
    """At the run's end."""
    shutil.rmtree(os.environ.pop(_NAME, ""), ignore_errors=True)


def shared_templates() -> str:
    """The folder; empty outside a run of pytest."""
    return os.environ.get(_NAME, "")
