"""`flask results bundle | verify | keys | rotate-key`."""

from __future__ import annotations

from pathlib import Path

import click

from innovate.audit.services import rotate_key
from innovate.core import clock, storage
from innovate.core.db import transaction
from innovate.core.errors import DomainError
from innovate.events.queries import get_actor
from innovate.results.cli.group import results
from innovate.results.domain.bundle.inputs import Publication
from innovate.results.queries.boards import list_boards
from innovate.results.queries.proofs import load_proofs, write_public_keys
from innovate.results.services.publishing import publish_bundle

_KINDS = click.Choice([kind.value for kind in Publication])


@results.command("bundle")
@click.argument("event")
@click.option(
    "--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The archive to write."
)
@click.option("--round", "number", type=int, help="Default: the last round with a frozen ranking.")
@click.option("--publication", "kind", type=_KINDS, help="Default: what the organizer chose to publish.")
def bundle(event: str, out: Path, number: int | None, kind: str | None) -> None:
    """Write the proof of EVENT's result: everything anybody needs to recompute it."""
    try:
        found = get_actor(event, None).event
        frozen = [each for each in list_boards(found) if each.board and each.board.snapshot_id]
        views = [each for each in frozen if number in {None, each.number}]
        if not views:
            raise click.ClickException(f"{event}: no frozen ranking")
        publication = Publication(kind) if kind else load_proofs(views[-1]).published or Publication.FULL
        made = publish_bundle(
            found,
            views[-1].number,
            publication,
            at=clock.now(),
            tell=lambda stage: click.echo(f"{stage} …", err=True),
        )
        out.write_bytes(storage.read(made.storage_key))
    except DomainError as error:
        raise click.ClickException(f"{event}: {error}") from None
    except OSError as error:
        raise click.ClickException(f"{out}: {error.strerror}") from None
    click.echo(f"{out}: {publication.value}, {made.size} bytes, SHA-256 {made.sha256}")


@results.command("verify", with_appcontext=False)
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--key", type=click.Path(dir_okay=False, path_type=Path), help="Public keys of the installation."
)
def verify(file: Path, key: Path | None) -> None:
    """Recompute a bundle from its own files, without a database. Exit status 1 names the first thing that differs."""
    from innovate.results.domain.bundle.verifier.whole import main

    raise SystemExit(main([str(file), *(["--key", str(key)] if key else [])]))


@results.command("keys")
def show_keys() -> None:
    """Print the public keys of this installation."""
    click.echo(write_public_keys(), nl=False)


@results.command("rotate-key")
def rotate() -> None:
    """End the present signing key and begin another. What was signed before stays verifiable by its own key."""
    try:
        with transaction():
            key = rotate_key(actor_id=None, at=clock.now())
    except DomainError as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"key {key.key_id} signs from now on: {key.public}")
