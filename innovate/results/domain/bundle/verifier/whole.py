"""The whole check, and the command line."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from innovate.results.domain.bundle.verifier.files import (
    Keys,
    check_log,
    check_note,
    read_archive,
    read_json,
    read_keys,
    read_lines,
)
from innovate.results.domain.bundle.verifier.proofs import Differs, fold, hash_leaf, must, sha256
from innovate.results.domain.bundle.verifier.ranks import Result
from innovate.results.domain.bundle.verifier.scores import read_ballots

FORMAT = "innovate-result/1"
ALWAYS = {
    "README.md",
    "audit-checkpoint.txt",
    "checkpoint.txt",
    "leaderboard.json",
    "log-proof.json",
    "log.ndjson",
    "manifest.json",
    "verify.py",
}
USAGE = "Recompute a published result. Exit status 0: all agrees, 1: something differs, 2: cannot be read."


@dataclass
class Report:
    """What was checked, and what could not be."""

    checked: list[str] = field(default_factory=list)
    unchecked: list[str] = field(default_factory=list)


def verify(source: Path | IO[bytes], keys: Keys | None = None) -> Report:
    """Check a bundle against the public keys (without them only against the key it brings along). Raises Differs."""
    files, report = read_archive(source), Report()
    try:
        _verify(files, keys, report)
    except (KeyError, TypeError, AttributeError, IndexError, ValueError, ZeroDivisionError) as error:
        raise Differs(f"a file does not have the expected form ({type(error).__name__}: {error})") from error
    return report


def _verify(files: dict[str, bytes], keys: Keys | None, report: Report) -> None:
    for name in sorted(ALWAYS - set(files)):
        raise Differs(f"{name}: missing")
    if keys is None:
        keys = read_keys(json.loads(files["manifest.json"])["key"])
        report.unchecked.append("who signed: no public key was given (--key), only the bundle's own was used")
    note, words = check_note("checkpoint.txt", files["checkpoint.txt"].decode(), keys)
    must(sha256(files["manifest.json"]) == words["manifest"], "manifest.json: not the one that was signed")
    manifest = read_json(files, "manifest.json")
    must(manifest["format"] == FORMAT, f"manifest.json: format {manifest['format']} is not {FORMAT}")
    is_full = manifest["publication"] == "full"
    listed = set(manifest["files"])
    for name in sorted(set(files) ^ (listed | {"manifest.json", "checkpoint.txt"})):
        raise Differs(f"{name}: {'not in the list of files' if name in files else 'missing'}")
    must(listed >= ALWAYS - {"manifest.json", "checkpoint.txt"}, "manifest.json: its list of files is short")
    must(is_full == ("ballots.ndjson" in listed), "manifest.json: publication and list of files disagree")
    for name in sorted(listed):
        must(sha256(files[name]) == manifest["files"][name], f"{name}: SHA-256 differs from the manifest")
    report.checked.append(f"signature of {words['time']}, manifest and SHA-256 of {len(listed)} files")
    audit, _words = check_note("audit-checkpoint.txt", files["audit-checkpoint.txt"].decode(), keys)
    must(
        sha256(files["audit-checkpoint.txt"]) == words["previous"],
        "audit-checkpoint.txt: not the one that was signed",
    )
    entries = check_log(files, manifest["log"]["head"], audit)
    report.checked.append(f"{entries} entries of the audit trail, part of the signed trail of {audit[1]}")
    said = manifest["ballots"]
    must(
        (note[1], note[2]) == (str(said["count"]), said["root"]),
        "checkpoint.txt: other ballots than the manifest's",
    )
    lines = read_lines(files, "ballots.ndjson") if is_full else []
    if is_full:
        leaves = {n: hash_leaf(line) for n, (line, _row) in enumerate(lines)}
        must(
            fold(len(lines), leaves).hex() == said["root"],
            "ballots.ndjson: not the ballots of the Merkle root",
        )
        report.checked.append(
            f"{len(lines)} ballots under the Merkle root, {len(manifest['exclusions'])} excluded"
        )
    places = read_json(files, "leaderboard.json")
    Result(manifest, places, read_ballots(lines, manifest) if is_full else None).check()
    if is_full:
        report.checked.append("totals from values and weights, lambda, scores, ties, combination of rounds")
    else:
        report.checked.append("ties and combination of rounds from the scores of each round")
        report.unchecked.append(
            "ballots, their totals and the scores of each round: this is a summary without ballots"
        )
    report.checked.append(f"ranks of {len(places)} ideas")


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; returns the exit status."""
    parser = argparse.ArgumentParser(prog="verify.py", description=USAGE)
    parser.add_argument("bundle", type=Path)
    parser.add_argument("--key", type=Path, help="public keys of the installation, from its page of keys")
    chosen = parser.parse_args(arguments)
    out = sys.stdout.write
    try:
        keys = read_keys(chosen.key.read_text(encoding="utf-8")) if chosen.key else None
        report = verify(chosen.bundle, keys)
    except (OSError, ValueError) as error:
        sys.stderr.write(f"cannot be read: {error}\n")
        return 2
    except Differs as difference:
        out(f"DIFFERS  {difference}\n")
        return 1
    for line in report.checked:
        out(f"ok           {line}\n")
    for line in report.unchecked:
        out(f"not checked  {line}\n")
    out("The published result is the one that follows from its files.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
