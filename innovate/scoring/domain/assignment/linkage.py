"""How well entries can be compared when nobody knows how strict each juror is."""

from __future__ import annotations

from collections.abc import Iterable

from innovate.scoring.domain.assignment.table import Array


def count_components(links: Iterable[tuple[int, int]]) -> int:
    """How many groups the links between jurors leave (a juror linked to nobody is linked to themself)."""
    return len(divide_linked(links))


def divide_linked(links: Iterable[tuple[int, int]]) -> list[frozenset[int]]:
    """The groups themselves, by their smallest member."""
    parent: dict[int, int] = {}

    def root(node: int) -> int:
        while parent.setdefault(node, node) != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for one, other in links:
        parent[root(one)] = root(other)
    groups: dict[int, set[int]] = {}
    for node in list(parent):
        groups.setdefault(root(node), set()).add(node)
    return sorted(map(frozenset, groups.values()), key=min)


def find_groups(seated: Array) -> Array:
    """The group of each juror (columns of a boolean entries x jurors table), from 0; -1 for one without entries."""
    return label_groups(share_entries(seated))


def label_groups(shared: Array) -> Array:
    """The same from what two jurors have in common (jurors x jurors; the diagonal is each's own)."""
    import numpy as np

    linked, label = shared > 0, np.arange(len(shared))
    while (
        True
    ):  # everybody takes the lowest name among those they share with, and that one's name, until none changes
        lowest = np.where(linked, label, len(label)).min(axis=1, initial=len(label))
        lowest = np.minimum(lowest, label)
        lowest = lowest[lowest]
        if (lowest == label).all():
            break
        label = lowest
    busy = shared.diagonal() > 0
    names = {group: n for n, group in enumerate(dict.fromkeys(label[busy].tolist()))}
    return np.array(
        [names[group] if is_busy else -1 for group, is_busy in zip(label, busy, strict=True)], int
    )


def share_entries(seated: Array) -> Array:
    """How many entries two jurors have in common (jurors x jurors)."""
    import numpy as np

    seats = seated.astype(np.float32)
    return seats.T @ seats


def measure_efficiency(seated: Array, k: int) -> float:
    """`(2/k) / mean over pairs of entries of Var(theta_a - theta_b)/s2`, severities unknown; exact.

    With C the entries x jurors table, D the jurors of each entry and S = diag(entries of each juror) - C' D^-1 C (the
    jurors' Laplacian), Var(theta_a - theta_b)/s2 = 1/d_a + 1/d_b + (r_a - r_b) S^+ (r_a - r_b)' with r the rows of
    D^-1 C. The mean over all pairs needs only the covariance of these rows: work grows with J^3, not with pairs.
    0 where some entries cannot be compared at all (several groups). Entries without a juror are left out.
    """
    import numpy as np

    seated = seated[seated.any(axis=1)][:, seated.any(axis=0)].astype(float)
    n = len(seated)
    if n < 2:
        return 1.0
    if find_groups(seated > 0).max() > 0:
        return 0.0
    d = seated.sum(axis=1)
    share = seated / d[:, None]
    laplacian = np.diag(seated.sum(axis=0)) - seated.T @ share
    spread = np.cov(share, rowvar=False, ddof=1).reshape(laplacian.shape)
    variance = 2 * float((1 / d).mean()) + 2 * float(
        (np.linalg.pinv(laplacian, hermitian=True) * spread).sum()
    )
    return (2 / k) / variance
