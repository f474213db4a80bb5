"""Bundles of boards ranked by their rules: frozen, announced, published, and recomputed by two readers."""

from __future__ import annotations

import hashlib
import io
import json
import subprocess
import sys
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

import pytest

from innovate.core import keys, storage
from innovate.events.domain.kinds import PhaseKind, Role
from innovate.events.domain.seal import BoardState as S
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.results.domain.bundle.build import Signer, build_bundle
from innovate.results.domain.bundle.inputs import FrozenResult, Publication, write_ratio
from innovate.results.domain.bundle.verifier.files import read_keys
from innovate.results.domain.bundle.verifier.proofs import Differs
from innovate.results.domain.bundle.verifier.whole import Report, verify
from innovate.results.domain.method import Method, ScoringRules
from innovate.results.domain.ties.rules import TieRule
from innovate.results.queries import boards
from innovate.results.queries.boards import compute_rows
from innovate.results.queries.explained import explain_frozen
from innovate.results.queries.proofs import find_frozen, load_trail, write_public_keys
from innovate.results.queries.snapshots import list_all_rows
from innovate.results.queries.ties import list_waiting_ties
from innovate.results.services.plenary import rule_tie
from innovate.results.services.publishing import publish_bundle
from innovate.results.services.rules import set_rules
from innovate.scoring.models.rounds import RoundEntry
from tests.db.test_boards import UP, move, organizer_of
from tests.factories.boards import climb
from tests.factories.build import (
    NOW,
    add,
    make_assignment,
    make_ballot,
    make_event,
    make_idea,
    make_round,
    make_team,
    make_user,
)
from tests.factories.bundles import unpack

FULL, SUMMARY = Publication.FULL, Publication.SUMMARY
STRICT, FAIR, MILD = (2, 3, 2, 3, 2), (3, 4, 3, 4, 3), (4, 5, 4, 4, 5)


@pytest.fixture
def event(db_session):
    return make_event(shift_days=-17)


@pytest.fixture
def staff(event):
    return organizer_of(event)


@pytest.fixture
def jurors(event):
    return [make_user() for _ in range(4)]


@dataclass
class Jury:
    """Three jurors, strict to mild, who between them compare everything."""

    round: object
    jurors: list

    def judge(self, idea, marks: dict[int, tuple[int, ...]]):
        for juror, given in marks.items():
            make_ballot(make_assignment(self.round, idea, self.jurors[juror]), list(given))
        return idea


def idea_of(event, staff, group: str = "A", **values):
    group_id = next(each.id for each in staff.event.groups if each.code == group)
    return make_idea(make_team(event, group_id=group_id), state=IdeaState.ELIGIBLE, **values)


def judge_unevenly(event, staff, jury: Jury) -> None:
    """Jurors of different strictness on different ideas."""
    for n, seats in enumerate([(0, 1), (1, 2), (0, 2), (0, 1), (1, 2)]):
        base = (STRICT, FAIR, MILD)
        marks = {
            seat: tuple(max(1, mark - (n + k) % 2) for k, mark in enumerate(base[seat])) for seat in seats
        }
        jury.judge(idea_of(event, staff, number=n + 1), marks)


def judge_twins(event, staff, jury: Jury, *marks: tuple[int, ...]):
    """Ideas with equal totals from the same jurors, whatever the severities: these marks from both."""
    ideas = [idea_of(event, staff, number=20 + n) for n in range(len(marks))]
    for idea, given in zip(ideas, marks, strict=True):
        jury.judge(idea, {0: given, 2: given})
    return ideas


def run_script(content: bytes, folder: Path) -> subprocess.CompletedProcess[str]:
    (folder / "verify.py").write_bytes(unpack(content)["verify.py"])
    (folder / "bundle.zip").write_bytes(content)
    (folder / "key.txt").write_text(write_public_keys())
    command = [sys.executable, "-I", "verify.py", "bundle.zip", "--key", "key.txt"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def check(content: bytes) -> Report:
    return verify(io.BytesIO(content), read_keys(write_public_keys()))


def prove(event, number: int, folder: Path) -> tuple[dict, dict, dict[Publication, Report]]:
    """Both bundles, by both readers: manifest, places by idea, and what the library checked."""
    reports = {}
    for publication in Publication:
        content = storage.read(publish_bundle(event, number, publication, at=NOW).storage_key)
        reports[publication] = check(content)
        run = run_script(content, folder)
        assert (run.returncode, run.stderr) == (0, ""), run.stdout
        told = [line.split(maxsplit=1)[1] for line in run.stdout.splitlines() if line.startswith("ok ")]
        assert told == reports[publication].checked
    files = unpack(content)
    places = json.loads(files["leaderboard.json"])
    board = boards.get_board(event, number).board
    rows = list_all_rows(board.snapshot_id)
    assert [(row.idea_public_id, row.rank) for row in rows] == [(p["idea"], p["rank"]) for p in places]
    for row, place in zip(rows, places, strict=True):
        if row.score is not None:
            assert abs(row.score - float(place["score"])) <= 1e-6
    return json.loads(files["manifest.json"]), {p["idea"]: p for p in places}, reports


def test_a_fair_board_with_a_tie_settled_by_a_criterion(event, staff, jurors, tmp_path) -> None:
    jury = Jury(make_round(event), jurors)
    set_rules(staff, 1, ScoringRules(minimum_ballots=2), at=NOW)
    judge_unevenly(event, staff, jury)
    # the second and the third criterion weigh 25 each, so these totals are equal
    lower, higher = judge_twins(event, staff, jury, (3, 3, 4, 3, 3), (3, 4, 3, 3, 3))
    once = jury.judge(idea_of(event, staff, number=30), {1: (5, 5, 5, 5, 5)})
    move(staff, *UP)
    manifest, places, reports = prove(event, 1, tmp_path)
    (part,) = manifest["rounds"]
    assert part["method"] == manifest["method"] == "fair"
    assert 0 < float(part["lambda"]) < 10  # jurors differ in strictness
    assert len(part["lambda"].replace(".", "").lstrip("0").partition("e")[0]) <= 6
    assert manifest["board"]["minimum_ballots"] == 2
    assert places[once.public_id]["rank"] is None
    assert places[once.public_id]["rounds"][0]["score"] is not None
    assert [rule["rule"] for rule in manifest["ties"]] == list(map(str, ScoringRules().tie_order))
    one, other = places[higher.public_id], places[lower.public_id]
    assert one["score"] == other["score"]
    assert (other["rank"] - one["rank"], one["ties"]["0"], other["ties"]["0"]) == (
        1,
        ["75.000000"],
        ["50.000000"],
    )
    alone = [p for p in places.values() if p["idea"] not in (higher.public_id, lower.public_id)]
    assert all(p["ties"] == {} for p in alone)
    assert any(abs(float(p["rounds"][0]["score"]) - raw_of(event, p)) > 1 for p in alone)
    assert reports[FULL].unchecked == []


def raw_of(event, place) -> float:
    board = boards.get_board(event, 1).board
    rows = {row.idea_public_id: row for row in list_all_rows(board.snapshot_id)}
    row = rows[place["idea"]]
    return float(place["rounds"][0]["score"]) if row.raw is None else row.raw


def read_frozen(event) -> FrozenResult:
    kept = find_frozen(boards.get_board(event, 1).board.snapshot_id)
    return FrozenResult.from_bytes(storage.read(kept.storage_key))


def forge(event, **values) -> bytes:
    """A full bundle of something else, signed with the site's own key."""
    seed = keys.load_seed()
    signer = Signer(keys.public_of(seed), lambda message: keys.sign(seed, message))
    trail = load_trail(event.id, find_frozen(boards.get_board(event, 1).board.snapshot_id).checkpoint)
    return build_bundle(replace(read_frozen(event), **values), trail, FULL, signer).content


@pytest.mark.parametrize("factor", [1.001, 0.5])
def test_a_changed_lambda_is_caught(event, staff, jurors, tmp_path, factor) -> None:
    jury = Jury(make_round(event), jurors)
    set_rules(staff, 1, ScoringRules(), at=NOW)
    judge_unevenly(event, staff, jury)
    move(staff, *UP)
    frozen = read_frozen(event)
    (part,) = frozen.rounds
    bundle = forge(event, rounds=(replace(part, ratio=write_ratio(float(part.ratio) * factor)),))
    with pytest.raises(Differs, match=r"manifest\.json: lambda of round 1 is "):
        check(bundle)
    run = run_script(bundle, tmp_path)
    assert run.returncode == 1
    assert run.stdout.startswith("DIFFERS  manifest.json: lambda of round 1 is ")


def test_two_rounds_of_70_and_30_are_combined_and_what_no_rule_separates_shares_its_rank(
    event, staff, jurors, tmp_path
) -> None:
    desk = Jury(make_round(event, weight=Decimal(70)), jurors)
    final = Jury(make_round(event, PhaseKind.FINAL, weight=Decimal(30)), jurors)
    set_rules(
        staff, 2, ScoringRules(tie_order=(TieRule.HEAD_TO_HEAD, TieRule.COUNT_BACK, TieRule.SHARED)), at=NOW
    )
    judge_unevenly(event, staff, desk)
    twins = judge_twins(event, staff, desk, FAIR, FAIR)
    missing = idea_of(event, staff, number=31)
    for n, idea in enumerate([*twins, missing]):
        add(RoundEntry(round_id=final.round.id, idea_id=idea.id, added_by_id=make_user().id, added_at=NOW))
        marks = {0: STRICT, 1: FAIR, 2: MILD} if n < 2 else {1: FAIR, 3: STRICT}
        final.judge(idea, marks)
    move(staff, *UP, number=2)
    manifest, places, _reports = prove(event, 2, tmp_path)
    assert [(part["weight"], part["method"]) for part in manifest["rounds"]] == [
        ("70", "fair"),
        ("30", "fair"),
    ]
    one, other = (places[idea.public_id] for idea in twins)
    assert one["rank"] == other["rank"] == 1
    assert one["ties"]["0"] == other["ties"]["0"] == ["0.5"]
    assert len(one["ties"]["1"]) == 5
    assert places[missing.public_id]["rank"] is None
    assert places[missing.public_id]["rounds"][0] == {"score": None, "ballots": 0}


def test_a_plenary_decision_stands_in_the_bundle(event, staff, jurors, tmp_path) -> None:
    jury = Jury(make_round(event), jurors)
    set_rules(staff, 1, ScoringRules(), at=NOW)
    judge_unevenly(event, staff, jury)
    twins = judge_twins(event, staff, jury, FAIR, FAIR, FAIR)
    move(staff, S.COLLECTING, S.PROVISIONAL)
    (tie,) = list_waiting_ties(staff.event, boards.get_board(event, 1))
    order = [idea.public_id for idea in reversed(twins)]
    assert {row.idea_public_id for row in tie} == set(order)
    rule_tie(organizer_of(event, Role.CHAIR), 1, order, reason="Lebih mudah ditiru daerah lain", at=NOW)
    climb(event, staff.user, *UP[1:])
    manifest, places, _reports = prove(event, 1, tmp_path)
    assert manifest["plenary"] == [{"ideas": order, "reason": "Lebih mudah ditiru daerah lain"}]
    ranks = [places[idea]["rank"] for idea in order]
    assert ranks == [ranks[0], ranks[0] + 1, ranks[0] + 2]


def test_the_lot_is_drawn_at_the_freeze_and_by_anybody(event, staff, jurors, tmp_path) -> None:
    jury = Jury(make_round(event), jurors)
    order = (TieRule.HEAVIEST, TieRule.PLENARY, TieRule.LOT, TieRule.SHARED)
    set_rules(staff, 1, ScoringRules(tie_order=order), at=NOW)
    judge_unevenly(event, staff, jury)
    twins = {idea.public_id for idea in judge_twins(event, staff, jury, FAIR, FAIR, FAIR)}
    move(staff, S.COLLECTING, S.PROVISIONAL)
    rows = [row for row in compute_rows(staff.event, boards.get_board(event, 1)) if row.tie]
    assert {row.idea_public_id for row in rows} == twins
    assert {(row.rank, row.tie["awaits_lot"]) for row in rows} == {(rows[0].rank, True)}
    climb(event, staff.user, *UP[1:])
    manifest, places, reports = prove(event, 1, tmp_path)
    root = bytes.fromhex(manifest["ballots"]["root"])
    by_hand = sorted(twins, key=lambda idea: hashlib.sha256(root + idea.encode()).digest())
    assert [places[idea]["rank"] for idea in by_hand] == [rows[0].rank + n for n in range(3)]
    assert reports[SUMMARY].checked[-1] == reports[FULL].checked[-1] == "ranks of 8 ideas"
    view = boards.get_board(event, 1)
    lots = [explain_frozen(view, idea).lot for idea in by_hand]
    assert [(lot.root, lot.idea) for lot in lots] == [(root.hex(), idea) for idea in by_hand]
    assert [lot.drawn for lot in lots] == sorted(lot.drawn for lot in lots)
    others = iter(places.keys() - twins)
    assert explain_frozen(view, next(others)).lot is None
    kept = next(row.idea_id for row in rows if row.idea_public_id == by_hand[1])
    assert explain_frozen(view, by_hand[0], {kept}).lot is None


@pytest.mark.parametrize("joint", [False, True])
def test_groups_that_no_ballot_connects_have_ranks_of_their_own(
    event, staff, jurors, tmp_path, joint
) -> None:
    jury = Jury(make_round(event), jurors)
    set_rules(staff, 1, ScoringRules(joint=joint), at=NOW)
    for n, seats in enumerate([(0, 1), (0, 1), (2, 3), (2, 3)]):
        jury.judge(idea_of(event, staff, number=n + 1), dict.fromkeys(seats, (n + 1, 3, 3, 3, 3)))
    idea_of(event, staff, number=9)
    move(staff, *UP)
    manifest, places, reports = prove(event, 1, tmp_path)
    assert manifest["board"]["joint"] is joint
    assert ("ranked apart" in reports[SUMMARY].unchecked[0]) is not joint
    pools = sorted((p["pool"], p["rank"]) for p in places.values() if p["rank"])
    assert pools == ([(0, 1), (0, 2), (0, 3), (0, 4)] if joint else [(0, 1), (0, 2), (1, 1), (1, 2)])


def test_nobody_is_first_by_being_ranked_alone(event, staff, jurors) -> None:
    jury = Jury(make_round(event), jurors)
    set_rules(staff, 1, ScoringRules(), at=NOW)
    judge_unevenly(event, staff, jury)
    move(staff, *UP)
    *before, last = read_frozen(event).places
    forged = forge(event, places=(*before, replace(last, pool=1, rank=1)))
    with pytest.raises(Differs, match=f"{last.idea} is not ranked with those its ballots connect it to"):
        check(forged)


def test_a_spread_aware_board_is_recomputed_from_what_is_published_of_its_jurors(
    event, staff, jurors, tmp_path
) -> None:
    jury = Jury(make_round(event), jurors)
    set_rules(staff, 1, ScoringRules(method=Method.SPREAD), at=NOW)
    for n in range(16):  # each juror has nine ballots or more: enough for a spread of their own
        wide = {0: 1 + n % 5, 1: 2 + (n % 5) // 2, 2: 3 + (n + n // 5) % 2}
        seats = [seat for seat in wide if seat != n % 3 or n > 12]
        marks = {seat: (wide[seat], wide[seat], 3, wide[seat], 3) for seat in seats}
        jury.judge(idea_of(event, staff, number=n + 1), marks)
    move(staff, *UP)
    manifest, places, reports = prove(event, 1, tmp_path)
    (part,) = manifest["rounds"]
    assert part["method"] == "fair-spread"
    assert part["spread"] is None  # of the summary
    assert reports[FULL].unchecked == []
    (frozen,) = read_frozen(event).rounds
    assert len(frozen.spread.jurors) == 3
    spreads = sorted(float(spread) for spread, _noise in frozen.spread.jurors.values())
    assert spreads[-1] - spreads[0] > 0.1
    assert sum(place["rank"] is not None for place in places.values()) == 16
    wrong = replace(frozen, spread=replace(frozen.spread, mu=write_ratio(float(frozen.spread.mu) * 1.001)))
    with pytest.raises(Differs, match=r"manifest\.json: mu of round 1 is "):
        check(forge(event, rounds=(wrong,)))
