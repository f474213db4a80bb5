"""The archive and its files, signatures, and the log."""

from __future__ import annotations

import base64
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any, NamedTuple

from innovate.results.domain.bundle.verifier.proofs import (
    Differs,
    Row,
    canonical,
    fold,
    hash_leaf,
    is_signed,
    key_id_of,
    must,
    parse,
    sha256,
)

LARGEST = 1 << 31  # bytes of all files together
Keys = Mapping[str, tuple[bytes, str, str]]  # by id: public key, valid from and until ("-": open)


def read_archive(source: Path | IO[bytes]) -> dict[str, bytes]:
    """Every file of the archive; Differs where it is damaged."""
    try:
        with zipfile.ZipFile(source) as archive:
            names = archive.namelist()
            must(len(names) == len(set(names)), "archive: a file name occurs twice")
            must(sum(info.file_size for info in archive.infolist()) < LARGEST, "archive: too large")
            return {name: archive.read(name) for name in names}
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError) as error:
        raise Differs(f"archive: damaged ({error})") from None
    except Exception as error:
        if type(error).__name__ == "error":  # zlib's own
            raise Differs(f"archive: damaged ({error})") from None
        raise


def read_json(files: Mapping[str, bytes], name: str) -> Any:
    """A JSON file, which must be written canonically."""
    try:
        value = parse(files[name])
        same = canonical(value) == files[name].rstrip(b"\n")
    except (ValueError, RecursionError):
        raise Differs(f"{name}: not JSON") from None
    must(same, f"{name}: not canonical JSON")
    return value


def read_lines(files: Mapping[str, bytes], name: str) -> list[tuple[bytes, Row]]:
    """Each line of an ndjson file as it is written, and what it says."""
    found = []
    for number, line in enumerate(files[name].splitlines(), 1):
        try:
            value = parse(line)
            same = canonical(value) == line
        except ValueError:
            raise Differs(f"{name} line {number}: not JSON") from None
        must(same, f"{name} line {number}: not canonical JSON")
        found.append((line, value))
    return found


def read_keys(text: str) -> dict[str, tuple[bytes, str, str]]:
    """Public keys by id: `id key from until` on each line, or a key alone; ValueError for anything else."""
    keys = {}
    for line in filter(None, (line.partition("#")[0].split() for line in text.splitlines())):
        public = bytes.fromhex(line[1] if len(line) > 1 else line[0])
        if len(public) != 32:
            raise ValueError("an Ed25519 public key has 64 hexadecimal digits")
        since, until = [*line[2:4], "-", "-"][:2]
        keys[key_id_of(public)] = (public, since, until)
    if not keys:
        raise ValueError("no key")
    return keys


class Note(NamedTuple):
    """A signed checkpoint: of what, of how many leaves, their root (hex), its (word, value) lines, the key's id."""

    origin: str
    size: int
    root: str
    words: dict[str, str]
    key: str


def check_note(name: str, content: bytes, keys: Keys) -> Note:
    """A checkpoint; Differs unless one of the keys signed it in its time."""
    try:
        body, _gap, last = content.decode().partition("\n\n")
    except UnicodeDecodeError:
        raise Differs(f"{name}: not a checkpoint") from None
    lines = body.split("\n")
    must(len(lines) > 3 and last.startswith("— innovate "), f"{name}: not a checkpoint")
    try:
        signed = base64.b64decode(last.removeprefix("— innovate ").removesuffix("\n"), validate=True)
        words = {word: value for word, _space, value in (line.partition(" ") for line in lines[3:])}
        note = Note(
            lines[0], int(lines[1]), base64.b64decode(lines[2], validate=True).hex(), words, signed[:4].hex()
        )
    except ValueError:
        raise Differs(f"{name}: not a checkpoint") from None
    must(note.key in keys, f"{name}: signed by a key that is not among those given")
    public, since, until = keys[note.key]
    must(is_signed(public, f"{body}\n".encode(), signed[4:]), f"{name}: the signature does not hold")
    at = words.get("time", "")
    in_time = (since == "-" or since <= at) and (until == "-" or at <= until)
    must(in_time, f"{name}: signed at {at}, when the key was not valid")
    return note


def check_log(files: Mapping[str, bytes], said: Row, audit: Note) -> int:
    """Every entry's hash, the chain of lines, and that each entry is part of the signed trail; how many there are."""
    known, before = {}, "0" * 64
    entries = read_lines(files, "log.ndjson")
    last: Row = {"number": 0, "hash": "0" * 64}
    for n, (line, row) in enumerate(entries, 1):
        place = f"log.ndjson line {n}"
        must(row.pop("before") == before, f"{place}: does not follow the line before")
        own = {key: value for key, value in row.items() if key not in {"previous", "hash"}}
        must(
            sha256(row["previous"].encode() + b"\x00" + canonical(own)) == row["hash"],
            f"{place}: hash differs",
        )
        must(row["number"] > last["number"], f"{place}: out of order")
        if row["number"] == last["number"] + 1:
            must(row["previous"] == last["hash"], f"{place}: does not follow entry {last['number']}")
        known[row["number"] - 1] = hash_leaf(bytes.fromhex(row["hash"]))
        before, last = sha256(line), row
    must(before == said["head"], "log.ndjson: the last line is not the one the manifest names")
    must(
        len(entries) == said["entries"],
        f"log.ndjson: {len(entries)} entries, the manifest has {said['entries']}",
    )
    proof = [bytes.fromhex(each) for each in read_json(files, "log-proof.json")]
    must(max(known, default=-1) < audit.size, "log.ndjson: entries beyond the audit checkpoint")
    try:
        root = fold(audit.size, known, proof).hex()
    except (RuntimeError, StopIteration):
        raise Differs("log-proof.json: hashes are missing") from None
    must(root == audit.root, "log.ndjson: entries are not those of the signed audit trail")
    return len(entries)
