"""`flask accounts …`."""

from __future__ import annotations

from flask import Flask
from flask.cli import AppGroup

accounts_cli = AppGroup("accounts", help="People and site roles.")


def register(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(accounts_cli)
