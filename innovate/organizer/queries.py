"""The organizer's overview: one read of each feature, whatever the event's size."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from innovate.events.domain.kinds import PhaseKind
from innovate.events.domain.phases import current_span, find_span, is_kind_open, is_open, is_over
from innovate.events.models import Event, Phase
from innovate.ideas.domain.entries import Funnel
from innovate.ideas.queries.entries import count_funnel
from innovate.notifications import queries as notifications
from innovate.notifications.models import MailState
from innovate.organizer.domain.attention import (
    Facts,
    Finding,
    JurorFacts,
    Shortage,
    find_alerts,
    forecast_end,
)
from innovate.privacy.queries.impact import waits_for_signature
from innovate.privacy.services.impact import AHEAD
from innovate.results.queries import boards
from innovate.scoring.domain.window import Window
from innovate.scoring.models.rounds import Round
from innovate.scoring.queries import groups, jury, late, rounds
from innovate.scoring.queries.board import list_clash_names
from innovate.scoring.queries.jury import Coverage, JurorRow
from innovate.teams import queries as teams

COVERAGE_CELLS = 200


@dataclass(frozen=True)
class Overview:
    """What the overview page shows."""

    facts: Facts
    funnel: Funnel
    alerts: list[Finding]
    phase: Phase | None
    has_begun: bool = True
    is_over: bool = False
    round: Round | None = None
    coverage: list[Coverage] = field(default_factory=list)
    jurors: list[JurorRow] = field(default_factory=list)
    finalists: int | None = None
    top: list[boards.Leader] = field(default_factory=list)
    is_public: bool = False
    forecast: datetime | None = None

    @property
    def cells(self) -> list[Coverage]:
        """The entries drawn in the coverage grid: all, or in a large event those with the fewest ballots."""
        if len(self.coverage) <= COVERAGE_CELLS:
            return self.coverage
        return sorted(self.coverage, key=lambda entry: (entry.done, entry.assigned))[:COVERAGE_CELLS]


def load_overview(event: Event, now: datetime) -> Overview:
    """Everything the overview shows, in a number of statements that does not grow with the event."""
    funnel = count_funnel(event.id)
    counts = teams.count_teams(event)
    all_rounds = rounds.list_rounds(event.id)
    running = _running_round(all_rounds, now)
    to_come = [round_ for round_ in all_rounds if round_.window(now) is not Window.CLOSED]
    coverages = jury.coverage_by_round({*to_come, *([running] if running else [])})
    coverage = coverages[running.id] if running else []
    jurors = jury.list_jurors(event.id, running.id) if running else []
    divided = groups.count_groups([round_.id for round_ in to_come])
    shortages = tuple(_shortage(each, coverages[each.id], divided[each.id]) for each in to_come)
    facts = _facts(event, now, funnel, counts, running, coverage, jurors, shortages)
    board = boards.get_board(event, all_rounds.index(running) + 1) if running else None
    return Overview(
        facts=facts,
        funnel=funnel,
        alerts=find_alerts(facts, now),
        phase=current_span(event.phases, now),
        has_begun=any(phase.starts_at <= now for phase in event.phases),
        is_over=is_over(event.phases, now),
        round=running,
        coverage=coverage,
        jurors=jurors,
        finalists=_count_finalists(all_rounds),
        top=boards.list_leaders(event, board, coverage) if board else [],
        is_public=board is not None and board.state.is_public,
        forecast=forecast_end(facts, now),
    )


def load_running_round(event: Event, now: datetime) -> Round | None:
    """The round that reminders are about."""
    return _running_round(rounds.list_rounds(event.id), now)


def _running_round(all_rounds: list[Round], now: datetime) -> Round | None:
    """The open round, else the last that began, else the first to come."""
    begun = [round_ for round_ in all_rounds if round_.phase.starts_at <= now]
    return begun[-1] if begun else (all_rounds[0] if all_rounds else None)


def _facts(
    event: Event,
    now: datetime,
    funnel: Funnel,
    counts: teams.TeamCounts,
    round_: Round | None,
    coverage: list[Coverage],
    jurors: list[JurorRow],
    shortages: tuple[Shortage, ...],
) -> Facts:
    submission = find_span(event.phases, PhaseKind.SUBMISSION)
    wanted = round_.ballots_per_idea if round_ else 0
    return Facts(
        registered=counts.registered,
        complete=counts.complete,
        drafts=funnel.drafts,
        submitted=funnel.submitted,
        to_screen=funnel.waiting,
        returned=funnel.returned,
        eligible=funnel.eligible,
        entries=len(coverage),
        scored=sum(entry.done >= wanted for entry in coverage),
        wanted=wanted,
        uncovered=tuple(_name(entry) for entry in coverage if entry.done == 0),
        clashes=tuple(list_clash_names(event.id)),
        shortages=shortages,
        jurors=tuple(
            JurorFacts(
                row.user.full_name,
                row.user.public_id,
                row.progress.assigned,
                row.progress.done,
                row.progress.last_at,
            )
            for row in jurors
        ),
        late_ballots=late.count_late_ballots(event.id),
        unsigned=_is_unsigned(event, round_, now),
        mails_failed=notifications.count_mails(event_id=event.id)[MailState.FAILED],
        has_round=round_ is not None,
        has_rubric=round_ is None or round_.rubric_id is not None,
        registering=is_kind_open(event.phases, PhaseKind.REGISTRATION, now),
        submitting=is_kind_open(event.phases, PhaseKind.SUBMISSION, now),
        screening=is_kind_open(event.phases, PhaseKind.SCREENING, now),
        judging=round_ is not None and is_open(round_.phase, now) and round_.closed_at is None,
        judging_began=round_.phase.starts_at if round_ else None,
        judging_ends=round_.phase.ends_at if round_ else None,
        submission_ends=submission.ends_at if submission else None,
    )


def _is_unsigned(event: Event, round_: Round | None, now: datetime) -> bool:
    """Whether judging is near or has begun and waits for a signed impact record."""
    near = round_ is not None and round_.phase.starts_at <= now + AHEAD
    return near and waits_for_signature(event.id)


def _shortage(round_: Round, coverage: list[Coverage], divided: int) -> Shortage:
    short = tuple(_name(entry) for entry in coverage if entry.assigned < round_.ballots_per_idea)
    return Shortage(
        round_.number, round_.phase.name, short, divided if divided > round_.accepted_groups else 1
    )


def _name(entry: Coverage) -> str:
    return f"{entry_number(entry)} {entry.title}".strip()


def entry_number(entry: Coverage) -> str:
    """`A-017`: group and receipt number."""
    number = f"{entry.number:03d}" if entry.number else ""
    return f"{entry.group_code}-{number}" if entry.group_code and number else number


def _count_finalists(all_rounds: list[Round]) -> int | None:
    """How many were chosen into the last round; None while nobody was."""
    chosen = [round_ for round_ in all_rounds if not round_.takes_all]
    return (len(rounds.list_round_entry_ids(chosen[-1].id)) or None) if chosen else None
