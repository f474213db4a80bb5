"""The inputs as arrays: a row for each entry, a column for each juror, both in the order of their keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from innovate.scoring.domain.assignment.places import DrawInputs, EntryPlace, JurorPlace, Pair

Array = Any  # numpy.ndarray; numpy is imported where it is used
NO_LIMIT = 10**6
ENOUGH_WORDS = 2  # so many keywords found in a text count as much as its track


@dataclass(frozen=True)
class Table:
    """`fit` 0..1 how well a juror knows an entry's subject; `taste` the same with a little more for knowing it twice.

    `free` is where no conflict is, `standing` the pairs that stand, `beside` how many jurors an entry has who are not
    in the draw, `capacity` the most entries a juror takes.
    """

    ideas: list[EntryPlace]
    jurors: list[JurorPlace]
    k: int
    fit: Array
    taste: Array
    free: Array
    standing: Array
    beside: Array
    capacity: Array

    @property
    def need(self) -> Array:
        """Open places by entry."""
        return (self.k - self.standing.sum(axis=1) - self.beside).clip(min=0)

    @property
    def open(self) -> Array:
        """Pairs that may be made."""
        return self.free & ~self.standing


def build_table(inputs: DrawInputs) -> Table:
    """The inputs as arrays."""
    import numpy as np

    ideas = sorted(inputs.ideas, key=lambda place: place.id)
    jurors = sorted(inputs.jurors, key=lambda place: place.id)
    row = {place.id: n for n, place in enumerate(ideas)}
    column = {place.id: n for n, place in enumerate(jurors)}
    shape = (len(ideas), len(jurors))
    free, standing = np.ones(shape, bool), np.zeros(shape, bool)
    beside = np.zeros(len(ideas), int)
    free[_places(inputs.forbidden, row, column)] = False
    standing[_places(inputs.existing, row, column)] = True
    for idea, juror in inputs.existing:
        if idea in row and juror not in column:
            beside[row[idea]] += 1
    by_track, by_words = _know_tracks(ideas, jurors), _know_words(ideas, jurors)
    fit = np.maximum(by_track, by_words)
    taste = fit + 0.5 * np.minimum(by_track, by_words)
    limits = [NO_LIMIT if juror.capacity is None else juror.capacity for juror in jurors]
    return Table(ideas, jurors, inputs.k, fit, taste, free, standing, beside, np.array(limits, int))


def _places(pairs: frozenset[Pair], row: dict[int, int], column: dict[int, int]) -> tuple[Array, Array]:
    import numpy as np

    known = [(row[idea], column[juror]) for idea, juror in pairs if idea in row and juror in column]
    both = np.array(sorted(known), int).reshape(-1, 2)
    return both[:, 0], both[:, 1]


def _know_tracks(ideas: list[EntryPlace], jurors: list[JurorPlace]) -> Array:
    import numpy as np

    tracks = sorted({idea.track for idea in ideas})
    known = np.array([[juror.knows(track) for juror in jurors] for track in tracks], np.float32)
    which = {track: n for n, track in enumerate(tracks)}
    return known.reshape(len(tracks), len(jurors))[[which[idea.track] for idea in ideas]]


def _know_words(ideas: list[EntryPlace], jurors: list[JurorPlace]) -> Array:
    """How much of a juror's keywords is in the text: one word half, two or more all."""
    import numpy as np

    words = sorted({word for juror in jurors for word in juror.words})
    if not words:
        return np.zeros((len(ideas), len(jurors)), np.float32)
    place = {word: n for n, word in enumerate(words)}
    said = np.zeros((len(ideas), len(words)), np.float32)
    asked = np.zeros((len(words), len(jurors)), np.float32)
    for n, idea in enumerate(ideas):
        said[n, [place[word] for word in idea.words if word in place]] = 1
    for n, juror in enumerate(jurors):
        asked[[place[word] for word in juror.words], n] = 1
    return np.minimum(1, said @ asked / ENOUGH_WORDS)
