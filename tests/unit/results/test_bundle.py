"""Bundles: the same bytes for the same result, everything checked, and every change named."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from innovate.audit.domain import jcs
from innovate.audit.domain.notes import read_note, write_note
from innovate.core import keys
from innovate.results.domain.bundle.build import build_bundle
from innovate.results.domain.bundle.inputs import (
    Criterion,
    Exclusion,
    FrozenResult,
    Publication,
    RoundPart,
    RoundScore,
    RubricPart,
    Ruling,
    choose_publication,
    write_ratio,
    write_score,
)
from innovate.results.domain.bundle.script import write_script
from innovate.results.domain.bundle.verifier.files import read_keys
from innovate.results.domain.bundle.verifier.proofs import Differs, sha256
from innovate.results.domain.bundle.verifier.scores import read_ballots, score_round
from innovate.results.domain.bundle.verifier.whole import main, verify
from innovate.scoring.domain.leaves import published_id
from tests.factories.bundles import (
    PUBLIC,
    SECRET,
    SEED,
    line,
    place,
    repack,
    signer,
    small_result,
    trail,
    unpack,
)

FULL, SUMMARY = Publication.FULL, Publication.SUMMARY
LME4 = json.loads((Path(__file__).parents[2] / "oracles" / "incomplete_design_lme4.json").read_text())


def built(result: FrozenResult | None = None, publication: Publication = FULL) -> bytes:
    return build_bundle(result or small_result(), trail(), publication, signer()).content


@pytest.fixture
def check(tmp_path):
    """Verify bytes as a file; the reason why they differ, or the report."""

    def run(content: bytes, public: str | None = PUBLIC):
        path = tmp_path / "bundle.zip"
        path.write_bytes(content)
        try:
            return verify(path, read_keys(public) if public else None)
        except Differs as difference:
            return str(difference)

    return run


def signed_again(files: dict[str, bytes], seed: bytes = SEED) -> bytes:
    """What the key's owner could publish: hashes and signature made to fit the files as they are now."""
    manifest = json.loads(files["manifest.json"])
    names = set(files) - {"manifest.json", "checkpoint.txt"}
    manifest["files"] = {name: sha256(files[name]) for name in names}
    log = files["log.ndjson"].splitlines()
    manifest["log"]["head"] = sha256(log[-1])
    files["manifest.json"] = jcs.dumps(manifest)
    note, _id, _signature = read_note(files["checkpoint.txt"].decode())
    lines = (("manifest", sha256(files["manifest.json"])), *note.lines[1:])
    note = replace(note, lines=lines)
    text = write_note(note, _key_id(seed), keys.sign(seed, note.body.encode()))
    files["checkpoint.txt"] = text.encode()
    return repack(files)


def _key_id(seed: bytes) -> str:
    return next(iter(read_keys(keys.public_of(seed).hex())))


def changed(content: bytes, name: str, before: str, after: str) -> dict[str, bytes]:
    files = unpack(content)
    assert before.encode() in files[name]
    return {**files, name: files[name].replace(before.encode(), after.encode(), 1)}


def test_a_full_bundle_is_checked_from_the_signature_to_the_ranks(check) -> None:
    report = check(built())
    assert report.checked == [
        "signature of 2026-11-23T02:40:00Z, manifest and SHA-256 of 7 files",
        "4 entries of the audit trail, part of the signed trail of 6",
        "5 ballots under the Merkle root, 1 excluded",
        "totals from values and weights, lambda, scores, ties, combination of rounds",
        "ranks of 4 ideas",
    ]
    assert report.unchecked == []


def test_a_summary_says_what_it_does_not_let_anyone_check(check) -> None:
    content = built(publication=SUMMARY)
    assert "ballots.ndjson" not in unpack(content)
    assert published_id(SECRET, "juror", 1).encode() not in b"".join(unpack(content).values())
    report = check(content)
    assert "ties and combination of rounds from the scores of each round" in report.checked
    assert report.unchecked == [
        "ballots, their totals and the scores of each round: this is a summary without ballots"
    ]


def test_without_a_key_it_says_that_anybody_could_have_signed(check) -> None:
    assert "no public key was given" in check(built(), public=None).unchecked[0]


def test_the_same_result_gives_the_same_bytes() -> None:
    again = FrozenResult.from_bytes(small_result().as_bytes())
    assert again == small_result()
    assert built() == built(again)
    assert built(replace(again, snapshot=2)) != built()


def test_nothing_in_a_bundle_is_a_floating_point_number() -> None:
    for name, content in unpack(built()).items():
        if name.endswith(("json", "ndjson")):
            for each in content.splitlines():
                json.loads(each, parse_float=pytest.fail)


@pytest.mark.parametrize("publication", [FULL, SUMMARY])
def test_any_file_changed_added_or_left_out_is_named(check, publication) -> None:
    files = unpack(built(publication=publication))
    for name, content in files.items():
        for at in {0, len(content) // 2, len(content) - 2}:
            turned = bytes([*content[:at], content[at] ^ 1, *content[at + 1 :]])
            found = check(repack({**files, name: turned}))
            assert isinstance(found, str), name
            assert name in found or name == "checkpoint.txt" or "archive" in found or "form" in found, (
                name,
                found,
            )
        left = {key: value for key, value in files.items() if key != name}
        assert check(repack(left)) == f"{name}: missing"
    assert check(repack({**files, "more.txt": b"x"})) == "more.txt: not in the list of files"


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_byte_of_a_ballot_or_of_the_manifest_can_be_turned(tmp_path_factory, data) -> None:
    files = unpack(built())
    name = data.draw(st.sampled_from(["ballots.ndjson", "manifest.json", "leaderboard.json", "log.ndjson"]))
    at = data.draw(st.integers(0, len(files[name]) - 1))
    files[name] = bytes(
        [*files[name][:at], files[name][at] ^ data.draw(st.integers(1, 255)), *files[name][at + 1 :]]
    )
    path = tmp_path_factory.getbasetemp() / "turned.zip"
    path.write_bytes(repack(files))
    with pytest.raises(Differs, match=re.escape(name)):
        verify(path, read_keys(PUBLIC))


BALLOTS, BOARD, LIST = "ballots.ndjson", "leaderboard.json", "manifest.json"
SIGNED = {
    "ballot value": (
        BALLOTS,
        '"70":"4.00"',
        '"70":"5.00"',
        "ballots.ndjson: not the ballots of the Merkle root",
    ),
    "salt": (BALLOTS, '"salt":"', '"salt":"0', "ballots.ndjson: not the ballots of the Merkle root"),
    "juror": (BALLOTS, '"juror":"', '"juror":"f', "ballots.ndjson: not the ballots of the Merkle root"),
    "weight": (LIST, '"weight":"60"', '"weight":"61"', "leaderboard.json: round 1 of teras is"),
    "range": (LIST, '"maximum":"5"', '"maximum":"4"', "ballots.ndjson line 3 (ballot"),
    "exclusion": (
        LIST,
        '"exclusions":[{"at"',
        '"exclusions":[],"was":[{"at"',
        "leaderboard.json: round 1 of teras",
    ),
    "lambda": (LIST, '"lambda":"inf"', '"lambda":"2"', "manifest.json: lambda of raw round 1 is not inf"),
    "method": (LIST, '"method":"raw","name"', '"method":"fair","name"', None),
    "minimum": (
        LIST,
        '"minimum_ballots":1',
        '"minimum_ballots":2',
        "leaderboard.json: rank of rapi is 2",
    ),
    "root": (LIST, '"root":"', '"root":"0', "checkpoint.txt: other ballots than the manifest's"),
    "tie order": (LIST, '{"rule":"shared"}', '{"rule":"lot"}', "leaderboard.json: rank of"),
    "rank": (BOARD, '"rank":1', '"rank":2', "leaderboard.json: rank of teras is 2, recomputed 1"),
    "score": (
        BOARD,
        '"85.000000","ties"',
        '"85.000002","ties"',
        "leaderboard.json: score of teras is 85.000002",
    ),
    "round score": (
        BOARD,
        '"score":"85.000000"}]',
        '"score":"84.000000"}]',
        "leaderboard.json: round 1 of teras",
    ),
    "ballots": (
        BOARD,
        '"ballots":2',
        '"ballots":3',
        "leaderboard.json: round 1 of teras: 3 ballots, recomputed 2",
    ),
    "log": ("log.ndjson", '"object_id":"12"', '"object_id":"13"', "log.ndjson line 1: hash differs"),
    "log hash": (
        "log.ndjson",
        '"action":"board.move"',
        '"action":"board.open"',
        "log.ndjson line 1: hash differs",
    ),
    "proof": ("log-proof.json", '["', '["00', "log.ndjson: entries are not those of the signed audit trail"),
    "audit": ("audit-checkpoint.txt", "\n6\n", "\n7\n", "audit-checkpoint.txt: the signature does not hold"),
    "format": (LIST, "innovate-result/1", "innovate-result/2", "manifest.json: format innovate-result/2"),
    "publication": (
        LIST,
        '"publication":"full"',
        '"publication":"summary"',
        "manifest.json: publication and list",
    ),
}


@pytest.mark.parametrize("what", SIGNED)
def test_what_does_not_follow_is_named_even_if_the_owner_of_the_key_signed_it(check, what) -> None:
    name, before, after, reason = SIGNED[what]
    found = check(signed_again(changed(built(), name, before, after)))
    if reason:
        assert str(found).startswith(reason)
    else:  # one ballot each but for one idea: a fair round of the same ballots gives the same means
        assert found.unchecked == []


def test_a_bundle_signed_by_somebody_else_is_refused(check) -> None:
    other = signed_again(unpack(built()), seed=bytes(32))
    assert check(other) == "checkpoint.txt: signed by a key that is not among those given"
    until = f"{_key_id(SEED)} {PUBLIC.strip()} 2026-01-01T00:00:00Z 2026-02-01T00:00:00Z"
    assert check(built(), public=until).endswith("when the key was not valid")
    assert check(built(), public=f"# comment\n{until[:-20]}-").unchecked == []


def test_a_checkpoint_of_another_result_is_refused(check) -> None:
    files = unpack(built())
    for name, wrong in (("competition", {"slug": "lain", "name": "Lomba Kota"}), ("board", None)):
        manifest = json.loads(files["manifest.json"])
        manifest[name] = wrong or manifest[name] | {"snapshot": 2}
        found = check(signed_again({**files, "manifest.json": jcs.dumps(manifest)}))
        assert found.startswith("checkpoint.txt: it is of innovate/hasil/lomba/1/1, the manifest of ")


def test_a_ballot_given_twice_is_named(check) -> None:
    twice = small_result(lines=(small_result().lines[0], *small_result().lines))
    assert check(built(twice)) == "ballots.ndjson: a ballot occurs twice"


def test_damaged_archives_are_named(check) -> None:
    content = built()
    assert check(content[: len(content) // 2]).startswith("archive: damaged")
    assert check(b"PK").startswith("archive: damaged")
    for at in range(60, len(content) - 400, len(content) // 40):
        turned = bytes([*content[:at], content[at] ^ 255, *content[at + 1 :]])
        found = check(turned)
        # what an archive says of a file's date or rights is nobody's content
        assert isinstance(found, str) or unpack(turned) == unpack(content), at


def test_a_log_that_leaves_out_an_entry_or_changes_order_is_named(check) -> None:
    files = unpack(built())
    lines = files["log.ndjson"].splitlines(keepends=True)
    gone = signed_again({**files, "log.ndjson": b"".join(lines[:2] + lines[3:])})
    assert check(gone) == "log.ndjson line 3: does not follow the line before"
    short = signed_again({**files, "log.ndjson": b"".join(lines[:-1])})
    assert check(short) in {
        "log-proof.json: hashes are missing",
        "log.ndjson: entries are not those of the signed audit trail",
    }


# -- ties, rounds, fair scores ------------------------------------------------------------------------------------

TIED = {"score": 70.0, "ballots": 1}


def tie(rules, rapi: int, sigap: int, ties=(None, None), **values) -> FrozenResult:
    keys_of = [{"0": key} if key else {} for key in ties]
    rows = [place("rapi", rapi, 70.0, 1, ties=keys_of[0]), place("sigap", sigap, 70.0, 1, ties=keys_of[1])]
    rows.sort(key=lambda row: row.rank or 0)
    first = place("teras", 1, 85.0, 2)
    return small_result(ties=rules, places=(first, *rows), **values)


CRITERION, SECOND = {"rule": "heaviest_criterion"}, {"rule": "next_criterion"}
COUNTBACK = {"rule": "count_back", "marks": ["70", "65"]}
DUEL, PLENARY, LOT, SHARED = ({"rule": rule} for rule in ("head_to_head", "plenary", "lot", "shared"))


@pytest.mark.parametrize(
    ("rules", "ranks", "ties"),
    [
        ((CRITERION, SHARED), (2, 3), (["75.000000"], ["50.000000"])),
        ((SECOND, SHARED), (3, 2), (["62.500000"], ["100.000000"])),
        ((COUNTBACK, SHARED), (2, 2), (["0.000000", "1.000000"], ["0.000000", "1.000000"])),
        ((DUEL, SHARED), (2, 2), (["0.5"], ["0.5"])),  # juror 1 gave both 70
        ((SHARED, CRITERION), (2, 2), (None, None)),
    ],
)
@pytest.mark.parametrize("publication", [FULL, SUMMARY])
def test_ties_are_decided_by_the_rules_in_their_order(check, rules, ranks, ties, publication) -> None:
    assert not isinstance(check(built(tie(rules, *ranks, ties), publication)), str)
    wrong = built(tie(rules, *((2, 3) if ranks != (2, 3) else (2, 2)), ties), publication)
    assert check(wrong).startswith("leaderboard.json: rank of ")


def test_what_a_tie_rule_read_is_recomputed_and_must_be_said(check) -> None:
    lied = built(tie((SECOND,), 2, 3, (["100.000000"], ["62.500000"])))
    assert "tie rule 1 of rapi read ['100.000000'], recomputed ['62.500000']" in check(lied)
    assert check(built(tie((SECOND,), 2, 3))) == "leaderboard.json: rapi does not say what tie rule 1 read"
    assert "unknown tie rule submission time" in check(
        built(tie(({"rule": "submission time"},), 2, 3, (["1"], ["0"])))
    )


def test_a_plenary_decision_and_a_lot_decide(check) -> None:
    ruling = Ruling(("sigap", "rapi"), "Dampak lebih luas, berita acara 12")
    assert not isinstance(check(built(tie((PLENARY,), 3, 2, rulings=(ruling,)))), str)
    assert check(built(tie((PLENARY,), 2, 3, rulings=(ruling,)))).startswith("leaderboard.json: rank of")
    other = Ruling(("rapi", "teras"), "Keputusan tentang seri yang lain")
    assert not isinstance(check(built(tie((PLENARY,), 2, 2, rulings=(other,)))), str)
    found = {ranks: check(built(tie((LOT,), *ranks))) for ranks in ((2, 3), (3, 2))}
    assert sorted(isinstance(each, str) for each in found.values()) == [False, True]


def duel(*, ranks: tuple[int, int], wins: tuple[str, str]) -> FrozenResult:
    """Two ideas with the mean 70; both jurors who judged both set `rapi` above, and `sigap` has a third juror."""
    rubric = RubricPart(7, (Criterion(70, "Nilai", "100", "0", "100"),))
    marks = [("rapi", 1, "75"), ("rapi", 2, "65"), ("sigap", 1, "70"), ("sigap", 2, "60"), ("sigap", 3, "80")]
    lines = tuple(line(n, *mark[:2], mark[2], rubric=rubric) for n, mark in enumerate(marks, 1))
    rows = [
        place("rapi", ranks[0], 70.0, 2, ties={"0": [wins[0]]}),
        place("sigap", ranks[1], 70.0, 3, ties={"0": [wins[1]]}),
    ]
    rows.sort(key=lambda row: row.rank or 0)
    return small_result(lines=lines, rubrics=(rubric,), exclusions=(), ties=(DUEL,), places=tuple(rows))


def test_head_to_head_counts_only_jurors_who_judged_both(check) -> None:
    assert not isinstance(check(built(duel(ranks=(1, 2), wins=("1.0", "0.0")))), str)
    assert "of sigap read ['1.0'], recomputed ['0.0']" in check(
        built(duel(ranks=(2, 1), wins=("0.0", "1.0")))
    )


def two_rounds(later: str, ranks: tuple[int, int]) -> FrozenResult:
    """30 % the first round, 70 % the second: rapi 80 and 60, sigap 59 and 69, so that both come to 66."""
    rubric = RubricPart(7, (Criterion(70, "Nilai", "100", "0", "100"),))
    final = RubricPart(8, (Criterion(80, "Nilai", "100", "0", "100"),))
    marks = [("rapi", "80", "60"), ("sigap", "59", "69")]
    lines, rows = [], []
    for n, (idea, first, second) in enumerate(marks):
        lines.append(line(n + 1, idea, 1, first, rubric=rubric))
        lines.append(line(n + 11, idea, 1, second, round_id=2, rubric=final))
        rounds = (RoundScore(write_score(float(first)), 1), RoundScore(write_score(float(second)), 1))
        rows.append(place(idea, ranks[n], 66.0, 1, rounds=rounds))
    rows.append(place("baru", None, None, 1, rounds=(RoundScore(None, 0), RoundScore("90.000000", 1))))
    lines.append(line(30, "baru", 1, "90", round_id=2, rubric=final))
    rows.sort(key=lambda row: row.rank or 9)
    parts = (RoundPart(1, 1, "Proposal", "30", 7), RoundPart(2, 2, "Presentasi", "70", 8))
    return small_result(
        lines=tuple(lines),
        rubrics=(rubric, final),
        rounds=parts,
        exclusions=(),
        ties=({"rule": later},),
        places=tuple(rows),
        round=2,
    )


@pytest.mark.parametrize("publication", [FULL, SUMMARY])
def test_rounds_combine_by_weight_and_the_later_one_decides_a_tie(check, publication) -> None:
    assert not isinstance(check(built(two_rounds("later_round", (2, 1)), publication)), str)
    assert check(built(two_rounds("later_round", (1, 2)), publication)).startswith(
        "leaderboard.json: rank of"
    )
    assert not isinstance(check(built(two_rounds("shared", (1, 1)), publication)), str)
    files = changed(
        built(two_rounds("shared", (1, 1)), publication), "manifest.json", '"weight":"30"', '"weight":"40"'
    )
    assert check(signed_again(files)).startswith(
        "leaderboard.json: score of rapi is 66.000000, recomputed 67.27"
    )


def lme4_result(ratio: float, scores: dict[str, float] | None = None) -> FrozenResult:
    """The incomplete design that R's lme4 fitted, published with this lambda."""
    rubric = RubricPart(7, (Criterion(70, "Nilai", "100", "0", "100"),))
    rows = [(f"i{int(idea):02}", int(judge), f"{score:.2f}") for idea, judge, score in LME4["data"]]
    lines = tuple(line(n, *row, rubric=rubric) for n, row in enumerate(sorted(rows), 1))
    rounds = (RoundPart(1, 1, "Penilaian", "100", 7, method="fair", ratio=write_ratio(ratio)),)
    counts = {idea: sum(row[0] == idea for row in rows) for idea in sorted({row[0] for row in rows})}
    found = dict(scores or {})
    order = sorted(counts, key=lambda idea: -found.get(idea, 0))
    places = tuple(place(idea, n, found.get(idea, 0.0), counts[idea]) for n, idea in enumerate(order, 1))
    return small_result(
        lines=lines, rubrics=(rubric,), rounds=rounds, exclusions=(), method="fair", places=places
    )


def recomputed(result: FrozenResult) -> dict[str, float]:
    manifest = json.loads(unpack(built(result))["manifest.json"])
    ballots = read_ballots([(each, json.loads(each)) for each in result.lines], manifest)
    return score_round(ballots[1], manifest["rounds"][0])


def test_the_verifier_fits_as_lme4_does(check) -> None:
    wanted = LME4["expected_idea_fixed"]
    ratio = (wanted["sd_residual"] / wanted["sd_judge"]) ** 2
    scores = recomputed(lme4_result(ratio))
    for n, expected in enumerate(wanted["idea_0_to_5"]):
        assert scores[f"i{n:02}"] == pytest.approx(expected, abs=5e-6)  # lambda has 6 digits
    report = check(built(lme4_result(ratio, scores)))
    assert report.checked[-1] == "ranks of 40 ideas"


@pytest.mark.parametrize("factor", [1.0002, 0.9998, 2.0])
def test_a_lambda_that_is_not_the_optimum_is_named(check, factor) -> None:
    wanted = LME4["expected_idea_fixed"]
    ratio = factor * (wanted["sd_residual"] / wanted["sd_judge"]) ** 2
    assert check(built(lme4_result(ratio))).startswith("manifest.json: lambda of round 1 is ")


def test_fair_ballots_of_equally_strict_jurors_have_no_lambda(check) -> None:
    rubric = RubricPart(7, (Criterion(70, "Nilai", "100", "0", "100"),))
    table = {"a": ("60", "62"), "b": ("72", "70"), "c": ("55", "55")}  # the jurors' means are the same
    given = [(idea, j, mark) for idea, marks in table.items() for j, mark in enumerate(marks)]
    lines = [line(n, *each, rubric=rubric) for n, each in enumerate(given)]
    rounds = (RoundPart(1, 1, "Penilaian", "100", 7, method="fair"),)
    means = {idea: float(sum(map(Fraction, marks)) / 2) for idea, marks in table.items()}
    order = sorted(means, key=lambda idea: -means[idea])
    places = tuple(place(idea, n, means[idea], 2) for n, idea in enumerate(order, 1))
    result = small_result(lines=tuple(lines), rubrics=(rubric,), rounds=rounds, exclusions=(), places=places)
    assert not isinstance(check(built(result)), str)


# -- the script ---------------------------------------------------------------------------------------------------


def test_the_script_of_the_bundle_runs_alone_and_agrees(tmp_path) -> None:
    script, good, bad = tmp_path / "verify.py", tmp_path / "good.zip", tmp_path / "bad.zip"
    script.write_bytes(unpack(built())["verify.py"])
    good.write_bytes(built())
    bad.write_bytes(repack(changed(built(), "leaderboard.json", '"rank":1', '"rank":2')))
    (tmp_path / "key.txt").write_text(PUBLIC)
    runs = [
        subprocess.run(
            [sys.executable, "-I", "verify.py", name, "--key", "key.txt"],
            cwd=tmp_path, capture_output=True, text=True, check=False,
        )
        for name in (good.name, bad.name, "none.zip")
    ]  # fmt: skip
    assert [run.returncode for run in runs] == [0, 1, 2]
    assert "ok           5 ballots under the Merkle root" in runs[0].stdout
    assert runs[1].stdout == "DIFFERS  leaderboard.json: SHA-256 differs from the manifest\n"
    assert "none.zip" in runs[2].stderr


def test_the_script_names_nothing_of_innovate() -> None:
    text = write_script().decode()
    assert "from innovate" not in text
    assert text.count("from collections.abc import") == 1
    assert len(re.findall(r"^def main", text, re.MULTILINE)) == 1
    heads = [text.index(f"class {name}") for name in ("Differs", "Ballot", "Result", "Report")]
    assert all(one < other for one, other in pairwise(heads))


def test_the_command_line_says_what_it_found(tmp_path, capsys) -> None:
    path = tmp_path / "bundle.zip"
    path.write_bytes(built(publication=SUMMARY))
    assert main([str(path)]) == 0
    assert capsys.readouterr().out.count("not checked  ") == 2
    (tmp_path / "key.txt").write_text("nothing\n")
    assert main([str(path), "--key", str(tmp_path / "key.txt")]) == 2


def test_small_juries_publish_a_summary_unless_somebody_chose() -> None:
    assert choose_publication(None, 9) is SUMMARY
    assert choose_publication(None, 10) is FULL
    assert choose_publication(FULL, 2) is FULL


def test_an_exclusion_of_a_ballot_that_is_not_there_is_named(check) -> None:
    more = Exclusion("f" * 16, "Benturan", "2026-11-22T00:00:00Z")
    result = small_result(exclusions=(*small_result().exclusions, more))
    assert check(built(result)) == f"manifest.json: excluded ballot {'f' * 16} is not among the ballots"
