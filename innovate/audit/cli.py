"""`flask audit …`: the chain and its checkpoints."""

from __future__ import annotations

from pathlib import Path

import click
from flask import Flask
from flask.cli import AppGroup

from innovate.audit import queries, services
from innovate.core import clock
from innovate.core.db import transaction
from innovate.core.errors import Refused

audit_cli = AppGroup("audit", help="The audit trail.")
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@audit_cli.command("verify")
@click.option("--checkpoint", type=_FILE, help="A checkpoint that was mailed, published or kept elsewhere.")
def verify(checkpoint: Path | None) -> None:
    """Check the whole chain and its checkpoints; exit 1 and name the first entry that does not hold."""
    try:
        kept = checkpoint.read_text(encoding="utf-8").strip() + "\n" if checkpoint else ""
        fault = queries.find_chain_fault(kept)
    except ValueError:
        raise click.ClickException(f"{checkpoint}: no checkpoint") from None
    if fault:
        click.echo(f"entry {fault.number}: {fault.reason}")
        raise SystemExit(1)
    click.echo("ok")


@audit_cli.command("checkpoint")
def checkpoint() -> None:
    """Sign the trail as it is and print the checkpoint: keep it where the database's owner cannot change it."""
    try:
        with transaction():
            text = services.make_checkpoint(at=clock.now()).text
    except Refused as refusal:
        raise click.ClickException(str(refusal)) from None
    click.echo(text, nl=False)


def register(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(audit_cli)
