"""Commands of the plumbing: catalogues."""

from __future__ import annotations

import click
from flask import Flask
from flask.cli import AppGroup

from innovate.core import catalogues

i18n = AppGroup("i18n", help="Translation catalogues.")


def register(app: Flask) -> None:
    """Add the plumbing's commands to the application."""
    app.cli.add_command(i18n)


@i18n.command("extract")
@click.argument("feature", type=click.Choice(catalogues.list_features()))
def extract(feature: str) -> None:
    """Print every text of a feature with where it stands in translation."""
    kept = catalogues.read(feature)
    for message in catalogues.extract(feature):
        if message.id:
            known = kept.get(message.id, message.context)
            click.echo(f"{message.id!r} -> {known.string if known else None!r}")


@i18n.command("update")
@click.argument("features", nargs=-1, type=click.Choice(catalogues.list_features()))
def update(features: tuple[str, ...]) -> None:
    """Add new texts to the catalogues with an empty translation and drop those no longer used."""
    for feature in features or catalogues.list_features():
        if catalogues.update(feature):
            click.echo(f"updated {catalogues.catalogue_path(feature).relative_to(catalogues.ROOT)}")


@i18n.command("compile")
def compile_() -> None:
    """Make the binary catalogues the application reads."""
    written = catalogues.compile_all()
    click.echo(f"{len(written)} catalogues compiled")


@i18n.command("check")
def check() -> None:
    """Fail if a text is untranslated, unused, fuzzy or translated in two ways."""
    found = catalogues.problems()
    for problem in found:
        click.echo(str(problem), err=True)
    if found:
        raise click.exceptions.Exit(1)
    click.echo("catalogues are complete")
