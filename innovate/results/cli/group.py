"""The group that the commands of results join."""

from __future__ import annotations

from flask import Flask
from flask.cli import AppGroup

results = AppGroup("results", help="Rankings and their proofs.")


def register(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(results)
