"""The group that the commands of ideas join."""

from __future__ import annotations

from flask import Flask
from flask.cli import AppGroup

ideas = AppGroup("ideas", help="Entries and what they share.")


def register(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(ideas)
