"""`flask scoring …`: the draw on files, and the repetition of draws that were applied."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
from flask import Flask
from flask.cli import AppGroup

from innovate.scoring.domain.assignment.draw import draw
from innovate.scoring.domain.assignment.files import Files, TableError, read_files
from innovate.scoring.domain.assignment.places import Draw, Gap
from innovate.scoring.queries.previews import list_applied

scoring = AppGroup("scoring", help="The jury.")
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_STAGES = {
    "candidates": "choosing candidates",
    "places": "filling places",
    "bridges": "building bridges",
    "report": "measuring",
}


def register(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(scoring)


@scoring.command("assign", with_appcontext=False)
@click.option("--ideas", required=True, type=_FILE, help="idea,track,unit")
@click.option("--jurors", required=True, type=_FILE, help="juror,tracks,unit,capacity; `;` between tracks")
@click.option("--per-idea", "k", required=True, type=click.IntRange(1, 1000), help="Jurors for each idea.")
@click.option("--conflicts", type=_FILE, help="idea,juror: pairs that must not be.")
@click.option("--seed", default=1, show_default=True, type=click.IntRange(0, 2**63 - 1))
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="idea,juror")
@click.option("--format", "form", default="table", show_default=True, type=click.Choice(["table", "json"]))
def assign(
    ideas: Path, jurors: Path, k: int, conflicts: Path | None, seed: int, out: Path, form: str
) -> None:
    """Draw jurors for ideas, on files alone. The report goes to standard output, everything else to standard error.

    Who works in an idea's unit never gets it. Where something does not fit nothing is written, exit status 2.
    """
    began = time.perf_counter()
    try:
        files = read_files(_read(ideas), _read(jurors), _read(conflicts) if conflicts else None, k)
    except TableError as error:
        raise Unfit(str(error)) from None
    found = draw(files.inputs, seed=seed, tell=lambda stage: click.echo(f"{_STAGES[stage]} …", err=True))
    if found.hard:
        raise Unfit("\n".join(_name_unfit(files, found)))
    try:
        out.write_text(files.name_pairs(found.pairs), encoding="utf-8")
    except OSError as error:
        raise Unfit(f"{out}: {error.strerror}") from None
    _print(_report(found, time.perf_counter() - began), form)


def _read(path: Path) -> tuple[str, bytes]:
    try:
        return path.name, path.read_bytes()
    except OSError as error:
        raise TableError(f"{path}: {error.strerror}") from None


class Unfit(click.ClickException):
    """The files cannot be read or do not fit together."""

    exit_code = 2


def _name_unfit(files: Files, found: Draw) -> Iterator[str]:
    """What stands in the way: ideas with too many conflicts by name, and how much room is missing."""
    k = files.inputs.k
    yield "the jury does not suffice"
    if found.capacity_gap:
        places = len(files.ideas) * k
        yield (
            f"capacity: {len(files.ideas)} ideas x {k} = {places} places; "
            f"the jurors take {places - found.capacity_gap}, {found.capacity_gap} are missing"
        )
    for hard in found.hard:
        name = files.ideas[hard.idea_id]
        if hard.reason is Gap.CONFLICTS:
            yield f"conflicts: idea {name}: {hard.free} jurors are free of conflicts, {k} are needed"
        else:
            yield f"capacity: idea {name}: {hard.short} of {k} places stay open"


def _report(found: Draw, seconds: float) -> dict[str, Any]:
    return {
        "conflict_violations": found.conflict_violations,
        "load_min": found.least,
        "load_max": found.most,
        "components": found.components,
        "efficiency": round(found.efficiency, 6),
        "mean_affinity": round(found.mean_affinity, 6),
        "seconds": round(seconds, 3),
    }


def _print(report: dict[str, Any], form: str) -> None:
    if form == "json":
        click.echo(json.dumps(report))
        return
    width = max(map(len, report))
    for name, value in report.items():
        click.echo(f"{name:<{width}}  {value}")


@scoring.command("replay")
@click.option("--event", "slug", help="Only the draws of this event.")
def replay(slug: str | None) -> None:
    """Repeat every draw that was applied, from the inputs and seed in the audit log, and compare the pairs."""
    differing = 0
    for applied in list_applied(slug):
        same = draw(applied.inputs, seed=applied.seed).pairs == applied.pairs
        differing += not same
        verdict = "the same" if same else "DIFFERENT"
        click.echo(f"entry {applied.entry_id}, seed {applied.seed}: {len(applied.pairs)} pairs, {verdict}")
    if differing:
        raise click.ClickException(f"{differing} draws gave other pairs")
