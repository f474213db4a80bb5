"""How sure a place is, and what decided a tie, for people who never heard of statistics. No p-values."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _

from innovate.pairwise.domain.certainty import say_share
from innovate.results.domain.ties.rules import Decision, TieRule
from innovate.results.words.numbers import number


def say_score(score: float, low: float, high: float) -> str:
    """`Nilai adil 81,2; kemungkinan besar antara 77 dan 85`."""
    return _(
        "Nilai adil %(score)s; kemungkinan besar antara %(low)s dan %(high)s",
        score=number(score),
        low=number(low, 0),
        high=number(high, 0),
    )


def say_rank(rank: int, low: int, high: int) -> str:
    """`Peringkat 3 (rentang wajar 1–9)`."""
    if low == high:
        return _("Peringkat %(rank)s", rank=rank)
    return _("Peringkat %(rank)s (rentang wajar %(low)s–%(high)s)", rank=rank, low=low, high=high)


def say_chance(chance: float, top: int) -> str:
    """`sekitar 7 dari 10 kemungkinan masuk 10 besar`, rounded to 5 per cent."""
    share = say_share(chance)
    if share == "<5":
        return _("kemungkinan masuk %(top)s besar kurang dari 5 dari 100", top=top)
    if share == ">95":
        return _("kemungkinan masuk %(top)s besar lebih dari 95 dari 100", top=top)
    told, of = (int(share) // 10, 10) if int(share) % 10 == 0 else (int(share) // 5, 20)
    return _("sekitar %(told)s dari %(of)s kemungkinan masuk %(top)s besar", told=told, of=of, top=top)


def say_decision(decision: Decision, criteria: Sequence[str]) -> str:
    """What gave an idea its place among its equals: `unggul pada kriteria Kebaruan`. `criteria` the heaviest first."""
    if decision.rule is TieRule.SHARED:
        if decision.awaits_plenary:
            return _("berbagi peringkat sampai sidang pleno memutuskan")
        if decision.awaits_lot:
            return _("berbagi peringkat sampai undian publik ditarik saat pembekuan")
        return _("berbagi peringkat")
    return _won(decision, criteria) if decision.won else _lost(decision, criteria)


def _won(decision: Decision, criteria: Sequence[str]) -> str:
    step = decision.step or 0
    match decision.rule:
        case TieRule.HEAVIEST | TieRule.NEXT:
            return _("unggul pada kriteria %(name)s", name=criteria[int(step)])
        case TieRule.COUNT_BACK:
            return _("lebih banyak penilaian di atas %(mark)s", mark=number(step, 2))
        case TieRule.HEAD_TO_HEAD:
            return _("diunggulkan lebih banyak juri yang menilai keduanya")
        case TieRule.LATER_ROUND:
            return _("unggul pada babak yang lebih akhir")
        case TieRule.LOT:
            return _("unggul dalam undian publik")
        case _:
            return _("didahulukan oleh sidang pleno: %(reason)s", reason=decision.reason)


def _lost(decision: Decision, criteria: Sequence[str]) -> str:
    step = decision.step or 0
    match decision.rule:
        case TieRule.HEAVIEST | TieRule.NEXT:
            return _("di bawah pada kriteria %(name)s", name=criteria[int(step)])
        case TieRule.COUNT_BACK:
            return _("lebih sedikit penilaian di atas %(mark)s", mark=number(step, 2))
        case TieRule.HEAD_TO_HEAD:
            return _("diunggulkan lebih sedikit juri yang menilai keduanya")
        case TieRule.LATER_ROUND:
            return _("di bawah pada babak yang lebih akhir")
        case TieRule.LOT:
            return _("di bawah dalam undian publik")
        case _:
            return _("dikemudiankan oleh sidang pleno: %(reason)s", reason=decision.reason)
