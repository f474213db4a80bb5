"""Nothing of a bundle can be changed without being named."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config import FilesConfig
from innovate.app import create_app
from tests.factories.bundles import (
    PUBLIC,
    repack,
    unpack,
)
from tests.factories.verified import FULL, SUMMARY, built, changed, check, flips, run_alone, signed_again


@pytest.mark.parametrize("publication", [FULL, SUMMARY])
def test_a_file_added_or_left_out_is_named(publication) -> None:
    files = unpack(built(publication=publication))
    for name in files:
        left = {key: value for key, value in files.items() if key != name}
        assert check(repack(left)) == f"{name}: missing"
    assert check(repack({**files, "more.txt": b"x"})) == "more.txt: not in the list of files"


@settings(max_examples=60)
@given(st.data())
def test_no_byte_of_any_file_can_be_turned(data) -> None:
    files = unpack(built(publication=data.draw(st.sampled_from([FULL, SUMMARY]))))
    name = data.draw(st.sampled_from(sorted(files)))
    at = data.draw(st.integers(0, len(files[name]) - 1))
    bits = data.draw(st.integers(1, 255))
    files[name] = files[name][:at] + bytes([files[name][at] ^ bits]) + files[name][at + 1 :]
    assert str(check(repack(files))).startswith(name)


@pytest.mark.parametrize("publication", [FULL, SUMMARY])
def test_every_class_of_byte_turned_is_named_by_the_product_and_by_the_bundles_own_script(
    tmp_path, publication
) -> None:
    """A bit of every key, value, sign and line: the product's verifier in this process, the script in one of its own
    that finds nothing but numpy and scipy.
    """
    whole = built(publication=publication)
    expected = {}
    for n, (name, kind, content) in enumerate(flips(whole)):
        found = check(content)
        assert isinstance(found, str), (name, kind)
        assert found.startswith(name), (name, kind)
        (tmp_path / f"{n}.zip").write_bytes(content)
        expected[f"{n}.zip"] = f"DIFFERS  {found}"
    assert len(expected) > 150
    said = run_alone(tmp_path, whole, LOOP).stdout.splitlines()
    assert [line.partition(" ")[0] for line in said[::2]] == ["1"] * len(expected)
    assert dict(zip((line.partition(" ")[2] for line in said[::2]), said[1::2], strict=True)) == expected


LOOP = """
import contextlib, io, pathlib, verify
for path in sorted(pathlib.Path().glob("*.zip")):
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        status = verify.main([str(path), "--key", "key.txt"])
    print(status, path)
    print(out.getvalue(), end="")
"""


def test_flask_results_verify_names_the_same(tmp_path) -> None:
    runner = create_app(FilesConfig()).test_cli_runner()
    (tmp_path / "key.txt").write_text(PUBLIC)
    path = tmp_path / "bundle.zip"
    for name, _kind, content in list(flips(built()))[::12]:
        path.write_bytes(content)
        done = runner.invoke(args=["results", "verify", str(path), "--key", str(tmp_path / "key.txt")])
        assert (done.exit_code, done.stdout) == (1, f"DIFFERS  {check(content)}\n"), name


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
    "method": (
        LIST,
        '"method":"raw","name"',
        '"method":"fair","name"',
        "manifest.json: method of round 1 is fair, of the result raw",
    ),
    "unknown method": (LIST, '"method":"raw"', '"method":"best"', "manifest.json: method of round 1 is raw"),
    "jurors": (LIST, '"jurors":3', '"jurors":4', "manifest.json: 4 jurors, ballots of 3"),
    "previous": (
        LIST,
        '"previous":"',
        '"previous":"0',
        "manifest.json: another previous than the checkpoint's",
    ),
    "key": (LIST, '"key":"', '"key":"00', "manifest.json: not the key that signed"),
    "entries": (LIST, '"entries":4', '"entries":5', "log.ndjson: 4 entries, the manifest has 5"),
    "spread": (
        LIST,
        '"spread":null',
        '"spread":{"jurors":{},"mu":"1"}',
        "manifest.json: method raw of round 1 knows no spread",
    ),
    "kind": (
        LIST,
        '"publication":"full"',
        '"publication":"whole"',
        "manifest.json: unknown publication whole",
    ),
    "number": (LIST, '"weight":"60"', '"weight":"enam"', "a file does not have the expected form"),
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
def test_what_does_not_follow_is_named_even_if_the_owner_of_the_key_signed_it(what) -> None:
    name, before, after, reason = SIGNED[what]
    assert str(check(signed_again(changed(built(), name, before, after)))).startswith(reason)


def test_damaged_archives_are_named() -> None:
    content = built()
    assert check(content[: len(content) // 2]).startswith("archive: damaged")
    assert check(b"PK").startswith("archive: damaged")
    for at in range(60, len(content) - 400, len(content) // 40):
        turned = bytes([*content[:at], content[at] ^ 255, *content[at + 1 :]])
        found = check(turned)
        # what an archive says of a file's date or rights is nobody's content
        assert isinstance(found, str) or unpack(turned) == unpack(content), at
