"""Made-up Indonesian proposals, some of which hold a part of another: what the search for similar ideas has to find."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from random import Random

_BEGINNINGS = (*"bcdghjklmnprstwy", "ng", "ny", "sy", "pr", "kr", "tr")
_VOWELS = (*"aaaiiuueeo", "ai", "au")
_ENDS = ("", "", "", "n", "ng", "r", "s", "t", "k", "h", "l", "m", "p")
_PREFIXES = ("", "", "", "", "me", "di", "ber", "ter", "pe", "ke", "se")
_SUFFIXES = ("", "", "", "", "", "an", "kan", "nya", "i")
_SMALL = (
    "yang",
    "dan",
    "di",
    "untuk",
    "pada",
    "dengan",
    "ini",
    "itu",
    "dari",
    "dalam",
    "adalah",
    "ke",
    "tidak",
    "akan",
)
VOCABULARY, WORDS = 20_000, 3_000
# Copied shares of one proposal in another, each with what was done to the copy: nothing, or every 40th word changed.
SHARES = (0.05, 0.05, 0.06, 0.08, 0.1, 0.15, 0.2, 0.3, 0.5, 0.8)


@dataclass(frozen=True)
class Proposals:
    """Texts of about 3,000 words, and which pairs of them (a < b) were planted with which share."""

    texts: list[str]
    planted: dict[tuple[int, int], float]


def make_proposals(
    count: int, *, seed: int = 8, copies: int = 100, words: int = WORDS, laws: bool = True
) -> Proposals:
    """`count` proposals over one vocabulary with natural word frequencies, and `copies` planted partial copies.

    With `laws` every second one opens with one of three passages of law: text everybody uses.
    """
    luck = Random(seed)
    vocabulary = _make_vocabulary(luck)
    weights = [1 / (rank + 8) for rank in range(len(vocabulary))]
    total, sums = 0.0, []
    for weight in weights:
        total += weight
        sums.append(total)
    openings = [luck.choices(vocabulary, cum_weights=sums, k=90) for _ in range(3)]
    found = [luck.choices(vocabulary, cum_weights=sums, k=words) for _ in range(count)]
    planted: dict[tuple[int, int], float] = {}
    places = luck.sample(range(count), 2 * copies)
    for number, (source, target) in enumerate(zip(places[::2], places[1::2], strict=True)):
        share = SHARES[number % len(SHARES)]
        length = round(words * share)
        here, there = luck.randrange(words - length + 1), luck.randrange(words - length + 1)
        copied = found[source][here : here + length]
        if number % 2:
            copied = [luck.choice(vocabulary) if n % 40 == 39 else word for n, word in enumerate(copied)]
        found[target][there : there + length] = copied
        planted[min(source, target), max(source, target)] = share
    texts = [_write(openings[n % 3] + text if laws and n % 2 else text) for n, text in enumerate(found)]
    return Proposals(texts, planted)


def _make_vocabulary(luck: Random) -> list[str]:
    made = dict.fromkeys(_SMALL)
    while len(made) < VOCABULARY:
        syllables = luck.choices((1, 2, 3), weights=(1, 6, 2))[0]
        root = "".join(luck.choice(_BEGINNINGS) + luck.choice(_VOWELS) for _ in range(syllables))
        made[luck.choice(_PREFIXES) + root + luck.choice(_ENDS) + luck.choice(_SUFFIXES)] = None
    return list(made)


def _write(words: list[str]) -> str:
    """Sentences of fourteen words in paragraphs of six sentences."""
    cuts = [*range(0, len(words), 14), len(words)]
    sentences = [
        " ".join(words[start:end]).capitalize() + "." for start, end in pairwise(cuts) if end > start
    ]
    return "\n\n".join(" ".join(sentences[n : n + 6]) for n in range(0, len(sentences), 6))
