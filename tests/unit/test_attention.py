"""What the organizer's overview calls attention to."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from innovate.organizer.domain.attention import (
    Alert,
    Facts,
    JurorFacts,
    Shortage,
    find_alerts,
    find_silent_jurors,
    forecast_end,
)
from innovate.scoring.domain.quiet import may_remind
from tests.factories.build import NOW


def juror(name: str, assigned: int, done: int, days: float | None) -> JurorFacts:
    return JurorFacts(
        name, name.lower(), assigned, done, None if days is None else NOW - timedelta(days=days)
    )


def judging(**values) -> Facts:
    defaults = {"has_round": True, "judging": True, "judging_began": NOW - timedelta(days=5), "eligible": 3}
    return Facts(**{**defaults, **values})


def kinds(facts: Facts) -> list[Alert]:
    return [finding.kind for finding in find_alerts(facts, NOW)]


def test_an_entry_without_enough_jurors_cannot_fall_out_unseen() -> None:
    facts = judging(
        jurors=(juror("Sari", 3, 3, 0),),
        shortages=(Shortage(2, "Final", ("A-1 PECI", "B-2 SIGAP", "B-3", "B-4"), groups=2),),
        uncovered=("A-1 PECI",),
    )
    unassigned, split, uncovered = find_alerts(facts, NOW)
    assert (split.kind, split.count, split.number) == (Alert.SPLIT, 2, 2)
    assert (unassigned.kind, unassigned.count, unassigned.names) == (
        Alert.UNASSIGNED,
        4,
        ("A-1 PECI", "B-2 SIGAP", "B-3"),
    )
    assert (uncovered.kind, uncovered.count) == (Alert.UNCOVERED, 1)


def test_silence_counts_from_the_last_save_and_never_from_before_the_round() -> None:
    people = (
        juror("Fresh", 5, 1, 2.9),
        juror("Silent", 5, 1, 3),
        juror("Never", 9, 0, None),
        juror("Done", 5, 5, 4),
        juror("Old", 5, 0, 40),
    )
    facts = judging(jurors=people)
    assert [j.name for j in find_silent_jurors(facts, NOW)] == ["Never", "Old", "Silent"]
    young = judging(jurors=people, judging_began=NOW - timedelta(days=1))
    assert find_silent_jurors(young, NOW) == []
    assert find_silent_jurors(judging(jurors=people, judging=False), NOW) == []


def test_who_has_not_begun_when_half_the_round_is_gone_is_silent_too() -> None:
    people = (juror("Never", 4, 0, None), juror("Slow", 4, 1, 1))
    short = judging(jurors=people, judging_began=NOW - timedelta(days=2))
    assert find_silent_jurors(replace(short, judging_ends=NOW + timedelta(days=3)), NOW) == []
    half = replace(short, judging_ends=NOW + timedelta(days=2))
    assert [j.name for j in find_silent_jurors(half, NOW)] == ["Never"]


def test_drafts_alarm_in_the_last_three_days_only() -> None:
    assert kinds(Facts(drafts=2, submitting=True, submission_ends=NOW + timedelta(days=4))) == []
    assert kinds(Facts(drafts=2, submitting=True, submission_ends=NOW + timedelta(days=2))) == [
        Alert.LATE_DRAFTS
    ]
    assert kinds(Facts(drafts=2, submission_ends=NOW - timedelta(days=2))) == []


def test_screening_waits_until_nobody_can_submit_any_more() -> None:
    assert kinds(Facts(to_screen=4, submitting=True)) == []
    assert kinds(Facts(to_screen=4)) == [Alert.TO_SCREEN]


def test_missing_jury_and_rubric_and_failed_mail_are_named() -> None:
    assert kinds(judging(has_rubric=False, mails_failed=2)) == [
        Alert.NO_RUBRIC,
        Alert.NO_JURY,
        Alert.MAIL_FAILED,
    ]


def test_nothing_to_do_is_silent() -> None:
    assert find_alerts(Facts(), NOW) == []


def test_a_reminder_leaves_people_in_peace_for_half_a_day() -> None:
    assert may_remind(None, NOW)
    assert not may_remind(NOW - timedelta(hours=11, minutes=59), NOW)
    assert may_remind(NOW - timedelta(hours=12), NOW)


def test_the_pace_so_far_says_when_the_jury_will_be_done() -> None:
    people = (juror("Sari", 6, 4, 1), juror("Budi", 6, 2, 1))
    assert forecast_end(judging(jurors=people), NOW) == NOW + timedelta(days=5)  # half in five days


def test_no_forecast_without_something_to_judge_by() -> None:
    working = (juror("Sari", 6, 4, 1),)
    assert forecast_end(judging(jurors=(juror("Sari", 6, 0, None),)), NOW) is None
    assert forecast_end(judging(jurors=(juror("Sari", 6, 6, 1),)), NOW) is None
    assert forecast_end(judging(jurors=working, judging_began=NOW - timedelta(hours=23)), NOW) is None
    assert forecast_end(judging(jurors=working, judging=False), NOW) is None


def test_late_ballots_come_before_everything_else():
    found = find_alerts(Facts(has_round=True, has_rubric=False, late_ballots=2), NOW)
    assert [(alert.kind, alert.count) for alert in found] == [(Alert.LATE_BALLOTS, 2), (Alert.NO_RUBRIC, 1)]
