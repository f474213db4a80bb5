"""How far each juror's votes can be relied on, fitted together with the abilities.

With reliability eta a juror says what the abilities say, and the opposite with 1 - eta:
`P(a over b) = eta s(d) + (1 - eta) s(-d)`, d the difference of abilities, s the logistic function.
Source: X. Chen, P. N. Bennett, K. Collins-Thompson, E. Horvitz, "Pairwise ranking aggregation in a crowdsourced
setting", WSDM 2013. Fitted by expectation-maximisation.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from innovate.pairwise.domain.bradley_terry import (
    PRIOR_VARIANCE,
    Comparisons,
    Fit,
    chance,
    information,
    newton,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

TRUST = 20.0  # votes' worth of trust every juror begins with: Beta(21, 1)
HIGHEST = 0.999
ROUNDS = 40
CLOSE_ENOUGH = 1e-4


@dataclass(frozen=True)
class CrowdFit:
    """Abilities with their covariance, and `reliability` (j, 0..1) of the jurors; 0.5 is a toss of a coin."""

    fit: Fit
    reliability: NDArray[Any]


def fit_crowd(
    made: Comparisons, juror: NDArray[Any], jurors: int, *, variance: float = PRIOR_VARIANCE
) -> CrowdFit:
    """Abilities N(0, `variance`) and reliabilities at their joint maximum; `juror` (m) are indices below `jurors`.

    The order of the comparisons does not matter. A juror without votes has reliability `HIGHEST`.
    """
    import numpy as np

    eta = np.full(jurors, HIGHEST)
    sure = np.ones(len(made.winner))
    found = newton(made, variance=variance, share=sure)
    for _round in range(ROUNDS):
        likely = chance(found.ability[made.winner] - found.ability[made.loser])
        meant = eta[juror] * likely
        sure = meant / (meant + (1 - eta[juror]) * (1 - likely))
        before = found.ability
        eta = _reliabilities(made, juror, jurors, sure)
        found = newton(made, variance=variance, share=sure, start=before, steps=2)
        if np.abs(found.ability - before).max(initial=0.0) < CLOSE_ENOUGH:
            break
    return CrowdFit(Fit(found.ability, _covariance(made, found.ability, eta[juror], variance)), eta)


def _reliabilities(made: Comparisons, juror: NDArray[Any], jurors: int, sure: NDArray[Any]) -> NDArray[Any]:
    import numpy as np

    votes = np.bincount(juror, weights=made.count, minlength=jurors)
    meant = np.bincount(juror, weights=made.count * sure, minlength=jurors)
    return np.clip((meant + TRUST) / (votes + TRUST), 0.001, HIGHEST)


def _covariance(made: Comparisons, ability: NDArray[Any], eta: NDArray[Any], variance: float) -> NDArray[Any]:
    """Inverse of the expected information: an unreliable juror's votes tell less."""
    import numpy as np

    likely = chance(ability[made.winner] - ability[made.loser])
    weight = made.count * vote_information(likely, eta)
    return np.linalg.inv(information(made, weight, variance=variance))


def vote_information(likely: Any, eta: Any) -> Any:
    """What one vote tells about a difference of abilities (1 / square logits): `p(1-p)` when eta is 1."""
    told = (1 - eta) + (2 * eta - 1) * likely
    return ((2 * eta - 1) * likely * (1 - likely)) ** 2 / (told * (1 - told))
