"""Who is Juara Favorit: most votes among entries that hold no other award; a tie is for the organizer to decide."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Standing:
    """An entry with its votes. `barred` says which award keeps it out; "" where none does."""

    idea_id: int
    votes: int
    barred: str = ""

    @property
    def may_win(self) -> bool:
        """Whether it can be Juara Favorit."""
        return not self.barred and self.votes > 0


@dataclass(frozen=True)
class Outcome:
    """Entries by votes, the `sure` winners, and the `tied` among whom `seats` are still to be given."""

    rows: tuple[Standing, ...]
    sure: tuple[int, ...] = ()
    tied: tuple[int, ...] = ()
    seats: int = 0

    def accepts(self, chosen: Collection[int]) -> bool:
        """Whether a choice among the tied fills exactly the seats that are left."""
        return len(set(chosen)) == self.seats and set(chosen) <= set(self.tied)

    def winners(self, chosen: Collection[int] = ()) -> list[int]:
        """Everybody who wins, most votes first; the tied ones as chosen."""
        won = {*self.sure, *chosen}
        return [row.idea_id for row in self.rows if row.idea_id in won]


def decide(votes: Mapping[int, int], barred: Mapping[int, str], winners: int) -> Outcome:
    """The outcome for `winners` awards. Entries without a vote never win, so fewer may be given than were planned."""
    standings = [Standing(idea, count, barred.get(idea, "")) for idea, count in votes.items()]
    rows = tuple(sorted(standings, key=lambda row: (-row.votes, row.idea_id)))
    able = [row for row in rows if row.may_win]
    if len(able) <= winners:
        return Outcome(rows, tuple(row.idea_id for row in able))
    line = able[winners - 1].votes  # what the last winner needs
    if able[winners].votes < line:
        return Outcome(rows, tuple(row.idea_id for row in able[:winners]))
    sure = tuple(row.idea_id for row in able if row.votes > line)
    tied = tuple(row.idea_id for row in able if row.votes == line)
    return Outcome(rows, sure, tied, winners - len(sure))


def bar(
    prizes: Mapping[int, str], specials: Mapping[int, str], *, excludes: bool, excludes_specials: bool
) -> dict[int, str]:
    """Which award keeps which entry out, as the vote's rules say."""
    found = dict(specials) if excludes_specials else {}
    return found | dict(prizes) if excludes else found


def tally(choices: Iterable[Collection[int]], entries: Iterable[int]) -> dict[int, int]:
    """Votes by entry; entries nobody chose count zero, choices of entries that no longer stand count nowhere."""
    counts = dict.fromkeys(entries, 0)
    for chosen in choices:
        for entry in set(chosen):
            if entry in counts:
                counts[entry] += 1
    return counts
