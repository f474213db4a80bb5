"""`flask audit verify`."""

from __future__ import annotations

import click
from flask import Flask
from flask.cli import AppGroup

from innovate.audit import queries

audit_cli = AppGroup("audit", help="The audit trail.")


@audit_cli.command("verify")
def verify() -> None:
    """Check the whole chain; exit 1 and name the first entry that does not hold."""
    fault = queries.find_chain_fault()
    if fault:
        click.echo(f"entry {fault.number}: {fault.reason}")
        raise SystemExit(1)
    click.echo("ok")


def register(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(audit_cli)
