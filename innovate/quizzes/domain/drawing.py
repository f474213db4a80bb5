"""Which questions a person gets and in which order: told by their seed alone, so that it can be shown again."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from innovate.quizzes.domain.content import Content
from innovate.quizzes.domain.kinds import QuestionKind


@dataclass(frozen=True)
class Draw:
    """So many questions that carry a tag."""

    tag: str
    count: int


def lacking(
    draws: Sequence[Draw], fixed: Collection[int], pool: Mapping[int, Collection[str]]
) -> Draw | None:
    """The first draw that the bank (tags by question) cannot serve in the worst case, None if all can be."""
    taken: set[int] = set(fixed)
    for number, draw in enumerate(draws):
        able = {key for key, tags in pool.items() if draw.tag in tags and key not in taken}
        # earlier draws may have taken questions that carry this tag too
        before = sum(min(each.count, sum(each.tag in pool[key] for key in able)) for each in draws[:number])
        if len(able) - before < draw.count:
            return draw
    return None


def draw_questions(
    seed: str,
    fixed: Sequence[int],
    draws: Sequence[Draw],
    pool: Mapping[int, Collection[str]],
    *,
    shuffled: bool,
) -> list[int]:
    """Keys of the questions of one sheet: the fixed ones, then those drawn, each once. `shuffled`: in a drawn order."""
    chosen = list(fixed)
    for draw in draws:
        able = sorted(key for key, tags in pool.items() if draw.tag in tags and key not in chosen)
        chosen += Random(f"{seed}:{draw.tag}").sample(able, min(draw.count, len(able)))
    if shuffled:
        Random(f"{seed}:order").shuffle(chosen)
    return chosen


def order_options(seed: str, position: int, content: Content, *, shuffled: bool) -> Iterator[int]:
    """Indexes of the options in the order they are shown; the steps of a scale keep theirs."""
    order = list(range(len(content.options)))
    if shuffled and content.kind is not QuestionKind.SCALE:
        Random(f"{seed}:options:{position}").shuffle(order)
    return iter(order)
