"""Who is ranked together: where strictness is taken out, only what a chain of ballots connects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from innovate.results.domain.bundle.verifier.proofs import Row, must
from innovate.results.domain.bundle.verifier.scores import Ballot

Label = tuple[int, ...]


def check_pools(manifest: Row, places: Sequence[Row], ballots: Mapping[int, Sequence[Ballot]]) -> None:
    """Differs unless the ranked ideas of a group are apart exactly where no chain of ballots connects them."""
    rounds = [connect(ballots[each["id"]]) for each in manifest["rounds"]]
    known = [labels for labels, each in zip(rounds, manifest["rounds"], strict=True) if _tells(ballots, each)]
    if manifest["rounds"][-1]["method"] == "raw" or manifest["board"].get("joint", False):
        known = []
    pools: dict[tuple[str, int], Label] = {}
    labels: dict[tuple[str, Label], int] = {}
    for row in (row for row in places if row["rank"] is not None):
        group, pool, idea = row["group"], row.get("pool", 0), row["idea"]
        own = tuple(each.get(idea, -1) for each in known)
        same = pools.setdefault((group, pool), own) == own and labels.setdefault((group, own), pool) == pool
        must(same, f"leaderboard.json: {idea} is not ranked with those its ballots connect it to")


def _tells(ballots: Mapping[int, Sequence[Ballot]], chosen: Row) -> bool:
    """Whether strictness is known at all: some idea has two ballots."""
    given = ballots[chosen["id"]]
    return len(given) > len({b.idea for b in given})


def connect(ballots: Sequence[Ballot]) -> dict[str, int]:
    """The number of the part that each idea is in, ideas and jurors being connected by ballots."""
    ideas: dict[str, int] = {}
    jurors: dict[str, int] = {}
    idea = [ideas.setdefault(b.idea, len(ideas)) for b in ballots]
    juror = [jurors.setdefault(b.juror, len(jurors)) for b in ballots]
    size = len(ideas) + len(jurors)
    across: Any = np.array(juror, np.intp) + len(ideas)
    graph = coo_matrix((np.ones(len(idea)), (idea, across)), shape=(size, size))
    _count, labels = connected_components(graph, directed=False) if size else (0, [])
    return {key: int(labels[n]) for key, n in ideas.items()}
