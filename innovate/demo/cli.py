"""`flask demo …`: a living demo for visitors, and events of any size for measuring."""

from __future__ import annotations

import time

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from innovate.core import clock, serving
from innovate.core.db import transaction
from innovate.demo.domain.cast import list_sign_ins
from innovate.demo.services import loading

demo = AppGroup("demo", help="Demo data.")


def register(app: Flask) -> None:
    """Add the commands, and the sign-ins below the address that `flask serve` prints."""
    app.cli.add_command(demo)
    serving.add_notes(app, _notes)


def _notes() -> list[str]:
    return ["", *list_sign_ins()] if loading.has_demo_accounts() else []


@demo.command("load-if-empty")
def load_if_empty() -> None:
    """Fill an empty database with the demo; leave any other as it is."""
    _refuse_production()
    if not loading.is_empty():
        click.echo("The database has accounts already: the demo is not loaded.")
        return
    began = time.monotonic()
    with transaction():
        loading.load_demo(at=clock.now())
    click.echo(f"Demo loaded in {time.monotonic() - began:.1f} s.")


@demo.command("sign-ins")
def sign_ins() -> None:
    """Print the demo's accounts and their password."""
    click.echo("\n".join(list_sign_ins()))


def _refuse_production() -> None:
    if not current_app.config["ALLOW_DEMO_ACCOUNTS"]:
        raise click.ClickException("demo accounts have a public password: they are refused in production")
