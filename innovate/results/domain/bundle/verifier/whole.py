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
from innovate.results.domain.bundle.verifier.manifest import ALWAYS, check_files, check_manifest
from innovate.results.domain.bundle.verifier.proofs import (
    Differs,
    Row,
    fold,
    hash_leaf,
    must,
    sha256,
)
from innovate.results.domain.bundle.verifier.ranks import Result
from innovate.results.domain.bundle.verifier.scores import read_ballots

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
    except (LookupError, TypeError, AttributeError, ValueError, ArithmeticError) as error:
        raise Differs(f"a file does not have the expected form ({type(error).__name__}: {error})") from error
    return report


def _verify(files: dict[str, bytes], keys: Keys | None, report: Report) -> None:
    for name in sorted(ALWAYS - set(files)):
        raise Differs(f"{name}: missing")
    if keys is None:
        keys = read_keys(json.loads(files["manifest.json"])["key"])
        report.unchecked.append("who signed: no public key was given (--key), only the bundle's own was used")
    note = check_note("checkpoint.txt", files["checkpoint.txt"], keys)
    must(
        sha256(files["manifest.json"]) == note.words["manifest"], "manifest.json: not the one that was signed"
    )
    manifest = read_json(files, "manifest.json")
    check_manifest(manifest, note)
    listed = check_files(files, manifest)
    report.checked.append(f"signature of {note.words['time']}, manifest and SHA-256 of {listed} files")
    name = "audit-checkpoint.txt"
    audit = check_note(name, files[name], keys)
    must(sha256(files[name]) == note.words["previous"], f"{name}: not the one that was signed")
    must(audit.origin == "innovate/audit", f"{name}: it is not of the audit trail")
    entries = check_log(files, manifest["log"], audit)
    report.checked.append(f"{entries} entries of the audit trail, part of the signed trail of {audit.size}")
    _check_result(files, manifest, report)


def _check_result(files: dict[str, bytes], manifest: Row, report: Report) -> None:
    """Ballots where there are any, and everything that follows from them."""
    places, ballots = read_json(files, "leaderboard.json"), None
    if manifest["publication"] == "full":
        lines = read_lines(files, "ballots.ndjson")
        root = fold(len(lines), {n: hash_leaf(line) for n, (line, _row) in enumerate(lines)}).hex()
        same = (len(lines), root) == (manifest["ballots"]["count"], manifest["ballots"]["root"])
        must(same, "ballots.ndjson: not the ballots of the Merkle root")
        jurors = len({row["juror"] for _line, row in lines})
        said = manifest["board"]["jurors"]
        must(jurors == said, f"manifest.json: {said} jurors, ballots of {jurors}")
        ballots = read_ballots(lines, manifest)
        excluded = len(manifest["exclusions"])
        report.checked.append(f"{len(lines)} ballots under the Merkle root, {excluded} excluded")
        report.checked.append("totals from values and weights, lambda, scores, ties, combination of rounds")
    else:
        report.checked.append("ties and combination of rounds from the scores of each round")
        missing = "ballots, their totals and the scores of each round: this is a summary without ballots"
        if any(row.get("pool", 0) for row in places):
            missing += "; nor that no ballots connect those who are ranked apart"
        report.unchecked.append(missing)
    Result(manifest, places, ballots).check()
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
