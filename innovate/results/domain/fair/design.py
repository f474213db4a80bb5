"""Who judged what, as the matrices of the fair score: computed once, J x J at most where it costs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from innovate.core.scientific import csr_array
from innovate.results.domain.fair.ballots import Ballots, Index, Matrix, Vector, sum_by
from innovate.scoring.domain.assignment.linkage import label_groups


@dataclass(frozen=True)
class Design:
    """With C the ideas x jurors table of ballot weights (N x J) and D = diag(`per_idea`):

    `share` = D^-1 C (N x J, sparse, rows sum to 1); the jurors' Laplacian S0 = diag(weight per juror) - C' D^-1 C
    = `vectors` diag(`values`) `vectors`' (J x J, `values` (J) >= 0 and rising). It is that of a graph whose nodes are
    jurors and whose edges are ideas they share, so it has one zero eigenvalue for each disconnected group.
    `idea_group` (N) and `juror_group` (J) name these groups from 0.
    """

    per_idea: Vector
    share: Any
    values: Vector
    vectors: Matrix
    idea_group: Index
    juror_group: Index

    @property
    def groups(self) -> int:
        """How many groups of jurors and ideas share no ballot with each other; 1 when all can be compared."""
        return int(self.juror_group.max()) + 1


def lay_out(ballots: Ballots) -> Design:
    """The design behind some ballots."""
    shape = len(ballots.ideas), len(ballots.jurors)
    table = csr_array((ballots.weight, (ballots.idea, ballots.juror)), shape=shape)
    per_idea = sum_by(ballots.idea, ballots.weight, shape[0])
    share = csr_array((ballots.weight / per_idea[ballots.idea], (ballots.idea, ballots.juror)), shape=shape)
    shared = (table.T @ share).toarray()
    laplacian = np.diag(sum_by(ballots.juror, ballots.weight, shape[1])) - (shared + shared.T) / 2
    values, vectors = np.linalg.eigh(laplacian)
    juror_group = label_groups(shared)
    idea_group = np.empty(shape[0], np.intp)
    idea_group[ballots.idea] = juror_group[ballots.juror]
    groups = int(juror_group.max()) + 1
    values[:groups] = 0.0  # as many as there are groups, exactly; what is left there is rounding
    return Design(per_idea, share, np.maximum(values, 0.0), vectors, idea_group, juror_group)
