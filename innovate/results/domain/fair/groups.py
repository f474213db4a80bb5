"""Who is ranked together: the ideas of a track or group, as far as ballots connect them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from innovate.results.domain.fair.ballots import Index
from innovate.results.domain.fair.fit import Fit


def rank_together(fit: Fit, labels: Sequence[str], *, joint: bool = False) -> list[Index]:
    """The ideas (indices of the fit) of each ranking, by label, then group of the design; every idea is in one.

    `labels` (N) are the ideas' tracks. Ideas that no chain of ballots connects cannot be compared with severities taken
    out, so they are ranked apart, unless the organizer chose a `joint` ranking or severities are unknown anyway (one
    ballot for each idea).
    """
    is_joint = joint or fit.ballots.n == len(fit.ballots.ideas)
    places: dict[tuple[str, int], list[int]] = {}
    for n, label in enumerate(labels):
        group = 0 if is_joint else int(fit.design.idea_group[n])
        places.setdefault((label, group), []).append(n)
    return [np.array(members, np.intp) for _key, members in sorted(places.items())]
