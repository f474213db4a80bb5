"""Reading who would advance into the next round."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from innovate.core.errors import NotFound
from innovate.events.models import Event
from innovate.results.domain.advance import Cut, CutRule, cut_groups, list_tied
from innovate.results.models import StandingRow
from innovate.results.queries.boards import BoardView, list_boards
from innovate.results.queries.snapshots import list_all_rows
from innovate.scoring.queries.criteria import CriterionMeans, load_criterion_means
from innovate.scoring.queries.rounds import list_round_entry_ids

BELOW = 3  # entries shown under the cut


@dataclass(frozen=True)
class Advance:
    """Two rounds in a row, the frozen ranking of the first, and each group's cut."""

    view: BoardView
    following: BoardView
    cuts: list[Cut]
    rows: Mapping[int, StandingRow]
    criteria: Sequence[str]
    already: frozenset[int] = field(default_factory=frozenset)

    @property
    def snapshot_id(self) -> int:
        """The snapshot the ranks are taken from."""
        return self.view.board.snapshot_id or 0 if self.view.board else 0

    @property
    def undecided(self) -> set[int]:
        """Everyone a person has to decide about."""
        return {idea for cut in self.cuts for idea in cut.undecided}

    def group_rows(self, cut: Cut) -> list[StandingRow]:
        """The rows of a cut's group, in order."""
        rows = [row for row in self.rows.values() if row.group_code == cut.group_code]
        return sorted(rows, key=lambda row: row.position)

    def rows_at_cut(self, cut: Cut) -> list[StandingRow]:
        """Everyone who advances or has to be decided about, and the next few below them."""
        asked = {*cut.advancing, *cut.undecided}
        below = [row for row in self.group_rows(cut) if row.rank is not None and row.idea_id not in asked]
        return [row for row in self.group_rows(cut) if row.idea_id in asked] + below[:BELOW]


def find_following(event: Event, view: BoardView) -> BoardView | None:
    """The round after this one, where this one's ranking is frozen: only then may anybody advance."""
    boards = list_boards(event)
    if not view.state.is_settled or view.number >= len(boards):
        return None
    return boards[view.number]


def get_advance(event: Event, number: int, *, per_group: int, rule: CutRule) -> Advance:
    """Who advances from round `number`, or NotFound while its ranking is not frozen or no round follows."""
    boards = list_boards(event)
    if not 1 <= number < len(boards):
        raise NotFound
    view, following = boards[number - 1], boards[number]
    if not view.state.is_settled or view.board is None or view.board.snapshot_id is None:
        raise NotFound
    rows = list_all_rows(view.board.snapshot_id)
    tied = list_tied(rows, per_group) if rule is CutRule.CRITERIA else []
    marks = load_criterion_means(view.round, tied) if tied else CriterionMeans()
    return Advance(
        view=view,
        following=following,
        cuts=cut_groups(rows, per_group, rule, marks.means),
        rows={row.idea_id: row for row in rows},
        criteria=marks.names,
        already=list_round_entry_ids(following.round.id),
    )
