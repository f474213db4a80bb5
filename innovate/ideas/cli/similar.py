"""`flask ideas similar`: files alone. Standard output holds the result and nothing else."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from innovate.ideas.cli.group import ideas
from innovate.ideas.cli.sources import BadSource, Folder, Table, open_source
from innovate.ideas.domain.similarity.hashes import fingerprint
from innovate.ideas.domain.similarity.passages import Span, find_passages

if TYPE_CHECKING:
    from innovate.ideas.domain.similarity.batch import Found, Hashes

_SHOWN = 200  # pairs whose texts are held at a time


class Unfit(click.ClickException):
    """A text cannot be read."""

    exit_code = 2


@ideas.command("similar")
@click.argument("source", metavar="FOLDER_OR_CSV", type=click.Path(exists=True, path_type=Path))
@click.option("--format", "form", default="table", show_default=True, type=click.Choice(["table", "json"]))
def similar(source: Path, form: str) -> None:
    """List the pairs of texts that share passages word for word: files of a folder, or the rows of a CSV (id,text).

    A pair is listed from 2 % of the smaller text and 8 shared samples on; text found in more than 20 texts, or 0.2 % of
    them where that is more, does not count. Paraphrase is not found. What cannot be read is named with row and column,
    exit status 2.
    """
    from innovate.ideas.domain.similarity.batch import find_pairs, fingerprint_many

    began = time.perf_counter()
    try:
        texts = open_source(source)
        names: list[str] = []
        fingerprints = list(fingerprint_many(_note(texts, names)))
        click.echo(f"{len(names)} texts read", err=True)
        found = find_pairs(fingerprints)
        _say_common(texts, fingerprints, found)
        rows = _rows(texts, names, fingerprints, found)
        _print_json(rows) if form == "json" else _print_table(rows)
    except BadSource as error:
        raise Unfit(str(error)) from None
    click.echo(f"{len(found.pairs)} pairs in {time.perf_counter() - began:.1f} s", err=True)


def _note(texts: Folder | Table, names: list[str]) -> Iterator[str]:
    for name, text in texts.read():
        names.append(name)
        yield text


def _rows(
    texts: Folder | Table, names: Sequence[str], fingerprints: Sequence[Hashes], found: Found
) -> Iterator[dict[str, Any]]:
    """The pairs with their passages, the texts of some of them in memory at a time."""
    for start in range(0, len(found.pairs), _SHOWN):
        pairs = found.pairs[start : start + _SHOWN]
        read = texts.fetch({place for pair in pairs for place in (pair.a, pair.b)})
        for pair in pairs:
            shared = set(fingerprints[pair.a].tolist()) & set(fingerprints[pair.b].tolist())
            passages = find_passages(read[pair.a], read[pair.b], shared - found.common.keys())
            yield {
                "a": names[pair.a],
                "b": names[pair.b],
                "containment": round(pair.likeness.containment, 6),
                "shared": pair.likeness.shared,
                "passages": [
                    {"words": each.words, "a": _span(read[pair.a], each.a), "b": _span(read[pair.b], each.b)}
                    for each in passages
                ],
            }


def _span(text: str, span: Span) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "text": span.cut(text)}


def _print_json(rows: Iterator[dict[str, Any]]) -> None:
    click.echo("[", nl=False)
    for number, row in enumerate(rows):
        click.echo((",\n" if number else "\n") + json.dumps(row, ensure_ascii=False), nl=False)
    click.echo("\n]")


def _print_table(rows: Iterator[dict[str, Any]]) -> None:
    listed = list(rows)
    wide = (
        max([len("a"), *(len(row["a"]) for row in listed)]),
        max([len("b"), *(len(row["b"]) for row in listed)]),
    )
    click.echo(f"{'a':<{wide[0]}}  {'b':<{wide[1]}}  containment  shared  longest passage")
    for row in listed:
        passage = " ".join(row["passages"][0]["a"]["text"].split()) if row["passages"] else ""
        cut = passage if len(passage) <= 60 else f"{passage[:59]}…"
        head = f"{row['a']:<{wide[0]}}  {row['b']:<{wide[1]}}"
        click.echo(f"{head}  {row['containment']:>10.1%}  {row['shared']:>6}  {cut}")


def _say_common(texts: Folder | Table, fingerprints: Sequence[Hashes], found: Found) -> None:
    """Text that too many share to make pairs is told once, as the passages it is."""
    from innovate.ideas.domain.similarity.clusters import find_clusters

    if not found.common:
        return
    holders = [len(found.common.keys() & set(each.tolist())) for each in fingerprints]
    best = sorted(range(len(holders)), key=lambda place: -holders[place])[:40]
    read = texts.fetch(best)
    marks = {place: fingerprint(read[place]) for place in best}

    def pick(rest: Any) -> str | None:
        place = max(best, key=lambda each: len(marks[each] & rest))
        return read[place] if marks[place] & rest else None

    for cluster in find_clusters(found.common, pick):
        shown = " ".join(cluster.text.split())
        click.echo(
            f"not counted, in {cluster.ideas} texts: {shown[:100]}{'…' * (len(shown) > 100)}", err=True
        )
