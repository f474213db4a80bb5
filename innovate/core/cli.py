"""Commands of the plumbing: assets, backup, catalogues, the runner of jobs, the whole product in one command."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from innovate.core import catalogues, clock, jobs, serving
from innovate.core.backup.archive import open_archive
from innovate.core.backup.create import create_backup
from innovate.core.backup.manifest import BackupError, Manifest
from innovate.core.backup.restore import check_target, filled_tables, restore_backup
from innovate.core.web.assets import build_assets

i18n = AppGroup("i18n", help="Translation catalogues.")
assets = AppGroup("assets", help="Stylesheet, font and scripts.")
background = AppGroup("jobs", help="Work in the background.")

backup = AppGroup("backup", help="The whole database and every file in one archive.")


def register(app: Flask) -> None:
    """Add the plumbing's commands to the application."""
    app.cli.add_command(assets)
    app.cli.add_command(i18n)
    app.cli.add_command(background)
    app.cli.add_command(backup)
    app.cli.add_command(serve)


@click.command("serve")
@click.option("--host", envvar="HOST", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", envvar="PORT", default=8000, show_default=True, help="Port; 0 takes a free one.")
def serve(host: str, port: int) -> None:
    """Run the web server and the runner of jobs until Ctrl-C."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001
    try:
        listener = serving.listen(host, port)
    except serving.PortTaken as error:
        raise click.ClickException(str(error)) from error
    if wrong := serving.check_apart(app):
        raise click.ClickException(wrong)
    address = serving.address_of(listener)
    serving.set_aside()
    with listener, serving.household() as household:
        household.fork("web server", lambda: serving.run_web(listener))
        household.fork("runner of jobs", lambda: _run_runner(app, listener))
        if household.wait_until(lambda: serving.answers(address)):
            click.echo("\n".join(["", f"  Innovate: {address}", *serving.collect_notes(app), ""]))
        if dead := household.watch():
            raise click.ClickException(f"the {dead} has ended; see its message above")


def _run_runner(app: Flask, listener: socket.socket) -> None:
    listener.close()  # else the port stays taken, with nobody to answer, while it finishes a job
    jobs.run_queue(app, workers=2)


@assets.command("build")
def build() -> None:
    """Build what the browser loads below static/build; what is up to date is left alone."""
    manifest = build_assets(Path(str(current_app.static_folder)))
    click.echo(f"assets are built: {manifest['css']}, {manifest['js']}")


@background.command("run")
@click.option("--workers", default=2, show_default=True, help="Jobs at the same time.")
def run_jobs(workers: int) -> None:
    """Run jobs as they come and the clock of the regular ones, until SIGTERM."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001
    try:
        serving.run_checks(app)
    except RuntimeError as error:
        raise click.ClickException(str(error)) from error
    jobs.run_queue(app, workers=workers)


@backup.command("create")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="Default: backups/ in the instance."
)
def backup_create(out: Path | None) -> None:
    """Back up everything as it is at this moment; the product may be running."""
    name = f"innovate-{clock.now():%Y%m%d-%H%M%S}.zip"
    path = out or Path(current_app.config["INSTANCE_PATH"]) / "backups" / name
    with _plain_errors():
        manifest = create_backup(path)
    click.echo(f"{path}: {_content(manifest)}")
    for state, keys in (
        ("missing from the store", manifest.missing),
        ("damaged in the store", manifest.damaged),
    ):
        for key in keys:
            click.echo(f"WARNING: file {key} is {state}", err=True)


@backup.command("check")
@click.argument("file", type=click.Path(path_type=Path))
def backup_check(file: Path) -> None:
    """Read an archive from end to end and compare it with its manifest."""
    with _plain_errors(), open_archive(file) as archive:
        archive.verify()
    click.echo(f"whole: {_content(archive.manifest)}")


@backup.command("restore")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True, help="Remove what is in the database first.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def backup_restore(file: Path, replace: bool, yes: bool) -> None:
    """Put a backup into an empty database: all of it or, if anything is wrong, nothing."""
    with _plain_errors(), open_archive(file) as archive:
        archive.verify()
        check_target(archive.manifest)
        filled = filled_tables()
        if filled and not replace:
            raise BackupError("the database is not empty; --replace removes what is in it")
        click.echo(f"whole: {_content(archive.manifest)}")
        if filled and not yes:
            click.confirm("Everything now in the database will be removed. Go on?", abort=True)
        restore_backup(archive, replace=replace)
    click.echo("restored")


@contextmanager
def _plain_errors() -> Iterator[None]:
    try:
        yield
    except BackupError as error:
        raise click.ClickException(str(error)) from error


def _content(manifest: Manifest) -> str:
    rows = f"{manifest.rows} rows of {len(manifest.tables)} tables"
    return f"{rows} and {len(manifest.files)} files of {manifest.created_at} (schema {manifest.schema})"


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
