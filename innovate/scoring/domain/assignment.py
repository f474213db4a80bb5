"""The draw: which juror scores which entry. A pure function; the same inputs and seed give the same pairs.

Hard: never a conflict, never the same juror twice on an entry, never above a juror's capacity, what stands is kept.
Soft, in this order: as many places filled as can be, loads as equal as can be, jurors who know the entry's track.
A tenth of the entries prefers one juror from outside its track: without such bridges the strictness of jurors who
only see one track could never be told from the quality of that track.

Method: the ceiling on loads rises step by step from the average. Under each ceiling open places are filled greedily,
the entries with the fewest possible jurors first, then by augmenting paths (a juror gives an entry to a colleague to
make room), which is how a maximum flow is found. At the end jurors with much hand over to jurors with little.
"""

from __future__ import annotations

import math
import random
from collections import Counter, deque
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial

Pair = tuple[int, int]  # (idea, juror)
BRIDGED_SHARE = 0.1


@dataclass(frozen=True)
class EntryPlace:
    """An entry to be drawn for."""

    id: int
    track: str = ""


@dataclass(frozen=True)
class JurorPlace:
    """A juror in the draw. `capacity` None: no limit of their own; no `expertise`: at home in every track."""

    id: int
    capacity: int | None = None
    expertise: frozenset[str] = frozenset()

    def knows(self, track: str) -> bool:
        """Whether entries of the track are the juror's subject."""
        return not self.expertise or track in self.expertise


@dataclass(frozen=True)
class Hard:
    """An entry that got fewer jurors than wanted: `short` places open, and why (`conflicts` or `capacity`)."""

    idea_id: int
    short: int
    reason: str


@dataclass(frozen=True)
class Draw:
    """New pairs, and what they amount to together with those that stood."""

    pairs: tuple[Pair, ...]
    loads: dict[int, int]
    hard: tuple[Hard, ...]
    expert_share: float
    components: int
    wanted: int

    @property
    def least(self) -> int:
        """The lightest load."""
        return min(self.loads.values(), default=0)

    @property
    def most(self) -> int:
        """The heaviest load."""
        return max(self.loads.values(), default=0)


def draw(
    ideas: Sequence[EntryPlace],
    jurors: Sequence[JurorPlace],
    *,
    k: int,
    seed: int,
    forbidden: Collection[Pair] = frozenset(),
    existing: Collection[Pair] = frozenset(),
) -> Draw:
    """Give every entry `k` jurors as far as the hard rules let it, keeping the `existing` pairs."""
    table = _Table(ideas, jurors, k, random.Random(seed), frozenset(forbidden), frozenset(existing))
    table.fill()
    table.level()
    return table.report()


@dataclass
class _Table:
    ideas: Sequence[EntryPlace]
    jurors: Sequence[JurorPlace]
    k: int
    rng: random.Random
    forbidden: frozenset[Pair]
    existing: frozenset[Pair]
    on_idea: dict[int, set[int]] = field(default_factory=dict)
    held: dict[int, set[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.ideas = sorted(self.ideas, key=lambda idea: idea.id)
        self.jurors = sorted(self.jurors, key=lambda juror: juror.id)
        self.track = {idea.id: idea.track for idea in self.ideas}
        self.juror = {juror.id: juror for juror in self.jurors}
        self.on_idea = {idea.id: set() for idea in self.ideas}
        self.held = {juror.id: set() for juror in self.jurors}
        for idea, juror in sorted(self.existing):
            self.on_idea.setdefault(idea, set()).add(juror)
            self.held.setdefault(juror, set()).add(idea)
        self.luck = {juror.id: self.rng.random() for juror in self.jurors}
        bridges = round(len(self.ideas) * BRIDGED_SHARE) if len({i.track for i in self.ideas}) > 1 else 0
        self.bridged = set(self.rng.sample([idea.id for idea in self.ideas], bridges))
        self.ceiling = 0

    # -- filling ------------------------------------------------------------------------------------------------

    def fill(self) -> None:
        """Raise the ceiling until every place is filled or no juror has room left."""
        open_places = sum(self.open_at(idea.id) for idea in self.ideas)
        if not open_places or not self.jurors:
            return
        standing = sum(len(held) for held in self.held.values())
        self.ceiling = math.ceil((standing + open_places) / len(self.jurors))
        highest = max(len(held) for held in self.held.values()) + len(self.ideas)
        order = self.in_order()
        waiting = self.fill_once(order)
        while waiting and self.ceiling < highest and any(self.has_room(j.id, highest) for j in self.jurors):
            self.ceiling += 1
            waiting = self.fill_once(waiting)

    def in_order(self) -> list[int]:
        """Entries with the fewest possible jurors first, equal ones by lot."""
        barred = Counter(idea for idea, _ in self.forbidden)
        lot = {idea.id: self.rng.random() for idea in self.ideas}
        return sorted(lot, key=lambda idea: (-barred[idea], lot[idea]))

    def fill_once(self, order: Iterable[int]) -> list[int]:
        """Fill open places under the present ceiling; the entries that still wait."""
        waiting = []
        for idea in order:
            while self.open_at(idea) and (self.place(idea) or self.make_room(idea)):
                pass
            if self.open_at(idea):
                waiting.append(idea)
        return waiting

    def place(self, idea: int) -> bool:
        """Give the entry its best free juror."""
        track = self.track[idea]
        bridge = idea in self.bridged and not any(
            j in self.juror and not self.juror[j].knows(track) for j in self.on_idea[idea]
        )
        turn = self.rng.random()  # another order of equals for every place, or the same few would always meet
        best = min(
            (
                (
                    juror.knows(track) is bridge,
                    len(self.held[juror.id]),
                    (self.luck[juror.id] + turn) % 1,
                    juror.id,
                )
                for juror in self.jurors
                if self.may(idea, juror.id) and self.has_room(juror.id)
            ),
            default=None,
        )
        if best is None:
            return False
        self.join(idea, best[3])
        return True

    def make_room(self, idea: int) -> bool:
        """Find a chain of hand-overs that ends at a juror with room, and walk it."""
        starts = [juror.id for juror in self.jurors if self.may(idea, juror.id)]
        path = self.search(starts, self.has_room)
        if path is None:
            return False
        self.walk(path)
        self.join(idea, path[0])
        return True

    # -- levelling ----------------------------------------------------------------------------------------------

    def level(self) -> None:
        """Hand over from the heaviest to the lightest until loads differ by one, or nothing more can move."""
        stuck: set[int] = set()
        while True:
            loads = {j: len(held) for j, held in self.held.items() if j in self.juror}
            givers = [j for j in loads if j not in stuck]
            if not givers:
                return
            giver = max(givers, key=lambda j: (loads[j], j))
            path = self.search([giver], partial(self.has_room, ceiling=loads[giver] - 1))
            if path is None:
                stuck.add(giver)
                continue
            self.walk(path)
            stuck.clear()

    # -- the graph of hand-overs ----------------------------------------------------------------------------------

    def search(self, starts: Sequence[int], is_end: Callable[[int], bool]) -> list[int] | None:
        """The shortest chain of jurors, each able to hand a drawn entry to the next; [juror, idea, juror, idea, …]."""
        came: dict[int, tuple[int, int] | None] = dict.fromkeys(starts)
        queue = deque(starts)
        while queue:
            giver = queue.popleft()
            if is_end(giver):
                return self.trace(giver, came)
            for taker in self.jurors:
                if taker.id in came:
                    continue
                idea = self.can_hand(giver, taker)
                if idea is not None:
                    came[taker.id] = (giver, idea)
                    queue.append(taker.id)
        return None

    def can_hand(self, giver: int, taker: JurorPlace) -> int | None:
        """An entry the giver may hand to the taker: rather one the taker knows, then the lowest number."""
        if taker.capacity == 0:
            return None
        movable = [
            idea
            for idea in self.held[giver]
            if (idea, giver) not in self.existing and self.may(idea, taker.id)
        ]
        return min(movable, key=lambda idea: (not taker.knows(self.track[idea]), idea), default=None)

    @staticmethod
    def trace(end: int, came: dict[int, tuple[int, int] | None]) -> list[int]:
        """The chain from its beginning."""
        path = [end]
        while (step := came[path[0]]) is not None:
            path = [*step, *path]
        return path

    def walk(self, path: list[int]) -> None:
        """Do the hand-overs, the last one first."""
        for n in range(len(path) - 3, -1, -2):
            giver, idea, taker = path[n : n + 3]
            self.on_idea[idea].discard(giver)
            self.held[giver].discard(idea)
            self.join(idea, taker)

    # -- small questions ----------------------------------------------------------------------------------------

    def open_at(self, idea: int) -> int:
        return max(0, self.k - len(self.on_idea[idea]))

    def may(self, idea: int, juror: int) -> bool:
        return juror not in self.on_idea[idea] and (idea, juror) not in self.forbidden

    def has_room(self, juror: int, ceiling: int | None = None) -> bool:
        capacity = self.juror[juror].capacity
        limit = self.ceiling if ceiling is None else ceiling
        return len(self.held[juror]) < (limit if capacity is None else min(limit, capacity))

    def join(self, idea: int, juror: int) -> None:
        self.on_idea[idea].add(juror)
        self.held[juror].add(idea)

    # -- the report -----------------------------------------------------------------------------------------------

    def report(self) -> Draw:
        pairs = sorted((i, j) for i, jurors in self.on_idea.items() for j in jurors)
        new = tuple(pair for pair in pairs if pair not in self.existing)
        ours = [(i, j) for i, j in pairs if i in self.track and j in self.juror]
        known = sum(self.juror[j].knows(self.track[i]) for i, j in ours)
        return Draw(
            pairs=new,
            loads={juror.id: len(self.held[juror.id]) for juror in self.jurors},
            hard=tuple(self.find_hard()),
            expert_share=known / len(ours) if ours else 1.0,
            components=count_components(pairs),
            wanted=len(self.ideas) * self.k,
        )

    def find_hard(self) -> Iterable[Hard]:
        barred = Counter(idea for idea, juror in self.forbidden if juror in self.juror)
        for idea in self.ideas:
            short = self.open_at(idea.id)
            if short:
                possible = len(self.jurors) - barred[idea.id]
                yield Hard(idea.id, short, "conflicts" if possible < self.k else "capacity")


def count_components(pairs: Iterable[Pair]) -> int:
    """How many groups of jurors and entries share no ballot with each other."""
    parent: dict[tuple[str, int], tuple[str, int]] = {}

    def root(node: tuple[str, int]) -> tuple[str, int]:
        while parent.setdefault(node, node) != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for idea, juror in pairs:
        parent[root(("idea", idea))] = root(("juror", juror))
    return len({root(node) for node in list(parent)})
