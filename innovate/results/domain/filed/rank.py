"""Rank a file of scores by one of the methods."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from innovate.results.domain.fair.ballots import Ballots, Index
from innovate.results.domain.fair.draws import RankRange, draw_ranks
from innovate.results.domain.fair.estimate import Estimate, estimate_fair, estimate_raw
from innovate.results.domain.fair.fit import Fit, fit_fair
from innovate.results.domain.fair.flags import flag_all
from innovate.results.domain.fair.groups import rank_together
from innovate.results.domain.fair.intervals import interval
from innovate.results.domain.fair.notes import note_fit
from innovate.results.domain.fair.reliability import alpha_interval, alpha_ordinal, icc, kendall_w
from innovate.results.domain.fair.spread import SpreadFit, fit_spread
from innovate.results.domain.filed.ranked import RankedIdea, RankedJuror, Ranking, Reliability
from innovate.results.domain.filed.remarks import (
    flag_weights,
    note_agreement,
    note_brackets,
    note_file,
    note_spread,
)
from innovate.results.domain.filed.work import Work, arrange_file, plain_ranks, settle_group
from innovate.results.domain.method import Method
from innovate.results.domain.sheets.scores import Scores


def rank_scores(scores: Scores, method: Method, *, top: int, seed: int) -> Ranking:
    """Rank a file: one fit over all tracks, ranks within each; equal scores by `TIE_ORDER`."""
    work = arrange_file(scores)
    plain = fit_fair(work.ballots)
    spread = fit_spread(work.ballots) if method is Method.SPREAD else None
    fit = spread.fit if spread else plain
    estimate = _estimate(method, fit, spread)
    tracks = [scores.tracks[idea] for idea in work.ballots.ideas]
    groups = rank_together(plain, tracks, joint=method is Method.RAW)  # the mean takes no severity out
    drawn = draw_ranks(estimate, groups, top=top, seed=seed)
    ideas = [row for members in groups for row in _rankgroup_ideas(work, estimate, members, drawn)]
    notes = [*note_file(work), *note_fit(plain), *note_spread(spread), *note_agreement(plain)]
    return Ranking(
        method=method,
        ideas=[*sorted(ideas, key=lambda row: row.track), *_unjudged(work)],
        jurors=_jurors(work.ballots, fit),
        sd_juror=float(np.sqrt(fit.sb2)),
        sd_residual=float(np.sqrt(fit.s2)),
        severity_share=fit.severity_share,
        components=plain.design.groups,
        reliability=_agree(work),
        flags=[*flag_weights(scores), *flag_all(plain, work.cells)],
        notes=[*notes, *note_brackets(work.ballots, estimate, groups)],
        criteria=[scores.criteria[n].name for n in work.heaviest],
    )


def _estimate(method: Method, fit: Fit, spread: SpreadFit | None) -> Estimate:
    if spread:
        return spread.estimate
    return estimate_raw(fit) if method is Method.RAW else estimate_fair(fit)


def _rankgroup_ideas(
    work: Work, estimate: Estimate, members: Index, drawn: RankRange
) -> Iterator[RankedIdea]:
    made = work.ballots
    raw, count, error = made.raw, made.per_idea, estimate.error
    found = interval(estimate, members)
    within = {int(n): place for place, n in enumerate(members)}
    raw_rank = plain_ranks({n: float(raw[n]) for n in within})
    for standing in settle_group(work, estimate, members):
        n = standing.idea
        yield RankedIdea(
            idea=made.ideas[n],
            track=work.scores.tracks[made.ideas[n]],
            rank=standing.rank,
            raw_rank=raw_rank[n],
            raw=float(raw[n]),
            score=float(estimate.score[n]),
            error=float(error[n]) if estimate.is_known else np.nan,
            low=float(found.low[within[n]]),
            high=float(found.high[within[n]]),
            rank_low=float(np.minimum(drawn.low[n], standing.rank)),
            rank_high=float(np.maximum(drawn.high[n], standing.rank)),
            p_top=float(drawn.p_top[n]),
            ballots=int(count[n]),
            decision=standing.decision,
        )


def _unjudged(work: Work) -> list[RankedIdea]:
    """Ideas of the file without a complete ballot: apart, never last."""
    judged, unknown = set(work.ballots.ideas), np.nan
    return [
        RankedIdea(
            idea,
            track,
            rank=None,
            raw_rank=None,
            raw=unknown,
            score=unknown,
            error=unknown,
            low=unknown,
            high=unknown,
            rank_low=unknown,
            rank_high=unknown,
            p_top=unknown,
            ballots=0,
        )
        for idea, track in sorted(work.scores.tracks.items())
        if idea not in judged
    ]


def _jurors(ballots: Ballots, fit: Fit) -> list[RankedJuror]:
    mean = np.bincount(ballots.juror, ballots.total) / ballots.per_juror
    known = not np.isnan(fit.sb2)
    return [
        RankedJuror(
            juror=name,
            ballots=int(ballots.per_juror[n]),
            severity=float(fit.severity[n]) if known else np.nan,
            error=float(fit.severity_error[n]),
            mean=float(mean[n]),
        )
        for n, name in enumerate(ballots.jurors)
    ]


def _agree(work: Work) -> Reliability:
    """Alpha for intervals is of totals by idea, for levels of scores by idea and criterion."""
    made, (n, count) = work.ballots, work.cells.shape
    table = made.table() if made.is_complete else np.zeros((0, 0))
    unit = made.idea[:, None] * count + np.arange(count)
    return Reliability(
        icc(table),
        alpha_interval(made.idea, made.total),
        alpha_ordinal(unit.ravel(), work.cells.ravel()) if n else np.nan,
        kendall_w(table),
    )
