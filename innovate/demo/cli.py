"""`flask demo …`: a living demo for visitors, and events of any size for measuring."""

from __future__ import annotations

import time

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from innovate.core import clock, serving
from innovate.core.db import transaction
from innovate.core.errors import DomainError
from innovate.core.web.mail_text import write_mail
from innovate.demo.domain.cast import list_sign_ins
from innovate.demo.domain.scale import Size
from innovate.demo.services import loading, scale
from innovate.impact.services.links import Links
from innovate.notifications.models import OutboxMail

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
        loading.load_demo(_write_mail, Links(current_app.config["SECRET_KEY"]), at=clock.now())
    click.echo(f"Demo loaded in {time.monotonic() - began:.1f} s.")


def _write_mail(mail: OutboxMail) -> tuple[str, str]:
    return write_mail(mail.template, mail.context, mail.locale)


@demo.command("sign-ins")
def sign_ins() -> None:
    """Print the demo's accounts and their password."""
    click.echo("\n".join(list_sign_ins()))


def _refuse_production() -> None:
    if not current_app.config["ALLOW_DEMO_ACCOUNTS"]:
        raise click.ClickException("demo accounts have a public password: they are refused in production")


@demo.command("load")
@click.option("--ideas", default=500, show_default=True, help="How many ideas.")
@click.option("--jurors", default=20, show_default=True, help="How many jurors.")
@click.option("--per-idea", default=3, show_default=True, help="Ballots of each idea.")
@click.option("--scored", default=100, show_default=True, help="Per cent of the ballots that are handed in.")
@click.option("--seed", default=1, show_default=True, help="The same seed gives the same event.")
@click.option("--slug", default="", help="Address of the event [default: skala-IDEAS-SEED].")
@click.option("--announce", is_flag=True, help="Freeze and announce the leaderboard.")
def load(ideas: int, jurors: int, per_idea: int, scored: int, seed: int, slug: str, announce: bool) -> None:
    """Make one event of any size, for measuring."""
    _refuse_production()
    size = Size(ideas, jurors, per_idea, seed, slug or f"skala-{ideas}-{seed}", scored)
    began = time.monotonic()
    try:
        loading_ = _load(size, announce=announce)
    except DomainError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"/k/{loading_.slug} loaded in {time.monotonic() - began:.1f} s; sign in as {scale.ORGANIZER}")


def _load(size: Size, *, announce: bool) -> scale.Loading:
    """Chunk by chunk, each in a transaction of its own: other writers wait for one chunk at most."""
    with transaction():
        job = scale.begin(size, at=clock.now())
    for numbers in size.chunks:
        with transaction():
            scale.load_chunk(job, numbers)
        click.echo(f"\r{numbers[-1]} of {size.ideas} ideas", nl=False, err=True)
    click.echo(err=True)
    with transaction():
        scale.finish(job, announce=announce)
    return job
