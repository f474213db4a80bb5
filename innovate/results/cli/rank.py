"""`flask results rank` and `flask results pairwise`: files alone. Standard output holds the result and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from innovate.core.spreadsheets import LARGEST, Row, Unreadable, read_rows
from innovate.results.cli.group import results

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
T = TypeVar("T")


class Unfit(click.ClickException):
    """A file cannot be read or used."""

    exit_code = 2


@results.command("rank")
@click.argument("ballots", type=_FILE)
@click.option("--rubric", type=_FILE, help="criterion,weight,min,max")
@click.option(
    "--method", default="fair", show_default=True, type=click.Choice(["fair", "fair-spread", "raw"])
)
@click.option(
    "--top", default=3, show_default=True, type=click.IntRange(min=1), help="K of the chance p_top."
)
@click.option("--seed", type=click.IntRange(0, 2**63 - 1), help="Of the draws; the same gives the same.")
@click.option(
    "--format", "form", default="table", show_default=True, type=click.Choice(["table", "csv", "json"])
)
def rank(ballots: Path, rubric: Path | None, method: str, top: int, seed: int | None, form: str) -> None:
    """Rank the ideas of BALLOTS (CSV or XLSX: idea,juror,criterion,score, or a column for each criterion).

    A column `track` ranks each track by itself. What is wrong with a file is named with row and column, exit status 2.
    """
    from innovate.results.domain.fair.draws import SEED
    from innovate.results.domain.filed.rank import rank_scores
    from innovate.results.domain.method import Method
    from innovate.results.domain.sheets.rubric import read_rubric
    from innovate.results.domain.sheets.scores import read_scores
    from innovate.results.exports.rankings import print_ranking

    criteria = _read(rubric, read_rubric) if rubric else None
    scores = _read(ballots, lambda rows: read_scores(rows, criteria))
    ranking = rank_scores(scores, Method(method), top=top, seed=SEED if seed is None else seed)
    print_ranking(ranking, form)


@results.command("pairwise")
@click.argument("votes", type=_FILE)
@click.option(
    "--format", "form", default="table", show_default=True, type=click.Choice(["table", "csv", "json"])
)
def pairwise(votes: Path, form: str) -> None:
    """Rank what was compared two at a time in VOTES (CSV or XLSX: winner,loser[,count][,juror]) by Bradley-Terry."""
    from innovate.pairwise.domain.files import rank_votes
    from innovate.results.domain.sheets.votes import read_votes
    from innovate.results.exports.rankings import print_votes

    print_votes(rank_votes(_read(votes, read_votes)), form)


def _read(path: Path, meaning: Callable[[list[Row]], T]) -> T:
    """A file's content as what it means; Unfit with everything that is wrong."""
    from innovate.results.domain.sheets.faults import BadTable
    from innovate.results.words.files import say_fault, say_unreadable

    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
        return meaning(read_rows(content))
    except OSError as error:
        raise Unfit(f"{path}: {error.strerror}") from None
    except Unreadable as error:
        raise Unfit(f"{path.name}: {say_unreadable(error)}") from None
    except BadTable as error:
        raise Unfit("\n".join(f"{path.name}: {say_fault(fault)}" for fault in error.faults)) from None
