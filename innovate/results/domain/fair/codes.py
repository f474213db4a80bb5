"""Notes and flags as codes and numbers; their sentences are in `results.words`. Needs no numpy."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


class NoteCode(enum.StrEnum):
    """What there is to say."""

    NOT_JUDGED = "not_judged"  # ideas without a complete ballot: listed apart, never last
    ONE_BALLOT_EACH = "one_ballot_each"  # strictness cannot be told from quality: raw only, no intervals
    SEPARATE_GROUPS = "separate_groups"  # ranked within each group; `bridges` would join them
    ALL_EQUAL = "all_equal"  # every ballot has the same total
    SMALL_SEVERITY = "small_severity"  # jurors are about equally strict: raw would do
    COMPLETE = "complete"  # every juror scored every idea: fair equals raw
    UNCERTAIN = "uncertain"  # few jurors or degrees of freedom: "penyesuaian belum pasti"
    NO_INTERVALS = "no_intervals"  # not one degree of freedom left to measure uncertainty
    INCOMPLETE = "incomplete"  # ballots with a missing criterion, which do not count
    SPREAD_TOO_FEW = "spread_too_few"  # jurors with too few ballots for a spread of their own
    SPREAD_ALIKE = "spread_alike"  # jurors use the scale alike: spread-aware equals fair
    RELIABILITY = (
        "reliability"  # from variance components: a single ballot, the mean of k, the adjusted mean of k
    )
    NOT_SEPARATED = "not_separated"  # neighbours that cannot be told apart
    PRIOR = "prior"  # comparisons do not connect everybody both ways: held together by a prior


@dataclass(frozen=True)
class Note:
    """One thing to say: its code, and the numbers and keys that its sentence needs."""

    code: NoteCode
    values: Mapping[str, object] = field(default_factory=dict)


class FlagCode(enum.StrEnum):
    """What is asked."""

    IDENTICAL = "identical"  # half or more of a juror's ballots have the same scores
    STRAIGHT = "straight"  # on 60 % or more of a juror's ballots all criteria got the same
    REVERSED = "reversed"  # a juror's scores fall where the others' rise
    UNRELATED = "unrelated"  # a juror's scores have less to do with the others' than is usual in this jury
    OUTLIER = "outlier"  # one ballot is far from what its idea and its juror let expect
    OWN_UNIT = "own_unit"  # the jury as a whole scores entries of its own units differently
    WEIGHTS = "weights"  # the weights of the rubric do not sum to 100
    COVERAGE = "coverage"  # an idea has fewer ballots than the others


@dataclass(frozen=True)
class Flag:
    """One question: about whom, about what, and the numbers that its sentence needs."""

    code: FlagCode
    juror: Any = None
    idea: Any = None
    values: Mapping[str, float] = field(default_factory=dict)
