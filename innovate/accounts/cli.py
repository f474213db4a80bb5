"""`flask accounts …`."""

from __future__ import annotations

from pathlib import Path

import click
import yaml
from email_validator import EmailNotValidError, validate_email
from flask import Flask
from flask.cli import AppGroup

from innovate.accounts import queries
from innovate.accounts.domain.passwords import MINIMUM, PasswordFault, find_fault
from innovate.accounts.domain.unit_import import plan_import
from innovate.accounts.models import UnitKind
from innovate.accounts.services import erasure, people, unit_files, units
from innovate.core import clock, passwords
from innovate.core.db import transaction
from innovate.core.errors import DomainError

accounts_cli = AppGroup("accounts", help="People, units and site roles.")
_SEED = Path(__file__).parent / "data" / "units.yaml"
_FAULTS = {
    PasswordFault.SHORT: f"the password needs at least {MINIMUM} characters",
    PasswordFault.LONG: "the password is too long",
    PasswordFault.REPEATED: "the password repeats the same characters",
    PasswordFault.OBVIOUS: "the password is among the first anybody would try",
    PasswordFault.PERSONAL: "the password is made of the name or address",
}


def register(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(accounts_cli)


@accounts_cli.command("create-admin")
@click.option("--email", prompt=True, help="Address to sign in with.")
@click.option("--name", prompt=True, help="Name without titles.")
@click.option(
    "--password", prompt=True, hide_input=True, confirmation_prompt=True, help="Asked for if not given."
)
def create_admin(email: str, name: str, password: str) -> None:
    """Make a site admin, or make an existing person one and set the password."""
    try:
        validate_email(email, check_deliverability=False)
    except EmailNotValidError as error:
        raise click.ClickException(f"{email} is not an address: {error}") from error
    if fault := find_fault(password, email=email, name=name):
        raise click.ClickException(_FAULTS[fault])
    password_hash = passwords.hash_password(password)
    with transaction():
        user, is_new = people.create_admin(email, name, password_hash, at=clock.now())
    click.echo(f"{'created' if is_new else 'changed'}: {user.email} is a site admin")


@accounts_cli.command("erase")
@click.argument("email")
@click.confirmation_option(prompt="This cannot be undone. Erase the person?")
def erase(email: str) -> None:
    """Close an account for good and empty what names its owner; what they handed in stays without the name."""
    with transaction():
        person = queries.find_user_by_email(email)
        if person is None:
            raise click.ClickException(f"nobody has the address {email}")
        try:
            erasure.erase_person(person, at=clock.now())
        except DomainError as error:
            raise click.ClickException(str(error)) from error
    click.echo("erased")


@accounts_cli.command("load-units")
@click.argument("path", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def load_units(path: Path | None) -> None:
    """Add the work units of PATH (YAML; Pontianak's by default) that are not there yet; edited ones stay."""
    entries = yaml.safe_load((path or _SEED).read_text("utf-8"))
    with transaction():
        table = unit_files.rows_from_yaml(entries)
        plan = plan_import(table, queries.list_unit_rows(), {kind.value for kind in UnitKind})
        for fault in plan.faults:
            click.echo(f"row {fault.row}, {fault.column}: {fault.fault} {fault.value}", err=True)
        if plan.faults:
            raise click.ClickException("nothing was loaded")
        added = units.import_units(plan, actor_id=None, at=clock.now(), only_new=True)
    click.echo(f"{added} units added, {len(plan.rows) - added} were there")


@accounts_cli.command("remove-demo")
@click.option("--yes", is_flag=True, help="Do not ask.")
def remove_demo(yes: bool) -> None:
    """Close the demo accounts for good; their invented entries stay readable."""
    if not yes:
        click.confirm(f"Close {queries.count_demo_accounts()} demo accounts for good?", abort=True)
    with transaction():
        count = people.remove_demo_accounts(at=clock.now())
    click.echo(f"{count} demo accounts removed")
