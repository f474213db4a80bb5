"""Bundles: the same bytes for the same result, and everything in them checked."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from innovate.audit.domain import jcs
from innovate.results.domain.bundle.inputs import (
    Exclusion,
    FrozenResult,
    choose_publication,
)
from innovate.scoring.domain.leaves import published_id
from tests.factories.bundles import (
    PUBLIC,
    SECRET,
    SEED,
    small_result,
    unpack,
)
from tests.factories.verified import FULL, SUMMARY, built, changed, check, key_id, signed_again


def test_a_full_bundle_is_checked_from_the_signature_to_the_ranks() -> None:
    report = check(built())
    assert report.checked == [
        "signature of 2026-11-23T02:40:00Z, manifest and SHA-256 of 7 files",
        "4 entries of the audit trail, part of the signed trail of 6",
        "5 ballots under the Merkle root, 1 excluded",
        "totals from values and weights, lambda, scores, ties, combination of rounds",
        "ranks of 4 ideas",
    ]
    assert report.unchecked == []


def test_a_summary_says_what_it_does_not_let_anyone_check() -> None:
    content = built(publication=SUMMARY)
    assert "ballots.ndjson" not in unpack(content)
    assert published_id(SECRET, "juror", 1).encode() not in b"".join(unpack(content).values())
    report = check(content)
    assert "ties and combination of rounds from the scores of each round" in report.checked
    assert report.unchecked == [
        "ballots, their totals and the scores of each round: this is a summary without ballots"
    ]


def test_without_a_key_it_says_that_anybody_could_have_signed() -> None:
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


def test_a_bundle_signed_by_somebody_else_is_refused() -> None:
    other = signed_again(unpack(built()), seed=bytes(32))
    assert check(other) == "checkpoint.txt: signed by a key that is not among those given"
    until = f"{key_id(SEED)} {PUBLIC.strip()} 2026-01-01T00:00:00Z 2026-02-01T00:00:00Z"
    assert check(built(), public=until).endswith("when the key was not valid")
    assert check(built(), public=f"# comment\n{until[:-20]}-").unchecked == []


def test_a_checkpoint_of_another_result_is_refused() -> None:
    files = unpack(built())
    for name, wrong in (("competition", {"slug": "lain", "name": "Lomba Kota"}), ("board", None)):
        manifest = json.loads(files["manifest.json"])
        manifest[name] = wrong or manifest[name] | {"snapshot": 2}
        found = check(signed_again({**files, "manifest.json": jcs.dumps(manifest)}))
        assert found.startswith("checkpoint.txt: it is of innovate/hasil/lomba/1/1, the manifest of ")


def test_a_ballot_given_twice_is_named() -> None:
    twice = small_result(lines=(small_result().lines[0], *small_result().lines))
    assert check(built(twice)) == "ballots.ndjson: a ballot occurs twice"


def test_a_log_that_leaves_out_an_entry_or_changes_order_is_named() -> None:
    files = changed(built(), "manifest.json", '"entries":4', '"entries":3')
    lines = files["log.ndjson"].splitlines(keepends=True)
    gone = signed_again({**files, "log.ndjson": b"".join(lines[:2] + lines[3:])})
    assert check(gone) == "log.ndjson line 3: does not follow the line before"
    short = signed_again({**files, "log.ndjson": b"".join(lines[:-1])})
    assert check(short) in {
        "log-proof.json: hashes are missing",
        "log.ndjson: entries are not those of the signed audit trail",
    }


def test_small_juries_publish_a_summary_unless_somebody_chose() -> None:
    assert choose_publication(None, 9) is SUMMARY
    assert choose_publication(None, 10) is FULL
    assert choose_publication(FULL, 2) is FULL


def test_an_exclusion_of_a_ballot_that_is_not_there_is_named() -> None:
    more = Exclusion("f" * 16, "Benturan", "2026-11-22T00:00:00Z")
    result = small_result(exclusions=(*small_result().exclusions, more))
    assert check(built(result)) == f"manifest.json: excluded ballot {'f' * 16} is not among the ballots"
