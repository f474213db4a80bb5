"""Proposals for events of any size: sentences put together from one seed, so that no two read alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random


@dataclass(frozen=True)
class Vocabulary:
    """What proposals are made of (data/writing.yaml). `things` and `ways` go by words of the titles (domain/scale.py);
    their values stand in the places of the sentences that bear their names.
    """

    things: Mapping[str, Mapping[str, str]]
    ways: Mapping[str, Mapping[str, str]]
    sentences: Mapping[str, Sequence[str]]
    months: Sequence[str]


# Section of the form -> how many sentences of which kinds it is told in.
SECTIONS = {
    "ringkasan": (("summary", 1), ("offer", 1), ("result", 1)),
    "ide_inovatif": (("before", 1), ("steps", 3), ("care", 2)),
    "signifikansi": (("compared", 1), ("weighed", 4)),
    "keberlanjutan": (("lasting", 4),),
}


def write_proposal(draw: Random, title: str, words: Vocabulary) -> dict[str, str]:
    """Answers to every section, some 300 words about what the title names: `Antar Obat Kota 17`."""
    doing, thing, *_rest = title.split()
    said = _choose(draw, words.ways[doing], words.things[thing], words.months)
    answers = {}
    for section, kinds in SECTIONS.items():
        chosen = [text for kind, count in kinds for text in draw.sample(words.sentences[kind], count)]
        told = [text.format_map(said) for text in chosen]
        half = len(told) // 2 + 1
        answers[section] = "\n\n".join((" ".join(told[:half]), " ".join(told[half:])))
    return answers


def _choose(
    draw: Random, way: Mapping[str, str], thing: Mapping[str, str], months: Sequence[str]
) -> dict[str, str]:
    """Words and numbers of one proposal; they stay the same throughout it."""
    low = draw.randint(18, 52)
    numbers = {
        "low": low,
        "high": low + draw.randint(14, 40),
        "most": draw.randint(61, 89),
        "few": draw.randint(3, 17),
        "count": draw.randint(40, 260),
        "homes": draw.randint(30, 420),
        "months": draw.randint(4, 14),
        "cost": draw.randint(3, 46),
        "pages": draw.randint(6, 24),
    }
    return {
        **thing,
        **way,
        **{key: str(number) for key, number in numbers.items()},
        "name": thing["name"].capitalize(),
        "Counted": thing["counted"].capitalize(),
        "people_of": f"menemui {draw.randint(12, 48)} {thing['people']}",
        "month": f"{draw.choice(months)} 2025",
    }
